/**
 * What to do next so that the shop shows these units shipped under this number, once: a pure function of the order as the shop
 * shows it now and of the delivery. Confirming is reading, doing one step, and reading again, until this function says that it is
 * done or that a person must look; so a crash between two steps, an answer that got lost and a request that arrives late all end here.
 *
 * Facts of Medusa 2.21.2 that it rests on (each observed in the rig): a fulfilment takes free `metadata` at its creation and keeps it,
 * while `metadata` of the shipment call is dropped; creating a fulfilment counts its units as fulfilled, so that no more than ordered can
 * be fulfilled, also by requests at the same moment; one fulfilment can be shipped once; one that is not shipped can be cancelled,
 * which frees its units; one that is shipped cannot.
 */
import type { ConfirmShipment, ParkCode } from '@shared/domain/delivery';
import type { WireFulfillment, WireOrder } from './wire';

/** Keys of a fulfilment's metadata. The key proves whose it is; the units are kept because kits hide them in the items. */
export const KEY_IN_METADATA = 'tallyman_key';
export const UNITS_IN_METADATA = 'tallyman_units';

export type ConfirmStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'create' }
  | { readonly kind: 'ship'; readonly fulfillmentId: string }
  /** Cancel a fulfilment of ours that has a shipped twin. */
  | { readonly kind: 'take-back'; readonly fulfillmentId: string }
  | { readonly kind: 'park'; readonly code: ParkCode; readonly detail: string };

/** The next step towards a confirmed delivery. */
export function nextStep(order: WireOrder, told: ConfirmShipment): ConfirmStep {
  const live = order.fulfillments.filter((one) => !one.canceled_at);
  const ours = live.filter((one) => keyOf(one) === told.idempotencyKey);
  const confirmed = judgeShipped(live.filter(isShipped), told);
  if (confirmed !== null && confirmed.kind !== 'done') return confirmed;
  if (confirmed !== null) return twinOf(ours.filter((one) => !isShipped(one))) ?? confirmed;
  if (order.status === 'canceled') return park('order-cancelled', '');
  const waiting = ours[0];
  if (waiting !== undefined) return { kind: 'ship', fulfillmentId: waiting.id };
  return openUnits(order, live, told);
}

/** What the shipped fulfilments say of this delivery; null when none is ours or bears our number. */
function judgeShipped(shipped: readonly WireFulfillment[], told: ConfirmShipment): ConfirmStep | null {
  const ours = shipped.filter((one) => keyOf(one) === told.idempotencyKey);
  if (ours.length > 1) return park('excess-confirmed', `fulfilments ${ours.map((one) => one.id).join(' ')}`);
  const [own] = ours;
  if (own !== undefined) {
    return bearsNumber(own, told) ? { kind: 'done' } : park('shipped-with-other-number', numbersOf(own));
  }
  const byNumber = shipped.filter((one) => bearsNumber(one, told));
  if (byNumber.length === 0) return null;
  if (told.units.every((unit) => sumUnits(byNumber, unit.lineId) >= unit.quantity)) return { kind: 'done' };
  return park('refused-by-shop', 'our number is at the shop for other units');
}

function openUnits(order: WireOrder, live: readonly WireFulfillment[], told: ConfirmShipment): ConfirmStep {
  const items = new Map(order.items.map((item) => [item.id, item]));
  const missing = told.units.find((unit) => !items.has(unit.lineId));
  if (missing !== undefined) return park('units-not-open', `line ${missing.lineId} is not in the order`);
  const short = told.units.filter((unit) => {
    const item = items.get(unit.lineId);
    return Number(item?.quantity ?? 0) - Number(item?.detail.fulfilled_quantity ?? 0) < unit.quantity;
  });
  if (short.length === 0) return { kind: 'create' };
  const waiting = live.filter((one) => !isShipped(one));
  const shippedKeys = new Set(live.filter(isShipped).map(keyOf));
  // A late twin of another parcel's confirmation of ours holds units that never left under it.
  const twin = twinOf(waiting.filter((one) => keyOf(one) !== null && shippedKeys.has(keyOf(one))));
  if (twin !== null) return twin;
  // The shop's staff set exactly these units aside without a number: the parcel in hand is that fulfilment.
  const setAside = waiting.find((one) => keyOf(one) === null && sameUnits(one, told));
  if (setAside !== undefined) return { kind: 'ship', fulfillmentId: setAside.id };
  const other = live.filter(isShipped).find((one) => short.some((unit) => sumUnits([one], unit.lineId) > 0));
  if (other !== undefined) return park('shipped-with-other-number', numbersOf(other));
  return park('units-not-open', `nothing left to ship of line ${short[0]?.lineId ?? ''}`);
}

const isShipped = (one: WireFulfillment): boolean =>
  Boolean(one.shipped_at) || Boolean(one.delivered_at) || one.labels.length > 0;

const twinOf = (twins: readonly WireFulfillment[]): ConfirmStep | null =>
  twins[0] === undefined ? null : { kind: 'take-back', fulfillmentId: twins[0].id };

function keyOf(one: WireFulfillment): string | null {
  const key = one.metadata[KEY_IN_METADATA];
  return typeof key === 'string' && key !== '' ? key : null;
}

const bearsNumber = (one: WireFulfillment, told: ConfirmShipment): boolean =>
  one.labels.some((label) => label.tracking_number.replace(/\s/g, '').toUpperCase() === told.waybillNo);

const numbersOf = (one: WireFulfillment): string =>
  `shown: ${one.labels.map((label) => label.tracking_number).join(' ') || 'no number'}`.slice(0, 200);

const sumUnits = (list: readonly WireFulfillment[], lineId: string): number =>
  list.reduce((sum, one) => sum + (unitsOf(one).get(lineId) ?? 0), 0);

function sameUnits(one: WireFulfillment, told: ConfirmShipment): boolean {
  const units = unitsOf(one);
  return units.size === told.units.length && told.units.every((unit) => units.get(unit.lineId) === unit.quantity);
}

/**
 * Units per order line in a fulfilment. Observed: a line whose variant is a kit has one fulfilment item per inventory item, each with the
 * kit's own multiple; the smallest of them is the nearest that the answer tells. Ours carry the units in their metadata.
 */
function unitsOf(one: WireFulfillment): ReadonlyMap<string, number> {
  const stored = one.metadata[UNITS_IN_METADATA];
  if (Array.isArray(stored)) {
    const pairs: unknown[] = stored;
    return new Map(pairs.filter(isUnitPair));
  }
  const units = new Map<string, number>();
  for (const item of one.items) {
    const quantity = Number(item.quantity);
    units.set(item.line_item_id, Math.min(units.get(item.line_item_id) ?? quantity, quantity));
  }
  return units;
}

const isUnitPair = (pair: unknown): pair is [string, number] =>
  Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string' && typeof pair[1] === 'number';

const park = (code: ParkCode, detail: string): ConfirmStep => ({ kind: 'park', code, detail });
