/** Messages that wait for the engine: records go before pages, pages one after another. */
import type { JournalRecord } from '@shared/domain/fact';
import type { ToWorker } from '@shared/contract/feed';

export type Page = Extract<ToWorker, { kind: 'page' }>;
export type Welcome = Extract<ToWorker, { kind: 'welcome' }>;
export type Policies = Extract<ToWorker, { kind: 'policies' }>;

export type Job = Page | Welcome | Policies;

export class IngestInbox {
  private jobs: Job[] = [];
  private records: JournalRecord[] = [];

  put(message: ToWorker): void {
    if (message.kind === 'records') this.records.push(...message.records);
    else this.jobs.push(message);
  }

  /** All records that have come; they are the engine's from now on. */
  takeRecords(): JournalRecord[] {
    const taken = this.records;
    this.records = [];
    return taken;
  }

  /** Records that could not be applied now. */
  putBackRecords(records: readonly JournalRecord[]): void {
    this.records = [...records, ...this.records];
  }

  takeJob(): Job | undefined {
    return this.jobs.shift();
  }

  get hasRecords(): boolean {
    return this.records.length > 0;
  }

  get isEmpty(): boolean {
    return this.jobs.length === 0 && this.records.length === 0;
  }
}
