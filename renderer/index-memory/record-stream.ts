/**
 * Brings the journal's records to the index in order. They come by event and as answers to this window's own acts, each
 * perhaps twice; where one is missing, the journal is asked for everything since.
 */
import type { Reply } from '@shared/contract/envelope';
import type { JournalRecord } from '@shared/domain/fact';
import type { Timers } from '@shared/units/timers';

export interface RecordStreamPorts {
  readonly readSince: (ask: {
    afterSeq: number;
    limit: number;
  }) => Promise<Reply<{ records: JournalRecord[]; headSeq: number }>>;
  readonly apply: (record: JournalRecord) => void;
  readonly timers: Timers;
}

const RECORDS_PER_ASK = 1_000;
const RETRY_MS = 1_000;

export class RecordStream {
  private lastSeq = 0;
  private begun = false;
  private readonly early = new Map<number, JournalRecord>();
  private asking: Promise<void> | null = null;
  private cancelRetry: (() => void) | null = null;
  private stopped = false;

  constructor(private readonly ports: RecordStreamPorts) {}

  /** Records up to this one are in the index already. Ends when the index has caught up with the journal. */
  async begin(appliedSeq: number): Promise<void> {
    this.lastSeq = appliedSeq;
    this.begun = true;
    this.drain();
    await this.catchUp();
  }

  get appliedSeq(): number {
    return this.lastSeq;
  }

  offer(record: JournalRecord): void {
    if (record.seq <= this.lastSeq) return;
    this.early.set(record.seq, record);
    if (!this.begun) return;
    this.drain();
    if (this.early.size > 0) void this.catchUp();
  }

  /** Asks the journal for what is missing; callers at the same time share one question. */
  catchUp(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  stop(): void {
    this.stopped = true;
    this.cancelRetry?.();
  }

  private async ask(): Promise<void> {
    while (!this.stopped) {
      const reply = await this.ports.readSince({ afterSeq: this.lastSeq, limit: RECORDS_PER_ASK });
      if (!reply.ok) return this.askLater();
      for (const record of reply.value.records) if (record.seq > this.lastSeq) this.early.set(record.seq, record);
      const before = this.lastSeq;
      this.drain();
      // Caught up, or the journal has nothing more for us.
      if (this.lastSeq >= reply.value.headSeq || this.lastSeq === before) return;
    }
  }

  /** The journal did not answer: what is missing is asked for again. */
  private askLater(): void {
    this.cancelRetry?.();
    this.cancelRetry = this.ports.timers.after(RETRY_MS, () => {
      if (!this.stopped) void this.catchUp();
    });
  }

  private drain(): void {
    for (let next = this.early.get(this.lastSeq + 1); next !== undefined; next = this.early.get(this.lastSeq + 1)) {
      this.early.delete(next.seq);
      this.lastSeq = next.seq;
      this.ports.apply(next);
    }
    for (const seq of this.early.keys()) if (seq <= this.lastSeq) this.early.delete(seq);
  }
}
