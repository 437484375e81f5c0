/** Plans as a window reads them: chunks first, then what changed since. */
import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { ShipmentId } from '@shared/domain/ids';
import type { TallymanDatabase } from './database';
import { COLUMNS_FORMAT } from './columns/plan-columns';
import { PlanChunk } from './columns/plan-chunk';
import { readMetaNumber } from './meta-repository';
import type { PlanRow, WorkRow } from './rows';

export interface IndexMaterial {
  readonly chunks: readonly PlanChunk[];
  /** Newer than their chunks, or in none. */
  readonly plans: readonly PlanRow[];
  readonly works: readonly WorkRow[];
  /** Every plan up to this change number is in here. */
  readonly change: number;
  /** Every journal record up to this one is folded into the works. */
  readonly appliedSeq: number;
}

/**
 * Reads everything that a memory index starts from, as of one moment. Chunks of another format are left out and their
 * shipments read as rows instead, so that a new program starts right and the worker writes new chunks at leisure.
 */
export const readIndexMaterial = (database: TallymanDatabase): Promise<IndexMaterial> =>
  database.transaction('r', [database.meta, database.snapshots, database.plans, database.works], async () => {
    const [change, appliedSeq, snapshotChange, rows] = await Promise.all([
      readMetaNumber(database, 'change'),
      readMetaNumber(database, 'appliedSeq'),
      readMetaNumber(database, 'snapshotChange'),
      database.snapshots.toArray(),
    ]);
    const usable = rows.every((row) => row.columns.format === COLUMNS_FORMAT);
    const since = usable ? snapshotChange : 0;
    const [plans, changedWorks] = await Promise.all([readPlansSince(database, since), readWorksSince(database, since)]);
    const works = since === 0 ? changedWorks : [...(await readWorksBehind(database, plans)), ...changedWorks];
    return {
      chunks: usable ? rows.map((row) => new PlanChunk(row.columns)) : [],
      plans,
      works,
      change,
      appliedSeq,
    };
  });

/** Plans that transactions after this change number wrote, `gone` ones included. */
export const readPlansSince = (database: TallymanDatabase, change: number): Promise<PlanRow[]> =>
  change === 0 ? database.plans.toArray() : database.plans.where('changed').above(change).toArray();

export const readWorksSince = (database: TallymanDatabase, change: number): Promise<WorkRow[]> =>
  change === 0 ? database.works.toArray() : database.works.where('changed').above(change).toArray();

/**
 * Works of these shipments however old: a work may be older than its plan (the journal came back before the shop did)
 * and is then in no chunk.
 */
export async function readWorksBehind(database: TallymanDatabase, plans: readonly PlanRow[]): Promise<WorkRow[]> {
  const rows = await database.works.bulkGet(plans.map((row) => row.shipmentId));
  return rows.filter((row) => row !== undefined);
}

/** Works of some shipments, for a fold. */
export async function readWorks(
  database: TallymanDatabase,
  ids: readonly ShipmentId[],
): Promise<Map<ShipmentId, ShipmentWork>> {
  const rows = await database.works.bulkGet([...ids]);
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.shipmentId, row.work] as const])));
}
