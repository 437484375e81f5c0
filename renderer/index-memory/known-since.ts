import type { ShipmentPlan } from '@shared/domain/shipment';
import type { Instant } from '@shared/units/instant';

/**
 * As of when the shop's word on a shipment is known (I4). A plan carries the reading in which its order last changed; an
 * unchanged order is not written again. But when a store has been caught up with, nothing of it had changed until then, so
 * that moment counts for all of its orders.
 * @param caughtUpAt the store's `freshness.caughtUpAt`, or null when it never was.
 */
export const knownSince = (plan: Pick<ShipmentPlan, 'knownAt'>, caughtUpAt: Instant | null): Instant =>
  caughtUpAt !== null && caughtUpAt > plan.knownAt ? caughtUpAt : plan.knownAt;
