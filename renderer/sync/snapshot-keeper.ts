/** Brings the snapshot chunks up to date when ingest has been quiet for a while. */
import { SnapshotRepository } from '../data/snapshot-repository';
import { storageCode } from '../data/database';
import type { GiveWay } from './give-way';
import type { IngestPorts } from './ingest-ports';

/** Quiet time before chunks are touched, ms. */
export const QUIET_MS = 5_000;
/** Transactions behind which chunks are worth writing at once; fewer wait for `AT_LEAST_EVERY_MS`. */
const WORTH_WRITING = 200;
const AT_LEAST_EVERY_MS = 600_000;

export class SnapshotKeeper {
  private readonly snapshots: SnapshotRepository;
  private generation = 0;
  private writtenAt = 0;
  private writing = false;

  constructor(
    private readonly ports: IngestPorts,
    private readonly giveWay: GiveWay,
    private readonly isQuiet: () => boolean,
  ) {
    this.snapshots = new SnapshotRepository(ports.database);
  }

  /** Work has come: the quiet time starts again. */
  disturb(): void {
    this.generation += 1;
  }

  stop(): void {
    this.generation = Number.POSITIVE_INFINITY;
  }

  /** Work has ended: after the quiet time the chunks are looked at. */
  rest(): void {
    const begun = this.generation;
    void this.ports.wait(QUIET_MS).then(async () => {
      if (this.generation === begun && this.isQuiet() && !this.writing) await this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing = true;
    try {
      const lag = await this.snapshots.lag();
      const due = this.ports.clock.now() - this.writtenAt >= AT_LEAST_EVERY_MS;
      if (lag >= WORTH_WRITING || (lag > 0 && due)) {
        const outcome = await this.snapshots.refresh(async () => {
          await this.giveWay.untilQuiet();
          return this.isQuiet();
        });
        if (outcome === 'done') this.writtenAt = this.ports.clock.now();
      }
    } catch (error) {
      // Chunks only save time at the next start; rows hold everything.
      this.ports.channel.post({ kind: 'ingest-trouble', code: `snapshot:${storageCode(error)}`.slice(0, 200) });
    } finally {
      this.writing = false;
    }
  }
}
