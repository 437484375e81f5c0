/** The data of a packing slip, the paper that lies in the box or goes with the picker. Plain data. */
import { z } from 'zod';

const text = z.string().max(2000);

export const packingSlipDocument = z.strictObject({
  kind: z.literal('packing-slip'),
  storeName: text,
  /** What the platform calls the order, for people. */
  orderNumber: text,
  /** What the QR code carries: the code by which a scan opens the shipment. */
  orderCode: z.string().min(1).max(300),
  /** Empty when the reader of the slip may not see it: nothing is printed. */
  recipientName: text.default(''),
  lines: z
    .array(z.strictObject({ sku: text, title: text, quantity: z.number().int().min(1).max(1_000_000) }))
    .min(1)
    .max(500),
  remark: text.default(''),
  /** Moment of printing, written out for the reader. */
  printedAt: text,
});

export type PackingSlipInput = z.input<typeof packingSlipDocument>;
export type PackingSlipDocument = z.output<typeof packingSlipDocument>;
