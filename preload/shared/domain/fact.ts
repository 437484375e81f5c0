/**
 * Facts 作业事实: what a person or device did at a station. Never changed after they are written; undo and reopen are new
 * facts. Facts name ids, never persons' data (names, phones, addresses).
 */
import { z } from 'zod';
import { instant } from '../units/instant';
import { confirmShipment, deliveryState } from './delivery';
import {
  deliveryId,
  deviceId,
  factId,
  gestureId,
  jobId,
  lineId,
  orderKey,
  orderNo,
  parcelId,
  personId,
  poolId,
  printerId,
  shipmentId,
  stationId,
  storeId,
  waybillNo,
} from './ids';
import { printJobState } from './print-job';

/** Version of the shapes below, written into every fact; a newer one is kept and skipped, never guessed at. */
export const FACT_SCHEMA = 1;

/** Some units of one order line. */
export const units = z.object({ orderKey, lineId, quantity: z.number().int().min(1) });
export type Units = z.infer<typeof units>;

const onShipment = { shipmentId, parcelId };

/** A delivery as it is created: what to tell, in which order among the order's own, and not before when. */
export const plannedDelivery = confirmShipment.extend({ sequence: z.number().int().min(1), notBefore: instant });
export type PlannedDelivery = z.infer<typeof plannedDelivery>;

export const factBody = z.discriminatedUnion('kind', [
  /** Units were seen going into the parcel: by scan, or by hand where method says so. */
  z.object({ kind: z.literal('units-counted'), ...onShipment, ...units.shape, code: z.string().max(200) }),
  /** The last count was a slip. */
  z.object({ kind: z.literal('count-undone'), ...onShipment, undoes: factId }),
  /** A lead lets units go unscanned; on the record, with a reason. */
  z.object({
    kind: z.literal('units-released'),
    ...onShipment,
    ...units.shape,
    reason: z.string().min(1).max(300),
    releasedBy: personId,
  }),
  /** Everything due is in the box. */
  z.object({ kind: z.literal('parcel-verified'), ...onShipment, units: z.array(units).min(1) }),
  /** A waybill number now belongs to this parcel, for ever (I7). */
  z.object({ kind: z.literal('number-bound'), ...onShipment, poolId, carrier: z.string().min(1).max(100), waybillNo }),
  /** A label was handed to the spooler; in the journal before the first byte (I8). */
  z.object({
    kind: z.literal('print-queued'),
    ...onShipment,
    jobId,
    printerId,
    waybillNo,
    templateId: z.string().max(100),
  }),
  /** The spooler moved a job, or a person said what the printer did. */
  z.object({ kind: z.literal('print-moved'), ...onShipment, jobId, state: printJobState, code: z.string().max(100) }),
  /** The box is shut and labelled; for stores that are told at closing its deliveries exist from here on. */
  z.object({ kind: z.literal('parcel-closed'), ...onShipment, deliveries: z.array(plannedDelivery) }),
  /** The store is told earlier than at closing (`verified`, `labelled`): its deliveries exist from here on. */
  z.object({ kind: z.literal('deliveries-created'), ...onShipment, deliveries: z.array(plannedDelivery).min(1) }),
  /** The box was opened again; deliveries that had not gone out are taken back. */
  z.object({ kind: z.literal('parcel-reopened'), ...onShipment, withdraws: z.array(deliveryId) }),
  /** A half-packed parcel was put aside; its counts stay. */
  z.object({ kind: z.literal('parcel-parked'), ...onShipment }),
  z.object({ kind: z.literal('hold-placed'), shipmentId, reason: z.string().min(1).max(300) }),
  z.object({
    kind: z.literal('hold-released'),
    shipmentId,
    releases: factId,
    releasedBy: personId,
    reason: z.string().min(1).max(300),
  }),
  /** Several shipments to one recipient became one 合单. */
  z.object({ kind: z.literal('shipments-merged'), shipmentId, sources: z.array(shipmentId).min(2) }),
  /** One shipment became several 拆单. */
  z.object({
    kind: z.literal('shipment-split'),
    shipmentId,
    parts: z.array(z.object({ shipmentId, links: z.array(units).min(1) })).min(2),
  }),
  /** A merge or split was taken back. `members`: the sources of the merge, or the parts of the split. */
  z.object({
    kind: z.literal('grouping-undone'),
    shipmentId,
    undoes: factId,
    members: z.array(shipmentId).min(2).max(200),
  }),
  z.object({
    kind: z.literal('numbers-imported'),
    poolId,
    carrier: z.string().min(1).max(100),
    numbers: z.array(waybillNo).min(1).max(20_000),
  }),
  z.object({ kind: z.literal('number-voided'), waybillNo, reason: z.string().min(1).max(300) }),
  /** A delivery went on its way, came back with an outcome, or a person acted on it. */
  z.object({
    kind: z.literal('delivery-moved'),
    deliveryId,
    orderKey,
    shipmentId,
    state: deliveryState,
    attempt: z.number().int().min(0),
    code: z.string().max(100),
    notBefore: instant,
  }),
  /** Sign-ins, settings, exports … : what an auditor asks for and no flow needs. */
  z.object({ kind: z.literal('audited'), action: z.string().min(1).max(100), subject: z.string().max(200) }),
]);
export type FactBody = z.infer<typeof factBody>;
export type FactKind = FactBody['kind'];

/** How the person or device did it. */
export const method = z.enum(['scan', 'key', 'screen', 'device', 'system']);
export type Method = z.infer<typeof method>;

/** What a window says about an act; main adds who, where and when. */
export const factDraft = z.object({ factId, gestureId, deviceId, method, body: factBody });
export type FactDraft = z.infer<typeof factDraft>;

export const fact = factDraft.extend({
  schema: z.number().int().min(1),
  stationId,
  /** `null` where the program acted by itself (spooler, deliveries). */
  personId: personId.nullable(),
  /** Platform-corrected. */
  at: instant,
});
export type Fact = z.infer<typeof fact>;

/** What the journal keeps as one indivisible record. */
export const journalRecord = z.object({
  /** 1, 2, 3 … without gaps. */
  seq: z.number().int().min(1).safe(),
  /** The shipment that the writer changed and the revision it has now, or null for records of the program itself. */
  revision: z.object({ shipmentId, number: z.number().int().min(1) }).nullable(),
  facts: z.array(fact).min(1),
});
export type JournalRecord = z.infer<typeof journalRecord>;

/** Ids that a fact body's order-level references need beside it; kept here so that deliveries can be made from facts alone. */
export const orderReference = z.object({ orderKey, orderNo, storeId });
export type OrderReference = z.infer<typeof orderReference>;
