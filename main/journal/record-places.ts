/** Where each record lies: three flat arrays, some 24 bytes a record, so that a year of records stays cheap in memory. */
export interface RecordPlace {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

export interface RecordPlaces {
  /** Adds the next record's place. */
  add(segment: number, offset: number, length: number): void;
  /** @param seq the record's number. @returns undefined where the journal has no such record. */
  find(seq: number): RecordPlace | undefined;
}

export function createRecordPlaces(): RecordPlaces {
  const segments: number[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  return {
    add: (segment, offset, length) => {
      segments.push(segment);
      offsets.push(offset);
      lengths.push(length);
    },
    find: (seq) => {
      // A segment is named by its first record, so the first place's segment is the number of the first record.
      const index = seq - (segments[0] ?? 1);
      const segment = segments[index];
      const offset = offsets[index];
      const length = lengths[index];
      return segment === undefined || offset === undefined || length === undefined
        ? undefined
        : { segment, offset, length };
    },
  };
}
