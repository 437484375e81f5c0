import type { OrderSnapshot } from '@shared/domain/order';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { StorePolicy } from '@shared/domain/store';
import { planSingle } from '@shared/domain/plan-shipment';
import { anOrder, NOON } from './orders';
import { aPolicy } from './policies';

/** The plan that an order gets by itself, by the product's own rules. */
export function planOf(order: OrderSnapshot, policy: Partial<StorePolicy> = {}): ShipmentPlan {
  return planSingle(order, {
    policy: aPolicy({ storeId: order.storeId, ...policy }),
    tokens: [],
    knownAt: NOON,
    photoOf: () => null,
  });
}

export function aPlan(number = '1001', changes: Partial<ShipmentPlan> = {}): ShipmentPlan {
  return { ...planOf(anOrder(number)), ...changes };
}
