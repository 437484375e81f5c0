/** The one place where a shipment's state, what is still to pack, and why something stands aside are computed. */
import type { Instant } from '../units/instant';
import type { PlannedLine, ShipmentPlan, ShipmentState, StopReason } from './shipment';
import { isLabelOut } from './print-job';
import {
  countedByLine,
  currentParcel,
  lineRefOf,
  mayHaveTakenEffect,
  type ParcelWork,
  type ShipmentWork,
} from './shipment-work';

export type AsideReason =
  | { readonly kind: 'stop'; readonly stop: StopReason }
  | { readonly kind: 'station-hold'; readonly reason: string }
  | { readonly kind: 'not-before'; readonly at: Instant }
  | { readonly kind: 'stopped-after-label'; readonly stop: StopReason }
  | { readonly kind: 'delivery-parked'; readonly code: string }
  | { readonly kind: 'confirmed-units-taken-out' };

/** Where the label of the parcel in hand stands, for "packed, no label" (L10). */
export type LabelSituation = 'none' | 'missing' | 'printing' | 'unknown' | 'out';

export interface ShipmentStanding {
  readonly state: ShipmentState;
  readonly reasons: readonly AsideReason[];
  readonly label: LabelSituation;
}

/** Stops that end a shipment, and stops that only hold it back. */
const ENDING: ReadonlySet<StopReason> = new Set(['cancelled', 'refunded', 'shipped-elsewhere']);

/** Units of a line that we have told, or may have told, the shop about. */
function unitsOfOurs(line: PlannedLine, work: ShipmentWork | null): number {
  let total = 0;
  for (const delivery of work?.deliveries ?? []) {
    if (delivery.orderKey !== line.orderKey || !mayHaveTakenEffect(delivery)) continue;
    for (const part of delivery.units) if (part.lineId === line.lineId) total += part.quantity;
  }
  return total;
}

/**
 * Units of a line that belong into our boxes: due, less what the shop counts as shipped by others. What the shop counts
 * beyond our own deliveries was shipped elsewhere (I1).
 */
export function unitsToPack(line: PlannedLine, work: ShipmentWork | null): number {
  const elsewhere = Math.max(0, line.shippedAtShop - unitsOfOurs(line, work));
  return Math.max(0, line.due - elsewhere);
}

/** Every reason of the platform that speaks against shipping now, "shipped elsewhere" included. */
export function stopsNow(plan: ShipmentPlan, work: ShipmentWork | null): readonly StopReason[] {
  const anything = plan.lines.some((line) => unitsToPack(line, work) > 0);
  if (anything) return plan.stops;
  const shipped = plan.lines.some((line) => line.due > 0 && line.shippedAtShop > 0);
  const ending: StopReason = shipped ? 'shipped-elsewhere' : 'cancelled';
  return plan.stops.includes(ending) ? plan.stops : [...plan.stops, ending];
}

/** Is everything that is due in the parcel in hand? */
export function isComplete(plan: ShipmentPlan, work: ShipmentWork | null): boolean {
  const counted = countedByLine(currentParcel(work));
  return plan.lines.every((line) => (counted.get(lineRefOf(line)) ?? 0) >= unitsToPack(line, work)) && counted.size > 0;
}

/** @returns where the label of the parcel in hand stands. */
export function labelSituation(work: ShipmentWork | null): LabelSituation {
  const parcel = currentParcel(work);
  if (parcel === null) return 'none';
  if (parcel.job === null) return parcel.stage === 'open' ? 'none' : 'missing';
  if (isLabelOut(parcel.job.state)) return 'out';
  if (parcel.job.state === 'unknown') return 'unknown';
  if (parcel.job.state === 'queued' || parcel.job.state === 'sending') return 'printing';
  return 'missing';
}

type Standing = (state: ShipmentState, reasons?: readonly AsideReason[]) => ShipmentStanding;

/**
 * The state of a shipment: a pure function of the plan (platform) and the work (station).
 * First what is over, then what needs a person, then what stops it, then how far the hands have come.
 */
export function shipmentStanding(plan: ShipmentPlan, work: ShipmentWork | null, now: Instant): ShipmentStanding {
  const label = labelSituation(work);
  const standing: Standing = (state, reasons = []) => ({ state, reasons, label });
  if (work !== null && work.groupedInto.length > 0) return standing('cancelled');
  if (work?.exception === 'confirmed-units-taken-out')
    return standing('exception', [{ kind: 'confirmed-units-taken-out' }]);
  const parcel = currentParcel(work);
  if (parcel?.stage === 'closed') return closedStanding(plan, work, standing);
  return stoppedStanding(plan, work, standing) ?? handStanding(plan, parcel, label, now, standing);
}

/** Where the shop or the station speaks against shipping; null where nobody does. */
function stoppedStanding(plan: ShipmentPlan, work: ShipmentWork | null, standing: Standing): ShipmentStanding | null {
  const stops = stopsNow(plan, work);
  const ending = stops.filter((stop) => ENDING.has(stop));
  if (ending.length > 0) {
    const labelled = Boolean(currentParcel(work)?.number);
    const kind = labelled ? 'stopped-after-label' : 'stop';
    return standing(
      labelled ? 'exception' : 'cancelled',
      ending.map((stop): AsideReason => ({ kind, stop })),
    );
  }
  const holding: AsideReason[] = [
    ...stops.map((stop): AsideReason => ({ kind: 'stop', stop })),
    ...(work?.holds ?? []).map((hold): AsideReason => ({ kind: 'station-hold', reason: hold.reason })),
  ];
  return holding.length > 0 ? standing('held', holding) : null;
}

/** How far the hands have come. */
function handStanding(
  plan: ShipmentPlan,
  parcel: ParcelWork | null,
  label: LabelSituation,
  now: Instant,
  standing: Standing,
): ShipmentStanding {
  if (parcel?.stage === 'verified') return standing(label === 'out' ? 'labelled' : 'verified');
  if (parcel !== null && parcel.counts.length > 0) return standing('open');
  if (parcel !== null && label === 'out') return standing('labelled');
  if (plan.notBefore !== null && plan.notBefore > now)
    return standing('waiting', [{ kind: 'not-before', at: plan.notBefore }]);
  return standing('ready');
}

function closedStanding(plan: ShipmentPlan, work: ShipmentWork | null, standing: Standing): ShipmentStanding {
  const parked = (work?.deliveries ?? []).filter((delivery) => delivery.state === 'parked');
  if (parked.length > 0) {
    return standing(
      'exception',
      parked.map((delivery) => ({ kind: 'delivery-parked', code: delivery.lastCode ?? '' })),
    );
  }
  const late = plan.stops.filter((stop) => stop === 'cancelled' || stop === 'refunded' || stop === 'refund-under-way');
  if (late.length > 0)
    return standing(
      'exception',
      late.map((stop) => ({ kind: 'stopped-after-label', stop })),
    );
  return standing('closed');
}

/** May hands work on it at all? */
export const isPackable = (state: ShipmentState): boolean =>
  state === 'ready' || state === 'open' || state === 'verified' || state === 'labelled';
