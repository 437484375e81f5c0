/**
 * A shipment 发货单: the packer's unit of work. What should be in the box (the *plan*) follows from order snapshots and
 * grouping facts; what happened to it (the *work*) follows from facts. Its state is a pure function of both.
 */
import { z } from 'zod';
import { instant } from '../units/instant';
import { lineId, orderKey, orderNo, shipmentId, storeId } from './ids';
import { orderOfWork } from './store';

/** Why a shipment must not leave now, as the platform's snapshot tells. */
export const stopReason = z.enum([
  'unpaid',
  'cancelled',
  'refund-under-way',
  'refunded',
  'platform-hold',
  'needs-a-look',
  'shipped-elsewhere',
]);
export type StopReason = z.infer<typeof stopReason>;

export const plannedLine = z.object({
  orderKey,
  lineId,
  sku: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  barcodes: z.array(z.string()),
  /** Units that belong to the order: ordered − cancelled or given back. */
  due: z.number().int().min(0),
  /** Units that the shop counts as shipped, ours included; see `unitsToPack`. */
  shippedAtShop: z.number().int().min(0),
  /** Path under our own scheme, or null. */
  photo: z.string().nullable(),
});
export type PlannedLine = z.infer<typeof plannedLine>;

/** Slim: what lists, search and verdicts need, with no personal field in clear. One per shipment, in the memory index. */
export const shipmentPlan = z.object({
  shipmentId,
  storeId,
  orders: z.array(z.object({ orderKey, orderNo, displayNo: z.string() })).min(1),
  lines: z.array(plannedLine),
  warehouse: z.string(),
  tier: z.number().int(),
  lane: z.string(),
  orderOfWork,
  deadline: instant,
  deadlineBecause: z.enum(['platform-promise', 'tier']),
  createdAt: instant,
  notBefore: instant.nullable(),
  stops: z.array(stopReason),
  /** The platform's own words for a hold, where it has any. */
  stopDetail: z.string(),
  sellerMemo: z.string(),
  sellerFlag: z.string(),
  shippingMethod: z.string(),
  /** Keyed search tokens (phone's last four digits, name), hexadecimal; say nothing without the key. */
  tokens: z.array(z.string()),
  /** When the snapshot behind this was read from the shop. */
  knownAt: instant,
});
export type ShipmentPlan = z.infer<typeof shipmentPlan>;

/** Exactly the states of design.md. */
export const shipmentState = z.enum([
  'waiting',
  'ready',
  'open',
  'verified',
  'labelled',
  'weighed',
  'closed',
  'handed-over',
  'held',
  'exception',
  'short',
  'cancelled',
]);
export type ShipmentState = z.infer<typeof shipmentState>;
