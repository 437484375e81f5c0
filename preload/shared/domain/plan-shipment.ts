/** From order snapshots to what belongs into a box. Pure: the same snapshots give the same plan. */
import { instant, type Instant } from '../units/instant';
import type { ClearOrder, OrderLine } from './order';
import { shipmentIdOf, type ShipmentId } from './ids';
import type { Units } from './fact';
import type { PlannedLine, ShipmentPlan, StopReason } from './shipment';
import { rulingDeadline, type StorePolicy } from './store';

/** What ingest knows besides the snapshot. */
export interface PlanContext {
  readonly policy: StorePolicy;
  /** Keyed search tokens of the order's contact. */
  readonly tokens: readonly string[];
  /** When the snapshot was read from the shop. */
  readonly knownAt: Instant;
  /** Path under our scheme for a line's photo, or null. */
  readonly photoOf: (line: OrderLine) => string | null;
}

/** Why an order must not leave now, as its own snapshot says. */
export function stopsOf(order: ClearOrder): readonly StopReason[] {
  const stops = new Set<StopReason>();
  if (order.life === 'cancelled') stops.add('cancelled');
  if (order.payment === 'unpaid') stops.add('unpaid');
  if (order.payment === 'refunded') stops.add('refunded');
  if (order.payment === 'refund-under-way' || order.lines.some((line) => line.refund === 'under-way'))
    stops.add('refund-under-way');
  if (order.platformHold !== null) stops.add('platform-hold');
  const odd =
    order.payment === 'needs-a-look' ||
    order.life === 'needs-a-look' ||
    order.lines.some((line) => line.refund === 'needs-a-look');
  if (odd) stops.add('needs-a-look');
  return [...stops];
}

const dueOf = (line: OrderLine): number =>
  line.refund === 'goods' ? 0 : Math.max(0, line.quantity - line.cancelledQuantity);

function plannedLines(order: ClearOrder, context: PlanContext): readonly PlannedLine[] {
  return order.lines.map((line) => ({
    orderKey: order.orderKey,
    lineId: line.lineId,
    sku: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    barcodes: line.barcodes,
    due: dueOf(line),
    shippedAtShop: Math.min(line.shippedQuantity, line.quantity),
    photo: context.photoOf(line),
  }));
}

/** The shipment that one order gets by itself. */
export function planSingle(order: ClearOrder, context: PlanContext): ShipmentPlan {
  const deadline = rulingDeadline(order, context.policy);
  return {
    shipmentId: shipmentIdOf(order.orderKey),
    storeId: order.storeId,
    orders: [{ orderKey: order.orderKey, orderNo: order.orderNo, displayNo: order.displayNo }],
    lines: [...plannedLines(order, context)],
    warehouse: context.policy.warehouse,
    tier: context.policy.tier,
    lane: context.policy.lane,
    orderOfWork: context.policy.orderOfWork,
    deadline: deadline.at,
    deadlineBecause: deadline.because,
    createdAt: order.createdAt,
    notBefore: order.notBefore,
    stops: [...stopsOf(order)],
    stopDetail: order.platformHold ?? '',
    sellerMemo: order.sellerMemo,
    sellerFlag: order.sellerFlag,
    shippingMethod: order.shippingMethod,
    tokens: [...context.tokens],
    knownAt: context.knownAt,
  };
}

const earliest = (moments: readonly Instant[]): Instant => instant.parse(Math.min(...moments));
const latest = (moments: readonly (Instant | null)[]): Instant | null =>
  moments.reduce((late, moment) => (moment !== null && (late === null || moment > late) ? moment : late), null);

/** Several plans of one recipient as one 合单: the most urgent tier and the earliest deadline rule, every stop counts. */
export function mergePlans(id: ShipmentId, plans: readonly [ShipmentPlan, ...ShipmentPlan[]]): ShipmentPlan {
  const first = plans.reduce((ruling, plan) => (plan.deadline < ruling.deadline ? plan : ruling), plans[0]);
  return {
    ...first,
    shipmentId: id,
    orders: plans.flatMap((plan) => plan.orders),
    lines: plans.flatMap((plan) => plan.lines),
    tier: Math.min(...plans.map((plan) => plan.tier)),
    createdAt: earliest(plans.map((plan) => plan.createdAt)),
    notBefore: latest(plans.map((plan) => plan.notBefore)),
    stops: [...new Set(plans.flatMap((plan) => plan.stops))],
    stopDetail: plans
      .map((plan) => plan.stopDetail)
      .filter((text) => text !== '')
      .join(' · '),
    sellerMemo: plans
      .map((plan) => plan.sellerMemo)
      .filter((text) => text !== '')
      .join(' · '),
    tokens: [...new Set(plans.flatMap((plan) => plan.tokens))],
    knownAt: earliest(plans.map((plan) => plan.knownAt)),
  };
}

/** One part of a split 拆单: only the linked quantities, under its own id. */
export function splitPlan(plan: ShipmentPlan, id: ShipmentId, links: readonly Units[]): ShipmentPlan {
  const lines = plan.lines.flatMap((line) => {
    const link = links.find((part) => part.orderKey === line.orderKey && part.lineId === line.lineId);
    return link === undefined ? [] : [{ ...line, due: Math.min(line.due, link.quantity) }];
  });
  return { ...plan, shipmentId: id, lines };
}
