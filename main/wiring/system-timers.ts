import type { Timers } from '@shared/units/timers';

/** The machine's own timers. A span beyond what they can count (24 days) is cut into shorter ones. */
export const systemTimers: Timers = {
  after: (delayMs, action) => {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      timer =
        leftMs > LONGEST_MS ? setTimeout(() => wait(leftMs - LONGEST_MS), LONGEST_MS) : setTimeout(action, leftMs);
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
};

const LONGEST_MS = 2_000_000_000;
