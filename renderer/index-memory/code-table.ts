/**
 * Which shipments carry a code: a hash table over numbers only. A hundred thousand shipments carry a million codes; as
 * texts in a Map they would cost more memory than everything else. Two codes may share a hash, so whoever looks one up
 * compares the shipment's own code before believing it.
 */
import { normaliseCode } from '@shared/domain/scan-verdict';

/** In the order in which a code is believed. */
export const CODE_KIND = { waybill: 0, slip: 1, orderNo: 2, displayNo: 3, goods: 4 } as const;
export type CodeKind = (typeof CODE_KIND)[keyof typeof CODE_KIND];

/** Room for kinds beside a slot; slots stay below 2 to the power of 28. */
const KINDS = 8;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Hash of a normalised code (FNV-1a over UTF-16 units), 32 bits unsigned. */
export function hashCode(code: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < code.length; at += 1) hash = Math.imul(hash ^ code.charCodeAt(at), FNV_PRIME);
  return hash >>> 0;
}

/** Hash of a code as it stands in a longer text, without cutting it out. Equals `hashCode(normaliseCode(…))`. */
export function hashRange(text: string, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let at = start; at < end; at += 1) {
    let unit = text.charCodeAt(at);
    // Blanks at the ends fall away and capitals beyond ASCII are their own matter: cut those out after all.
    if (unit <= 32 || unit > 126) return hashCode(normaliseCode(text.slice(start, end)));
    if (unit >= 97 && unit <= 122) unit -= 32;
    hash = Math.imul(hash ^ unit, FNV_PRIME);
  }
  return hash >>> 0;
}

export class CodeTable {
  private heads = new Int32Array(1 << 10).fill(-1);
  private next = new Int32Array(1 << 10);
  private hashes = new Uint32Array(1 << 10);
  /** Slot and kind in one number. */
  private owners = new Int32Array(1 << 10);
  private used = 0;
  private free = -1;
  private live = 0;

  /** Entries that stand. */
  get size(): number {
    return this.live;
  }

  /** Makes room for so many entries at once, before many are added. */
  reserve(entries: number): void {
    if (entries > this.hashes.length) this.grow(entries);
  }

  add(hash: number, slot: number, kind: CodeKind): void {
    let at = this.free;
    if (at >= 0) this.free = this.next[at] ?? -1;
    else {
      if (this.used === this.hashes.length) this.grow(Math.ceil(this.hashes.length * 1.5));
      at = this.used;
      this.used += 1;
    }
    this.hashes[at] = hash;
    this.owners[at] = slot * KINDS + kind;
    this.link(at, hash);
    this.live += 1;
  }

  /** Takes one entry away; does nothing where there is none. */
  remove(hash: number, slot: number, kind: CodeKind): void {
    const bucket = hash & (this.heads.length - 1);
    const owner = slot * KINDS + kind;
    let before = -1;
    for (let at = this.heads[bucket] ?? -1; at >= 0; before = at, at = this.next[at] ?? -1) {
      if (this.hashes[at] !== hash || this.owners[at] !== owner) continue;
      if (before < 0) this.heads[bucket] = this.next[at] ?? -1;
      else this.next[before] = this.next[at] ?? -1;
      this.next[at] = this.free;
      this.free = at;
      this.live -= 1;
      return;
    }
  }

  forEach(hash: number, visit: (slot: number, kind: CodeKind) => void): void {
    for (let at = this.heads[hash & (this.heads.length - 1)] ?? -1; at >= 0; at = this.next[at] ?? -1) {
      if (this.hashes[at] !== hash) continue;
      const owner = this.owners[at] ?? 0;
      visit(Math.floor(owner / KINDS), (owner % KINDS) as CodeKind);
    }
  }

  private link(at: number, hash: number): void {
    const bucket = hash & (this.heads.length - 1);
    this.next[at] = this.heads[bucket] ?? -1;
    this.heads[bucket] = at;
  }

  private grow(length: number): void {
    const hashes = new Uint32Array(length);
    hashes.set(this.hashes);
    const owners = new Int32Array(length);
    owners.set(this.owners);
    const isFree = new Set<number>();
    for (let at = this.free; at >= 0; at = this.next[at] ?? -1) isFree.add(at);
    this.hashes = hashes;
    this.owners = owners;
    this.next = new Int32Array(length);
    // One bucket for one or two entries.
    this.heads = new Int32Array(1 << Math.floor(Math.log2(length))).fill(-1);
    this.free = -1;
    for (let at = 0; at < this.used; at += 1) {
      if (isFree.has(at)) {
        this.next[at] = this.free;
        this.free = at;
      } else this.link(at, this.hashes[at] ?? 0);
    }
  }
}
