/**
 * Many short texts as one long text and their ends. One text of a megabyte is copied, cloned and searched many times
 * faster than ten thousand small ones, and costs no object each.
 */
export interface PackedStrings {
  readonly text: string;
  /** End of each entry in `text`; an entry starts where the one before it ends. */
  readonly ends: Uint32Array;
}

export const packStrings = (entries: readonly string[]): PackedStrings => {
  const ends = new Uint32Array(entries.length);
  let end = 0;
  entries.forEach((entry, position) => {
    end += entry.length;
    ends[position] = end;
  });
  return { text: entries.join(''), ends };
};

export const startOf = (packed: PackedStrings, position: number): number =>
  position === 0 ? 0 : (packed.ends[position - 1] ?? 0);

/** @returns the entry, or the empty text outside the column. */
export const stringAt = (packed: PackedStrings, position: number): string =>
  packed.text.slice(startOf(packed, position), packed.ends[position] ?? 0);

/** Position of the entry that holds the character at `offset`. */
export function entryAt(packed: PackedStrings, offset: number): number {
  let low = 0;
  let high = packed.ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((packed.ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
