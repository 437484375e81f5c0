import { describe, expect, it } from 'vitest';
import { storeId } from '@shared/domain/ids';
import { parseLossless } from '../../../../../main/platforms/lossless-answer';
import { mapOrder } from '../../../../../main/platforms/medusa/map-order';
import { medusaStoreConfig } from '../../../../../main/platforms/medusa/store-config';
import { stopReasons } from '../../../../../main/platforms/medusa/stop-reasons';
import { toInstant } from '@shared/units/instant';

const config = medusaStoreConfig.parse({ storeId: storeId.parse('s-1'), baseUrl: 'http://shop.invalid' });
const detail = {
  fulfilled_quantity: 0,
  shipped_quantity: 0,
  return_requested_quantity: 0,
  return_received_quantity: 0,
  written_off_quantity: 0,
};
const line = {
  id: 'line-1',
  product_title: '茶',
  variant_title: '罐',
  variant_sku: 'T',
  variant_barcode: '690',
  quantity: 3,
  detail,
};
const raw = {
  id: 'order_1',
  display_id: 7,
  status: 'pending',
  version: 4,
  created_at: '2026-11-24T07:00:00.000Z',
  updated_at: '2026-11-24T15:00:00.123+08:00',
  currency_code: 'cny',
  payment_status: 'captured',
  fulfillment_status: 'not_fulfilled',
  total: 59.9,
  items: [line],
  fulfillments: [],
};

function map(more: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) {
  // Through text, as it comes: a number is what the lossless parser makes of it.
  const text = JSON.stringify({ ...raw, ...more });
  const parsed = parseLossless(text);
  if (!parsed.ok) throw new Error(parsed.error);
  const mapped = mapOrder(parsed.value, medusaStoreConfig.parse({ ...config, ...settings }));
  if (!mapped.ok) throw new Error(mapped.error.why);
  return mapped.value;
}

const withDetail = (more: Partial<typeof detail>) => ({ items: [{ ...line, detail: { ...detail, ...more } }] });

describe('from Medusa’s order to the snapshot', () => {
  it('maps an order without address, payments and pictures', () => {
    expect(map()).toMatchObject({
      orderKey: 's-1/order_1',
      displayNo: '7',
      version: { updatedAt: Date.parse('2026-11-24T07:00:00.123Z'), revision: 4 },
      payment: 'paid',
      paidAt: null,
      contact: { name: '', country: '', street: '' },
      money: { total: { minor: 5990, currency: 'CNY' }, shipping: null, refunded: null },
      lines: [{ sku: 'T', barcodes: ['690'], quantity: 3, unitWeightGrams: null, imageUrl: null, refund: 'none' }],
    });
  });

  it('keeps the lines in one order, however the shop lists them', () => {
    const items = ['line-2', 'line-1', 'line-3'].map((id) => ({ ...line, id }));
    const ids = (order: ReturnType<typeof map>): string[] => order.lines.map(({ lineId }) => lineId);
    expect(ids(map({ items }))).toEqual(['line-1', 'line-2', 'line-3']);
    expect(ids(map({ items: [...items].reverse() }))).toEqual(['line-1', 'line-2', 'line-3']);
  });

  it('writes Chinese names family first and others as they are', () => {
    const name = (first: string, last: string) =>
      map({ shipping_address: { first_name: first, last_name: last } }).contact.name;
    expect(name('样例', '欧阳')).toBe('欧阳样例');
    expect(name('Sample', 'Person')).toBe('Sample Person');
    expect(name('', '林')).toBe('林');
  });

  it('counts what is shipped, written off and cancelled', () => {
    expect(map(withDetail({ shipped_quantity: 2 })).lines[0]).toMatchObject({
      shippedQuantity: 2,
      cancelledQuantity: 0,
    });
    expect(map(withDetail({ written_off_quantity: 1 })).lines[0]).toMatchObject({ cancelledQuantity: 1 });
    const cancelled = map({ ...withDetail({ shipped_quantity: 1 }), status: 'canceled' });
    expect(cancelled).toMatchObject({ life: 'cancelled', lines: [{ shippedQuantity: 1, cancelledQuantity: 2 }] });
  });

  it('tells goods on their way back from goods that are back', () => {
    expect(map(withDetail({ return_requested_quantity: 1 })).lines[0]?.refund).toBe('under-way');
    expect(map(withDetail({ return_received_quantity: 1 })).lines[0]?.refund).toBe('goods');
  });

  it('adds refunds up and takes the last capture as the moment of payment', () => {
    const payments = [
      {
        captures: [{ created_at: '2026-11-24T07:01:00.000Z' }, { created_at: '2026-11-24T07:02:00.000Z' }],
        refunds: [{ amount: 10 }, { amount: 0.1 }],
      },
    ];
    const order = map({ payment_status: 'partially_refunded', payment_collections: [{ payments }] });
    expect(order.paidAt).toBe(Date.parse('2026-11-24T07:02:00Z'));
    expect(order).toMatchObject({ payment: 'partly-refunded', money: { refunded: { minor: 1010, currency: 'CNY' } } });
  });

  it('lets an authorised payment leave the house only where the shop is set so', () => {
    expect(map({ payment_status: 'authorized' }).payment).toBe('unpaid');
    expect(map({ payment_status: 'authorized' }, { authorizedCountsAsPaid: true }).payment).toBe('paid');
  });

  it('holds drafts, and keeps an archived order as completed', () => {
    expect(map({ status: 'draft', payment_status: 'not_paid' })).toMatchObject({ platformHold: 'draft', life: 'open' });
    expect(map({ status: 'archived' })).toMatchObject({ life: 'completed', oddities: [] });
  });

  it('refuses what breaks the schema by naming the place and never the value', () => {
    const broken = mapOrder({ ...raw, shipping_address: { phone: 13_800_000_000 }, updated_at: '昨天' }, config);
    expect(broken).toEqual({
      ok: false,
      error: { orderNo: 'order_1', why: 'updated_at: custom; shipping_address.phone: invalid_type' },
    });
    expect(mapOrder('nonsense', config)).toMatchObject({ ok: false, error: { orderNo: '?' } });
  });
});

describe('reasons not to ship', () => {
  const reasons = (more: Record<string, unknown>) =>
    stopReasons(map(more), toInstant(Date.parse('2026-11-24T08:00:00Z')));

  it('names each that holds, and none twice', () => {
    expect(reasons({})).toEqual([]);
    expect(reasons({ status: 'canceled', payment_status: 'canceled' })).toEqual(['cancelled', 'unpaid']);
    expect(reasons(withDetail({ return_requested_quantity: 1 }))).toEqual(['refund-under-way']);
    expect(reasons({ status: 'requires_action', payment_status: 'x' })).toEqual(['platform-hold']);
    expect(reasons(withDetail({ shipped_quantity: 3 }))).toEqual(['shipped-elsewhere']);
    expect(reasons(withDetail({ shipped_quantity: 2 }))).toEqual([]);
    expect(reasons({ metadata: { ship_not_before: '2026-11-24T07:59:00Z' } })).toEqual([]);
    expect(reasons({ metadata: { ship_not_before: '2026-11-24T08:01:00Z' } })).toEqual(['not-before']);
  });
});
