/**
 * Where a pull stands. One *walk* reads all orders changed since a moment, ordered by id, each page starting behind the last
 * id of the page before. So any number of orders may share one `updated_at`, and rows that change under the walk can appear twice but
 * never slip between two pages, as they would with offsets.
 *
 * The next walk starts at the newest change seen, if this walk was one page (one answer is one moment). A longer walk may have
 * passed an order before it changed: it hands on only the newest change that was known *before* its first page (`mark`). Without such a
 * mark the next walk starts from the same moment again and takes a mark first.
 */
import { z } from 'zod';
import { addMs, instant, toInstant, type Instant } from '@shared/units/instant';
import type { PullCursor } from '../connector';
import type { MedusaStoreConfig } from './store-config';

const cursorState = z.object({
  v: z.literal(1),
  /** Changes before this moment are known. */
  since: instant,
  /** Take a mark before the next walk's first page. */
  takeMark: z.boolean(),
  walk: z.object({ afterId: z.string().min(1), newest: instant, mark: instant.nullable() }).nullable(),
});
export type CursorState = z.infer<typeof cursorState>;

/** Reads a stored cursor. None, or one that cannot be read, starts a full sweep over the look-back: repeats cost time, gaps cost orders. */
export function readCursor(cursor: PullCursor | null, config: MedusaStoreConfig, now: Instant): CursorState {
  const parsed = cursor === null ? null : cursorState.safeParse(parseJson(cursor));
  if (parsed?.success === true) return parsed.data;
  const lookBackMs = config.lookBackDays * 86_400_000;
  return { v: 1, since: toInstant(Math.max(0, now - lookBackMs)), takeMark: true, walk: null };
}

/** Stores a cursor as text. */
export const writeCursor = (state: CursorState): PullCursor => JSON.stringify(state);

/** From which moment on the shop is asked. The overlap also covers filters that leave their own bound out. */
export const askFrom = (state: CursorState, overlapMs: number): Instant =>
  state.since > overlapMs ? addMs(state.since, -overlapMs) : toInstant(0);

/**
 * Moves on by one page. @param page newest change and last id on it (null for an empty page), whether more waits behind it, and the
 * mark taken before a walk's first page, if one was.
 */
export function advance(
  state: CursorState,
  page: {
    readonly newest: Instant | null;
    readonly lastId: string | null;
    readonly more: boolean;
    readonly mark: Instant | null;
  },
): CursorState {
  const mark = state.walk === null ? page.mark : state.walk.mark;
  const newest = later(state.walk?.newest ?? state.since, page.newest ?? state.since);
  if (page.more && page.lastId !== null) return { ...state, walk: { afterId: page.lastId, newest, mark } };
  if (state.walk === null) return { v: 1, since: newest, takeMark: false, walk: null };
  if (mark === null) return { v: 1, since: state.since, takeMark: true, walk: null };
  return { v: 1, since: later(state.since, mark), takeMark: false, walk: null };
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // readCursor then starts a full sweep
  }
}
