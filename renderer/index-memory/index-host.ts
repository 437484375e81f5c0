/** Loads the memory index of this window and keeps it true while the window lives. */
import type { StationApi } from '@shared/contract/station';
import type { JournalRecord } from '@shared/domain/fact';
import type { Clock } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';
import { storageCode, type TallymanDatabase } from '../data/database';
import { readIndexMaterial, readPlansSince } from '../data/plan-repository';
import type { BenchChannel, BenchMessage } from '../sync/channels';
import { MemoryIndex } from './memory-index';
import { RecordStream } from './record-stream';

export interface IndexHostPorts {
  readonly journal: Pick<StationApi['journal'], 'readSince' | 'on'>;
  readonly database: TallymanDatabase;
  readonly channel: BenchChannel;
  readonly clock: Clock;
  readonly timers: Timers;
}

export type IndexStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** The database could not be read; `code` is a storage code. Trying again is up to the person. */
  | { readonly kind: 'failed'; readonly code: string };

const TICK_MS = 1_000;

type PlansChanged = Extract<BenchMessage, { kind: 'plans-changed' }>;

export class IndexHost {
  readonly index: MemoryIndex;
  private readonly records: RecordStream;
  private readonly listeners = new Set<() => void>();
  private readonly cancels: (() => void)[] = [];
  private early: PlansChanged[] | null = [];
  private lastChange = 0;
  private wantedChange = 0;
  private reading: Promise<void> | null = null;
  private current: IndexStatus = { kind: 'loading' };
  private stopped = false;

  constructor(private readonly ports: IndexHostPorts) {
    this.index = new MemoryIndex(ports.clock);
    this.records = new RecordStream({
      readSince: ports.journal.readSince,
      apply: (record) => this.index.applyRecord(record),
      timers: ports.timers,
    });
  }

  status(): IndexStatus {
    return this.current;
  }

  /** Told of every change of `status()`. @returns cancel. */
  subscribeStatus(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends when the index is ready (or has failed). What comes meanwhile is kept and applied after. */
  async start(): Promise<void> {
    this.cancels.push(
      this.ports.journal.on.recorded((record) => this.records.offer(record)),
      this.ports.channel.listen((message) => {
        if (message.kind === 'plans-changed') this.planChange(message);
      }),
    );
    try {
      const material = await readIndexMaterial(this.ports.database);
      this.index.load(material);
      this.lastChange = material.change;
      const early = this.early ?? [];
      this.early = null;
      for (const change of early) this.planChange(change);
      await this.records.begin(material.appliedSeq);
      this.enter({ kind: 'ready' });
      this.tickLater();
    } catch (error) {
      this.enter({ kind: 'failed', code: storageCode(error) });
    }
  }

  stop(): void {
    this.stopped = true;
    this.records.stop();
    for (const cancel of this.cancels.splice(0)) cancel();
  }

  /** A record that came as the answer to an act of this window. */
  accept(record: JournalRecord): void {
    this.records.offer(record);
  }

  /** Asks the journal for everything since the last record; after a refused revision. */
  catchUp(): Promise<void> {
    return this.records.catchUp();
  }

  /** Journal sequence up to which this window knows everything. */
  get appliedSeq(): number {
    return this.records.appliedSeq;
  }

  private planChange(change: PlansChanged): void {
    if (this.early !== null) {
      this.early.push(change);
      return;
    }
    if (change.to <= this.lastChange) return;
    if (change.from > this.lastChange) {
      this.wantedChange = Math.max(this.wantedChange, change.to);
      this.reading ??= this.readMissing().finally(() => {
        this.reading = null;
      });
      return;
    }
    this.lastChange = change.to;
    this.index.applyPlans(change.rows);
  }

  /** An announcement was missed: read what changed since the last one that came, until all that was heard of is in. */
  private async readMissing(): Promise<void> {
    try {
      while (this.lastChange < this.wantedChange && !this.stopped) {
        const rows = await readPlansSince(this.ports.database, this.lastChange);
        this.lastChange = rows.reduce((last, row) => Math.max(last, row.changed), this.wantedChange);
        this.index.applyPlans(rows);
      }
    } catch (error) {
      this.enter({ kind: 'failed', code: storageCode(error) });
    }
  }

  private enter(status: IndexStatus): void {
    this.current = status;
    for (const listener of [...this.listeners]) listener();
  }

  private tickLater(): void {
    if (this.stopped) return;
    this.cancels[2] = this.ports.timers.after(TICK_MS, () => {
      this.index.tick();
      this.tickLater();
    });
  }
}
