/**
 * Sync gives way to hands. A scan needs no database, but the record behind it and the next label do, and one origin's
 * IndexedDB is one queue: a transaction begun now would stand in front of them.
 */
import type { Clock } from '@shared/units/instant';

/** Hands count as busy this long after a scan, ms. */
export const BUSY_FOR_MS = 150;
/** Sync is held up no longer than this at a time, ms: orders must arrive on a busy day too. */
export const LONGEST_WAIT_MS = 2_000;

export interface GiveWayPorts {
  readonly clock: Clock;
  readonly wait: (spanMs: number) => Promise<void>;
}

export class GiveWay {
  private busyUntil = 0;

  constructor(private readonly ports: GiveWayPorts) {}

  /** Hands did something just now. */
  handsBusy(): void {
    this.busyUntil = this.ports.clock.now() + BUSY_FOR_MS;
  }

  get isBusy(): boolean {
    return this.ports.clock.now() < this.busyUntil;
  }

  /** Ends when hands rest, after `LONGEST_WAIT_MS` at the latest. */
  async untilQuiet(): Promise<void> {
    let waitedMs = 0;
    while (this.isBusy && waitedMs < LONGEST_WAIT_MS) {
      const spanMs = Math.max(1, Math.min(this.busyUntil - this.ports.clock.now(), LONGEST_WAIT_MS - waitedMs));
      await this.ports.wait(spanMs);
      waitedMs += spanMs;
    }
  }
}
