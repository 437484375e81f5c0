import type { Fact, FactBody, FactDraft, JournalRecord, Units } from '@shared/domain/fact';
import { FACT_SCHEMA } from '@shared/domain/fact';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { Instant } from '@shared/units/instant';
import type { ShipmentId } from '@shared/domain/ids';
import {
  deviceId,
  factId,
  gestureId,
  jobId,
  personId,
  poolId,
  printerId,
  stationId,
  waybillNo,
} from '@shared/domain/ids';
import { parcelIdAt } from '@shared/domain/shipment-work';
import { NOON } from './orders';

let drawn = 0;
/** Ids that never repeat within a test run. */
export const nextFactId = () => factId.parse(`fact-${(drawn += 1)}`);

export function aDraft(body: FactBody, changes: Partial<FactDraft> = {}): FactDraft {
  return {
    factId: nextFactId(),
    gestureId: gestureId.parse(`gesture-${drawn}`),
    deviceId: deviceId.parse('keyboard-wedge'),
    method: 'scan',
    body,
    ...changes,
  };
}

export function aFact(body: FactBody, changes: Partial<Fact> = {}): Fact {
  return {
    ...aDraft(body),
    schema: FACT_SCHEMA,
    stationId: stationId.parse('station-1'),
    personId: personId.parse('person-packer'),
    at: NOON,
    ...changes,
  };
}

/** A record as the journal would answer it. */
export function aRecord(
  seq: number,
  facts: readonly Fact[],
  revision: JournalRecord['revision'] = null,
): JournalRecord {
  return { seq, revision, facts: [...facts] };
}

/** All due units of a plan, as `parcel-verified` names them. */
export const unitsOf = (plan: ShipmentPlan): Units[] =>
  plan.lines
    .filter((line) => line.due > 0)
    .map((line) => ({ orderKey: line.orderKey, lineId: line.lineId, quantity: line.due }));

export const countedBody = (plan: ShipmentPlan, line = 0, quantity = 1): FactBody => {
  const planned = plan.lines[line];
  if (planned === undefined) throw new Error(`the plan has no line ${line}`);
  return {
    kind: 'units-counted',
    shipmentId: plan.shipmentId,
    parcelId: parcelIdAt(plan.shipmentId, 1),
    orderKey: planned.orderKey,
    lineId: planned.lineId,
    quantity,
    code: planned.barcodes[0] ?? planned.sku,
  };
};

export const boundBody = (id: ShipmentId, number: string): FactBody => ({
  kind: 'number-bound',
  shipmentId: id,
  parcelId: parcelIdAt(id, 1),
  poolId: poolId.parse('pool-1'),
  carrier: 'manual',
  waybillNo: waybillNo.parse(number),
});

export const printQueuedBody = (id: ShipmentId, number: string, job = 'job-1'): FactBody => ({
  kind: 'print-queued',
  shipmentId: id,
  parcelId: parcelIdAt(id, 1),
  jobId: jobId.parse(job),
  printerId: printerId.parse('printer-1'),
  waybillNo: waybillNo.parse(number),
  templateId: 'waybill-76x130',
});

/** Everything from the first count to the closed parcel, one fact each, at one moment. */
export function packedFacts(plan: ShipmentPlan, number: string, at: Instant = NOON): Fact[] {
  const where = { shipmentId: plan.shipmentId, parcelId: parcelIdAt(plan.shipmentId, 1) };
  const counts = plan.lines.flatMap((line, position) =>
    line.due > 0 ? [aFact(countedBody(plan, position, line.due), { at })] : [],
  );
  return [
    ...counts,
    aFact({ kind: 'parcel-verified', ...where, units: unitsOf(plan) }, { at }),
    aFact(boundBody(plan.shipmentId, number), { at }),
    aFact(printQueuedBody(plan.shipmentId, number), { at }),
    aFact({ kind: 'print-moved', ...where, jobId: jobId.parse('job-1'), state: 'sent', code: '' }, { at }),
    aFact({ kind: 'parcel-closed', ...where, deliveries: [] }, { at }),
  ];
}
