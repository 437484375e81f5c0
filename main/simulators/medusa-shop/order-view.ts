/** An order as Medusa's admin API shows it. */
import { LosslessNumber } from 'lossless-json';
import { articleOf } from './catalogue';
import type { SimFulfillment, SimOrder } from './shop-state';

/** Shown whatever `fields` asks for (observed: they are needed to compute the two status words). */
const ALWAYS = [
  'id',
  'status',
  'version',
  'items',
  'payment_collections',
  'fulfillments',
  'payment_status',
  'fulfillment_status',
];
/** Shown when `fields` is not given. */
const DEFAULT_FIELDS = 'display_id,custom_display_id,total,metadata,created_at,updated_at';

/** The sum of an order in yuan. */
export const totalOf = (order: SimOrder): number =>
  yuan(order.lines.reduce((sum, line) => sum + articleOf(line.sku).price * line.quantity, order.shipping));

/**
 * @param fields the query's `fields`, or null. Observed: it replaces the default fields; a `*` before a relation brings all of its
 * fields; names that do not exist are ignored. The simulator selects whole top-level fields only.
 */
export function viewOrder(order: SimOrder, fields: string | null, origin: string): Record<string, unknown> {
  const names = (fields ?? DEFAULT_FIELDS).split(',').map((name) => name.replace(/^[+*]/, '').split('.')[0] ?? '');
  const shown = new Set([...ALWAYS, ...names]);
  return Object.fromEntries(Object.entries(fullView(order, origin)).filter(([name]) => shown.has(name)));
}

function fullView(order: SimOrder, origin: string): Record<string, unknown> {
  return {
    id: order.id,
    // Kept as text, written as a number: a shop may count further than a double.
    display_id: new LosslessNumber(order.displayId),
    custom_display_id: null,
    status: order.status,
    version: order.version,
    created_at: iso(order.createdAt),
    updated_at: iso(order.updatedAt),
    canceled_at: isoOrNull(order.canceledAt),
    currency_code: order.shownCurrency,
    email: 'buyer@practice.invalid',
    metadata: Object.keys(order.metadata).length === 0 ? null : order.metadata,
    total: totalOf(order),
    shipping_total: order.shipping,
    discount_total: 0,
    is_draft_order: false,
    items: order.lines.map((line) => viewLine(line, order, origin)),
    shipping_address: viewAddress(order),
    shipping_methods: [{ id: `ordsm_${order.id}`, name: '标准快递', amount: order.shipping }],
    payment_collections: [viewPayments(order)],
    fulfillments: order.fulfillments.map((one) => viewFulfillment(one, order)),
    payment_status: order.shownPayment ?? paymentStatus(order),
    fulfillment_status: order.shownFulfillment ?? fulfillmentStatus(order),
  };
}

function viewLine(line: SimOrder['lines'][number], order: SimOrder, origin: string): Record<string, unknown> {
  const article = articleOf(line.sku);
  return {
    id: line.id,
    title: article.title,
    subtitle: article.variant,
    thumbnail: `${origin}/photos/${article.sku}.png`,
    product_title: article.title,
    variant_title: article.variant,
    variant_sku: article.sku,
    variant_barcode: article.barcode,
    requires_shipping: true,
    unit_price: article.price,
    quantity: line.quantity,
    variant: {
      id: `variant_${article.sku}`,
      weight: article.weightGrams,
      barcode: article.barcode,
      ean: null,
      upc: null,
    },
    detail: {
      id: `orditem_${line.id}`,
      version: order.version,
      quantity: line.quantity,
      fulfilled_quantity: line.fulfilled,
      shipped_quantity: line.shipped,
      delivered_quantity: 0,
      return_requested_quantity: 0,
      return_received_quantity: 0,
      return_dismissed_quantity: 0,
      written_off_quantity: 0,
    },
  };
}

function viewAddress(order: SimOrder): Record<string, unknown> {
  const { address } = order;
  return {
    id: `ordaddr_${order.id}`,
    first_name: address.firstName,
    last_name: address.lastName,
    phone: address.phone,
    company: null,
    address_1: address.street,
    address_2: null,
    city: address.city,
    province: address.province,
    postal_code: address.postcode,
    country_code: 'cn',
    metadata: { district: address.district },
  };
}

function viewPayments(order: SimOrder): Record<string, unknown> {
  const total = totalOf(order);
  const captures =
    order.capturedAt === null ? [] : [{ id: `capt_${order.id}`, amount: total, created_at: iso(order.capturedAt) }];
  const refunds = order.refunds.map((amount, index) => ({ id: `ref_${order.id}_${index}`, amount }));
  return {
    id: `pay_col_${order.id}`,
    amount: total,
    captured_amount: captures.length === 0 ? 0 : total,
    refunded_amount: yuan(order.refunds.reduce((sum, one) => sum + one, 0)),
    payments: [{ id: `pay_${order.id}`, amount: total, captures, refunds }],
  };
}

function viewFulfillment(one: SimFulfillment, order: SimOrder): Record<string, unknown> {
  return {
    id: one.id,
    created_at: iso(one.createdAt),
    packed_at: iso(one.createdAt),
    shipped_at: isoOrNull(one.shippedAt),
    delivered_at: null,
    canceled_at: isoOrNull(one.canceledAt),
    metadata: one.metadata,
    items: one.units.map((unit, index) => ({
      id: `fulit_${one.id}_${index}`,
      line_item_id: unit.lineId,
      inventory_item_id: `iitem_${order.lines.find((line) => line.id === unit.lineId)?.sku ?? ''}`,
      quantity: unit.quantity,
    })),
    labels: one.numbers.map((number, index) => ({
      id: `fulla_${one.id}_${index}`,
      tracking_number: number,
      tracking_url: '#',
      label_url: '#',
    })),
  };
}

function paymentStatus(order: SimOrder): string {
  if (order.refunds.length > 0) {
    const refunded = order.refunds.reduce((sum, one) => sum + one, 0);
    return refunded >= totalOf(order) - 1e-9 ? 'refunded' : 'partially_refunded';
  }
  if (order.capturedAt !== null) return 'captured';
  return order.status === 'canceled' ? 'canceled' : 'authorized';
}

/** Medusa's own order of precedence: shipped before fulfilled, "partially" while anything is left. */
function fulfillmentStatus(order: SimOrder): string {
  const live = order.fulfillments.filter((one) => one.canceledAt === null);
  if (live.length === 0) return order.fulfillments.length > 0 ? 'canceled' : 'not_fulfilled';
  const left = order.lines.some((line) => line.fulfilled < line.quantity);
  const shipped = live.filter((one) => one.shippedAt !== null).length;
  if (shipped > 0) return shipped === live.length && !left ? 'shipped' : 'partially_shipped';
  return left ? 'partially_fulfilled' : 'fulfilled';
}

const yuan = (amount: number): number => Math.round(amount * 100) / 100;
const iso = (epochMs: number): string => new Date(epochMs).toISOString();
const isoOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : iso(epochMs));
