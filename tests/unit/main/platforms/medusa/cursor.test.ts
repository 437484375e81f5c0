import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeId } from '@shared/domain/ids';
import { toInstant } from '@shared/units/instant';
import {
  advance,
  askFrom,
  readCursor,
  writeCursor,
  type CursorState,
} from '../../../../../main/platforms/medusa/cursor';
import { medusaStoreConfig } from '../../../../../main/platforms/medusa/store-config';

const config = medusaStoreConfig.parse({
  storeId: storeId.parse('s-1'),
  baseUrl: 'http://shop.invalid',
  lookBackDays: 2,
});
const now = toInstant(1_800_000_000_000);
const at = (ms: number) => toInstant(1_799_000_000_000 + ms);
const start = (more: Partial<CursorState> = {}): CursorState => ({
  v: 1,
  since: at(0),
  takeMark: false,
  walk: null,
  ...more,
});

describe('the cursor of a pull', () => {
  it('starts a full sweep over the look-back without a cursor, and with one that cannot be read', () => {
    const sweep = { v: 1, since: now - 2 * 86_400_000, takeMark: true, walk: null };
    for (const text of [null, '', 'x', '{}', '{"v":2}', '[]']) expect(readCursor(text, config, now)).toEqual(sweep);
  });

  it('is read as it was written', () => {
    const state = start({ walk: { afterId: 'order_1', newest: at(5), mark: null } });
    expect(readCursor(writeCursor(state), config, now)).toEqual(state);
  });

  it('asks from before its moment, and never from before 1970', () => {
    expect(askFrom(start(), 30_000)).toBe(at(-30_000));
    expect(askFrom(start({ since: toInstant(5) }), 30_000)).toBe(0);
  });

  it('goes on from the newest change after one page, and stays where it was after an empty one', () => {
    expect(advance(start(), { newest: at(9), lastId: 'a', more: false, mark: null })).toEqual(start({ since: at(9) }));
    expect(advance(start(), { newest: null, lastId: null, more: false, mark: null })).toEqual(start());
  });

  it('hands on only what was known before a long walk began', () => {
    const first = advance(start(), { newest: at(9), lastId: 'a', more: true, mark: at(4) });
    expect(first.walk).toEqual({ afterId: 'a', newest: at(9), mark: at(4) });
    expect(advance(first, { newest: at(12), lastId: 'b', more: false, mark: null })).toEqual(start({ since: at(4) }));
  });

  it('repeats a long walk that began without a mark, with one', () => {
    const first = advance(start(), { newest: at(9), lastId: 'a', more: true, mark: null });
    expect(advance(first, { newest: at(12), lastId: 'b', more: false, mark: null })).toEqual(start({ takeMark: true }));
  });

  it('never loses a change, whatever changes while it walks', () => {
    const change = fc.record({ order: fc.nat({ max: 11 }), beforePage: fc.nat({ max: 20 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), (changes, pageSize) => {
        expect(unseenAfter(changes, pageSize)).toEqual([]);
      }),
      { numRuns: 500, seed: 42 },
    );
  });
});

/** Plays walks over a shop of twelve orders that change before given pages; returns orders whose last change was never delivered. */
function unseenAfter(changes: readonly { order: number; beforePage: number }[], pageSize: number): number[] {
  const updated = Array.from({ length: 12 }, (_, index) => 1 + (index % 3));
  const seen = new Map<number, number>();
  let time = 10;
  let state = start({ since: at(0), takeMark: true });
  const page = () => {
    const mark = state.walk === null && state.takeMark ? at(Math.max(...updated)) : null;
    const from = askFrom(state, 1);
    const after = state.walk === null ? -1 : Number(state.walk.afterId);
    const matching = updated.flatMap((moment, id) => (id > after && at(moment) >= from ? [id] : []));
    const shown = matching.slice(0, pageSize);
    for (const id of shown) seen.set(id, updated[id] ?? 0);
    const newest = shown.length === 0 ? null : at(Math.max(...shown.map((id) => updated[id] ?? 0)));
    const lastId = shown.length === 0 ? null : String(shown.at(-1));
    state = advance(state, { newest, lastId, more: matching.length > shown.length, mark });
  };
  for (let index = 0; index <= 21; index++) {
    for (const change of changes) if (change.beforePage === index) updated[change.order] = ++time;
    page();
  }
  // Quiet now: two whole walks bring everything.
  for (let index = 0; index < 40; index++) page();
  return updated.flatMap((moment, id) => (seen.get(id) === moment ? [] : [id]));
}
