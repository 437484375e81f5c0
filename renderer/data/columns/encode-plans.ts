import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { PlannedLine, ShipmentPlan } from '@shared/domain/shipment';
import { shipmentIdOf } from '@shared/domain/ids';
import type { PlanRow } from '../rows';
import { packStrings } from './packed-strings';
import { COLUMNS_FORMAT, NO_MOMENT, STOP_BITS, type Goods, type PlanColumns, type PlanHead } from './plan-columns';

/** Gives equal values the same number, in the order in which they first came. */
class Dictionary<T> {
  readonly entries: T[] = [];
  private readonly positions = new Map<string, number>();

  positionOf(key: string, make: () => T): number {
    const known = this.positions.get(key);
    if (known !== undefined) return known;
    const position = this.entries.push(make()) - 1;
    this.positions.set(key, position);
    return position;
  }
}

const headOf = (plan: ShipmentPlan): PlanHead => ({
  storeId: plan.storeId,
  warehouse: plan.warehouse,
  tier: plan.tier,
  lane: plan.lane,
  orderOfWork: plan.orderOfWork,
});

const goodsOf = (line: PlannedLine): Goods => ({
  sku: line.sku,
  title: line.title,
  variantTitle: line.variantTitle,
  barcodes: line.barcodes,
  photo: line.photo,
});

const goodsKey = (line: PlannedLine): string =>
  [line.sku, line.title, line.variantTitle, line.photo ?? '', ...line.barcodes].join('\u0000');

const stopBits = (plan: ShipmentPlan): number =>
  plan.stops.reduce((bits, stop) => bits | (1 << STOP_BITS.indexOf(stop)), 0);

/** End positions of parts of these sizes that lie one after another. */
function endsOf(sizes: readonly number[]): Uint32Array {
  let end = 0;
  return Uint32Array.from(sizes, (size) => (end += size));
}

const floats = (rows: readonly PlanRow[], pick: (row: PlanRow) => number): Float64Array =>
  Float64Array.from(rows, pick);

/** Writes rows as columns. @param rows not `gone`. @param works work of those that have any. */
export function encodePlans(rows: readonly PlanRow[], works: ReadonlyMap<string, ShipmentWork>): PlanColumns {
  const texts = new Dictionary<string>();
  const textAt = (text: string): number => texts.positionOf(text, () => text);
  textAt('');
  const heads = new Dictionary<PlanHead>();
  const textColumn = (pick: (plan: ShipmentPlan) => string): Uint32Array =>
    Uint32Array.from(rows, (row) => textAt(pick(row.plan)));
  const head = Uint16Array.from(rows, ({ plan }) =>
    heads.positionOf([plan.storeId, plan.warehouse, plan.tier, plan.lane, plan.orderOfWork].join('\u0000'), () =>
      headOf(plan),
    ),
  );
  return {
    format: COLUMNS_FORMAT,
    rows: rows.length,
    ids: packStrings(rows.map((row) => row.shipmentId)),
    changed: floats(rows, (row) => row.changed),
    heads: heads.entries,
    head,
    deadline: floats(rows, ({ plan }) => plan.deadline),
    byPromise: Uint8Array.from(rows, ({ plan }) => (plan.deadlineBecause === 'platform-promise' ? 1 : 0)),
    createdAt: floats(rows, ({ plan }) => plan.createdAt),
    notBefore: floats(rows, ({ plan }) => plan.notBefore ?? NO_MOMENT),
    knownAt: floats(rows, ({ plan }) => plan.knownAt),
    stops: Uint8Array.from(rows, ({ plan }) => stopBits(plan)),
    stopDetail: textColumn((plan) => plan.stopDetail),
    sellerMemo: textColumn((plan) => plan.sellerMemo),
    sellerFlag: textColumn((plan) => plan.sellerFlag),
    shippingMethod: textColumn((plan) => plan.shippingMethod),
    texts: texts.entries,
    ...orderColumns(rows),
    ...lineColumns(rows),
    tokenEnds: endsOf(rows.map(({ plan }) => plan.tokens.length)),
    tokens: packStrings(rows.flatMap(({ plan }) => plan.tokens)),
    works: rows.flatMap((row, position) => {
      const work = works.get(row.shipmentId);
      return work === undefined ? [] : [[position, work] as const];
    }),
    sourceUpdatedAt: floats(rows, ({ source }) => source?.version.updatedAt ?? NO_MOMENT),
    sourceRevision: floats(rows, ({ source }) => source?.version.revision ?? 0),
    sourceReadAt: floats(rows, ({ source }) => source?.readAt ?? NO_MOMENT),
    fingerprints: packStrings(rows.map(({ source }) => source?.fingerprint ?? '')),
  };
}

function orderColumns(
  rows: readonly PlanRow[],
): Pick<PlanColumns, 'orderEnds' | 'orderKeys' | 'orderNos' | 'displayNos'> {
  const orders = rows.flatMap(({ shipmentId, plan }) =>
    plan.orders.map((order) => ({
      key: shipmentIdOf(order.orderKey) === shipmentId ? '' : order.orderKey,
      no: order.orderKey.endsWith(`/${order.orderNo}`) && isAfterFirstSlash(order) ? '' : order.orderNo,
      display: order.displayNo,
    })),
  );
  return {
    orderEnds: endsOf(rows.map(({ plan }) => plan.orders.length)),
    orderKeys: packStrings(orders.map((order) => order.key)),
    orderNos: packStrings(orders.map((order) => order.no)),
    displayNos: packStrings(orders.map((order) => order.display)),
  };
}

const isAfterFirstSlash = (order: { readonly orderKey: string; readonly orderNo: string }): boolean =>
  order.orderKey.slice(order.orderKey.indexOf('/') + 1) === order.orderNo;

type LineColumns = Pick<PlanColumns, 'lineEnds' | 'lineIds' | 'lineOrder' | 'lineGoods' | 'due' | 'shipped'>;
type GoodsColumns = Pick<
  PlanColumns,
  'goodsSkus' | 'goodsTitles' | 'goodsVariants' | 'goodsPhotos' | 'goodsBarcodeEnds' | 'goodsBarcodes'
>;

function lineColumns(rows: readonly PlanRow[]): LineColumns & GoodsColumns {
  const goods = new Dictionary<Goods>();
  const lines = rows.flatMap(({ plan }) =>
    plan.lines.map((line) => ({
      line,
      order: plan.orders.findIndex((order) => order.orderKey === line.orderKey),
      goods: goods.positionOf(goodsKey(line), () => goodsOf(line)),
    })),
  );
  return {
    lineEnds: endsOf(rows.map(({ plan }) => plan.lines.length)),
    lineIds: packStrings(lines.map(({ line }) => line.lineId)),
    lineOrder: Uint8Array.from(lines, ({ order }) => Math.max(0, order)),
    lineGoods: Uint32Array.from(lines, (line) => line.goods),
    due: Uint32Array.from(lines, ({ line }) => line.due),
    shipped: Uint32Array.from(lines, ({ line }) => line.shippedAtShop),
    ...goodsColumns(goods.entries),
  };
}

const goodsColumns = (goods: readonly Goods[]): GoodsColumns => ({
  goodsSkus: packStrings(goods.map((one) => one.sku)),
  goodsTitles: packStrings(goods.map((one) => one.title)),
  goodsVariants: packStrings(goods.map((one) => one.variantTitle)),
  goodsPhotos: packStrings(goods.map((one) => one.photo ?? '')),
  goodsBarcodeEnds: endsOf(goods.map((one) => one.barcodes.length)),
  goodsBarcodes: packStrings(goods.flatMap((one) => one.barcodes)),
});
