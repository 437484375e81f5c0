/** Reasons not to ship that an order itself tells. */
import type { OrderSnapshot, PaymentState } from '@shared/domain/order';
import type { Instant } from '@shared/units/instant';
import type { StopReason } from '../connector';

const BY_PAYMENT: Readonly<Record<PaymentState, StopReason | null>> = {
  unpaid: 'unpaid',
  paid: null,
  'refund-under-way': 'refund-under-way',
  refunded: 'refunded',
  // Medusa does not say which goods a part of the money was for; the order's lines and a person decide.
  'partly-refunded': null,
  'needs-a-look': 'platform-hold',
};

/**
 * All reasons that hold at a moment, most final first. `shipped-elsewhere` means that the shop counts every unit as shipped, by
 * whomever: the caller knows whether it was us.
 */
export function stopReasons(order: OrderSnapshot, now: Instant): readonly StopReason[] {
  const reasons: StopReason[] = [];
  if (order.life === 'cancelled') reasons.push('cancelled');
  const byPayment = BY_PAYMENT[order.payment];
  if (byPayment !== null) reasons.push(byPayment);
  if (order.lines.some((line) => line.refund === 'under-way')) reasons.push('refund-under-way');
  if (order.platformHold !== null || order.life === 'needs-a-look') reasons.push('platform-hold');
  if (order.notBefore !== null && order.notBefore > now) reasons.push('not-before');
  const toShip = order.lines.filter((line) => line.quantity > line.cancelledQuantity);
  if (toShip.length > 0 && toShip.every((line) => line.shippedQuantity + line.cancelledQuantity >= line.quantity)) {
    reasons.push('shipped-elsewhere');
  }
  return [...new Set(reasons)];
}
