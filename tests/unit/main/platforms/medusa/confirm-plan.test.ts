import { describe, expect, it } from 'vitest';
import { confirmShipment } from '@shared/domain/delivery';
import { KEY_IN_METADATA, nextStep, UNITS_IN_METADATA } from '../../../../../main/platforms/medusa/confirm-plan';
import { wireOrder } from '../../../../../main/platforms/medusa/wire';

const KEY = 'key-of-this-delivery';
const NUMBER = 'SF1000000001';

const told = (quantity = 1) =>
  confirmShipment.parse({
    deliveryId: 'd-1',
    idempotencyKey: KEY,
    storeId: 's-1',
    orderKey: 's-1/o-1',
    orderNo: 'o-1',
    shipmentId: 's-1/o-1#1',
    parcelId: 'p-1',
    carrier: '样例快递',
    waybillNo: NUMBER,
    units: [{ lineId: 'line-1', quantity }],
  });

interface Planted {
  readonly id?: string;
  readonly key?: string;
  readonly units?: number;
  readonly number?: string;
  readonly shipped?: boolean;
  readonly canceled?: boolean;
  /** Fulfilment items, where they differ from one item with the units. */
  readonly items?: readonly { line_item_id: string; inventory_item_id: string; quantity: number }[];
}

function order(quantity: number, fulfillments: readonly Planted[], status = 'pending') {
  const live = fulfillments.filter((one) => one.canceled !== true);
  const sum = (list: readonly Planted[]) => list.reduce((total, one) => total + (one.units ?? 1), 0);
  const moment = '2026-11-24T07:00:00.000Z';
  return wireOrder.parse({
    id: 'o-1',
    status,
    created_at: moment,
    updated_at: moment,
    currency_code: 'cny',
    payment_status: 'captured',
    fulfillment_status: 'not_fulfilled',
    items: [
      {
        id: 'line-1',
        quantity,
        detail: {
          fulfilled_quantity: sum(live),
          shipped_quantity: sum(live.filter((one) => one.shipped)),
          return_requested_quantity: 0,
          return_received_quantity: 0,
          written_off_quantity: 0,
        },
      },
    ],
    fulfillments: fulfillments.map((one, index) => ({
      id: one.id ?? `ful-${index}`,
      canceled_at: one.canceled === true ? moment : null,
      shipped_at: one.shipped === true ? moment : null,
      delivered_at: null,
      metadata:
        one.key === undefined
          ? null
          : { [KEY_IN_METADATA]: one.key, [UNITS_IN_METADATA]: [['line-1', one.units ?? 1]] },
      items: one.items ?? [{ line_item_id: 'line-1', inventory_item_id: 'inv-1', quantity: one.units ?? 1 }],
      labels: one.number === undefined ? [] : [{ tracking_number: one.number }],
    })),
  });
}

const ours = { key: KEY, number: NUMBER, shipped: true };

describe('the next step of a confirmation', () => {
  it('creates when nothing is there, also beside a cancelled fulfilment of ours', () => {
    expect(nextStep(order(1, []), told())).toEqual({ kind: 'create' });
    expect(nextStep(order(1, [{ ...ours, canceled: true }]), told())).toEqual({ kind: 'create' });
  });

  it('ships a fulfilment of ours that is not shipped', () => {
    expect(nextStep(order(1, [{ key: KEY }]), told())).toEqual({ kind: 'ship', fulfillmentId: 'ful-0' });
  });

  it('is done when ours is shipped under our number, however the number is spelt', () => {
    expect(nextStep(order(1, [ours]), told())).toEqual({ kind: 'done' });
    expect(nextStep(order(1, [{ ...ours, number: ' sf1000000001 ' }]), told())).toEqual({ kind: 'done' });
  });

  it('is done even though the order was cancelled afterwards', () => {
    expect(nextStep(order(1, [ours], 'canceled'), told())).toEqual({ kind: 'done' });
    expect(nextStep(order(1, [], 'canceled'), told())).toMatchObject({ kind: 'park', code: 'order-cancelled' });
  });

  it('takes back an unshipped twin of ours, of this or of another delivery that needs its units', () => {
    expect(nextStep(order(3, [ours, { key: KEY }]), told())).toEqual({ kind: 'take-back', fulfillmentId: 'ful-1' });
    const other = { key: 'another-delivery' };
    const step = nextStep(order(2, [{ ...other, number: 'SF2', shipped: true }, other]), told());
    expect(step).toEqual({ kind: 'take-back', fulfillmentId: 'ful-1' });
  });

  it('leaves an unshipped fulfilment of another delivery alone while that one is not confirmed', () => {
    const step = nextStep(order(1, [{ key: 'another-delivery' }]), told());
    expect(step).toMatchObject({ kind: 'park', code: 'units-not-open' });
  });

  it('parks two shipped fulfilments of ours as an excess', () => {
    expect(nextStep(order(3, [ours, { ...ours, number: 'SF9' }]), told())).toMatchObject({
      kind: 'park',
      code: 'excess-confirmed',
    });
  });

  it('parks ours when somebody shipped it under another number, or under none', () => {
    const other = nextStep(order(1, [{ ...ours, number: 'SF9' }]), told());
    expect(other).toEqual({ kind: 'park', code: 'shipped-with-other-number', detail: 'shown: SF9' });
    const none = nextStep(order(1, [{ key: KEY, shipped: true }]), told());
    expect(none).toEqual({ kind: 'park', code: 'shipped-with-other-number', detail: 'shown: no number' });
  });

  it('is done when our number covers our units, whoever typed it, also over two fulfilments', () => {
    expect(nextStep(order(1, [{ number: NUMBER, shipped: true }]), told())).toEqual({ kind: 'done' });
    const half = { number: NUMBER, shipped: true };
    expect(nextStep(order(2, [half, half]), told(2))).toEqual({ kind: 'done' });
    expect(nextStep(order(2, [half]), told(2))).toMatchObject({ kind: 'park', code: 'refused-by-shop' });
  });

  it('adopts units set aside by staff only when they are exactly ours', () => {
    expect(nextStep(order(2, [{ units: 2 }]), told(2))).toEqual({ kind: 'ship', fulfillmentId: 'ful-0' });
    expect(nextStep(order(2, [{ units: 1 }]), told(2))).toMatchObject({ kind: 'park', code: 'units-not-open' });
  });

  it('creates beside units set aside by staff when enough are left', () => {
    expect(nextStep(order(3, [{ units: 2 }]), told(1))).toEqual({ kind: 'create' });
  });

  it('counts a kit by its smallest part', () => {
    const kit = [
      { line_item_id: 'line-1', inventory_item_id: 'cup', quantity: 4 },
      { line_item_id: 'line-1', inventory_item_id: 'saucer', quantity: 2 },
    ];
    expect(nextStep(order(2, [{ units: 2, items: kit }]), told(2))).toEqual({ kind: 'ship', fulfillmentId: 'ful-0' });
  });
});
