/** The data of one waybill label. Plain data: whoever prints fills it, printing/ asks nobody. */
import { z } from 'zod';

const text = z.string().max(2000);

export const waybillParty = z.strictObject({
  name: text,
  phone: text,
  /** Whole address as one text, in the order in which it is read; may be long, line ends are allowed. */
  address: text,
});

export const waybillLine = z.strictObject({
  sku: text,
  title: text,
  quantity: z.number().int().min(1).max(1_000_000),
});

export const waybillDocument = z.strictObject({
  kind: z.literal('waybill'),
  /** The courier's number as the Code 128 carries it. Printable ASCII. */
  waybillNumber: z.string().min(1).max(60),
  /** What the QR code carries: the code by which a scan opens the shipment. Up to about 200 characters fit. */
  orderCode: z.string().min(1).max(300),
  courierName: text,
  /** Service, as the courier names it ("标准快递"). Empty: nothing is printed. */
  serviceName: text.default(''),
  /** Routing code in large type (大头笔, 三段码). Empty: nothing is printed. */
  sortCode: text.default(''),
  storeName: text,
  sender: waybillParty,
  recipient: waybillParty,
  lines: z.array(waybillLine).max(500),
  /** The seller's or buyer's note for the packer. Empty: nothing is printed. */
  remark: text.default(''),
  /** Moment of printing, written out for the label's reader, for example `2026-03-01 14:05`. */
  printedAt: text,
});

/** What a caller hands in; the empty-by-default fields may be left out. */
export type WaybillDocumentInput = z.input<typeof waybillDocument>;
export type WaybillDocument = z.output<typeof waybillDocument>;

/** The names that a template may bind, and what they hold. `line.*` exist only inside a `rows` element. */
export const WAYBILL_FIELDS = [
  'waybillNumber',
  'waybillNumberSpaced',
  'orderCode',
  'courierName',
  'serviceName',
  'sortCode',
  'storeName',
  'sender.name',
  'sender.phone',
  'sender.address',
  'recipient.name',
  'recipient.phone',
  'recipient.address',
  'remark',
  'printedAt',
  'lineCount',
  'unitCount',
] as const;
export type WaybillField = (typeof WAYBILL_FIELDS)[number];

export const WAYBILL_LINE_FIELDS = ['line.number', 'line.sku', 'line.title', 'line.quantity'] as const;
export type WaybillLineField = (typeof WAYBILL_LINE_FIELDS)[number];

/** Groups of four from the left, so that a person can read a number over the phone. Only for text, never for a barcode. */
const spaced = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ');

/** The value of every bindable field. */
export const waybillFields = (document: WaybillDocument): Readonly<Record<WaybillField, string>> => ({
  waybillNumber: document.waybillNumber,
  waybillNumberSpaced: spaced(document.waybillNumber),
  orderCode: document.orderCode,
  courierName: document.courierName,
  serviceName: document.serviceName,
  sortCode: document.sortCode,
  storeName: document.storeName,
  'sender.name': document.sender.name,
  'sender.phone': document.sender.phone,
  'sender.address': document.sender.address,
  'recipient.name': document.recipient.name,
  'recipient.phone': document.recipient.phone,
  'recipient.address': document.recipient.address,
  remark: document.remark,
  printedAt: document.printedAt,
  lineCount: String(document.lines.length),
  unitCount: String(document.lines.reduce((sum, line) => sum + line.quantity, 0)),
});

/** The value of every field of the line at an index (counted from 0; `line.number` counts from 1). */
export const waybillLineFields = (
  line: WaybillDocument['lines'][number],
  index: number,
): Readonly<Record<WaybillLineField, string>> => ({
  'line.number': String(index + 1),
  'line.sku': line.sku,
  'line.title': line.title,
  'line.quantity': String(line.quantity),
});
