/**
 * From Medusa's order to the unified snapshot. Nothing is hidden: a value that we do not know becomes `needs-a-look`, with the raw
 * value among the oddities.
 */
import { orderSnapshot, type OrderLine, type OrderSnapshot, type Contact } from '@shared/domain/order';
import { orderKeyOf, orderNo } from '@shared/domain/ids';
import { toInstant, type Instant } from '@shared/units/instant';
import { ok, refuse, type Result } from '@shared/language/result';
import { exactText } from '../lossless-answer';
import type { MedusaStoreConfig } from './store-config';
import { judgeFulfilment, judgeLife, judgePayment, type Oddities } from './judge-states';
import { minorUnits } from './money';
import { wireAddress, whereItBroke, wireOrder, type WireItem, type WireOrder } from './wire';

/** One order, or why it could not be read (names of fields only, never their values). */
export type MappedOrder = Result<OrderSnapshot, { readonly orderNo: string; readonly why: string }>;

/** Reads and maps one element of Medusa's answer. */
export function mapOrder(raw: unknown, config: MedusaStoreConfig): MappedOrder {
  const read = wireOrder.safeParse(raw);
  if (!read.success) return refuse({ orderNo: idOf(raw), why: whereItBroke(read.error) });
  const snapshot = orderSnapshot.safeParse(toSnapshot(read.data, config));
  return snapshot.success ? ok(snapshot.data) : refuse({ orderNo: read.data.id, why: whereItBroke(snapshot.error) });
}

/** The id of an order that cannot be read otherwise; "?" when not even that can. */
export function idOf(raw: unknown): string {
  const id: unknown = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return typeof id === 'string' && id.length > 0 ? id.slice(0, 200) : '?';
}

/**
 * Observed: Medusa lists an order's items now in this order, now in that. Lines must not jump under a packer's eyes when an order is
 * read again, nor make it look changed.
 */
const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

function toSnapshot(order: WireOrder, config: MedusaStoreConfig): OrderSnapshot {
  const oddities: string[] = [];
  const note: Oddities = (field, value) => oddities.push(`${field}=${value}`.slice(0, 300));
  const keys = config.metadataKeys;
  const number = orderNo.parse(order.id);
  const knownFulfilment = judgeFulfilment(order.fulfillment_status, note);
  const life = judgeLife(order.status, note);
  const lines = [...order.items].sort(byId).map((item) => toLine(item, life === 'cancelled', note));
  return {
    orderKey: orderKeyOf(config.storeId, number),
    storeId: config.storeId,
    platform: 'medusa',
    orderNo: number,
    displayNo: (order.custom_display_id || order.display_id || order.id).slice(0, 100),
    // Observed: `version` rises with fulfilment, shipment, cancellation and refund, but not with a capture; `updated_at` with all.
    version: { updatedAt: momentOf(order.updated_at), revision: order.version ?? 0 },
    createdAt: momentOf(order.created_at),
    paidAt: paidAt(order),
    payment: judgePayment(order.payment_status, config.authorizedCountsAsPaid, note),
    life: knownFulfilment && lines.every((line) => line.whole) ? life : worst(life),
    platformHold: holdOf(order, keys.hold),
    notBefore: metadataMoment(order, keys.notBefore, note),
    shipBy: metadataMoment(order, keys.shipBy, note),
    lines: lines.map((line) => line.line),
    contact: toContact(order),
    money: toMoney(order, note),
    sellerMemo: metadataText(order, keys.sellerMemo).slice(0, 2000),
    sellerFlag: metadataText(order, keys.sellerFlag).slice(0, 50),
    shippingMethod: (order.shipping_methods ?? [])
      .map((method) => method.name)
      .join(' + ')
      .slice(0, 200),
    oddities: oddities.slice(0, 50),
  };
}

/** What is odd about an open order must be seen; a cancelled one stays cancelled whatever else is odd. */
const worst = (life: OrderSnapshot['life']): OrderSnapshot['life'] => (life === 'cancelled' ? life : 'needs-a-look');

function toLine(
  item: WireItem,
  cancelled: boolean,
  note: Oddities,
): { readonly line: OrderLine; readonly whole: boolean } {
  const { detail } = item;
  const quantity = Number(item.quantity);
  const whole = Number.isInteger(quantity);
  if (!whole) note('items.quantity', item.quantity);
  const units = Math.ceil(quantity);
  const shipped = Math.min(units, Math.floor(Number(detail.shipped_quantity)));
  const writtenOff = Math.min(units - shipped, Math.ceil(Number(detail.written_off_quantity)));
  const codes = [item.variant_barcode, item.variant?.barcode, item.variant?.ean, item.variant?.upc];
  const weight = item.variant?.weight ?? null;
  return {
    whole,
    line: {
      lineId: item.id as OrderLine['lineId'],
      sku: item.variant_sku.slice(0, 200),
      title: (item.product_title || item.title).slice(0, 500),
      variantTitle: (item.variant_title || item.subtitle).slice(0, 300),
      barcodes: [...new Set(codes.flatMap((code) => (code ? [code.slice(0, 100)] : [])))],
      quantity: units,
      shippedQuantity: shipped,
      cancelledQuantity: cancelled ? units - shipped : writtenOff,
      refund: lineRefund(detail),
      // Medusa leaves the unit of `weight` to the shop; its own admin labels the field in grams.
      unitWeightGrams: weight === null ? null : (Math.round(Number(weight)) as OrderLine['unitWeightGrams']),
      imageUrl: item.thumbnail === '' ? null : item.thumbnail,
    },
  };
}

/** Goods on their way back show in the line's detail; a refund in money has no line in Medusa and shows in the payment only. */
function lineRefund(detail: WireItem['detail']): OrderLine['refund'] {
  if (Number(detail.return_received_quantity) > 0) return 'goods';
  return Number(detail.return_requested_quantity) > 0 ? 'under-way' : 'none';
}

/** Chinese names are written family name first and without a space; Medusa keeps the two parts apart. */
function fullName(first: string, last: string): string {
  return /\p{Script=Han}/u.test(first + last) ? `${last}${first}` : `${first} ${last}`.trim();
}

function toContact(order: WireOrder): Contact {
  // An order may have no address at all (pick-up, digital goods): every field is then blank.
  const address = order.shipping_address ?? wireAddress.parse({});
  const district = address.metadata['district'];
  return {
    name: fullName(address.first_name, address.last_name).slice(0, 300),
    phone: address.phone.slice(0, 100),
    country: address.country_code.toUpperCase().slice(0, 100),
    province: address.province.slice(0, 100),
    city: address.city.slice(0, 100),
    district: typeof district === 'string' ? district.slice(0, 100) : '',
    street: [address.address_1, address.address_2, address.company].filter(Boolean).join(' ').slice(0, 1000),
    postcode: address.postal_code.slice(0, 40),
    opaque: null,
  };
}

function toMoney(order: WireOrder, note: Oddities): OrderSnapshot['money'] {
  const currency = order.currency_code.toUpperCase();
  const inMinor = (name: string, digits: string | null) => {
    if (digits === null) return null;
    const minor = minorUnits(digits, currency);
    if (minor === null) note(name, digits);
    return minor === null ? null : { minor, currency };
  };
  const refunds = (order.payment_collections ?? []).flatMap((one) =>
    (one.payments ?? []).flatMap((pay) => pay.refunds ?? []),
  );
  const refunded = refunds
    .map((refund) => inMinor('refunds.amount', refund.amount)?.minor ?? 0)
    .reduce((a, b) => a + b, 0);
  return {
    total: inMinor('total', order.total) ?? { minor: 0, currency },
    shipping: inMinor('shipping_total', order.shipping_total),
    discount: inMinor('discount_total', order.discount_total),
    refunded: refunds.length === 0 ? null : { minor: refunded, currency },
  };
}

/** The last capture. Null for an order without any payment, as drafts and free orders are. */
function paidAt(order: WireOrder): Instant | null {
  const captures = (order.payment_collections ?? []).flatMap((one) =>
    (one.payments ?? []).flatMap((pay) => pay.captures ?? []),
  );
  const moments = captures.flatMap((capture) => (capture.created_at ? [momentOf(capture.created_at)] : []));
  return moments.length === 0 ? null : moments.reduce((a, b) => (a > b ? a : b));
}

/** A draft is an offer by staff, not yet an order; it is not in lists, but can be read by its id. */
function holdOf(order: WireOrder, key: string): string | null {
  if (order.status === 'draft') return 'draft';
  if (order.status === 'requires_action') return 'requires_action';
  return metadataText(order, key).slice(0, 300) || null;
}

function metadataText(order: WireOrder, key: string): string {
  const value = order.metadata[key];
  if (value === undefined || value === null || value === false) return '';
  const plain = exactText.safeParse(value);
  return plain.success ? plain.data : JSON.stringify(value);
}

function metadataMoment(order: WireOrder, key: string, note: Oddities): Instant | null {
  const text = metadataText(order, key);
  if (text === '') return null;
  const epochMs = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(epochMs) || epochMs < 0) {
    note(`metadata.${key}`, text);
    return null;
  }
  return toInstant(epochMs);
}

const momentOf = (iso: string): Instant => toInstant(Date.parse(iso));
