/**
 * Medusa's admin API as it was observed in Medusa 2.21.2 (tests/rigs/medusa): only the fields that we read. Enums are read as
 * text and judged in map-order.ts, so that a value that we do not know hides no order.
 */
import { z } from 'zod';
import { decimalText, exactText } from '../lossless-answer';

const moment = z
  .string()
  .refine((text) => /(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)), 'no moment');
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});
const amount = decimalText.nullish().transform((value) => value ?? null);

export const wireAddress = z.object({
  first_name: text,
  last_name: text,
  phone: text,
  company: text,
  address_1: text,
  address_2: text,
  city: text,
  province: text,
  postal_code: text,
  country_code: text,
  metadata,
});

const wireItem = z.object({
  id: z.string().min(1),
  title: text,
  subtitle: text,
  product_title: text,
  variant_title: text,
  variant_sku: text,
  variant_barcode: text,
  thumbnail: text,
  quantity: decimalText,
  detail: z.object({
    fulfilled_quantity: decimalText,
    shipped_quantity: decimalText,
    return_requested_quantity: decimalText,
    return_received_quantity: decimalText,
    written_off_quantity: decimalText,
  }),
  variant: z.object({ weight: amount, barcode: text, ean: text, upc: text }).partial().nullish(),
});
export type WireItem = z.infer<typeof wireItem>;

const wireFulfillment = z.object({
  id: z.string().min(1),
  canceled_at: z.string().nullish(),
  shipped_at: z.string().nullish(),
  delivered_at: z.string().nullish(),
  metadata,
  items: z.array(z.object({ line_item_id: text, inventory_item_id: text, quantity: decimalText })),
  labels: z.array(z.object({ tracking_number: text })),
});
export type WireFulfillment = z.infer<typeof wireFulfillment>;

const wirePayment = z.object({
  captures: z.array(z.object({ created_at: moment.nullish() })).nullish(),
  refunds: z.array(z.object({ amount })).nullish(),
});

export const wireOrder = z.object({
  id: z.string().min(1).max(150),
  display_id: exactText.nullish(),
  custom_display_id: text,
  status: z.string(),
  version: z.union([z.number().int().min(0), z.null()]).optional(),
  created_at: moment,
  updated_at: moment,
  currency_code: z.string().regex(/^[a-zA-Z]{3}$/),
  payment_status: z.string(),
  fulfillment_status: z.string(),
  total: amount,
  shipping_total: amount,
  discount_total: amount,
  metadata,
  items: z.array(wireItem),
  shipping_address: wireAddress.nullish(),
  shipping_methods: z.array(z.object({ name: text })).nullish(),
  payment_collections: z.array(z.object({ payments: z.array(wirePayment).nullish() })).nullish(),
  fulfillments: z.array(wireFulfillment),
});
export type WireOrder = z.infer<typeof wireOrder>;

const under = (relation: string, ...names: readonly string[]): string =>
  names.map((name) => `${relation}.${name}`).join(',');

/**
 * The `fields` parameter for one full order. Observed: a list without + or - replaces the default fields; a name that does
 * not exist is ignored; `*relation` brings all its scalar fields; `items` always come with all of their own fields, because the totals
 * are computed from them. Naming single fields of the other relations saves a third of the answer.
 */
export const ORDER_FIELDS = [
  'id,display_id,custom_display_id,status,version,created_at,updated_at,currency_code,metadata',
  'total,shipping_total,discount_total,payment_status,fulfillment_status',
  under('items', 'id', 'title', 'subtitle', 'product_title', 'variant_title', 'variant_sku', 'variant_barcode'),
  under('items', 'thumbnail', 'quantity'),
  under('items.detail', 'fulfilled_quantity', 'shipped_quantity', 'written_off_quantity'),
  under('items.detail', 'return_requested_quantity', 'return_received_quantity'),
  under('items.variant', 'weight', 'barcode', 'ean', 'upc'),
  '*shipping_address,shipping_methods.name',
  'payment_collections.payments.captures.created_at,payment_collections.payments.refunds.amount',
  under('fulfillments', 'id', 'canceled_at', 'shipped_at', 'delivered_at', 'metadata', 'labels.tracking_number'),
  under('fulfillments.items', 'line_item_id', 'inventory_item_id', 'quantity'),
].join(',');

/** Names where a document broke its schema, without its values, which may be personal. At most 200 characters. */
export function whereItBroke(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.')}: ${issue.code}`)
    .join('; ')
    .slice(0, 200);
}
