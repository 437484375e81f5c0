/** A real journal in a temp folder with the real bench on top; `restart` is what a new program finds. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord } from '@shared/domain/fact';
import { poolId, waybillNo } from '@shared/domain/ids';
import type { Person } from '@shared/domain/person';
import { Arbiter } from '../../main/bench/arbiter';
import { BenchState } from '../../main/bench/bench-state';
import { openFolderDisk } from '../../main/journal/folder-journal-disk';
import type { JournalDisk, SegmentFile } from '../../main/journal/journal-disk';
import { openJournal, type Journal } from '../../main/journal/journal';
import type { Logger } from '../../main/wiring/ports';
import { aPerson } from '../builders/people';
import { createManualClock, type ManualClock } from './manual-clock';

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const LEAD = aPerson('lead');
export const PACKER = aPerson('packer');

/** Lets the next flushes fail with a system error code while `code` is set. */
export interface DiskFault {
  code?: string;
}

function withFault(disk: JournalDisk, fault: DiskFault): JournalDisk {
  const wrap = (file: SegmentFile): SegmentFile => ({
    ...file,
    flush: async () => {
      if (fault.code !== undefined) throw Object.assign(new Error(fault.code), { code: fault.code });
      await file.flush();
    },
  });
  return {
    ...disk,
    open: async (firstSeq) => wrap(await disk.open(firstSeq)),
    create: async (firstSeq, head) => wrap(await disk.create(firstSeq, head)),
  };
}

export interface BenchRig {
  readonly folder: string;
  readonly clock: ManualClock;
  readonly fault: DiskFault;
  readonly journal: Journal;
  readonly state: BenchState;
  readonly arbiter: Arbiter;
  /** Every flushed record since the rig (not the folder) began. */
  readonly records: JournalRecord[];
  readonly newId: () => string;
  importNumbers(...numbers: string[]): Promise<void>;
  close(): Promise<void>;
  /** Closes and opens the same folder again. */
  restart(): Promise<BenchRig>;
}

let drawn = 0;

export async function openBenchRig(over: { folder?: string; clock?: ManualClock } = {}): Promise<BenchRig> {
  const folder = over.folder ?? (await mkdtemp(join(tmpdir(), 'tallyman-bench-')));
  const clock = over.clock ?? createManualClock();
  const fault: DiskFault = {};
  const state = new BenchState();
  const records: JournalRecord[] = [];
  const { journal } = await openJournal({
    disk: withFault(await openFolderDisk(folder), fault),
    timers: createManualClock(),
    onRecord: (record) => {
      const staged = state.stage(record);
      if (!staged.ok) throw new Error(`record ${record.seq} does not fold: ${staged.error}`);
      state.remember(record);
    },
    onTrouble: () => undefined,
  });
  const newId = (): string => `drawn-${(drawn += 1)}`;
  const approve = (badge: string): Person | null =>
    badge === 'LEAD-BADGE' ? LEAD : badge === 'PACKER-BADGE' ? PACKER : null;
  const arbiter = new Arbiter({
    journal,
    state,
    clock,
    session: { checkApproval: async (approval) => ('badge' in approval ? approve(approval.badge) : null) },
    stationId: 'station-1',
    newId,
    logger: silentLogger,
  });
  arbiter.subscribe((record) => records.push(record));
  return {
    folder,
    clock,
    fault,
    journal,
    state,
    arbiter,
    records,
    newId,
    importNumbers: async (...numbers) => {
      const body = {
        kind: 'numbers-imported' as const,
        poolId: poolId.parse('pool-1'),
        carrier: 'manual',
        numbers: numbers.map((number) => waybillNo.parse(number)),
      };
      const reply = await arbiter.record({ facts: [arbiter.factOf(arbiter.programAct(), body)] });
      if (!reply.ok) throw new Error(reply.error.code);
    },
    close: () => journal.close(),
    restart: async () => {
      await journal.close();
      return openBenchRig({ folder, clock });
    },
  };
}
