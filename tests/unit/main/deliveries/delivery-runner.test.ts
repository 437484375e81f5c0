import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryOutcome } from '@shared/domain/delivery';
import { deliveryId, deviceId, gestureId, storeId, type DeliveryId } from '@shared/domain/ids';
import { ok } from '@shared/language/result';
import { addMs } from '@shared/units/instant';
import { actOnDelivery } from '../../../../main/bench/act-on-delivery';
import { aDraft } from '../../../builders/facts';
import { aLine, anOrder } from '../../../builders/orders';
import { aPlan, planOf } from '../../../builders/plans';
import { LEAD, PACKER } from '../../../fakes/bench-rig';
import { aShop, noAnswer, openDeliveryRig, type DeliveryRig } from '../../../fakes/delivery-rig';

let rig: DeliveryRig;
const open = async (...args: Parameters<typeof openDeliveryRig>): Promise<DeliveryRig> =>
  (rig = await openDeliveryRig(...args));
afterEach(async () => {
  await rig.runner.stop();
  await rig.bench.close();
});

const YES: DeliveryOutcome = { kind: 'acknowledged', already: false };
const again = (code: string, inMs = 0): DeliveryOutcome => ({
  kind: 'again',
  code,
  notBefore: addMs(rig.bench.clock.now(), inMs),
});
const unknown = (code: string): DeliveryOutcome => ({ kind: 'unknown', code, notBefore: rig.bench.clock.now() });
const steps = (): string[] =>
  rig.bench.records.flatMap(({ facts }) =>
    facts.flatMap(({ body }) =>
      body.kind === 'delivery-moved' ? `${body.state} ${body.attempt} ${body.code}`.trim() : [],
    ),
  );

describe('a delivery', () => {
  it('waits its time, is under way on the record before the shop is called, then acknowledged, then shown', async () => {
    const shop = aShop();
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001');
    await rig.pass(19_999);
    expect(shop.calls).toHaveLength(0);
    await rig.pass(1);
    await expect.poll(() => shop.calls.length).toBe(1);
    expect(steps()).toEqual(['under-way 1']);
    shop.open[0]?.answer(YES);
    await expect.poll(() => rig.stateOf(id)).toBe('acknowledged');
    await rig.pass(5_000);
    await expect.poll(() => rig.stateOf(id)).toBe('shown');
    expect(steps()).toEqual(['under-way 1', 'acknowledged 1', 'shown 1']);
    expect(shop.looks).toBe(1);
  });

  it('that got no answer is unknown, and tried again as attempt 2 with the same key', async () => {
    const shop = aShop();
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await expect.poll(() => shop.calls.length).toBe(1);
    shop.open[0]?.answer(unknown('cut'));
    await expect.poll(() => rig.stateOf(id)).toBe('unknown');
    await rig.pass(999);
    expect(shop.calls).toHaveLength(1);
    await rig.pass(1);
    await expect.poll(() => shop.calls.length).toBe(2);
    const [first, second] = shop.calls;
    expect(second?.attempt).toBe(2);
    expect(second?.order.idempotencyKey).toBe(first?.order.idempotencyKey);
    // The old request landed after all: the connector finds it and says "already".
    shop.open[0]?.answer({ kind: 'acknowledged', already: true });
    await expect.poll(() => rig.stateOf(id)).toBe('acknowledged');
    await rig.pass(600_000);
    expect(shop.calls).toHaveLength(2);
  });

  it('backs off further with every attempt, never undercutting the shop’s own word', async () => {
    const shop = aShop();
    await open(shop);
    await rig.pack(aPlan('1'), 'WB000001', 0);
    for (const [n, waitMs] of [1_000, 2_000, 4_000].entries()) {
      await expect.poll(() => shop.open.length).toBe(1);
      shop.open[0]?.answer(again('server-error'));
      await expect.poll(() => steps().at(-1)).toBe(`waiting ${n + 1} server-error`);
      await rig.pass(waitMs - 1);
      expect(shop.open).toHaveLength(0);
      await rig.pass(1);
    }
    await expect.poll(() => shop.open.length).toBe(1);
    shop.open[0]?.answer(again('throttled', 90_000));
    await expect.poll(() => steps().at(-1)).toBe('waiting 4 throttled');
    await rig.pass(89_000);
    expect(shop.open).toHaveLength(0);
    await rig.pass(1_000);
    await expect.poll(() => shop.open.length).toBe(1);
  });

  it('that is refused for good is parked until a person acts, and then goes as the next attempt', async () => {
    const shop = aShop();
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await expect.poll(() => shop.open.length).toBe(1);
    shop.open[0]?.answer({ kind: 'parked', code: 'shipped-with-other-number', detail: '' });
    await expect.poll(() => rig.stateOf(id)).toBe('parked');
    await rig.pass(3_600_000);
    expect(shop.calls).toHaveLength(1);
    const ask = {
      gestureId: gestureId.parse('g'),
      deviceId: deviceId.parse('d'),
      method: 'screen' as const,
      deliveryId: id ?? deliveryId.parse('none'),
      action: 'try-again' as const,
      reason: '',
    };
    const { arbiter, clock } = rig.bench;
    expect(await actOnDelivery(arbiter, clock, ask, PACKER)).toMatchObject({ error: { code: 'not-allowed' } });
    expect((await actOnDelivery(arbiter, clock, ask, LEAD)).ok).toBe(true);
    await expect.poll(() => shop.open.length).toBe(1);
    expect(shop.open[0]?.attempt).toBe(2);
    expect(await actOnDelivery(arbiter, clock, ask, LEAD)).toMatchObject({ error: { code: 'delivery-state-differs' } });
  });

  it('that a person settled outside is on the record with its reason and never goes again', async () => {
    const shop = aShop();
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await expect.poll(() => shop.open.length).toBe(1);
    shop.open[0]?.answer({ kind: 'parked', code: 'order-not-found', detail: '' });
    await expect.poll(() => rig.stateOf(id)).toBe('parked');
    const reply = await actOnDelivery(
      rig.bench.arbiter,
      rig.bench.clock,
      {
        gestureId: gestureId.parse('g'),
        deviceId: deviceId.parse('d'),
        method: 'screen',
        deliveryId: id ?? deliveryId.parse('none'),
        action: 'settled-outside',
        reason: 'entered by hand at the shop',
      },
      LEAD,
    );
    expect(reply.ok && reply.value.facts.map((fact) => fact.body)).toMatchObject([
      { kind: 'delivery-moved', state: 'acknowledged', code: 'settled-outside' },
      { kind: 'audited', action: 'delivery-settled-outside', subject: `${id}: entered by hand at the shop` },
    ]);
    await rig.pass(3_600_000);
    const next = await rig.restart(shop);
    await next.pass(3_600_000);
    expect(shop.calls).toHaveLength(1);
    expect(shop.looks).toBe(0);
    rig = next;
  });

  it('whose connector throws, or never answers, is unknown', async () => {
    const shop = aShop();
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await expect.poll(() => shop.open.length).toBe(1);
    shop.open[0]?.fail(new Error('bug'));
    await expect.poll(() => steps().at(-1)).toBe('unknown 1 connector-fault');
    await rig.pass(1_000);
    await expect.poll(() => shop.open.length).toBe(1);
    await rig.pass(180_000);
    await expect.poll(() => steps().at(-1)).toBe('unknown 2 cut');
    expect(shop.calls[1]?.signal.aborted).toBe(true);
    expect(rig.stateOf(id)).toBe('unknown');
  });

  it('of a held shipment waits until the hold is gone (I4)', async () => {
    const shop = aShop();
    await open(shop);
    const plan = aPlan('1');
    await rig.pack(plan, 'WB000001');
    const hold = aDraft({ kind: 'hold-placed', shipmentId: plan.shipmentId, reason: 'refund asked' });
    const expectation = () => ({
      shipmentId: plan.shipmentId,
      revision: rig.bench.state.work(plan.shipmentId)?.revision ?? 0,
    });
    await rig.bench.arbiter.append({ expect: expectation(), facts: [hold], approval: null }, LEAD);
    await rig.pass(600_000);
    expect(shop.calls).toHaveLength(0);
    const release = aDraft({
      kind: 'hold-released',
      shipmentId: plan.shipmentId,
      releases: hold.factId,
      releasedBy: LEAD.personId,
      reason: 'kept',
    });
    await rig.bench.arbiter.append({ expect: expectation(), facts: [release], approval: null }, LEAD);
    await expect.poll(() => shop.calls.length).toBe(1);
  });

  it('that was withdrawn in its window never goes', async () => {
    const shop = aShop();
    await open(shop);
    const plan = aPlan('1');
    const [id] = await rig.pack(plan, 'WB000001');
    const { arbiter } = rig.bench;
    const parcelId = rig.bench.state.work(plan.shipmentId)?.parcels[0]?.parcelId;
    if (id === undefined || parcelId === undefined) throw new Error('not packed');
    await arbiter.record({
      facts: [
        arbiter.factOf(arbiter.programAct(), {
          kind: 'parcel-reopened',
          shipmentId: plan.shipmentId,
          parcelId,
          withdraws: [id],
        }),
      ],
    });
    await rig.pass(600_000);
    expect(shop.calls).toHaveLength(0);
    expect(rig.stateOf(id)).toBe('withdrawn');
  });
});

describe('a clock that was set back', () => {
  it('by a year does not keep a delivery for a year', async () => {
    const shop = aShop();
    await open(shop);
    await rig.pack(aPlan('1'), 'WB000001', 365 * 86_400_000);
    await expect.poll(() => shop.calls.length).toBe(1);
  });
});

describe('lanes', () => {
  it('let orders go beside each other, at most four at one store', async () => {
    const shop = aShop();
    await open(shop);
    for (let n = 1; n <= 6; n += 1) await rig.pack(aPlan(`${n}`), `WB00000${n}`, 0);
    await expect.poll(() => shop.open.length).toBe(4);
    await rig.pass(1_000);
    expect(shop.open).toHaveLength(4);
    shop.open[0]?.answer(YES);
    await expect.poll(() => shop.calls.length).toBe(5);
  });

  it('send the deliveries of one order one after another, and pass by one that is parked', async () => {
    const shop = aShop();
    await open(shop);
    const plan = planOf(anOrder('1', { lines: [aLine({ quantity: 3 })] }));
    const ids = await rig.pack(plan, 'WB000001', 0, 3);
    await expect.poll(() => shop.open.length).toBe(1);
    await rig.pass(1_000);
    expect(shop.open.map((call) => call.order.deliveryId)).toEqual([ids[0]]);
    const [first] = shop.open;
    first?.answer(again('server-error'));
    await rig.pass(900);
    expect(shop.open).toHaveLength(0); // the others wait behind the first
    await rig.pass(100);
    await expect.poll(() => shop.open.length).toBe(1);
    expect(shop.open[0]?.order.deliveryId).toBe(first?.order.deliveryId);
    shop.open[0]?.answer({ kind: 'parked', code: 'refused-by-shop', detail: '' });
    await expect.poll(() => shop.calls.length).toBe(3);
    await rig.pass(1_000);
    expect(shop.open).toHaveLength(1);
    shop.open[0]?.answer(YES);
    await expect.poll(() => shop.calls.length).toBe(4);
    expect(shop.calls.map((call) => call.order.deliveryId)).toEqual([ids[0], ids[0], ids[1], ids[2]]);
  });

  it('do not wait for another store', async () => {
    const a = aShop();
    const b = aShop();
    const other = storeId.parse('shop-b');
    await open(
      new Map([
        [storeId.parse('shop-a'), a],
        [other, b],
      ]),
    );
    for (let n = 1; n <= 5; n += 1) await rig.pack(aPlan(`${n}`), `WB00000${n}`, 0);
    await expect.poll(() => a.open.length).toBe(4);
    await rig.pack(planOf(anOrder('9', { storeId: other })), 'WB000009', 0);
    await expect.poll(() => b.open.length).toBe(1);
  });
});

describe('offline', () => {
  it('drops nothing, sends one probe at a time, and lets all go at once when a pull has succeeded', async () => {
    const shop = aShop();
    await open(shop);
    const ids: DeliveryId[] = [];
    for (let n = 1; n <= 3; n += 1) ids.push(...(await rig.pack(aPlan(`${n}`), `WB00000${n}`, 0)));
    await expect.poll(() => shop.open.length).toBe(3);
    for (const call of [...shop.open]) call.answer(again('offline'));
    await expect.poll(() => ids.map((id) => rig.stateOf(id))).toEqual(['waiting', 'waiting', 'waiting']);
    await rig.pass(1_000);
    await expect.poll(() => shop.open.length).toBe(1);
    shop.open[0]?.answer(again('read-offline'));
    await expect.poll(() => shop.open.length).toBe(0);
    const before = shop.calls.length;
    rig.runner.storeReachable(storeId.parse('shop-a'));
    await expect.poll(() => shop.open.length).toBe(3);
    expect(shop.calls.length - before).toBe(3);
    for (const call of [...shop.open]) call.answer(YES);
    await expect.poll(() => ids.map((id) => rig.stateOf(id))).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
  });
});

describe('a restart', () => {
  it('makes what was under way unknown, and reads back as the next attempt', async () => {
    const shop = aShop();
    const first = await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await expect.poll(() => shop.open.length).toBe(1);
    // The program is gone in the middle of the call: its journal closes under it.
    await first.bench.journal.close();
    const next = aShop();
    rig = await openDeliveryRig(next, await first.bench.restart());
    expect(rig.stateOf(id)).toBe('unknown');
    expect(steps()).toEqual(['unknown 1 restarted']);
    await rig.pass(1_000);
    await expect.poll(() => next.open.length).toBe(1);
    expect(next.open[0]?.attempt).toBe(2);
    expect(next.open[0]?.order.idempotencyKey).toBe(shop.calls[0]?.order.idempotencyKey);
    await first.runner.stop();
  });
});

describe('a disk that refuses', () => {
  it('means no call at all before the record, and none twice after it', async () => {
    const shop = aShop();
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001');
    rig.bench.fault.code = 'ENOSPC';
    await rig.pass(60_000);
    expect(shop.calls).toHaveLength(0);
    delete rig.bench.fault.code;
    await rig.pass(5_000);
    await expect.poll(() => shop.open.length).toBe(1);
    rig.bench.fault.code = 'EIO';
    shop.open[0]?.answer(YES);
    await rig.pass(60_000);
    expect(rig.stateOf(id)).toBe('under-way');
    delete rig.bench.fault.code;
    await rig.pass(5_000);
    await expect.poll(() => rig.stateOf(id)).toBe('acknowledged');
    expect(shop.calls).toHaveLength(1);
  });
});

describe('the push-back watch', () => {
  it('looks ever more rarely, and in the end leaves the delivery acknowledged as not shown yet', async () => {
    const shop = aShop();
    shop.shown = ok(false);
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await expect.poll(() => shop.open.length).toBe(1);
    shop.open[0]?.answer(YES);
    await expect.poll(() => rig.stateOf(id)).toBe('acknowledged');
    for (const [spanMs, looks] of [
      [5_000, 1],
      [30_000, 2],
      [120_000, 3],
      [600_000, 4],
      [3_600_000, 5],
    ] as const) {
      await rig.pass(spanMs);
      await expect.poll(() => shop.looks).toBe(looks);
    }
    await expect.poll(() => steps().at(-1)).toBe('acknowledged 1 not-shown-yet');
    await rig.pass(86_400_000);
    expect(shop.looks).toBe(5);
    expect(shop.calls).toHaveLength(1);
  });

  it('does not take silence for an answer', async () => {
    const shop = aShop();
    shop.shown = noAnswer;
    await open(shop);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await expect.poll(() => shop.open.length).toBe(1);
    shop.open[0]?.answer(YES);
    await expect.poll(() => rig.stateOf(id)).toBe('acknowledged');
    for (let minute = 0; minute < 30; minute += 1) await rig.pass(60_000);
    expect(rig.stateOf(id)).toBe('acknowledged');
    shop.shown = ok(true);
    await rig.pass(60_000);
    await expect.poll(() => rig.stateOf(id)).toBe('shown');
  });
});

describe('a store that cannot be called', () => {
  it('keeps its deliveries waiting without an attempt until it can', async () => {
    await open(null);
    const [id] = await rig.pack(aPlan('1'), 'WB000001', 0);
    await rig.pass(600_000);
    expect(rig.stateOf(id)).toBe('waiting');
    expect(steps()).toEqual([]);
  });
});
