/**
 * A delivery 回传: one fact on its way to one outside system.
 *
 * The walk: closing a parcel creates a delivery per order (`waiting`, not before 20 s later, so that a reopened parcel can
 * take it back). Its turn comes: it is written down as `under way`, then the shop is called. The shop says yes:
 * `acknowledged`; later a read shows it: `shown by the platform`. No answer, or an answer that proves nothing: `unknown`,
 * and the next attempt reads back before it writes. A final no: `parked`, on a screen, until a person acts. Nothing is dropped.
 */
import { z } from 'zod';
import { addMs, instant, type Instant } from '../units/instant';
import { deliveryId, lineId, orderKey, orderNo, parcelId, shipmentId, storeId, waybillNo } from './ids';

export const deliveryState = z.enum([
  'waiting',
  'under-way',
  'acknowledged',
  'shown',
  'unknown',
  'parked',
  'withdrawn',
]);
export type DeliveryState = z.infer<typeof deliveryState>;

/** What a shop is told: these units of this order left under this number. Holds no personal data. */
export const confirmShipment = z.object({
  deliveryId,
  /** Fixed when the delivery is created; the same on every attempt. */
  idempotencyKey: z.string().min(8).max(100),
  storeId,
  orderKey,
  orderNo,
  shipmentId,
  parcelId,
  carrier: z.string().min(1).max(100),
  waybillNo,
  units: z.array(z.object({ lineId, quantity: z.number().int().min(1) })).min(1),
});
export type ConfirmShipment = z.infer<typeof confirmShipment>;

export const parkCode = z.enum([
  'shipped-with-other-number', // the platform shows another number for these units
  'order-cancelled',
  'order-not-found',
  'units-not-open', // nothing left to ship for these units at the shop
  'refused-by-shop',
  'login-refused',
  'permission-missing',
  'excess-confirmed', // we find ourselves confirmed twice and could not take one back
  'too-many-attempts',
]);
export type ParkCode = z.infer<typeof parkCode>;

/** What an attempt came to; the only four outcomes there are. */
export const deliveryOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledged'), already: z.boolean() }),
  z.object({ kind: z.literal('again'), notBefore: instant, code: z.string().max(100) }),
  z.object({ kind: z.literal('parked'), code: parkCode, detail: z.string().max(200) }),
  z.object({ kind: z.literal('unknown'), notBefore: instant, code: z.string().max(100) }),
]);
export type DeliveryOutcome = z.infer<typeof deliveryOutcome>;

export interface Delivery extends ConfirmShipment {
  /** Rises by one per order: deliveries of one order go out in this order, orders do not wait for each other. */
  readonly sequence: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly notBefore: Instant;
  readonly createdAt: Instant;
  /** Code of the last attempt that did not succeed, or null. */
  readonly lastCode: string | null;
}

/** Code of an acknowledged delivery for which a person vouched: nobody asks the shop about it any more. */
export const SETTLED_OUTSIDE = 'settled-outside';
/** Code of an acknowledged delivery that the shop did not show in the time in which it was watched. */
export const NOT_SHOWN_YET = 'not-shown-yet';

/** First wait 2 s, doubled per attempt up to 10 min. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 600_000;

/**
 * When to try again. @param attempts attempts made so far, 1 or more. @param jitter 0…1 from the injected random source;
 * spreads benches that lost the same network at the same moment over half of the wait.
 */
export function nextAttemptAt(now: Instant, attempts: number, jitter: number): Instant {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
  return addMs(now, Math.round(waitMs / 2 + (waitMs / 2) * jitter));
}
