/**
 * The acceptance suite of every connector: main/platforms/connector.ts as code. Run against the simulator in
 * tests/integration/platforms and against the real shop in tests/e2e.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PullCursor, ShopConnector } from '../../main/platforms/connector';
import { confirmShipment, type ConfirmShipment, type DeliveryOutcome } from '@shared/domain/delivery';
import { orderKeyOf, orderNo, shipmentIdOf } from '@shared/domain/ids';
import type { OrderSnapshot } from '@shared/domain/order';
import { toInstant } from '@shared/units/instant';
import { startFaultProxy, type FaultProxy, type ProxyFault } from '../rigs/tcp-fault-proxy';
import {
  movableClock,
  type ConnectorHarness,
  type ConnectorOptions,
  type SuiteOrder,
  type SuiteShipment,
} from './connector-harness';

const GRACE_MS = 15_000;
const never = new AbortController().signal;
/** More attempts than any fault below may need. */
const ATTEMPTS = 8;

/** What the network or a gateway does to one write of the connector. */
const FAULTS: readonly ProxyFault[] = [
  { kind: 'cut-before' },
  { kind: 'cut-during' },
  { kind: 'cut-after' },
  { kind: 'gateway-timeout' },
  { kind: 'truncate' },
  { kind: 'duplicate' },
  { kind: 'page', status: 502 },
  { kind: 'page', status: 429 },
];

/**
 * Runs the suite. @param start brings the shop up; called once. @param faults for a shop that is slow to prepare: those after
 * which it may have done the work.
 */
export function connectorSuite(
  name: string,
  start: () => Promise<ConnectorHarness>,
  faults: readonly ProxyFault[] = FAULTS,
): void {
  let harness: ConnectorHarness;
  let proxy: FaultProxy;
  let clock: ReturnType<typeof movableClock>;
  let counter = 0;

  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    proxy = await startFaultProxy(harness.shop.baseUrl);
    clock = movableClock(toInstant(Date.now()));
  });
  afterEach(() => proxy.stop());

  const connect = (more: Partial<ConnectorOptions> = {}): ShopConnector =>
    harness.connect({ baseUrl: proxy.baseUrl, clock, graceMs: GRACE_MS, limitMs: 20_000, pageSize: 50, ...more });

  const delivery = (
    connector: ShopConnector,
    order: SuiteOrder,
    units?: ConfirmShipment['units'] | SuiteShipment['units'],
  ): ConfirmShipment => {
    const number = `SUITE${String(Date.now()).slice(-7)}${String(++counter).padStart(4, '0')}`;
    const key = orderKeyOf(connector.storeId, orderNo.parse(order.id));
    return confirmShipment.parse({
      deliveryId: `d-${number}`,
      idempotencyKey: `key-${number}`,
      storeId: connector.storeId,
      orderKey: key,
      orderNo: order.id,
      shipmentId: shipmentIdOf(key),
      parcelId: `p-${number}`,
      carrier: '样例快递',
      waybillNo: number,
      units: units ?? order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity })),
    });
  };

  /** As the deliveries do it: attempt after attempt, each not before the moment that the last one named. */
  async function deliver(
    connector: ShopConnector,
    told: ConfirmShipment,
    firstAttempt = 1,
  ): Promise<readonly DeliveryOutcome[]> {
    const outcomes: DeliveryOutcome[] = [];
    for (let attempt = firstAttempt; attempt < firstAttempt + ATTEMPTS; attempt++) {
      const outcome = await connector.confirmShipment(told, attempt, never);
      outcomes.push(outcome);
      if (outcome.kind === 'acknowledged' || outcome.kind === 'parked') break;
      clock.advance(Math.max(1, outcome.notBefore - clock.now()));
    }
    return outcomes;
  }

  /** Attempt 1 whose write is kept on its way, while the connector gives up and closes its connection. */
  async function giveUpWhenHeld(
    connector: ShopConnector,
    told: ConfirmShipment,
    path: RegExp,
  ): Promise<DeliveryOutcome> {
    const stop = new AbortController();
    const before = proxy.held();
    proxy.arm({ method: 'POST', path }, { kind: 'hold' });
    const running = connector.confirmShipment(told, 1, stop.signal);
    await expect.poll(() => proxy.held(), { timeout: 20_000, interval: 5 }).toBe(before + 1);
    stop.abort();
    return running;
  }

  /** The invariant I3 at the shop itself: live shipments are exactly these, each shipped under its number. */
  async function expectShipped(order: SuiteOrder, ...expected: readonly ConfirmShipment[]): Promise<void> {
    const live = (await harness.shop.told(order.id)).filter((one) => !one.canceled);
    const plain = (list: readonly { numbers: readonly string[]; shipped: boolean; units: SuiteShipment['units'] }[]) =>
      list
        .map((one) => ({ numbers: one.numbers, shipped: one.shipped, units: sorted(one.units) }))
        .sort((a, b) => String(a.numbers[0]).localeCompare(String(b.numbers[0])));
    expect(plain(live)).toEqual(
      plain(expected.map((told) => ({ numbers: [told.waybillNo], shipped: true, units: told.units }))),
    );
  }

  async function pullAll(connector: ShopConnector, from: PullCursor | null) {
    const orders: OrderSnapshot[] = [];
    let cursor = from;
    for (let page = 0; page < 1_000; page++) {
      const pulled = await connector.pullChanges(cursor, never);
      if (!pulled.ok) throw new Error(`pull failed: ${JSON.stringify(pulled.error)}`);
      expect(pulled.value.unreadable).toEqual([]);
      orders.push(...pulled.value.orders);
      cursor = pulled.value.cursor;
      if (!pulled.value.more) return { orders, cursor };
    }
    throw new Error('the pull does not come to an end');
  }

  const read = async (connector: ShopConnector, order: SuiteOrder): Promise<OrderSnapshot> => {
    const answer = await connector.readOrder(orderNo.parse(order.id), never);
    if (!answer.ok || answer.value === null) throw new Error(`cannot read: ${JSON.stringify(answer)}`);
    return answer.value;
  };

  describe(`${name}: pulling`, () => {
    it('brings a new order with its lines, codes, address and money', async () => {
      const made = await harness.shop.createOrder({
        quantities: [2, 1],
        metadata: { seller_memo: '轻放', seller_flag: 'red' },
      });
      const { orders } = await pullAll(connect(), null);
      const order = orders.find((one) => one.orderNo === made.id);
      expect(order).toMatchObject({ displayNo: made.displayNo, life: 'open', payment: 'paid', oddities: [] });
      expect(order).toMatchObject({ sellerMemo: '轻放', sellerFlag: 'red' });
      expect(order?.lines.map((line) => [line.lineId, line.quantity]).sort()).toEqual(
        made.lines.map((line) => [line.id, line.quantity]).sort(),
      );
      for (const line of order?.lines ?? []) {
        expect(line.sku).not.toBe('');
        expect(line.barcodes.length).toBeGreaterThan(0);
        expect(line.imageUrl).toMatch(/^http/);
        expect(line.unitWeightGrams).toBeGreaterThan(0);
      }
      expect(order?.contact.name).toMatch(/\p{Script=Han}{2,}/u);
      expect(order?.contact.street).not.toBe('');
      expect(order?.money.total).toMatchObject({ currency: 'CNY' });
      expect(Number.isInteger(order?.money.total.minor)).toBe(true);
      expect(order?.paidAt).not.toBeNull();
    });

    it('tells the shop’s own time', async () => {
      const pulled = await connect().pullChanges(null, never);
      const platformTime = pulled.ok ? (pulled.value.platformTime ?? 0) : 0;
      expect(Math.abs(platformTime - Date.now())).toBeLessThan(60_000);
    });

    it('brings nothing older than the overlap twice, and every change once at least', async () => {
      const connector = connect();
      const quiet = await harness.shop.createOrder({ quantities: [1] });
      const moved = await harness.shop.createOrder({ quantities: [1] });
      const first = await pullAll(connector, null);
      const again = await pullAll(connector, first.cursor);
      const before = new Map(first.orders.map((order) => [order.orderNo, order]));
      for (const order of again.orders) expect(order).toEqual(before.get(order.orderNo));
      await harness.shop.touch(moved.id);
      const after = await pullAll(connector, again.cursor);
      const changed = after.orders.filter(
        (order) => JSON.stringify(order) !== JSON.stringify(before.get(order.orderNo)),
      );
      expect(changed.map((order) => order.orderNo)).toEqual([moved.id]);
      expect(first.orders.map((order) => order.orderNo)).toContain(quiet.id);
    });

    it('loses none over small pages, and ends', async () => {
      const made: string[] = [];
      for (let index = 0; index < 5; index++) made.push((await harness.shop.createOrder({ quantities: [1] })).id);
      const { orders, cursor } = await pullAll(connect({ pageSize: 2 }), null);
      expect(orders.map((order) => order.orderNo)).toEqual(expect.arrayContaining(made));
      expect((await connect().pullChanges(cursor, never)).ok).toBe(true);
    });

    it('sees an order that changed behind the back of a walk at the next walk', async () => {
      const early = await harness.shop.createOrder({ quantities: [1] });
      for (let index = 0; index < 4; index++) await harness.shop.createOrder({ quantities: [1] });
      const connector = connect({ pageSize: 2 });
      let cursor: PullCursor | null = null;
      for (let passed = false; !passed;) {
        const page = await connector.pullChanges(cursor, never);
        if (!page.ok) throw new Error(page.error.code);
        cursor = page.value.cursor;
        passed = page.value.orders.some((order) => order.orderNo === early.id);
        expect(page.value.more).toBe(true);
      }
      await harness.shop.touch(early.id);
      const newest = (await read(connector, early)).version.updatedAt;
      const rest = await pullAll(connector, cursor);
      const next = await pullAll(connector, rest.cursor);
      expect(next.orders.some((order) => order.orderNo === early.id && order.version.updatedAt === newest)).toBe(true);
    });

    it('starts over with a cursor that cannot be read, and keeps its place when a page fails', async () => {
      const made = await harness.shop.createOrder({ quantities: [1] });
      const connector = connect();
      const { orders } = await pullAll(connector, 'no cursor at all');
      expect(orders.map((order) => order.orderNo)).toContain(made.id);
      proxy.setMode({ kind: 'refuse' });
      expect(await connector.pullChanges(null, never)).toMatchObject({ ok: false });
      proxy.setMode({ kind: 'pass' });
      expect((await pullAll(connector, null)).orders.map((order) => order.orderNo)).toContain(made.id);
    });
  });

  describe(`${name}: reading one order`, () => {
    it('answers null for an order that the shop does not know, and only then', async () => {
      const connector = connect();
      const unknown = orderNo.parse('order_does_not_exist');
      expect(await connector.readOrder(unknown, never)).toEqual({ ok: true, value: null });
      proxy.setMode({ kind: 'page', status: 404 });
      expect(await connector.readOrder(unknown, never)).toMatchObject({ ok: false, error: { code: 'bad-gateway' } });
    });

    it('names the reasons not to ship', async () => {
      const connector = connect();
      const [fine, cancelled, unpaid, refunded, held] = await Promise.all([
        harness.shop.createOrder({ quantities: [1] }),
        harness.shop.createOrder({ quantities: [1] }),
        harness.shop.createOrder({ quantities: [1], paid: false }),
        harness.shop.createOrder({ quantities: [1] }),
        harness.shop.createOrder({
          quantities: [1],
          metadata: { hold_reason: '核对尺码', ship_not_before: new Date(clock.now() + 3_600_000).toISOString() },
        }),
      ]);
      await harness.shop.cancel(cancelled.id);
      await harness.shop.refund(refunded.id);
      const reasons = async (order: SuiteOrder) => {
        const stops = await connector.readStops(orderNo.parse(order.id), never);
        return stops.ok ? stops.value.reasons : stops.error;
      };
      expect(await reasons(fine)).toEqual([]);
      expect(await reasons(cancelled)).toContain('cancelled');
      expect(await reasons(unpaid)).toEqual(['unpaid']);
      expect(await reasons(refunded)).toEqual(['refunded']);
      expect(await reasons(held)).toEqual(['platform-hold', 'not-before']);
    });

    it('shows a newer version after every change', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [1] });
      const before = (await read(connector, order)).version;
      await harness.shop.cancel(order.id);
      const after = await read(connector, order);
      expect(after.version.updatedAt).toBeGreaterThan(before.updatedAt);
      expect(after).toMatchObject({ life: 'cancelled' });
      expect(after.lines.map((line) => line.cancelledQuantity)).toEqual([1]);
    });
  });

  describe(`${name}: confirming`, () => {
    it('ships a whole order once, shows it, and says so when asked again', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [2, 1] });
      const told = delivery(connector, order);
      expect(await connector.isShown(told, never)).toEqual({ ok: true, value: false });
      expect(await connector.confirmShipment(told, 1, never)).toEqual({ kind: 'acknowledged', already: false });
      expect(await connector.confirmShipment(told, 2, never)).toEqual({ kind: 'acknowledged', already: true });
      expect(await connector.isShown(told, never)).toEqual({ ok: true, value: true });
      await expectShipped(order, told);
      expect((await read(connector, order)).lines.every((line) => line.shippedQuantity === line.quantity)).toBe(true);
    });

    it('ships the parcels of one order one by one', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [3] });
      const [line] = order.lines;
      const parcels = [1, 2].map((quantity) => delivery(connector, order, [{ lineId: line?.id ?? '', quantity }]));
      for (const told of parcels)
        expect(await connector.confirmShipment(told, 1, never)).toMatchObject({ kind: 'acknowledged' });
      await expectShipped(order, ...parcels);
    });

    it('acknowledges what stands at the shop under our number, also after our own records were lost', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [1] });
      const told = delivery(connector, order);
      await harness.shop.fulfilByStaff(order.id, told.units, told.waybillNo);
      expect(await connector.confirmShipment(told, 1, never)).toEqual({ kind: 'acknowledged', already: true });
      await expectShipped(order, told);
    });

    it('parks what stands at the shop under another number', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [1] });
      const told = delivery(connector, order);
      await harness.shop.fulfilByStaff(order.id, told.units, 'OTHER-0001');
      expect(await connector.confirmShipment(told, 1, never)).toMatchObject({
        kind: 'parked',
        code: 'shipped-with-other-number',
      });
      expect(await connector.isShown(told, never)).toEqual({ ok: true, value: false });
    });

    it('puts its number on units that the shop’s staff had only set aside', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [2] });
      const told = delivery(connector, order);
      await harness.shop.fulfilByStaff(order.id, told.units, null);
      expect(await connector.confirmShipment(told, 1, never)).toEqual({ kind: 'acknowledged', already: false });
      await expectShipped(order, told);
    });

    it('parks units that are set aside for something else', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [2] });
      const [line] = order.lines;
      await harness.shop.fulfilByStaff(order.id, [{ lineId: line?.id ?? '', quantity: 1 }], null);
      const told = delivery(connector, order);
      expect(await connector.confirmShipment(told, 1, never)).toMatchObject({ kind: 'parked', code: 'units-not-open' });
    });

    it('parks what was cancelled, is unknown, or names a line that is not there', async () => {
      const connector = connect();
      const cancelled = await harness.shop.createOrder({ quantities: [1] });
      await harness.shop.cancel(cancelled.id);
      const cases: readonly [ConfirmShipment, string][] = [
        [delivery(connector, cancelled), 'order-cancelled'],
        [delivery(connector, { ...cancelled, id: 'order_does_not_exist' }), 'order-not-found'],
        [
          delivery(connector, await harness.shop.createOrder({ quantities: [1] }), [
            { lineId: 'line-nowhere', quantity: 1 },
          ]),
          'units-not-open',
        ],
      ];
      for (const [told, code] of cases) {
        expect(await connector.confirmShipment(told, 1, never)).toMatchObject({ kind: 'parked', code });
      }
    });

    it('confirms a parcel that left, although its money was given back meanwhile', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [1] });
      await harness.shop.refund(order.id);
      const told = delivery(connector, order);
      expect(await connector.confirmShipment(told, 1, never)).toMatchObject({ kind: 'acknowledged' });
      await expectShipped(order, told);
    });

    it('takes effect once when two benches confirm the same delivery at one moment', async () => {
      const order = await harness.shop.createOrder({ quantities: [2] });
      const told = delivery(connect(), order);
      const outcomes = await Promise.all([connect(), connect()].map((connector) => deliver(connector, told)));
      for (const list of outcomes) expect(list.at(-1)).toMatchObject({ kind: 'acknowledged' });
      await expectShipped(order, told);
    });

    it('parks a refused login, and says nothing was done when the shop cannot be reached', async () => {
      const order = await harness.shop.createOrder({ quantities: [1] });
      const refused = connect({ wrongLogin: true });
      const told = delivery(refused, order);
      expect(await refused.confirmShipment(told, 1, never)).toMatchObject({ kind: 'parked', code: 'login-refused' });
      expect(await refused.health(never)).toMatchObject({ kind: 'refused' });
      proxy.setMode({ kind: 'refuse' });
      const connector = connect();
      expect(await connector.confirmShipment(told, 1, never)).toMatchObject({ kind: 'again' });
      expect(await connector.health(never)).toMatchObject({ kind: 'unreachable' });
      proxy.setMode({ kind: 'page', status: 429 });
      expect(await connector.confirmShipment(told, 2, never)).toMatchObject({ kind: 'again', code: 'read-throttled' });
      expect(await connector.health(never)).toMatchObject({ kind: 'throttled' });
      proxy.setMode({ kind: 'pass' });
      expect(await connector.health(never)).toMatchObject({ kind: 'fine' });
      expect(await harness.shop.told(order.id)).toEqual([]);
    });
  });

  describe.each(['create', 'ship'] as const)(`${name}: faults while the connector calls "%s"`, (step) => {
    it.each(faults)('takes effect once through $kind', async (fault) => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [3] });
      const told = delivery(connector, order, [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }]);
      proxy.arm({ method: 'POST', path: harness.shop.writes[step] }, fault);
      const outcomes = await deliver(connector, told);
      expect(proxy.seen().map((seen) => seen.fault)).toContain(fault.kind);
      expect(outcomes.at(-1)).toMatchObject({ kind: 'acknowledged' });
      expect(await connector.isShown(told, never)).toEqual({ ok: true, value: true });
      await expectShipped(order, told);
    });

    it.each([3, 1])('takes effect once when the old request lands after the retry (%i ordered)', async (ordered) => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [ordered] });
      const told = delivery(connector, order, [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }]);
      expect(await giveUpWhenHeld(connector, told, harness.shop.writes[step])).toMatchObject({ kind: 'unknown' });
      if (step === 'create') {
        expect(await connector.confirmShipment(told, 2, never)).toMatchObject({ kind: 'unknown', code: 'grace' });
        expect(await harness.shop.told(order.id)).toEqual([]);
      }
      clock.advance(GRACE_MS);
      expect((await deliver(connector, told, 3)).at(-1)).toMatchObject({ kind: 'acknowledged' });
      const [late] = await proxy.release();
      expect(late).toBe(step === 'create' && ordered > 1 ? 200 : 400);
      expect(await connector.isShown(told, never)).toEqual({ ok: true, value: true });
      await expectShipped(order, told);
    });
  });

  describe(`${name}: interrupted confirmations`, () => {
    it('says unknown when the read-back is cut, and acknowledged at the next attempt', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [1] });
      const told = delivery(connector, order);
      // Reads: before creating, before shipping, then the read-back; a read over a connection that was used before is sent twice.
      proxy.arm({ method: 'GET', path: harness.shop.writes.read }, { kind: 'pass' }, 2);
      proxy.arm({ method: 'GET', path: harness.shop.writes.read }, { kind: 'cut-after' }, 2);
      expect(await connector.confirmShipment(told, 1, never)).toMatchObject({ kind: 'unknown', code: 'read-cut' });
      expect(await connector.confirmShipment(told, 2, never)).toEqual({ kind: 'acknowledged', already: true });
      await expectShipped(order, told);
    });

    it('finds and completes a shipment that an earlier run only began', async () => {
      const order = await harness.shop.createOrder({ quantities: [2] });
      const earlier = connect();
      const told = delivery(earlier, order, [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }]);
      proxy.arm({ method: 'POST', path: harness.shop.writes.ship }, { kind: 'cut-before' });
      expect(await earlier.confirmShipment(told, 1, never)).toMatchObject({ kind: 'unknown' });
      expect(await connect().confirmShipment(told, 2, never)).toMatchObject({ kind: 'acknowledged' });
      await expectShipped(order, told);
    });

    it('waits one grace time after a restart before it creates anything for a delivery that was tried before', async () => {
      const order = await harness.shop.createOrder({ quantities: [2] });
      const restarted = connect();
      const told = delivery(restarted, order, [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }]);
      expect(await restarted.confirmShipment(told, 2, never)).toEqual({
        kind: 'unknown',
        notBefore: clock.now() + GRACE_MS,
        code: 'grace',
      });
      expect(await harness.shop.told(order.id)).toEqual([]);
      clock.advance(GRACE_MS);
      expect(await restarted.confirmShipment(told, 3, never)).toMatchObject({ kind: 'acknowledged' });
      await expectShipped(order, told);
    });

    it('frees units that a late twin of one parcel keeps from the next', async () => {
      const connector = connect();
      const order = await harness.shop.createOrder({ quantities: [2] });
      const unit = [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }];
      const first = delivery(connector, order, unit);
      const second = delivery(connector, order, unit);
      await giveUpWhenHeld(connector, first, harness.shop.writes.create);
      clock.advance(GRACE_MS);
      expect((await deliver(connector, first, 2)).at(-1)).toMatchObject({ kind: 'acknowledged' });
      expect(await proxy.release()).toEqual([200]);
      expect((await deliver(connector, second)).at(-1)).toMatchObject({ kind: 'acknowledged' });
      await expectShipped(order, first, second);
    });

    it('takes effect once when the program is closed in the middle and the request lands all the same', async () => {
      const order = await harness.shop.createOrder({ quantities: [1] });
      const told = delivery(connect(), order);
      expect(await giveUpWhenHeld(connect(), told, harness.shop.writes.create)).toMatchObject({ kind: 'unknown' });
      expect(await proxy.release()).toEqual([200]);
      const restarted = connect();
      clock.advance(GRACE_MS);
      expect((await deliver(restarted, told, 2)).at(-1)).toMatchObject({ kind: 'acknowledged' });
      await expectShipped(order, told);
    });
  });
}

const sorted = (units: SuiteShipment['units']) =>
  units
    .map(({ lineId, quantity }) => ({ lineId: String(lineId), quantity }))
    .sort((a, b) => a.lineId.localeCompare(b.lineId));
