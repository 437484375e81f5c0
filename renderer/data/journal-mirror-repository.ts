/** Follows the journal: facts, folded works and delivery states, with the applied sequence in the same transaction. */
import type { Fact, JournalRecord } from '@shared/domain/fact';
import type { ShipmentId } from '@shared/domain/ids';
import { shipmentsOf, type ShipmentWork } from '@shared/domain/shipment-work';
import type { TallymanDatabase } from './database';
import { foldRecord, shipmentsOfRecord, type FoldedRecord } from './fold-record';
import { writePlans, type PlanChange } from './ingest-repository';
import { readMetaNumber, takeChangeNumber, writeMetaNumber } from './meta-repository';
import { readWorks } from './plan-repository';
import { resultsOf } from './regroup';
import type { DeliveryMirrorRow, FactRow, GroupingRow, PlanRow } from './rows';

export interface MirroredRecords {
  readonly appliedSeq: number;
  readonly applied: number;
  /** True when the records do not follow on what is stored: records are missing in between. */
  readonly gap: boolean;
  readonly plans: PlanChange | null;
  /** Groupings that stand now. */
  readonly groupings: readonly GroupingRow[];
  readonly skipped: FoldedRecord['skipped'];
}

const factRows = (record: JournalRecord): FactRow[] =>
  record.facts.map((fact) => ({
    factId: fact.factId,
    seq: record.seq,
    shipmentId: shipmentsOf(fact.body)[0] ?? '',
    fact,
  }));

/** The records that follow without a gap on `appliedSeq`. */
function following(records: readonly JournalRecord[], appliedSeq: number): readonly JournalRecord[] {
  const run: JournalRecord[] = [];
  let next = appliedSeq + 1;
  for (const record of [...records].sort((a, b) => a.seq - b.seq)) {
    if (record.seq < next) continue;
    if (record.seq > next) break;
    run.push(record);
    next += 1;
  }
  return run;
}

export class JournalMirrorRepository {
  constructor(private readonly database: TallymanDatabase) {}

  readGroupings(): Promise<GroupingRow[]> {
    return this.database.groupings.toArray().then((rows) => rows.sort((a, b) => a.seq - b.seq));
  }

  /** Applies records in order; what is applied already is passed over. @throws Dexie's errors; nothing is then applied. */
  apply(records: readonly JournalRecord[]): Promise<MirroredRecords> {
    const { facts, works, deliveries, groupings, plans, meta } = this.database;
    return this.database.transaction('rw', [facts, works, deliveries, groupings, plans, meta], async () => {
      const before = await readMetaNumber(this.database, 'appliedSeq');
      const run = following(records, before);
      const appliedSeq = run.at(-1)?.seq ?? before;
      const highest = records.reduce((most, record) => Math.max(most, record.seq), 0);
      const standing = await this.readGroupings();
      const nothing = { appliedSeq, applied: run.length, gap: highest > appliedSeq };
      if (run.length === 0) return { ...nothing, plans: null, groupings: standing, skipped: [] };

      await facts.bulkPut(run.flatMap(factRows));
      const skipped = await this.foldAll(run);
      const regroupings = run.flatMap((record) => record.facts.filter(isGrouping).map((fact) => ({ fact, record })));
      const grouped = regroupings.length === 0 ? null : await this.group(regroupings, standing);
      await writeMetaNumber(this.database, 'appliedSeq', appliedSeq);
      return { ...nothing, plans: grouped?.plans ?? null, groupings: grouped?.groupings ?? standing, skipped };
    });
  }

  private async foldAll(run: readonly JournalRecord[]): Promise<FoldedRecord['skipped']> {
    const touched = [...new Set(run.flatMap((record) => [...shipmentsOfRecord(record)]))];
    const works = await readWorks(this.database, touched);
    const skipped: FoldedRecord['skipped'][number][] = [];
    for (const record of run) {
      const folded = foldRecord(record, (id) => works.get(id) ?? null);
      for (const [id, work] of folded.works) works.set(id, work);
      skipped.push(...folded.skipped);
    }
    if (works.size === 0) return skipped;
    const changed = await takeChangeNumber(this.database);
    await this.database.works.bulkPut([...works].map(([shipmentId, work]) => ({ shipmentId, changed, work })));
    const mirrored = [...works.values()].flatMap(mirrorRows);
    if (mirrored.length > 0) await this.database.deliveries.bulkPut(mirrored);
    return skipped;
  }

  private async group(
    made: readonly { readonly fact: Fact; readonly record: JournalRecord }[],
    standing: readonly GroupingRow[],
  ): Promise<{ readonly plans: PlanChange | null; readonly groupings: readonly GroupingRow[] }> {
    let groupings = [...standing];
    const goneIds = new Set<ShipmentId>();
    const origins = new Set<ShipmentId>();
    for (const { fact, record } of made) {
      const { body } = fact;
      if (body.kind === 'grouping-undone') {
        const undone = groupings.find((grouping) => grouping.factId === body.undoes);
        groupings = groupings.filter((grouping) => grouping !== undone);
        if (undone !== undefined) for (const id of resultsOf(undone)) goneIds.add(id);
        await this.database.groupings.delete(body.undoes);
      } else if (body.kind === 'shipments-merged' || body.kind === 'shipment-split') {
        const row: GroupingRow = { factId: fact.factId, seq: record.seq, body };
        groupings.push(row);
        await this.database.groupings.put(row);
        for (const id of body.kind === 'shipments-merged' ? body.sources : [body.shipmentId]) origins.add(id);
        for (const id of resultsOf(row)) goneIds.delete(id);
      }
    }
    const gone = await this.plansOf([...goneIds]);
    const sources = await this.plansOf([...origins]);
    if (gone.length + sources.length === 0) return { plans: null, groupings };
    const plans = await writePlans(this.database, sources, groupings, gone);
    return { plans, groupings };
  }

  private async plansOf(ids: readonly ShipmentId[]): Promise<readonly PlanRow[]> {
    const rows = await this.database.plans.bulkGet([...ids]);
    return rows.filter((row) => row !== undefined);
  }
}

const isGrouping = (fact: Fact): boolean =>
  fact.body.kind === 'shipments-merged' || fact.body.kind === 'shipment-split' || fact.body.kind === 'grouping-undone';

const mirrorRows = (work: ShipmentWork): DeliveryMirrorRow[] =>
  work.deliveries.map((delivery) => ({
    deliveryId: delivery.deliveryId,
    state: delivery.state,
    shipmentId: work.shipmentId,
    delivery,
  }));
