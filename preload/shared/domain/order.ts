/**
 * An order as its platform holds it: the *snapshot*. The platform owns every field here; the station never edits one.
 * Connectors map what a platform answers to this one shape; unknown enum values map to `needs-a-look` with the raw value
 * kept, so that nothing is hidden and nothing crashes.
 */
import { z } from 'zod';
import { instant } from '../units/instant';
import { money } from '../units/money';
import { grams } from '../units/weight';
import { lineId, orderKey, orderNo, storeId } from './ids';

export const platform = z.enum([
  'medusa',
  'taobao',
  'jd',
  'pinduoduo',
  'douyin',
  'youzan',
  'woocommerce',
  'generic',
  'file',
]);
export type Platform = z.infer<typeof platform>;

/** What the platform says of the money: only `paid` may leave the house. */
export const paymentState = z.enum([
  'unpaid',
  'paid',
  'refund-under-way',
  'refunded',
  'partly-refunded',
  'needs-a-look',
]);
export type PaymentState = z.infer<typeof paymentState>;

/** What the platform says of the order's life. */
export const orderLife = z.enum(['open', 'cancelled', 'completed', 'needs-a-look']);
export type OrderLife = z.infer<typeof orderLife>;

/** Per line: nothing, asked, goods come back (do not ship), money only (ship all the same), or unknown to us. */
export const lineRefund = z.enum(['none', 'under-way', 'goods', 'money-only', 'needs-a-look']);
export type LineRefund = z.infer<typeof lineRefund>;

export const orderLine = z.object({
  lineId,
  /** Seller's code; the key to the goods catalogue, may be empty. */
  sku: z.string().max(200),
  title: z.string().max(500),
  variantTitle: z.string().max(300),
  /** Every barcode that identifies one unit of this line. */
  barcodes: z.array(z.string().min(1).max(100)).max(50),
  /** Units ordered. */
  quantity: z.number().int().min(0).max(100_000),
  /** Units that the platform already counts as shipped, by whomever. */
  shippedQuantity: z.number().int().min(0).max(100_000),
  /** Units that must not be shipped because goods or order were given back. */
  cancelledQuantity: z.number().int().min(0).max(100_000),
  refund: lineRefund,
  unitWeightGrams: grams.nullable(),
  /** Address of the photo at the shop; fetched, resized and cached by main only. */
  imageUrl: z.string().max(2000).nullable(),
});
export type OrderLine = z.infer<typeof orderLine>;

/** Personal fields. May be masked or blank; ciphertext stays opaque. Sealed at rest, opened only by role. */
export const contact = z.object({
  name: z.string().max(300),
  phone: z.string().max(100),
  country: z.string().max(100),
  province: z.string().max(100),
  city: z.string().max(100),
  district: z.string().max(100),
  street: z.string().max(1000),
  postcode: z.string().max(40),
  /** OAID-like key or ciphertext by which the platform itself recognises the receiver. */
  opaque: z.string().max(4000).nullable(),
});
export type Contact = z.infer<typeof contact>;

/** Money of an order. Sealed at rest, opened only for finance and administrators. */
export const orderMoney = z.object({
  total: money,
  shipping: money.nullable(),
  discount: money.nullable(),
  refunded: money.nullable(),
});
export type OrderMoney = z.infer<typeof orderMoney>;

/** Tells newer from older. Compared as `compareOrderVersion` says; equal versions with equal content change nothing (I5). */
export const orderVersion = z.object({
  /** The platform's own "updated" moment. */
  updatedAt: instant,
  /** The platform's revision number where it has one, else 0. */
  revision: z.number().int().min(0).safe(),
});
export type OrderVersion = z.infer<typeof orderVersion>;

export const orderSnapshot = z.object({
  orderKey,
  storeId,
  platform,
  orderNo,
  /** What staff call it at the shop (Medusa: display_id); shown and searchable, not a key. */
  displayNo: z.string().max(100),
  version: orderVersion,
  createdAt: instant,
  paidAt: instant.nullable(),
  payment: paymentState,
  life: orderLife,
  /** The platform asks us to wait (risk review, pre-sale …): reason in words, or null. */
  platformHold: z.string().max(300).nullable(),
  /** Not to be shipped before (pre-sale), or null. */
  notBefore: instant.nullable(),
  /** The platform's promise: shipped until, or null. */
  shipBy: instant.nullable(),
  lines: z.array(orderLine).max(500),
  contact,
  money: orderMoney,
  /** 卖家备注: the seller's own words to the warehouse. */
  sellerMemo: z.string().max(2000),
  /** 旗帜: platform's flag colour or number as text. */
  sellerFlag: z.string().max(50),
  /** Courier or service that the buyer or platform chose, raw; may be empty. */
  shippingMethod: z.string().max(200),
  /** Everything that mapped to `needs-a-look`, as `field=raw value`. */
  oddities: z.array(z.string().max(300)).max(50),
});
export type OrderSnapshot = z.infer<typeof orderSnapshot>;

/** An order without anything personal and without money: what may lie on the disk in clear, and all that a plan needs. */
export type ClearOrder = Omit<OrderSnapshot, 'contact' | 'money'>;

/**
 * Orders two versions of one order. @returns below 0 when a is older, above 0 when newer, 0 when they tell of the same moment.
 * The revision rules when both carry one, because clocks of shops step back; else the moment does.
 */
export function compareOrderVersion(a: OrderVersion, b: OrderVersion): number {
  if (a.revision > 0 && b.revision > 0 && a.revision !== b.revision) return a.revision - b.revision;
  return a.updatedAt - b.updatedAt;
}
