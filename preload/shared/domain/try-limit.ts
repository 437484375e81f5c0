/** How fast PINs and passphrases may be tried: three tries at once, then a wait that doubles with every further miss. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Misses in a row, and when the last one was (epoch milliseconds). */
export interface Misses {
  readonly count: number;
  readonly lastAtMs: number;
}

export const NO_MISSES: Misses = { count: 0, lastAtMs: 0 };

/** Misses after one more of them. */
export const oneMoreMiss = (misses: Misses, nowMs: number): Misses => ({ count: misses.count + 1, lastAtMs: nowMs });

/**
 * Milliseconds that must still pass before the next try counts, 0 when it may be made now. A clock that was set back
 * does not lengthen the wait beyond its full span.
 */
export function waitBeforeTry(misses: Misses, nowMs: number): number {
  if (misses.count < FREE_TRIES) return 0;
  const span = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(misses.count - FREE_TRIES, 20));
  return Math.max(0, Math.min(span, misses.lastAtMs + span - nowMs));
}
