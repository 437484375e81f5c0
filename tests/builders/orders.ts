/** Invented orders. Every name, number and address here is made up. */
import type { Contact, OrderLine, OrderSnapshot } from '@shared/domain/order';
import { lineId, orderKeyOf, orderNo, storeId, type StoreId } from '@shared/domain/ids';
import { toInstant } from '@shared/units/instant';

export const SHOP: StoreId = storeId.parse('shop-a');
/** The moment at which invented things happen unless a test says otherwise. */
export const NOON = toInstant(Date.UTC(2026, 2, 2, 4, 0, 0));

export function aContact(changes: Partial<Contact> = {}): Contact {
  return {
    name: '林小满',
    phone: '13800004321',
    country: 'CN',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    street: '样例路 8 号',
    postcode: '310000',
    opaque: null,
    ...changes,
  };
}

export function aLine(changes: Partial<OrderLine> = {}): OrderLine {
  return {
    lineId: lineId.parse('line-1'),
    sku: 'MUG-RED',
    title: '搪瓷杯',
    variantTitle: '红色',
    barcodes: ['6900000000017'],
    quantity: 1,
    shippedQuantity: 0,
    cancelledQuantity: 0,
    refund: 'none',
    unitWeightGrams: null,
    imageUrl: null,
    ...changes,
  };
}

/** An order of a shop; `number` is its platform number and makes its key. */
export function anOrder(number = '1001', changes: Partial<OrderSnapshot> = {}): OrderSnapshot {
  const store = changes.storeId ?? SHOP;
  const no = orderNo.parse(number);
  return {
    orderKey: orderKeyOf(store, no),
    storeId: store,
    platform: 'medusa',
    orderNo: no,
    displayNo: `#${number}`,
    version: { updatedAt: NOON, revision: 0 },
    createdAt: NOON,
    paidAt: NOON,
    payment: 'paid',
    life: 'open',
    platformHold: null,
    notBefore: null,
    shipBy: null,
    lines: [aLine()],
    contact: aContact(),
    money: { total: { minor: 4990, currency: 'CNY' }, shipping: null, discount: null, refunded: null },
    sellerMemo: '',
    sellerFlag: '',
    shippingMethod: '标准快递',
    oddities: [],
    ...changes,
  };
}
