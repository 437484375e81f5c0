/** What a shop may do that no ordinary day shows, played by the practice shop. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { orderNo, storeId } from '@shared/domain/ids';
import type { OrderSnapshot } from '@shared/domain/order';
import { ok, refuse } from '@shared/language/result';
import { toInstant } from '@shared/units/instant';
import type { ShopConnector } from '../../../main/platforms/connector';
import type { Credentials, ShopCredential } from '../../../main/platforms/credentials';
import { createHttpGateway } from '../../../main/platforms/http-gateway';
import { createMedusaConnector } from '../../../main/platforms/medusa/medusa-connector';
import { medusaStoreConfig } from '../../../main/platforms/medusa/store-config';
import { startMedusaShop } from '../../../main/simulators/medusa-shop/medusa-shop';
import type { RunningSimulator } from '../../../main/simulators/simulator';
import { commandSimulator } from './command-simulator';

const never = new AbortController().signal;
const clock = { now: () => toInstant(Date.now()) };
const announced = z.object({ baseUrl: z.string(), secretKey: z.string(), email: z.string(), password: z.string() });

let simulator: RunningSimulator;
let shop: z.infer<typeof announced>;
let command: ReturnType<typeof commandSimulator>;

beforeEach(async () => {
  simulator = await startMedusaShop(
    { name: 'shop', title: '练习店' },
    { stateDir: null, demo: false, now: () => Date.now() },
  );
  shop = announced.parse(simulator.announcement);
  command = commandSimulator(simulator);
});
afterEach(() => simulator.stop());

const keyOnly = (): Credentials => ({ read: async () => ok({ kind: 'secret-key', key: shop.secretKey }) });
const byPassword = (): Credentials => ({
  read: async () => ok({ kind: 'email-password', email: shop.email, password: shop.password }),
});

function connect(settings: Record<string, unknown> = {}, credentials: Credentials = keyOnly()): ShopConnector {
  const config = medusaStoreConfig.parse({
    storeId: storeId.parse('s-1'),
    baseUrl: shop.baseUrl,
    overlapMs: 1_000,
    ...settings,
  });
  return createMedusaConnector(config, { gateway: createHttpGateway({ clock }), credentials, clock });
}

async function pullAll(connector: ShopConnector, from: string | null = null) {
  const orders: OrderSnapshot[] = [];
  const unreadable: { orderNo: string; why: string }[] = [];
  let cursor = from;
  for (;;) {
    const page = await connector.pullChanges(cursor, never);
    if (!page.ok) throw new Error(JSON.stringify(page.error));
    orders.push(...page.value.orders);
    unreadable.push(...page.value.unreadable);
    cursor = page.value.cursor;
    if (!page.value.more) return { orders, unreadable, cursor };
  }
}

const logins = (): number => command.toldAll().requests.filter((one) => one.path === '/auth/user/emailpass').length;

describe('words and numbers that we do not know', () => {
  it('shows an order with unknown states as one that needs a look, with the raw words', async () => {
    const [order] = await command.createOrders({});
    await command.onOrder(order?.id ?? '', 'edit', {
      status: 'on_hold',
      paymentStatus: 'in_escrow',
      fulfillmentStatus: 'teleported',
    });
    const { orders, unreadable } = await pullAll(connect());
    expect(unreadable).toEqual([]);
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ life: 'needs-a-look', payment: 'needs-a-look' });
    expect(orders[0]?.oddities.sort()).toEqual([
      'fulfillment_status=teleported',
      'payment_status=in_escrow',
      'status=on_hold',
    ]);
    const stops = await connect().readStops(orderNo.parse(order?.id), never);
    expect(stops.ok && stops.value.reasons).toEqual(['platform-hold']);
  });

  it('keeps all 19 digits of an order’s number', async () => {
    const [order] = await command.createOrders({ displayId: '9007199254740993123' });
    const { orders } = await pullAll(connect());
    expect(orders.map((one) => one.displayNo)).toEqual(['9007199254740993123']);
    expect(orders[0]?.orderNo).toBe(order?.id);
  });

  it('lists an order that it cannot read by name, and reads the ones beside it', async () => {
    const [bad, good] = await command.createOrders({ count: 2, lines: [{ sku: 'TEA-LJ-100', quantity: 1 }] });
    await command.onOrder(bad?.id ?? '', 'edit', { currency: 'yuan' });
    const { orders, unreadable } = await pullAll(connect());
    expect(unreadable).toEqual([{ orderNo: bad?.id, why: 'currency_code: invalid_format' }]);
    expect(orders.map((one) => one.orderNo)).toEqual([good?.id]);
    const one = await connect().readOrder(orderNo.parse(bad?.id), never);
    expect(one).toMatchObject({ ok: false, error: { code: 'unreadable', detail: 'currency_code: invalid_format' } });
  });

  it('shows half units rounded up and as something to look at', async () => {
    await command.createOrders({ lines: [{ sku: 'TEA-LJ-100', quantity: 2.5 }] });
    const { orders } = await pullAll(connect());
    expect(orders[0]).toMatchObject({ life: 'needs-a-look', oddities: ['items.quantity=2.5'] });
    expect(orders[0]?.lines[0]?.quantity).toBe(3);
  });

  it('reads hold, deadline and memo from the metadata keys that the business names', async () => {
    await command.createOrders({
      metadata: { note: 12, wait: '等客服', by: '2027-01-02T03:04:05+08:00', from: 'tomorrow' },
    });
    const metadataKeys = { sellerMemo: 'note', hold: 'wait', shipBy: 'by', notBefore: 'from' };
    const { orders } = await pullAll(connect({ metadataKeys }));
    expect(orders[0]).toMatchObject({ sellerMemo: '12', platformHold: '等客服', notBefore: null });
    expect(orders[0]?.shipBy).toBe(Date.parse('2027-01-01T19:04:05Z'));
    expect(orders[0]?.oddities).toEqual(['metadata.from=tomorrow']);
  });
});

describe('time', () => {
  it('loses none of many orders that changed in the same millisecond, over pages smaller than their number', async () => {
    const made = await command.createOrders({ count: 61, sameMoment: true });
    const { orders, cursor } = await pullAll(connect({ pageSize: 7 }));
    expect(orders.map((one) => one.orderNo).sort()).toEqual(made.map((one) => one.id).sort());
    const moved = made[3]?.id ?? '';
    await command.onOrder(moved, 'cancel');
    const next = await pullAll(connect({ pageSize: 7 }), cursor);
    expect(next.orders.some((one) => one.orderNo === moved && one.life === 'cancelled')).toBe(true);
  });

  it('looks back as far as it is set to, and not further', async () => {
    await command.createOrders({ ageMinutes: 3 * 24 * 60 });
    const [young] = await command.createOrders({ ageMinutes: 60 });
    const { orders } = await pullAll(connect({ lookBackDays: 1 }));
    expect(orders.map((one) => one.orderNo)).toEqual([young?.id]);
  });

  it('does not skip what happens until the date of an order from the future', async () => {
    await command.run('POST', '/clock', { offsetMs: 3_600_000 });
    await command.createOrders({});
    await command.run('POST', '/clock', { offsetMs: 0 });
    const { cursor } = await pullAll(connect());
    const [now] = await command.createOrders({});
    const next = await pullAll(connect(), cursor);
    expect(next.orders.map((one) => one.orderNo)).toContain(now?.id);
  });

  it('hands on the shop’s clock, also when it is wrong', async () => {
    await command.run('POST', '/clock', { offsetMs: -7_200_000 });
    const page = await connect().pullChanges(null, never);
    const behindMs = Date.now() - (page.ok ? (page.value.platformTime ?? 0) : 0);
    expect(behindMs).toBeGreaterThan(7_190_000);
    expect(behindMs).toBeLessThan(7_220_000);
  });
});

describe('logins', () => {
  it('logs in once for many calls at a time', async () => {
    const connector = connect({ auth: 'email-password' }, byPassword());
    const answers = await Promise.all(Array.from({ length: 5 }, () => connector.pullChanges(null, never)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(logins()).toBe(1);
  });

  it('logs in again, once, when the token was revoked, and repeats the call', async () => {
    const connector = connect({ auth: 'email-password' }, byPassword());
    await pullAll(connector);
    await command.run('POST', '/tokens/revoke');
    const answers = await Promise.all([pullAll(connector), pullAll(connector)]);
    expect(answers.map(({ orders }) => orders)).toEqual([[], []]);
    expect(logins()).toBeLessThanOrEqual(3);
    expect(logins()).toBeGreaterThanOrEqual(2);
  });

  it('logs in again when the token’s life is over', async () => {
    await command.run('POST', '/tokens/life', { ms: 1 });
    const connector = connect({ auth: 'email-password' }, byPassword());
    await command.run('POST', '/tokens/life', { ms: 60_000 });
    expect((await connector.pullChanges(null, never)).ok).toBe(true);
    await command.run('POST', '/clock', { offsetMs: 61_000 });
    expect((await connector.pullChanges(null, never)).ok).toBe(true);
    expect(logins()).toBe(2);
  });

  it('gives up after one new login that does not help', async () => {
    const wrong: ShopCredential = { kind: 'email-password', email: shop.email, password: 'wrong' };
    const connector = connect({ auth: 'email-password' }, { read: async () => ok(wrong) });
    expect(await connector.pullChanges(null, never)).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    expect(logins()).toBe(1);
  });

  it('uses a new secret at once, and none any more when the keychain is locked', async () => {
    let secret: ReturnType<Credentials['read']> = byPassword().read(storeId.parse('s-1'));
    const connector = connect({ auth: 'email-password' }, { read: () => secret });
    expect(await connector.health(never)).toMatchObject({ kind: 'fine' });
    secret = Promise.resolve(ok({ kind: 'email-password', email: shop.email, password: 'changed' }));
    expect(await connector.health(never)).toMatchObject({ kind: 'refused' });
    secret = Promise.resolve(ok({ kind: 'secret-key', key: shop.secretKey }));
    expect(await connector.health(never)).toMatchObject({ kind: 'fine' });
    secret = Promise.resolve(refuse('locked'));
    expect(await connector.health(never)).toMatchObject({ kind: 'refused', failure: { detail: 'credential-locked' } });
  });

  it('says which secret is missing without asking the shop', async () => {
    const connector = connect({}, { read: async () => refuse('missing') });
    expect(await connector.health(never)).toMatchObject({ kind: 'refused', failure: { detail: 'credential-missing' } });
    expect(command.toldAll().requests).toEqual([]);
  });

  it('takes a login that got lost as nothing sent, because the call behind it never left', async () => {
    await command.fault({ kind: 'gateway-timeout', path: '^/auth', times: 1 });
    const connector = connect({ auth: 'email-password' }, byPassword());
    const first = await connector.pullChanges(null, never);
    expect(first).toMatchObject({ ok: false, error: { code: 'offline', detail: 'login-bad-gateway' } });
    expect((await connector.pullChanges(null, never)).ok).toBe(true);
  });
});

describe('a shop in trouble', () => {
  it.each([
    [{ kind: 'throttle', retryAfterSeconds: 9 }, 'throttled'],
    [{ kind: 'html', status: 404 }, 'bad-gateway'],
    [{ kind: 'html', status: 200 }, 'bad-gateway'],
    [{ kind: 'gateway-timeout' }, 'bad-gateway'],
    [{ kind: 'server-error' }, 'server-error'],
    [{ kind: 'truncated' }, 'cut'],
    [{ kind: 'drop-before' }, 'cut'],
    [{ kind: 'drop-after' }, 'cut'],
    [{ kind: 'hang' }, 'cut'],
    [{ kind: 'slow', ms: 900 }, 'cut'],
  ])('tells %o as %s', async (fault, code) => {
    await command.createOrders({});
    await command.fault(fault);
    const page = await connect({ timeouts: { readMs: 300 } }).pullChanges(null, never);
    expect(page).toMatchObject({ ok: false, error: { code } });
    if (!page.ok && code === 'throttled') expect(page.error.notBefore).toBeGreaterThan(Date.now() + 8_000);
    await command.run('DELETE', '/faults');
    expect((await pullAll(connect())).orders).toHaveLength(1);
  });

  it('works with a slash behind the address', async () => {
    await command.createOrders({});
    expect((await pullAll(connect({ baseUrl: `${shop.baseUrl}/` }))).orders).toHaveLength(1);
  });
});
