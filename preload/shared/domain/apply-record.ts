/**
 * How one journal record changes the works of shipments: the same step in main's arbiter and in every window's index.
 * A record is one indivisible act: either all of its facts stand, or none.
 */
import { ok, type Result } from '../language/result';
import { FACT_SCHEMA, type JournalRecord } from './fact';
import type { ShipmentId } from './ids';
import { applyFact, emptyWork, shipmentsOf, type ShipmentWork, type WorkRefusal } from './shipment-work';

/**
 * Applies a record. @param workOf the work of a shipment as it stands, or null where nothing has happened yet.
 * @returns the changed works by shipment (nothing is changed in place), or why a fact cannot stand. Facts of a newer schema
 * than this program's are left out: they are kept in the journal and never guessed at.
 */
export function applyRecord(
  workOf: (id: ShipmentId) => ShipmentWork | null,
  record: Pick<JournalRecord, 'facts' | 'revision'>,
): Result<ReadonlyMap<ShipmentId, ShipmentWork>, WorkRefusal> {
  const changed = new Map<ShipmentId, ShipmentWork>();
  const current = (id: ShipmentId): ShipmentWork => changed.get(id) ?? workOf(id) ?? emptyWork(id);
  for (const fact of record.facts) {
    if (fact.schema > FACT_SCHEMA) continue;
    for (const id of shipmentsOf(fact.body)) {
      const next = applyFact(current(id), fact);
      if (!next.ok) return next;
      changed.set(id, next.value);
    }
  }
  if (record.revision !== null) {
    const { shipmentId, number } = record.revision;
    changed.set(shipmentId, { ...current(shipmentId), revision: number });
  }
  return ok(changed);
}
