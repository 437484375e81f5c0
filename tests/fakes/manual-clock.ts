/** Time that stands still until a test moves it: a `Clock` and `Timers` in one. */
import { toInstant, type Clock, type Instant } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';

export interface ManualClock extends Clock, Timers {
  /** Moves time on, firing what falls due in order; promises that follow get their turn between two timers. */
  advance(spanMs: number): Promise<void>;
  /** Lets promises that are ready run, without moving time. */
  settle(): Promise<void>;
  pending(): number;
}

/** Lets every promise that is ready, and file or socket work that follows at once, run. */
const yieldToOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createManualClock(startMs = 1_750_000_000_000): ManualClock {
  let nowMs = startMs;
  let order = 0;
  const timers = new Map<number, { readonly at: number; readonly action: () => void }>();

  const nextDue = (until: number): { key: number; at: number; action: () => void } | undefined =>
    [...timers]
      .map(([key, timer]) => ({ key, ...timer }))
      .filter((timer) => timer.at <= until)
      .sort((a, b) => a.at - b.at || a.key - b.key)[0];

  return {
    now: (): Instant => toInstant(nowMs),
    after: (delayMs, action) => {
      order += 1;
      const key = order;
      timers.set(key, { at: nowMs + delayMs, action });
      return () => timers.delete(key);
    },
    advance: async (spanMs) => {
      const until = nowMs + spanMs;
      await yieldToOthers();
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        timers.delete(due.key);
        nowMs = Math.max(nowMs, due.at);
        due.action();
        await yieldToOthers();
      }
      nowMs = until;
      await yieldToOthers();
    },
    settle: async () => {
      for (let turn = 0; turn < 10; turn += 1) await yieldToOthers();
    },
    pending: () => timers.size,
  };
}
