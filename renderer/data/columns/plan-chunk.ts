/** Reads plans out of columns, one at a time. */
import type { LineId, OrderKey, OrderNo, ShipmentId, StoreId } from '@shared/domain/ids';
import type { PlannedLine, ShipmentPlan } from '@shared/domain/shipment';
import type { Instant } from '@shared/units/instant';
import type { OrderSource } from '../rows';
import { stringAt } from './packed-strings';
import { NO_MOMENT, STOP_BITS, type Goods, type PlanColumns } from './plan-columns';

const partStart = (ends: Uint32Array, row: number): number => (row === 0 ? 0 : (ends[row - 1] ?? 0));
const partEnd = (ends: Uint32Array, row: number): number => ends[row] ?? 0;

type OrderRefs = ShipmentPlan['orders'];

/**
 * A chunk as it came from the disk. Texts and numbers were checked when they were written (they passed the contract's
 * schemas then), so they get their brands back here without a second check.
 */
export class PlanChunk {
  constructor(readonly columns: PlanColumns) {}

  get rows(): number {
    return this.columns.rows;
  }

  idAt(row: number): ShipmentId {
    return stringAt(this.columns.ids, row) as ShipmentId;
  }

  /** Where the row's lines lie in the line columns. */
  linesOf(row: number): readonly [start: number, end: number] {
    return [partStart(this.columns.lineEnds, row), partEnd(this.columns.lineEnds, row)];
  }

  ordersOf(row: number): OrderRefs {
    const { orderEnds, orderKeys, orderNos, displayNos } = this.columns;
    const refs: OrderRefs = [];
    for (let at = partStart(orderEnds, row); at < partEnd(orderEnds, row); at += 1) {
      const key = stringAt(orderKeys, at) || this.idAt(row).slice(0, -'#1'.length);
      const no = stringAt(orderNos, at) || key.slice(key.indexOf('/') + 1);
      refs.push({ orderKey: key as OrderKey, orderNo: no as OrderNo, displayNo: stringAt(displayNos, at) });
    }
    return refs;
  }

  /** How many goods the chunk's lines sell. */
  get goods(): number {
    return this.columns.goodsSkus.ends.length;
  }

  goodsAt(goods: number): Goods {
    const columns = this.columns;
    const barcodes: string[] = [];
    const end = partEnd(columns.goodsBarcodeEnds, goods);
    for (let at = partStart(columns.goodsBarcodeEnds, goods); at < end; at += 1)
      barcodes.push(stringAt(columns.goodsBarcodes, at));
    return {
      sku: stringAt(columns.goodsSkus, goods),
      title: stringAt(columns.goodsTitles, goods),
      variantTitle: stringAt(columns.goodsVariants, goods),
      barcodes,
      photo: stringAt(columns.goodsPhotos, goods) || null,
    };
  }

  tokensOf(row: number): string[] {
    const { tokenEnds, tokens } = this.columns;
    const found: string[] = [];
    for (let at = partStart(tokenEnds, row); at < partEnd(tokenEnds, row); at += 1) found.push(stringAt(tokens, at));
    return found;
  }

  private lines(row: number, orders: OrderRefs): PlannedLine[] {
    const columns = this.columns;
    const [start, end] = this.linesOf(row);
    const lines: PlannedLine[] = [];
    for (let at = start; at < end; at += 1) {
      const order = orders[columns.lineOrder[at] ?? 0];
      if (order === undefined) continue;
      const goods = this.goodsAt(columns.lineGoods[at] ?? 0);
      lines.push({
        orderKey: order.orderKey,
        lineId: stringAt(columns.lineIds, at) as LineId,
        sku: goods.sku,
        title: goods.title,
        variantTitle: goods.variantTitle,
        barcodes: [...goods.barcodes],
        due: columns.due[at] ?? 0,
        shippedAtShop: columns.shipped[at] ?? 0,
        photo: goods.photo,
      });
    }
    return lines;
  }

  private text(column: Uint32Array, row: number): string {
    return this.columns.texts[column[row] ?? 0] ?? '';
  }

  /** @throws RangeError for a row outside the chunk. */
  planAt(row: number): ShipmentPlan {
    const columns = this.columns;
    const head = columns.heads[columns.head[row] ?? 0];
    if (head === undefined || row >= columns.rows) throw new RangeError(`row ${row} of ${columns.rows}`);
    const orders = this.ordersOf(row);
    const notBefore = columns.notBefore[row] ?? NO_MOMENT;
    const bits = columns.stops[row] ?? 0;
    return {
      shipmentId: this.idAt(row),
      storeId: head.storeId as StoreId,
      orders,
      lines: this.lines(row, orders),
      warehouse: head.warehouse,
      tier: head.tier,
      lane: head.lane,
      orderOfWork: head.orderOfWork,
      deadline: (columns.deadline[row] ?? 0) as Instant,
      deadlineBecause: columns.byPromise[row] === 1 ? 'platform-promise' : 'tier',
      createdAt: (columns.createdAt[row] ?? 0) as Instant,
      notBefore: notBefore === NO_MOMENT ? null : (notBefore as Instant),
      stops: STOP_BITS.filter((_stop, bit) => (bits & (1 << bit)) !== 0),
      stopDetail: this.text(columns.stopDetail, row),
      sellerMemo: this.text(columns.sellerMemo, row),
      sellerFlag: this.text(columns.sellerFlag, row),
      shippingMethod: this.text(columns.shippingMethod, row),
      tokens: this.tokensOf(row),
      knownAt: (columns.knownAt[row] ?? 0) as Instant,
    };
  }

  sourceAt(row: number): OrderSource | null {
    const columns = this.columns;
    const readAt = columns.sourceReadAt[row] ?? NO_MOMENT;
    if (readAt === NO_MOMENT) return null;
    return {
      version: {
        updatedAt: (columns.sourceUpdatedAt[row] ?? 0) as Instant,
        revision: columns.sourceRevision[row] ?? 0,
      },
      readAt: readAt as Instant,
      fingerprint: stringAt(columns.fingerprints, row),
    };
  }
}
