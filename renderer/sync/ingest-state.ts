/** What the engine knows by heart: which readings stand, which groupings, which policies, where the cursors are. */
import { orderKey, type OrderKey, type StoreId } from '@shared/domain/ids';
import type { StorePolicy } from '@shared/domain/store';
import type { TallymanDatabase } from '../data/database';
import { JournalMirrorRepository } from '../data/journal-mirror-repository';
import { readCursors, readPolicies } from '../data/meta-repository';
import { readIndexMaterial } from '../data/plan-repository';
import type { GroupingRow, OrderSource } from '../data/rows';
import { SourceTable } from './source-table';

export interface IngestState {
  readonly sources: SourceTable;
  readonly cursors: Map<StoreId, string>;
  readonly policies: Map<StoreId, StorePolicy>;
  groupings: readonly GroupingRow[];
  appliedSeq: number;
  /** Change number up to which windows were told of plans, or could read them when they loaded. */
  announced: number;
}

/** A single shipment's id is its order's key and `#1`. */
const keyOfSingle = (shipment: string): OrderKey => orderKey.parse(shipment.slice(0, -'#1'.length));

/** Reads where the database stands. @throws Dexie's errors. */
export async function loadIngestState(database: TallymanDatabase): Promise<IngestState> {
  const material = await readIndexMaterial(database);
  const sources = new SourceTable();
  const keep = (shipment: string, source: OrderSource | null): void => {
    if (source !== null) sources.set(keyOfSingle(shipment), source);
  };
  for (const chunk of material.chunks)
    for (let row = 0; row < chunk.rows; row += 1) keep(chunk.idAt(row), chunk.sourceAt(row));
  for (const row of material.plans) keep(row.shipmentId, row.source);
  return {
    sources,
    cursors: await readCursors(database),
    policies: new Map((await readPolicies(database)).map((policy) => [policy.storeId, policy])),
    groupings: await new JournalMirrorRepository(database).readGroupings(),
    appliedSeq: material.appliedSeq,
    announced: material.change,
  };
}
