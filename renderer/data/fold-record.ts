import { applyFact, emptyWork, shipmentsOf, type ShipmentWork, type WorkRefusal } from '@shared/domain/shipment-work';
import { FACT_SCHEMA, type JournalRecord } from '@shared/domain/fact';
import type { FactId, ShipmentId } from '@shared/domain/ids';

export interface FoldedRecord {
  readonly works: ReadonlyMap<ShipmentId, ShipmentWork>;
  /** Facts that could not stand here although the journal took them: kept, counted, never guessed at. */
  readonly skipped: readonly { readonly factId: FactId; readonly why: WorkRefusal | 'newer-schema' }[];
}

/** Shipments that a record's facts change. */
export const shipmentsOfRecord = (record: JournalRecord): ReadonlySet<ShipmentId> =>
  new Set(record.facts.flatMap((fact) => shipmentsOf(fact.body)));

/**
 * Applies a journal record to the works of its shipments; the same fold as main's.
 * @param workBefore what a shipment's work was before the record, or null.
 * @returns only the works that the record touches.
 */
export function foldRecord(record: JournalRecord, workBefore: (id: ShipmentId) => ShipmentWork | null): FoldedRecord {
  const works = new Map<ShipmentId, ShipmentWork>();
  const skipped: { factId: FactId; why: WorkRefusal | 'newer-schema' }[] = [];
  for (const fact of record.facts) {
    for (const id of shipmentsOf(fact.body)) {
      const before = works.get(id) ?? workBefore(id) ?? emptyWork(id);
      if (fact.schema > FACT_SCHEMA) {
        skipped.push({ factId: fact.factId, why: 'newer-schema' });
        works.set(id, before);
        continue;
      }
      const after = applyFact(before, fact);
      if (!after.ok) skipped.push({ factId: fact.factId, why: after.error });
      works.set(id, after.ok ? after.value : before);
    }
  }
  const revised = record.revision;
  if (revised !== null) {
    const work = works.get(revised.shipmentId) ?? workBefore(revised.shipmentId) ?? emptyWork(revised.shipmentId);
    works.set(revised.shipmentId, { ...work, revision: revised.number });
  }
  return { works, skipped };
}
