/** Journal records to the worker, in order: first what its database lacks, then live. It runs ahead by a bounded number. */
import type { JournalRecord } from '@shared/domain/fact';

export interface RecordSource {
  headSeq(): number;
  readSince(afterSeq: number, limit: number): Promise<readonly JournalRecord[]>;
}

const RECORDS_A_MESSAGE = 500;
const AHEAD = 2_000;

export class RecordPump {
  private sentSeq = 0;
  private appliedSeq = 0;
  private session = 0;
  private running = false;
  private post: ((records: readonly JournalRecord[], headSeq: number) => void) | null = null;

  constructor(
    private readonly source: RecordSource,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Begins from where the worker's database stands; also when it says that it missed some. */
  begin(appliedSeq: number, post: (records: readonly JournalRecord[], headSeq: number) => void): void {
    this.session += 1;
    this.sentSeq = appliedSeq;
    this.appliedSeq = appliedSeq;
    this.post = post;
    this.pump();
  }

  end(): void {
    this.session += 1;
    this.post = null;
  }

  caughtUp(appliedSeq: number): void {
    this.appliedSeq = Math.max(this.appliedSeq, appliedSeq);
    this.pump();
  }

  /** There is a new record, or room again. */
  pump(): void {
    if (this.running) return;
    this.running = true;
    this.run()
      .catch(this.onFault)
      .finally(() => (this.running = false));
  }

  private async run(): Promise<void> {
    while (this.post !== null && this.sentSeq < this.source.headSeq() && this.sentSeq - this.appliedSeq < AHEAD) {
      const { session } = this;
      const records = await this.source.readSince(this.sentSeq, RECORDS_A_MESSAGE);
      // A worker that came in between begins elsewhere.
      if (session !== this.session) continue;
      const last = records.at(-1);
      if (last === undefined) return;
      this.post(records, this.source.headSeq());
      this.sentSeq = last.seq;
    }
  }
}
