/**
 * Finds words in everything written on a shipment. Each chunk's rows are one long lower-case text, so that one search
 * runs over a thousand rows; changed rows are kept beside it. What was found for `10` is all that can be found for `100`.
 */
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { PlanChunk } from '../data/columns/plan-chunk';
import { entryAt, packStrings, startOf, stringAt, type PackedStrings } from '../data/columns/packed-strings';

export interface TextSource {
  readonly slots: number;
  eachChunk(visit: (chunk: PlanChunk, base: number) => void): void;
  isLive(slot: number): boolean;
  planAt(slot: number): ShipmentPlan;
  workAt(slot: number): ShipmentWork | null;
}

const joined = (parts: readonly string[]): string => `${parts.join(' ').toLowerCase()}\n`;

/** Everything searchable of one shipment, lower case. */
export function textOf(plan: ShipmentPlan, work: ShipmentWork | null): string {
  return joined([
    ...plan.orders.flatMap((order) => [order.displayNo, order.orderNo]),
    ...(work?.parcels ?? []).map((parcel) => parcel.number?.waybillNo ?? ''),
    ...plan.lines.flatMap((line) => [line.sku, line.title, line.variantTitle, ...line.barcodes]),
    plan.sellerMemo,
    plan.shippingMethod,
    plan.stopDetail,
  ]);
}

/** The same for every row of a chunk, goods written out once. */
function textsOfChunk(chunk: PlanChunk): PackedStrings {
  const { columns } = chunk;
  const goods = Array.from({ length: chunk.goods }, (_gap, at) => {
    const { sku, title, variantTitle, barcodes } = chunk.goodsAt(at);
    return [sku, title, variantTitle, ...barcodes].join(' ');
  });
  const rows: string[] = [];
  for (let row = 0; row < columns.rows; row += 1) {
    const parts: string[] = [];
    for (const order of chunk.ordersOf(row)) parts.push(order.displayNo, order.orderNo);
    const [start, end] = chunk.linesOf(row);
    for (let at = start; at < end; at += 1) parts.push(goods[columns.lineGoods[at] ?? 0] ?? '');
    for (const column of [columns.sellerMemo, columns.shippingMethod, columns.stopDetail])
      parts.push(columns.texts[column[row] ?? 0] ?? '');
    rows.push(joined(parts));
  }
  return packStrings(rows);
}

interface Page {
  readonly chunk: PlanChunk;
  readonly base: number;
  texts: PackedStrings | null;
}

interface Found {
  readonly query: string;
  /** One byte per slot. */
  hits: Uint8Array;
  count: number;
}

/** Fewer rows than this are looked at one by one when the query grows. */
const FEW_ROWS = 20_000;

export class TextSearch {
  private readonly pages: Page[] = [];
  /** Slots whose text differs from their chunk's, with the text once it was asked for. */
  private readonly own = new Map<number, string | null>();
  private last: Found | null = null;
  private stale = new Set<number>();

  constructor(private readonly source: TextSource) {}

  /** Takes over the chunks of the source; call once after they are loaded. */
  adopt(): void {
    this.source.eachChunk((chunk, base) => this.pages.push({ chunk, base, texts: null }));
  }

  /** A shipment is new, changed or gone. */
  touch(slot: number): void {
    this.own.set(slot, null);
    this.stale.add(slot);
  }

  /** Writes out a page's text ahead of the first search. @returns false when nothing was left to do. */
  prepareOne(): boolean {
    const page = this.pages.find((candidate) => candidate.texts === null);
    if (page === undefined) return false;
    page.texts = textsOfChunk(page.chunk);
    return true;
  }

  /**
   * @param query words, each of which must occur. @param tokens a shipment with one of these counts as found too.
   * @returns one byte per slot, 1 where found; valid until the next call. Null when the query is blank.
   */
  search(query: string, tokens: readonly string[]): Uint8Array | null {
    const text = query.trim().toLowerCase();
    if (text === '') return null;
    const words = text.split(/\s+/);
    const found = this.reuse(text, words) ?? this.fresh(text, words);
    this.last = found;
    this.stale = new Set();
    if (tokens.length === 0) return found.hits;
    const hits = found.hits.slice();
    this.markTokens(tokens, hits);
    return hits;
  }

  private textAt(slot: number): string {
    const own = this.own.get(slot);
    if (own !== undefined) {
      if (own !== null) return own;
      const made = this.source.isLive(slot) ? textOf(this.source.planAt(slot), this.source.workAt(slot)) : '';
      this.own.set(slot, made);
      return made;
    }
    for (const page of this.pages) {
      if (slot < page.base || slot >= page.base + page.chunk.rows) continue;
      page.texts ??= textsOfChunk(page.chunk);
      return stringAt(page.texts, slot - page.base);
    }
    return '';
  }

  private matches(slot: number, words: readonly string[]): boolean {
    const text = this.textAt(slot);
    return words.every((word) => text.includes(word));
  }

  /** Narrows or repeats the last search where that is enough. */
  private reuse(text: string, words: readonly string[]): Found | null {
    const { last } = this;
    if (last === null) return null;
    const same = last.query === text;
    if (!same && !(text.startsWith(last.query) && last.count <= FEW_ROWS)) return null;
    const hits = new Uint8Array(this.source.slots);
    hits.set(last.hits.subarray(0, hits.length));
    for (const slot of this.stale) hits[slot] = this.matches(slot, words) ? 1 : 0;
    if (!same)
      for (let slot = hits.indexOf(1); slot >= 0; slot = hits.indexOf(1, slot + 1))
        if (!this.stale.has(slot) && !this.matches(slot, words)) hits[slot] = 0;
    return { query: text, hits, count: countOf(hits) };
  }

  private fresh(text: string, words: readonly string[]): Found {
    let hits: Uint8Array | null = null;
    for (const word of words) {
      const marked = new Uint8Array(this.source.slots);
      for (const page of this.pages) {
        page.texts ??= textsOfChunk(page.chunk);
        markRows(page.texts, word, page.base, marked);
      }
      if (hits === null) hits = marked;
      else for (let slot = 0; slot < hits.length; slot += 1) hits[slot] = (hits[slot] ?? 0) & (marked[slot] ?? 0);
    }
    const found = hits ?? new Uint8Array(this.source.slots);
    for (const slot of this.own.keys()) found[slot] = this.matches(slot, words) ? 1 : 0;
    return { query: text, hits: found, count: countOf(found) };
  }

  private markTokens(tokens: readonly string[], hits: Uint8Array): void {
    for (const token of tokens)
      for (const { chunk, base } of this.pages) {
        const packed = chunk.columns.tokens;
        for (let at = packed.text.indexOf(token); at >= 0; at = packed.text.indexOf(token, at + 1)) {
          const entry = entryAt(packed, at);
          // A token begins where an entry begins; elsewhere two neighbours only look like it.
          if (startOf(packed, entry) !== at) continue;
          const slot = base + rowOfEntry(chunk.columns.tokenEnds, entry);
          if (!this.own.has(slot)) hits[slot] = 1;
        }
      }
    for (const slot of this.own.keys())
      if (this.source.isLive(slot) && this.source.planAt(slot).tokens.some((token) => tokens.includes(token)))
        hits[slot] = 1;
  }
}

const countOf = (hits: Uint8Array): number => {
  let count = 0;
  for (const hit of hits) count += hit;
  return count;
};

/** First row whose part ends behind the entry. */
function rowOfEntry(ends: Uint32Array, entry: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) > entry) high = middle;
    else low = middle + 1;
  }
  return low;
}

function markRows(texts: PackedStrings, word: string, base: number, marked: Uint8Array): void {
  let at = texts.text.indexOf(word);
  while (at >= 0) {
    const row = entryAt(texts, at);
    marked[base + row] = 1;
    at = texts.text.indexOf(word, texts.ends[row] ?? texts.text.length);
  }
}
