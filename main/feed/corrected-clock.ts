import type { StoreId } from '@shared/domain/ids';
import { addMs, type Clock, type Instant } from '@shared/units/instant';

/** Differences below this are the resolution of HTTP dates and the way of the answer, not a wrong clock. */
const NOTICED_MS = 2_000;

/** This machine's clock, corrected by the median of what the shops' clocks say: one shop with a wrong clock moves nothing. */
export class CorrectedClock implements Clock {
  private readonly skews = new Map<StoreId, number>();

  constructor(private readonly machine: Clock) {}

  now(): Instant {
    return addMs(this.machine.now(), this.correctionMs());
  }

  /** @param skewMs the shop's clock minus this machine's. */
  note(store: StoreId, skewMs: number): void {
    this.skews.set(store, skewMs);
  }

  forget(store: StoreId): void {
    this.skews.delete(store);
  }

  correctionMs(): number {
    const sorted = [...this.skews.values()].sort((a, b) => a - b);
    const upper = sorted[Math.floor(sorted.length / 2)];
    const lower = sorted[Math.floor((sorted.length - 1) / 2)];
    if (upper === undefined || lower === undefined) return 0;
    const median = Math.round((upper + lower) / 2);
    return Math.abs(median) < NOTICED_MS ? 0 : median;
  }
}
