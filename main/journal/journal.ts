/**
 * The journal: the one durable place of what hands and program did. An append is framed and chained at once, waits its turn
 * with whatever else is under way, is written and flushed together with it (one fdatasync for all), and only then answered.
 *
 * What goes wrong: a full or failing disk refuses the batch and everything queued behind it, because their numbers and hashes
 * follow from it; the file is cut back to the last good frame before anything else is written. A disk that takes too long
 * refuses in the same way; when it answers at last, what it wrote is cut off again, because nobody was told that it is durable.
 */
import type { JournalRecord } from '@shared/domain/fact';
import { ok, refuse, type Result } from '@shared/language/result';
import type { Timers } from '@shared/units/timers';
import { encodeFrame, hashFrame } from './frame';
import type { JournalDisk, SegmentFile } from './journal-disk';
import { createRecordReader, type RecordReader } from './record-reader';
import { createRecordPlaces, type RecordPlaces } from './record-places';
import { scanSegments, type OpenReport, type ScannedJournal } from './scan-segments';
import { segmentHead } from './segment';

export type JournalRefusal = 'disk-full' | 'disk-failed' | 'journal-closed';
export type RecordDraft = Omit<JournalRecord, 'seq'>;
/** Told once per append: in order of the numbers when flushed, in the opposite order when refused, so that undoing works. */
export type Settle = (result: Result<JournalRecord, JournalRefusal>) => void;

export interface JournalTrouble {
  readonly code: 'disk-full' | 'disk-failed';
  /** The system's error code or `slow`. */
  readonly detail: string;
}

export interface Journal {
  /** Number of the last flushed record, 0 when there is none. */
  headSeq(): number;
  /** Numbers and chains a record at once and settles it when it is flushed or refused. */
  append(draft: RecordDraft, settle: Settle): void;
  /** Flushed records after a number, in order. @param limit at most so many; fewer come where they are large. @throws as the disk does. */
  readSince(afterSeq: number, limit: number): Promise<readonly JournalRecord[]>;
  /** The present trouble, null when writing works. */
  trouble(): JournalTrouble | null;
  /** Flushes what is queued and closes the file. */
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly disk: JournalDisk;
  readonly timers: Timers;
  /** A new segment begins when the last one has this many bytes. */
  readonly segmentBytes?: number;
  /** A flush that takes longer than this counts as failed. Milliseconds. */
  readonly slowMs?: number;
  /** Pause between tries to write again after trouble. Milliseconds. */
  readonly retryMs?: number;
  /** Gets every record that is already there, in order, before opening returns. */
  readonly onRecord: (record: JournalRecord) => void;
  /** Null: the trouble is over. */
  readonly onTrouble: (trouble: JournalTrouble | null) => void;
}

const SEGMENT_BYTES = 16 * 1024 * 1024;
const SLOW_MS = 5_000;
const RETRY_MS = 5_000;
/** Written and flushed behind the last frame to learn whether a full disk takes something again, then cut off. */
const PROBE = Buffer.alloc(4096);
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

interface Waiting {
  readonly record: JournalRecord;
  readonly frame: Buffer;
  readonly settle: Settle;
}

const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

export const troubleOf = (error: unknown): JournalTrouble => {
  const detail = systemCode(error);
  return { code: detail === 'ENOSPC' || detail === 'EDQUOT' ? 'disk-full' : 'disk-failed', detail };
};

const SLOW: JournalTrouble = { code: 'disk-failed', detail: 'slow' };

/** Opens a journal: checks it, mends its end, hands on its records. @throws as the disk does where it cannot even be read. */
export async function openJournal(
  options: JournalOptions,
): Promise<{ readonly journal: Journal; readonly reports: readonly OpenReport[] }> {
  const places = createRecordPlaces();
  const reader = createRecordReader(options.disk, places);
  const scanned = await scanSegments(options.disk, places, (record) => {
    reader.remember(record);
    options.onRecord(record);
  });
  return { journal: new SegmentJournal(options, scanned, places, reader), reports: scanned.reports };
}

class SegmentJournal implements Journal {
  private head: { seq: number; hash: Buffer };
  private chained: { seq: number; hash: Buffer };
  private segment: { firstSeq: number; length: number } | null;
  private file: SegmentFile | null = null;
  private queue: Waiting[] = [];
  private running: Promise<void> | null = null;
  private needsMending = false;
  /** A write that was given up as too slow and has not come back yet. */
  private overdue = false;
  private closed = false;
  private current: JournalTrouble | null = null;
  private cancelRetry: (() => void) | null = null;

  constructor(
    private readonly options: JournalOptions,
    scanned: ScannedJournal,
    private readonly places: RecordPlaces,
    private readonly reader: RecordReader,
  ) {
    this.head = { seq: scanned.headSeq, hash: scanned.headHash };
    this.chained = this.head;
    this.segment = scanned.last;
  }

  headSeq(): number {
    return this.head.seq;
  }

  trouble(): JournalTrouble | null {
    return this.current;
  }

  readSince(afterSeq: number, limit: number): Promise<readonly JournalRecord[]> {
    return this.reader.readSince(afterSeq, Math.min(limit, this.head.seq - afterSeq));
  }

  append(draft: RecordDraft, settle: Settle): void {
    if (this.closed) return settle(refuse('journal-closed'));
    if (this.overdue) return settle(refuse('disk-failed'));
    const record: JournalRecord = { seq: this.chained.seq + 1, revision: draft.revision, facts: draft.facts };
    const frame = encodeFrame(Buffer.from(JSON.stringify(record), 'utf8'), this.chained.hash);
    this.chained = { seq: record.seq, hash: hashFrame(frame) };
    this.queue.push({ record, frame, settle });
    this.running ??= this.run();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.cancelRetry?.();
    await this.running;
    await this.file?.close();
    this.file = null;
    await this.reader.close();
  }

  /** Works the queue off. A pause of one microtask first, so that appends of the same moment share their flush. */
  private async run(): Promise<void> {
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.takeBatch();
      try {
        await this.mend();
        await this.write(batch);
        this.succeed(batch);
      } catch (error) {
        this.fail(troubleOf(error), batch);
        await this.tryMending();
      }
    }
    this.running = null;
  }

  private takeBatch(): Waiting[] {
    let bytes = 0;
    const end = this.queue.findIndex((waiting, index) => {
      bytes += waiting.frame.length;
      return index > 0 && bytes > MAX_BATCH_BYTES;
    });
    return this.queue.splice(0, end < 0 ? this.queue.length : end);
  }

  /** Writes and flushes a batch, or gives it up as too slow; then the late answer is awaited before the queue goes on. */
  private async write(batch: readonly Waiting[]): Promise<void> {
    const work = this.writeFrames(batch);
    let cancel = (): void => undefined;
    const late = new Promise<'late'>((resolve) => {
      cancel = this.options.timers.after(this.options.slowMs ?? SLOW_MS, () => resolve('late'));
    });
    const first = await Promise.race([work, late]).finally(() => cancel());
    if (first !== 'late') return;
    this.overdue = true;
    this.fail(SLOW, batch);
    // Not an error any more: whatever comes now, the batch was refused and its bytes will be cut off.
    await work.catch(() => undefined);
    this.overdue = false;
    throw new SlowDisk();
  }

  private async writeFrames(batch: readonly Waiting[]): Promise<void> {
    const { file, at } = await this.segmentForAppending(batch[0]?.record.seq ?? 1);
    await file.write(Buffer.concat(batch.map((waiting) => waiting.frame)), at);
    await file.flush();
  }

  private async segmentForAppending(nextSeq: number): Promise<{ file: SegmentFile; at: number }> {
    if (this.segment !== null && this.segment.length < (this.options.segmentBytes ?? SEGMENT_BYTES)) {
      this.file ??= await this.options.disk.open(this.segment.firstSeq);
      return { file: this.file, at: this.segment.length };
    }
    const head = segmentHead(nextSeq);
    const file = await this.options.disk.create(nextSeq, head);
    await this.file?.close();
    this.file = file;
    this.segment = { firstSeq: nextSeq, length: head.length };
    return { file, at: head.length };
  }

  private succeed(batch: readonly Waiting[]): void {
    for (const { record, frame, settle } of batch) {
      const segment = this.segment;
      if (segment === null) throw new Error('a flushed record without a segment');
      this.places.add(segment.firstSeq, segment.length, frame.length);
      segment.length += frame.length;
      this.head = { seq: record.seq, hash: hashFrame(frame) };
      this.reader.remember(record);
      settle(ok(record));
    }
    this.report(null);
  }

  /** Refuses a batch and all that was chained behind it; the chain goes on from the last flushed record. */
  private fail(trouble: JournalTrouble, batch: readonly Waiting[]): void {
    if (trouble.detail === SlowDisk.code) return; // was refused when it became late
    const refused = [...batch, ...this.queue.splice(0)];
    this.chained = this.head;
    this.needsMending = true;
    this.report(trouble);
    for (const { settle } of refused.reverse()) settle(refuse(trouble.code));
    this.retryLater();
  }

  /** Cuts the file back to the last good frame. Must succeed before anything is written again. */
  private async mend(): Promise<void> {
    if (!this.needsMending) return;
    if (this.segment !== null) {
      this.file ??= await this.options.disk.open(this.segment.firstSeq);
      await this.file.truncate(this.segment.length);
      await this.file.flush();
    }
    this.needsMending = false;
  }

  /** At once after a failure, so that what was refused does not lie there if the program ends now. Where it fails the next append tries again. */
  private async tryMending(): Promise<void> {
    try {
      await this.mend();
    } catch (error) {
      this.report(troubleOf(error));
    }
  }

  private report(trouble: JournalTrouble | null): void {
    if (this.current?.code === trouble?.code && this.current?.detail === trouble?.detail) return;
    this.current = trouble;
    this.options.onTrouble(trouble);
  }

  /** While there is trouble the disk is tried from time to time, so that the operator sees when it is over. */
  private retryLater(): void {
    this.cancelRetry?.();
    this.cancelRetry = this.options.timers.after(this.options.retryMs ?? RETRY_MS, () => {
      if (this.closed || this.current === null) return;
      if (this.running === null && !this.overdue) this.running = this.probe();
      else this.retryLater();
    });
  }

  private async probe(): Promise<void> {
    try {
      await this.mend();
      if (this.segment !== null && this.file !== null) {
        this.needsMending = true;
        await this.file.write(PROBE, this.segment.length);
        await this.file.flush();
        await this.mend();
      }
      this.report(null);
    } catch (error) {
      this.report(troubleOf(error));
      this.retryLater();
    }
    // Appends that came meanwhile found somebody at work and are still queued.
    this.running = this.queue.length > 0 ? this.run() : null;
  }
}

/** The marker that a batch was given up already. */
class SlowDisk extends Error {
  static readonly code = 'SLOW_DISK_ANSWERED';
  readonly code = SlowDisk.code;
}
