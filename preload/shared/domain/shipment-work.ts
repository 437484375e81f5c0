/**
 * What happened to a shipment, folded from its facts. The same fold arbitrates in main (may this fact be written?) and
 * answers in the windows (what does the bench show?), so that no rule exists twice.
 *
 * The walk: the first piece opens parcel 1. Each piece is counted; a slip is undone. When everything due is in, the parcel
 * is verified; a number is bound and its label queued. When the label is out the parcel is closed and its deliveries exist.
 * Reopening goes back to open with counts, number and label kept; deliveries that had not gone out are withdrawn, and
 * closing again makes deliveries only for what is not on its way already. In a label-first store number and label come
 * before the first piece. On the floor: the printer is out of paper (verified, no label), somebody unplugs it in the middle
 * (unknown: only a person's word moves it), the wrong box is opened again, two windows want the same shipment.
 */
import type { Instant } from '../units/instant';
import { ok, refuse, type Result } from '../language/result';
import type { ConfirmShipment, DeliveryState } from './delivery';
import type { Fact, FactBody, FactKind, PlannedDelivery, Units } from './fact';
import type { FactId, JobId, LineId, OrderKey, ParcelId, PoolId, PrinterId, ShipmentId, WaybillNo } from './ids';
import { parcelId as parcelIdSchema } from './ids';
import { isLabelOut, maySafelyPrintAgain, mayMovePrint, type PrintJobState } from './print-job';

/** One order line across the fold: `orderKey|lineId`. */
export type LineRef = string;
export const lineRefOf = (line: { readonly orderKey: OrderKey; readonly lineId: LineId }): LineRef =>
  `${line.orderKey}|${line.lineId}`;

/** The parcel that a shipment gets first; further ones count up. */
export const parcelIdAt = (shipment: ShipmentId, position: number): ParcelId =>
  parcelIdSchema.parse(`${shipment}/p${position}`);

export interface CountEntry extends Units {
  readonly factId: FactId;
  readonly at: Instant;
}

export interface DeliveryWork extends ConfirmShipment {
  readonly sequence: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly notBefore: Instant;
  readonly createdAt: Instant;
  readonly lastCode: string | null;
}

export interface ParcelWork {
  readonly parcelId: ParcelId;
  readonly stage: 'open' | 'verified' | 'closed';
  /** Counts that stand, oldest first; the last one is what undo takes back. */
  readonly counts: readonly CountEntry[];
  readonly number: { readonly waybillNo: WaybillNo; readonly carrier: string; readonly poolId: PoolId } | null;
  readonly job: {
    readonly jobId: JobId;
    readonly printerId: PrinterId;
    readonly state: PrintJobState;
    readonly code: string;
  } | null;
  readonly verifiedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly parked: boolean;
}

export interface ShipmentWork {
  readonly shipmentId: ShipmentId;
  /** Rises with every record that a window wrote for this shipment. */
  readonly revision: number;
  readonly parcels: readonly ParcelWork[];
  readonly deliveries: readonly DeliveryWork[];
  readonly holds: readonly { readonly factId: FactId; readonly reason: string }[];
  /** Became part of another shipment (merge) or of several (split); nothing is packed here any more. */
  readonly groupedInto: readonly ShipmentId[];
  /** A unit that is on its way to the platform was taken out again: needs a person. */
  readonly exception: 'confirmed-units-taken-out' | null;
}

/** Why a fact cannot be written now. */
export type WorkRefusal =
  | 'parcel-out-of-turn'
  | 'shipment-held'
  | 'units-told-already'
  | 'parcel-not-open'
  | 'parcel-not-verified'
  | 'parcel-not-closed'
  | 'nothing-to-undo'
  | 'units-differ-from-counts'
  | 'number-already-bound'
  | 'number-missing'
  | 'job-under-way'
  | 'job-unknown'
  | 'job-move-refused'
  | 'label-not-out'
  | 'shipment-grouped'
  | 'not-held'
  | 'delivery-unknown'
  | 'delivery-final';

export const emptyWork = (shipmentId: ShipmentId): ShipmentWork => ({
  shipmentId,
  revision: 0,
  parcels: [],
  deliveries: [],
  holds: [],
  groupedInto: [],
  exception: null,
});

/** The parcel that scans go to: the last one, or none before the first scan. */
export const currentParcel = (work: ShipmentWork | null): ParcelWork | null => work?.parcels.at(-1) ?? null;

/** Units counted into a parcel, by line. */
export function countedByLine(parcel: ParcelWork | null): ReadonlyMap<LineRef, number> {
  const totals = new Map<LineRef, number>();
  for (const count of parcel?.counts ?? []) {
    const ref = lineRefOf(count);
    totals.set(ref, (totals.get(ref) ?? 0) + count.quantity);
  }
  return totals;
}

/** Deliveries that took effect at the platform or may have done so. */
const GOING_OUT: ReadonlySet<DeliveryState> = new Set(['under-way', 'acknowledged', 'shown', 'unknown', 'parked']);
export const mayHaveTakenEffect = (delivery: Pick<DeliveryWork, 'state' | 'attempts'>): boolean =>
  GOING_OUT.has(delivery.state) || (delivery.state === 'waiting' && delivery.attempts > 0);

const FINAL_DELIVERY: ReadonlySet<DeliveryState> = new Set(['shown', 'withdrawn']);

const newParcel = (id: ParcelId): ParcelWork => ({
  parcelId: id,
  stage: 'open',
  counts: [],
  number: null,
  job: null,
  verifiedAt: null,
  closedAt: null,
  parked: false,
});

type Outcome = Result<ShipmentWork, WorkRefusal>;
type BodyOf<K extends FactKind> = Extract<FactBody, { kind: K }>;
type Step<K extends FactKind> = (work: ShipmentWork, body: BodyOf<K>, fact: Fact) => Outcome;

const unchanged = (work: ShipmentWork): Outcome => ok(work);

/** One step per kind of fact; a kind without a step does not compile. */
const STEPS: { readonly [K in FactKind]: Step<K> } = {
  'units-counted': count,
  'units-released': count,
  'count-undone': undo,
  'parcel-verified': verify,
  'number-bound': bindNumber,
  'print-queued': queuePrint,
  'print-moved': movePrint,
  'parcel-closed': close,
  'deliveries-created': createDeliveries,
  'parcel-reopened': reopen,
  'parcel-parked': park,
  'hold-placed': (work, body, fact) =>
    ok({ ...work, holds: [...work.holds, { factId: fact.factId, reason: body.reason }] }),
  'hold-released': (work, body) =>
    work.holds.some((hold) => hold.factId === body.releases)
      ? ok({ ...work, holds: work.holds.filter((hold) => hold.factId !== body.releases) })
      : refuse('not-held'),
  'shipments-merged': group,
  'shipment-split': group,
  'grouping-undone': group,
  'delivery-moved': moveDelivery,
  'numbers-imported': unchanged,
  'number-voided': unchanged,
  audited: unchanged,
};

const step = <K extends FactKind>(kind: K, work: ShipmentWork, body: BodyOf<K>, fact: Fact): Outcome =>
  STEPS[kind](work, body, fact);

/** Applies one fact. @returns the new work, or why the fact cannot stand. Facts of other shipments are not expected here. */
export const applyFact = (work: ShipmentWork, fact: Fact): Outcome => step(fact.body.kind, work, fact.body, fact);

function onParcel(
  work: ShipmentWork,
  id: ParcelId,
  change: (parcel: ParcelWork) => Result<ParcelWork, WorkRefusal>,
): Outcome {
  if (work.groupedInto.length > 0) return refuse('shipment-grouped');
  const index = work.parcels.findIndex((parcel) => parcel.parcelId === id);
  if (index < 0 && !isNextParcel(work, id)) return refuse('parcel-out-of-turn');
  const changed = change(index < 0 ? newParcel(id) : (work.parcels[index] ?? newParcel(id)));
  if (!changed.ok) return changed;
  const parcels =
    index < 0
      ? [...work.parcels, changed.value]
      : work.parcels.map((parcel, at) => (at === index ? changed.value : parcel));
  return ok({ ...work, parcels });
}

/** A further parcel begins when the one before is closed, under the id that its place gives it. */
const isNextParcel = (work: ShipmentWork, id: ParcelId): boolean =>
  id === parcelIdAt(work.shipmentId, work.parcels.length + 1) && (currentParcel(work)?.stage ?? 'closed') === 'closed';

function count(work: ShipmentWork, body: BodyOf<'units-counted'> | BodyOf<'units-released'>, fact: Fact): Outcome {
  return onParcel(work, body.parcelId, (parcel) => {
    if (parcel.stage !== 'open') return refuse('parcel-not-open');
    const entry: CountEntry = {
      factId: fact.factId,
      at: fact.at,
      orderKey: body.orderKey,
      lineId: body.lineId,
      quantity: body.quantity,
    };
    return ok({ ...parcel, counts: [...parcel.counts, entry], parked: false });
  });
}

function undo(work: ShipmentWork, body: BodyOf<'count-undone'>): Outcome {
  return onParcel(work, body.parcelId, (parcel) => {
    if (parcel.stage !== 'open') return refuse('parcel-not-open');
    if (parcel.counts.at(-1)?.factId !== body.undoes) return refuse('nothing-to-undo');
    return ok({ ...parcel, counts: parcel.counts.slice(0, -1) });
  });
}

function park(work: ShipmentWork, body: BodyOf<'parcel-parked'>): Outcome {
  return onParcel(work, body.parcelId, (parcel) =>
    parcel.stage === 'open' ? ok({ ...parcel, parked: true }) : refuse('parcel-not-open'),
  );
}

function verify(work: ShipmentWork, body: BodyOf<'parcel-verified'>, fact: Fact): Outcome {
  if (work.holds.length > 0) return refuse('shipment-held');
  const checked = onParcel(work, body.parcelId, (parcel) => {
    if (parcel.stage !== 'open') return refuse('parcel-not-open');
    const counted = countedByLine(parcel);
    const said = unitsByLine(body.units);
    const same = said.size === counted.size && [...counted].every(([ref, quantity]) => said.get(ref) === quantity);
    return same
      ? ok({ ...parcel, stage: 'verified' as const, verifiedAt: fact.at })
      : refuse('units-differ-from-counts');
  });
  if (!checked.ok) return checked;
  const taken = checked.value.parcels.some((parcel) => parcel.stage !== 'open' && takenOut(checked.value, parcel));
  return ok({ ...checked.value, exception: taken ? 'confirmed-units-taken-out' : null });
}

/** Quantities of the same line added up. */
function unitsByLine(parts: readonly Units[]): ReadonlyMap<LineRef, number> {
  const totals = new Map<LineRef, number>();
  for (const part of parts) totals.set(lineRefOf(part), (totals.get(lineRefOf(part)) ?? 0) + part.quantity);
  return totals;
}

/** Units of a parcel, by line, that the platform was told of, may have been told of, or will be: all but the withdrawn. */
export function toldByLine(work: ShipmentWork, id: ParcelId): ReadonlyMap<LineRef, number> {
  return unitsByLine(
    deliveredUnits(work.deliveries.filter((each) => each.parcelId === id && each.state !== 'withdrawn')),
  );
}

const deliveredUnits = (deliveries: readonly ConfirmShipment[]): Units[] =>
  deliveries.flatMap((delivery) => delivery.units.map((line) => ({ orderKey: delivery.orderKey, ...line })));

/** Were units that the platform may already count taken out of the box again? */
function takenOut(work: ShipmentWork, parcel: ParcelWork): boolean {
  const inBox = countedByLine(parcel);
  const gone = work.deliveries.filter((each) => each.parcelId === parcel.parcelId && mayHaveTakenEffect(each));
  return [...unitsByLine(deliveredUnits(gone))].some(([ref, quantity]) => (inBox.get(ref) ?? 0) < quantity);
}

function bindNumber(work: ShipmentWork, body: BodyOf<'number-bound'>): Outcome {
  return onParcel(work, body.parcelId, (parcel) => {
    if (parcel.number !== null) return refuse('number-already-bound');
    if (parcel.stage === 'closed') return refuse('parcel-not-open');
    return ok({ ...parcel, number: { waybillNo: body.waybillNo, carrier: body.carrier, poolId: body.poolId } });
  });
}

function queuePrint(work: ShipmentWork, body: BodyOf<'print-queued'>): Outcome {
  if (work.holds.length > 0) return refuse('shipment-held');
  return onParcel(work, body.parcelId, (parcel) => {
    if (parcel.stage === 'closed') return refuse('parcel-not-open');
    if (parcel.number?.waybillNo !== body.waybillNo) return refuse('number-missing');
    if (parcel.job !== null && !maySafelyPrintAgain(parcel.job.state)) {
      return refuse(parcel.job.state === 'unknown' ? 'job-unknown' : 'job-under-way');
    }
    return ok({ ...parcel, job: { jobId: body.jobId, printerId: body.printerId, state: 'queued' as const, code: '' } });
  });
}

function movePrint(work: ShipmentWork, body: BodyOf<'print-moved'>): Outcome {
  return onParcel(work, body.parcelId, (parcel) => {
    if (parcel.job?.jobId !== body.jobId || !mayMovePrint(parcel.job.state, body.state))
      return refuse('job-move-refused');
    return ok({ ...parcel, job: { ...parcel.job, state: body.state, code: body.code } });
  });
}

function close(work: ShipmentWork, body: BodyOf<'parcel-closed'>, fact: Fact): Outcome {
  const closed = onParcel(work, body.parcelId, (parcel) => {
    if (parcel.stage !== 'verified') return refuse('parcel-not-verified');
    if (parcel.number === null) return refuse('number-missing');
    if (parcel.job === null || !isLabelOut(parcel.job.state)) return refuse('label-not-out');
    return ok({ ...parcel, stage: 'closed' as const, closedAt: fact.at });
  });
  return closed.ok ? addDeliveries(closed.value, fact, body.parcelId, body.deliveries) : closed;
}

function createDeliveries(work: ShipmentWork, body: BodyOf<'deliveries-created'>, fact: Fact): Outcome {
  const checked = onParcel(work, body.parcelId, (parcel) => {
    if (parcel.stage === 'open') return refuse('parcel-not-verified');
    return parcel.number === null ? refuse('number-missing') : ok(parcel);
  });
  return checked.ok ? addDeliveries(checked.value, fact, body.parcelId, body.deliveries) : checked;
}

/** Adds deliveries to a parcel; each unit in the box is told once (I1), and nothing that is not in the box (I6). */
function addDeliveries(work: ShipmentWork, fact: Fact, id: ParcelId, planned: readonly PlannedDelivery[]): Outcome {
  const inBox = countedByLine(work.parcels.find((parcel) => parcel.parcelId === id) ?? null);
  const told = toldByLine(work, id);
  const tooMany = [...unitsByLine(deliveredUnits(planned))].some(
    ([ref, quantity]) => (told.get(ref) ?? 0) + quantity > (inBox.get(ref) ?? 0),
  );
  const elsewhere = planned.some((each) => each.parcelId !== id || each.shipmentId !== work.shipmentId);
  if (tooMany || elsewhere) return refuse('units-told-already');
  const added = planned.map((order): DeliveryWork => ({
    ...order,
    state: 'waiting',
    attempts: 0,
    createdAt: fact.at,
    lastCode: null,
  }));
  return ok({ ...work, deliveries: [...work.deliveries, ...added] });
}

function reopen(work: ShipmentWork, body: BodyOf<'parcel-reopened'>): Outcome {
  const reopened = onParcel(work, body.parcelId, (parcel) => {
    if (parcel.stage === 'open') return refuse('parcel-not-closed');
    if (parcel.job?.state === 'queued' || parcel.job?.state === 'sending') return refuse('job-under-way');
    return ok({ ...parcel, stage: 'open' as const, verifiedAt: null, closedAt: null });
  });
  if (!reopened.ok) return reopened;
  const withdrawn = new Set(body.withdraws);
  const clash = reopened.value.deliveries.some(
    (delivery) => withdrawn.has(delivery.deliveryId) && mayHaveTakenEffect(delivery),
  );
  if (clash) return refuse('delivery-final');
  const deliveries = reopened.value.deliveries.map((delivery) =>
    withdrawn.has(delivery.deliveryId) ? { ...delivery, state: 'withdrawn' as const } : delivery,
  );
  return ok({ ...reopened.value, deliveries });
}

function group(
  work: ShipmentWork,
  body: BodyOf<'shipments-merged'> | BodyOf<'shipment-split'> | BodyOf<'grouping-undone'>,
): Outcome {
  if (work.parcels.some((parcel) => parcel.counts.length > 0 || parcel.number !== null))
    return refuse('parcel-not-open');
  if (body.kind === 'grouping-undone') return ok({ ...work, groupedInto: [] });
  if (body.kind === 'shipment-split')
    return work.shipmentId === body.shipmentId
      ? ok({ ...work, groupedInto: body.parts.map((part) => part.shipmentId) })
      : ok(work);
  // The merged shipment itself is a source's destination, not a source.
  return body.sources.includes(work.shipmentId) ? ok({ ...work, groupedInto: [body.shipmentId] }) : ok(work);
}

function moveDelivery(work: ShipmentWork, body: BodyOf<'delivery-moved'>): Outcome {
  const current = work.deliveries.find((delivery) => delivery.deliveryId === body.deliveryId);
  if (current === undefined) return refuse('delivery-unknown');
  if (FINAL_DELIVERY.has(current.state)) return refuse('delivery-final');
  const moved: DeliveryWork = {
    ...current,
    state: body.state,
    attempts: Math.max(current.attempts, body.attempt),
    notBefore: body.notBefore,
    lastCode: body.code === '' ? current.lastCode : body.code,
  };
  return ok({
    ...work,
    deliveries: work.deliveries.map((delivery) => (delivery.deliveryId === body.deliveryId ? moved : delivery)),
  });
}

/** The shipments that a fact changes; empty for facts about numbers, people and the program. */
export function shipmentsOf(body: FactBody): readonly ShipmentId[] {
  switch (body.kind) {
    case 'numbers-imported':
    case 'number-voided':
    case 'audited':
      return [];
    case 'shipments-merged':
      return [body.shipmentId, ...body.sources];
    case 'grouping-undone':
      return [body.shipmentId, ...body.members];
    default:
      return [body.shipmentId];
  }
}
