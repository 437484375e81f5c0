import { toInstant, type Clock } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';

/** This machine's clock. What becomes a fact gets its moment from main; windows only show and compare with this one. */
export const systemClock: Clock = { now: () => toInstant(Date.now()) };

export const systemTimers: Timers = {
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Waits a span. @param spanMs 0 or more. */
export const waitOn =
  (timers: Timers) =>
  (spanMs: number): Promise<void> =>
    new Promise((resolve) => {
      timers.after(spanMs, resolve);
    });
