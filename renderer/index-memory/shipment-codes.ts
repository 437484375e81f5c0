/** The codes by which a scan finds a shipment. */
import { normaliseCode } from '@shared/domain/scan-verdict';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { PlanChunk } from '../data/columns/plan-chunk';
import { startOf, type PackedStrings } from '../data/columns/packed-strings';
import { CODE_KIND, hashCode, hashRange, type CodeKind, type CodeTable } from './code-table';

export interface ShipmentCode {
  readonly kind: CodeKind;
  /** Normalised. */
  readonly code: string;
}

/** Shops show `#1001`, people scan and say `1001`. */
const withoutHash = (displayNo: string): string => (displayNo.startsWith('#') ? displayNo.slice(1) : displayNo);

/** Codes that follow from the plan, each once. */
export function codesOfPlan(plan: ShipmentPlan): readonly ShipmentCode[] {
  const codes = new Map<string, ShipmentCode>();
  const add = (kind: CodeKind, raw: string): void => {
    const code = normaliseCode(raw);
    if (code !== '' && !codes.has(`${kind}${code}`)) codes.set(`${kind}${code}`, { kind, code });
  };
  add(CODE_KIND.slip, plan.shipmentId);
  for (const order of plan.orders) {
    add(CODE_KIND.slip, order.orderKey);
    add(CODE_KIND.orderNo, order.orderNo);
    add(CODE_KIND.displayNo, order.displayNo);
    add(CODE_KIND.displayNo, withoutHash(order.displayNo));
  }
  for (const line of plan.lines) {
    add(CODE_KIND.goods, line.sku);
    for (const barcode of line.barcodes) add(CODE_KIND.goods, barcode);
  }
  return [...codes.values()];
}

/** Waybill numbers that belong to the shipment's parcels, reopened and closed ones too. */
export const codesOfWork = (work: ShipmentWork | null): readonly ShipmentCode[] =>
  (work?.parcels ?? []).flatMap((parcel) =>
    parcel.number === null ? [] : [{ kind: CODE_KIND.waybill, code: normaliseCode(parcel.number.waybillNo) }],
  );

/** Does the shipment carry this code, as this kind? The table knows hashes only. */
export function carriesCode(plan: ShipmentPlan, work: ShipmentWork | null, kind: CodeKind, code: string): boolean {
  const same = (raw: string): boolean => normaliseCode(raw) === code;
  switch (kind) {
    case CODE_KIND.waybill:
      return codesOfWork(work).some((own) => own.code === code);
    case CODE_KIND.slip:
      return same(plan.shipmentId) || plan.orders.some((order) => same(order.orderKey));
    case CODE_KIND.orderNo:
      return plan.orders.some((order) => same(order.orderNo));
    case CODE_KIND.displayNo:
      return plan.orders.some((order) => same(order.displayNo) || same(withoutHash(order.displayNo)));
    case CODE_KIND.goods:
      return plan.lines.some((line) => same(line.sku) || line.barcodes.some(same));
  }
}

/** Hash of the empty text, which is no code. */
const NO_CODE = hashCode('');

const hashEntry = (packed: PackedStrings, position: number): number =>
  hashRange(packed.text, startOf(packed, position), packed.ends[position] ?? 0);

/** At most how many codes `addChunkCodes` adds. */
export function codesInChunk(chunk: PlanChunk): number {
  const { rows, orderEnds, lineGoods, goodsBarcodeEnds, goodsSkus } = chunk.columns;
  const codesPerGoods = 1 + (goodsBarcodeEnds.at(-1) ?? 0) / Math.max(1, goodsSkus.ends.length);
  return rows + (orderEnds.at(-1) ?? 0) * 4 + Math.ceil(lineGoods.length * codesPerGoods);
}

/** Adds the codes of a whole chunk: the same as `codesOfPlan` row by row, without making the plans. */
export function addChunkCodes(
  table: CodeTable,
  chunk: PlanChunk,
  base: number,
  isLive: (slot: number) => boolean,
): void {
  const { columns } = chunk;
  const goodsHashes = Array.from({ length: chunk.goods }, (_gap, goods) => hashesOfGoods(chunk, goods));
  for (let row = 0; row < columns.rows; row += 1) {
    const slot = base + row;
    if (!isLive(slot)) continue;
    table.add(hashEntry(columns.ids, row), slot, CODE_KIND.slip);
    addOrderCodes(table, chunk, row, slot);
    addGoodsCodes(table, chunk, row, slot, goodsHashes);
  }
}

/** Hashes of the codes that identify one goods, each once. */
function hashesOfGoods({ columns }: PlanChunk, goods: number): readonly number[] {
  const { goodsBarcodeEnds, goodsBarcodes, goodsSkus } = columns;
  const hashes: number[] = [];
  const add = (packed: PackedStrings, at: number): void => {
    const hash = hashEntry(packed, at);
    if (hash !== NO_CODE && !hashes.includes(hash)) hashes.push(hash);
  };
  add(goodsSkus, goods);
  const end = goodsBarcodeEnds[goods] ?? 0;
  for (let at = goods === 0 ? 0 : (goodsBarcodeEnds[goods - 1] ?? 0); at < end; at += 1) add(goodsBarcodes, at);
  return hashes;
}

function addOrderCodes(table: CodeTable, chunk: PlanChunk, row: number, slot: number): void {
  const { orderEnds, displayNos } = chunk.columns;
  const first = row === 0 ? 0 : (orderEnds[row - 1] ?? 0);
  const last = orderEnds[row] ?? 0;
  for (let at = first; at < last; at += 1) {
    addKeyCodes(table, chunk, row, at, slot);
    const start = startOf(displayNos, at);
    const end = displayNos.ends[at] ?? 0;
    if (end > start) table.add(hashRange(displayNos.text, start, end), slot, CODE_KIND.displayNo);
    if (end > start + 1 && displayNos.text.startsWith('#', start))
      table.add(hashRange(displayNos.text, start + 1, end), slot, CODE_KIND.displayNo);
  }
}

/** Key and number of one order, which may be written as "follows from the shipment's id" and "follows from the key". */
function addKeyCodes(table: CodeTable, chunk: PlanChunk, row: number, at: number, slot: number): void {
  const { orderKeys, orderNos, ids } = chunk.columns;
  const isEmpty = (packed: PackedStrings): boolean => (packed.ends[at] ?? 0) === startOf(packed, at);
  const derived = isEmpty(orderKeys);
  const text = derived ? ids.text : orderKeys.text;
  const start = derived ? startOf(ids, row) : startOf(orderKeys, at);
  const end = derived ? (ids.ends[row] ?? 0) - '#1'.length : (orderKeys.ends[at] ?? 0);
  table.add(hashRange(text, start, end), slot, CODE_KIND.slip);
  const number = isEmpty(orderNos) ? hashRange(text, text.indexOf('/', start) + 1, end) : hashEntry(orderNos, at);
  table.add(number, slot, CODE_KIND.orderNo);
}

function addGoodsCodes(
  table: CodeTable,
  chunk: PlanChunk,
  row: number,
  slot: number,
  goodsHashes: readonly (readonly number[])[],
): void {
  const { lineGoods } = chunk.columns;
  const [start, end] = chunk.linesOf(row);
  const first = goodsHashes[lineGoods[start] ?? 0] ?? [];
  const hashes = end - start > 1 ? new Set(first) : first;
  if (hashes instanceof Set)
    for (let at = start + 1; at < end; at += 1)
      for (const hash of goodsHashes[lineGoods[at] ?? 0] ?? []) hashes.add(hash);
  if (end > start) for (const hash of hashes) table.add(hash, slot, CODE_KIND.goods);
}
