import { describe, expect, it } from 'vitest';
import { lineId, shipmentId, storeId } from '@shared/domain/ids';
import type { OrderSnapshot } from '@shared/domain/order';
import { mergePlans, splitPlan, stopsOf } from '@shared/domain/plan-shipment';
import { rulingDeadline, storePolicy, tellAt, TELLABLE_NOW } from '@shared/domain/store';
import { shipmentPlan } from '@shared/domain/shipment';
import { addMs } from '@shared/units/instant';
import { aLine, anOrder, NOON } from '../../../../builders/orders';
import { planOf } from '../../../../builders/plans';
import { aPolicy } from '../../../../builders/policies';

const HOUR = 3_600_000;

describe('the stops of an order', () => {
  it.each<[Partial<OrderSnapshot>, string[]]>([
    [{}, []],
    [{ life: 'completed' }, []],
    [{ life: 'cancelled' }, ['cancelled']],
    [{ payment: 'unpaid' }, ['unpaid']],
    [{ payment: 'refunded' }, ['refunded']],
    [{ payment: 'partly-refunded' }, []],
    [{ payment: 'refund-under-way' }, ['refund-under-way']],
    [{ platformHold: 'risk review' }, ['platform-hold']],
    [{ payment: 'needs-a-look' }, ['needs-a-look']],
    [{ life: 'needs-a-look' }, ['needs-a-look']],
    [{ lines: [aLine({ refund: 'under-way' })] }, ['refund-under-way']],
    [{ lines: [aLine({ refund: 'needs-a-look' })] }, ['needs-a-look']],
    [{ lines: [aLine({ refund: 'money-only' })] }, []],
    [{ life: 'cancelled', payment: 'unpaid', platformHold: 'x' }, ['cancelled', 'unpaid', 'platform-hold']],
  ])('of %j are %j', (changes, stops) => {
    expect(stopsOf(anOrder('1', changes))).toEqual(stops);
  });
});

describe('what is due of a line', () => {
  it.each([
    [{ quantity: 3 }, 3],
    [{ quantity: 3, cancelledQuantity: 1 }, 2],
    [{ quantity: 3, cancelledQuantity: 5 }, 0],
    [{ quantity: 3, refund: 'goods' as const }, 0],
    [{ quantity: 3, refund: 'money-only' as const }, 3],
  ])('%j is %i', (changes, due) => {
    expect(planOf(anOrder('1', { lines: [aLine(changes)] })).lines[0]?.due).toBe(due);
  });

  it('never counts more as shipped than was ordered', () => {
    expect(planOf(anOrder('1', { lines: [aLine({ quantity: 1, shippedQuantity: 4 })] })).lines[0]?.shippedAtShop).toBe(
      1,
    );
  });
});

describe('the plan of one order', () => {
  it('has the id that a fresh pull derives again, and passes its own schema', () => {
    const plan = planOf(anOrder('1'));
    expect(plan.shipmentId).toBe('shop-a/1#1');
    expect(shipmentPlan.safeParse(plan).success).toBe(true);
    expect(planOf(anOrder('1'))).toEqual(plan);
  });

  it('holds no personal field in clear', () => {
    const order = anOrder('1');
    const text = JSON.stringify(planOf(order));
    for (const value of Object.values(order.contact)) if (value !== null) expect(text).not.toContain(value);
  });
});

describe('the ruling deadline', () => {
  it('is the tier’s hours from payment, from creation while unpaid, or the platform’s promise where that is earlier', () => {
    const policy = { slaHours: 24 };
    const order = { createdAt: NOON, paidAt: addMs(NOON, HOUR), shipBy: null };
    expect(rulingDeadline(order, policy)).toEqual({ at: addMs(NOON, 25 * HOUR), because: 'tier' });
    expect(rulingDeadline({ ...order, paidAt: null }, policy).at).toBe(addMs(NOON, 24 * HOUR));
    const promised = (hours: number) => rulingDeadline({ ...order, shipBy: addMs(NOON, hours * HOUR) }, policy);
    expect(promised(20)).toEqual({ at: addMs(NOON, 20 * HOUR), because: 'platform-promise' });
    expect(promised(25).because).toBe('platform-promise');
    expect(promised(30)).toEqual({ at: addMs(NOON, 25 * HOUR), because: 'tier' });
  });
});

describe('merging', () => {
  const a = planOf(anOrder('1', { shipBy: addMs(NOON, HOUR), sellerMemo: 'fragile', platformHold: 'wait' }), {
    tier: 3,
  });
  const b = planOf(anOrder('2', { createdAt: addMs(NOON, -HOUR), notBefore: addMs(NOON, 5), payment: 'unpaid' }), {
    tier: 1,
  });
  const merged = mergePlans(shipmentId.parse('m'), [a, b]);

  it('takes every order and line, the most urgent tier, the earliest deadline and the oldest age', () => {
    expect(merged.orders.map((order) => order.orderNo)).toEqual(['1', '2']);
    expect(merged.lines).toHaveLength(2);
    expect(merged).toMatchObject({
      tier: 1,
      deadline: a.deadline,
      deadlineBecause: 'platform-promise',
      createdAt: b.createdAt,
    });
  });

  it('lets every stop count, waits for the latest and keeps each memo', () => {
    expect(new Set(merged.stops)).toEqual(new Set(['platform-hold', 'unpaid']));
    expect(merged).toMatchObject({ notBefore: b.notBefore, sellerMemo: 'fragile', stopDetail: 'wait' });
  });
});

describe('splitting', () => {
  it('gives a part only its links, never more than is due', () => {
    const plan = planOf(anOrder('1', { lines: [aLine({ quantity: 3 }), aLine({ lineId: lineId.parse('line-2') })] }));
    const [line] = plan.lines;
    if (line === undefined) throw new Error('no line');
    const link = (quantity: number) => [{ orderKey: line.orderKey, lineId: line.lineId, quantity }];
    expect(splitPlan(plan, shipmentId.parse('part'), link(2)).lines.map((each) => each.due)).toEqual([2]);
    expect(splitPlan(plan, shipmentId.parse('part'), link(9)).lines.map((each) => each.due)).toEqual([3]);
    expect(splitPlan(plan, shipmentId.parse('part'), link(2)).shipmentId).toBe('part');
  });
});

describe('a store’s policy', () => {
  it.each(tellAt.options)('that tells at %s is taken only where that fact exists', (moment) => {
    const parsed = storePolicy.safeParse(aPolicy({ tellAt: moment }));
    expect(parsed.success).toBe(TELLABLE_NOW.includes(moment));
    if (!parsed.success) expect(parsed.error.issues[0]?.path).toEqual(['tellAt']);
  });

  it('without a sender prints none, and has no slash in its id', () => {
    const { sender: _sender, ...without } = aPolicy();
    expect(storePolicy.parse(without).sender).toEqual({ name: '', phone: '', address: '' });
    expect(storeId.safeParse('a/b').success).toBe(false);
  });
});
