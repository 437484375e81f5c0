/** The practice shop refuses what a real one would, breaks on command, and tells what it was told. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CATALOGUE } from '../../../main/simulators/medusa-shop/catalogue';
import { startMedusaShop } from '../../../main/simulators/medusa-shop/medusa-shop';
import { ControlRefusal, type RunningSimulator } from '../../../main/simulators/simulator';
import { commandSimulator } from '../platforms/command-simulator';

const announced = z.object({
  baseUrl: z.string(),
  secretKey: z.string(),
  email: z.string(),
  password: z.string(),
  locationId: z.string(),
});
const start = (stateDir: string | null = null, demo = false) =>
  startMedusaShop({ name: 'shop-1', title: '练习店' }, { stateDir, demo, now: () => Date.now() });

let simulator: RunningSimulator;
let shop: z.infer<typeof announced>;
let command: ReturnType<typeof commandSimulator>;

const use = (running: RunningSimulator): void => {
  simulator = running;
  shop = announced.parse(running.announcement);
  command = commandSimulator(running);
};
beforeEach(async () => use(await start()));
afterEach(() => simulator.stop());

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const authorization = `Basic ${Buffer.from(`${shop.secretKey}:`).toString('base64')}`;
  const answer = await fetch(shop.baseUrl + path, {
    method,
    headers: { authorization, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}

describe('what the practice shop refuses', () => {
  it('knows nobody without its key or a living token', async () => {
    for (const authorization of ['', 'Basic eA==', 'Bearer x', `Bearer ${shop.secretKey}`, shop.secretKey]) {
      expect((await call('GET', '/admin/orders', undefined, { authorization })).status).toBe(401);
    }
    const login = await call('POST', '/auth/user/emailpass', { email: shop.email, password: shop.password });
    const { token } = z.object({ token: z.string() }).parse(JSON.parse(login.text));
    const authorization = `Bearer ${token}`;
    expect((await call('GET', '/admin/orders', undefined, { authorization })).status).toBe(200);
    await command.run('POST', '/tokens/revoke');
    expect((await call('GET', '/admin/orders', undefined, { authorization })).status).toBe(401);
    expect((await call('POST', '/auth/user/emailpass', { email: shop.email, password: 'x' })).status).toBe(401);
  });

  it.each([
    '?foo=1',
    '?limit=0',
    '?limit=201',
    '?limit=x',
    '?offset=-1',
    '?order=nowhere',
    '?updated_at[$gte]=yesterday',
    '?updated_at[$gte]=2026-11-24',
    '?updated_at[$near]=2026-11-24T00:00:00.000Z',
  ])('refuses the list query %s, so that a mistake in it cannot pass for an empty answer', async (query) => {
    const answer = await call('GET', `/admin/orders${query}`);
    expect(answer).toMatchObject({ status: 400, type: 'application/json; charset=utf-8' });
    expect(JSON.parse(answer.text)).toMatchObject({ type: 'invalid_data' });
  });

  it('refuses bodies that are torn, of another type, too long, or not what is asked for', async () => {
    const [order] = await command.createOrders({});
    const path = `/admin/orders/${order?.id ?? ''}/fulfillments`;
    const items = [{ id: order?.lines[0]?.id, quantity: 1 }];
    const cases: [unknown, Record<string, string>][] = [
      ['{torn', {}],
      [{ items }, { 'content-type': 'text/plain' }],
      [{}, {}],
      [{ items: [] }, {}],
      [{ items: [{ ...items[0], quantity: '1' }] }, {}],
      [{ items, foo: 1 }, {}],
      [{ items, location_id: 'sloc_nowhere' }, {}],
    ];
    for (const [body, headers] of cases) expect([400, 404]).toContain((await call('POST', path, body, headers)).status);
    await expect(call('POST', path, `"${'x'.repeat(1_100_000)}"`)).rejects.toThrow();
    expect((await command.told(order?.id ?? '')).fulfillments).toEqual([]);
  });

  it('answers paths that it does not have with a page, as Express does', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/admin/products'],
      ['PUT', '/admin/orders'],
      ['GET', '/admin/orders/a/b/c/d/e'],
      ['GET', '/photos/NO.png'],
    ] as const) {
      expect(await call(method, path)).toMatchObject({ status: 404, type: 'text/html; charset=utf-8' });
    }
  });

  it('refuses control commands that cannot be carried out', async () => {
    const [order] = await command.createOrders({});
    await command.onOrder(order?.id ?? '', 'cancel');
    await expect(command.onOrder(order?.id ?? '', 'cancel')).rejects.toThrow(ControlRefusal);
    await expect(command.onOrder('order_nowhere', 'cancel')).rejects.toMatchObject({ status: 404 });
    await expect(command.createOrders({ lines: [{ sku: 'NO-SUCH', quantity: 1 }] })).rejects.toMatchObject({
      status: 400,
    });
    await expect(command.fault({ kind: 'catches-fire' })).rejects.toMatchObject({ status: 400 });
  });
});

describe('the practice shop', () => {
  it('shows a photo for every article', async () => {
    for (const article of CATALOGUE) {
      const answer = await fetch(`${shop.baseUrl}/photos/${article.sku}.png`);
      const photo = PNG.sync.read(Buffer.from(await answer.arrayBuffer()));
      const at = (x: number, y: number) => photo.data.readUIntBE((y * photo.width + x) * 4, 3);
      expect([answer.headers.get('content-type'), photo.width, at(0, 0)]).toEqual(['image/png', 320, article.ground]);
      const colours = new Set(
        Array.from({ length: 320 }, (_, y) => at(160, y)).concat(Array.from({ length: 320 }, (_, x) => at(x, 110))),
      );
      expect(colours).toContain(article.figure);
    }
  });

  it('gives every article a barcode with a right check digit', () => {
    for (const { barcode } of CATALOGUE) {
      const sum = [...barcode].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
      expect([barcode.length, sum % 10]).toEqual([13, 0]);
    }
    expect(new Set(CATALOGUE.map((article) => article.barcode)).size).toBe(CATALOGUE.length);
  });

  it('fills an empty shop for practice with orders of every kind', async () => {
    await simulator.stop();
    use(await start(null, true));
    const { orders } = command.toldAll();
    expect(orders.length).toBeGreaterThanOrEqual(20);
    expect(orders.some((order) => order.lines.length > 1)).toBe(true);
    expect(orders.some((order) => order.lines.some((line) => line.quantity > 2))).toBe(true);
    expect(new Set(orders.map((order) => order.id)).size).toBe(orders.length);
  });

  it('keeps its orders and what was done to them over a restart', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tallyman-sim-'));
    try {
      await simulator.stop();
      use(await start(dir, true));
      const [order] = await command.createOrders({});
      await command.onOrder(order?.id ?? '', 'fulfil-by-staff', { number: 'SF1' });
      const before = command.toldAll().orders;
      await simulator.stop();
      use(await start(dir, true));
      expect(command.toldAll().orders).toEqual(before);
      const [next] = await command.createOrders({});
      expect(before.map((one) => one.id)).not.toContain(next?.id);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('refuses a state file that it cannot read, and leaves it as it is', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tallyman-sim-'));
    try {
      await writeFile(join(dir, 'shop-1.json'), '{"version":1,"orders":');
      await expect(start(dir)).rejects.toThrow();
      expect(await readFile(join(dir, 'shop-1.json'), 'utf8')).toBe('{"version":1,"orders":');
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('tells every request with its time and its answer', async () => {
    await call('GET', '/admin/orders');
    await call('GET', '/admin/orders?foo=1');
    const told = command.toldAll().requests;
    expect(told.map(({ method, path, status }) => [method, path, status])).toEqual([
      ['GET', '/admin/orders', 200],
      ['GET', '/admin/orders', 400],
    ]);
    expect(Math.abs((told[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('meets a fault as often as asked, where asked', async () => {
    await command.fault({ kind: 'html', status: 502, method: 'GET', path: '^/admin/orders$', times: 2 });
    const statuses: number[] = [];
    for (const path of ['/admin/orders', '/health', '/admin/orders', '/admin/orders'])
      statuses.push((await call('GET', path)).status);
    expect(statuses).toEqual([502, 200, 502, 200]);
  });

  it('does the work before a gateway’s time-out and a dropped answer, and not before the others', async () => {
    const done: Record<string, number> = {};
    for (const kind of [
      'gateway-timeout',
      'drop-after',
      'truncated',
      'drop-before',
      'html',
      'server-error',
      'throttle',
    ]) {
      const [order] = await command.createOrders({});
      await command.fault({ kind, method: 'POST', times: 1 });
      const items = [{ id: order?.lines[0]?.id, quantity: 1 }];
      await call('POST', `/admin/orders/${order?.id ?? ''}/fulfillments`, { items }).catch(() => 'cut');
      done[kind] = (await command.told(order?.id ?? '')).fulfillments.length;
    }
    expect(done).toEqual({
      'gateway-timeout': 1,
      'drop-after': 1,
      truncated: 1,
      'drop-before': 0,
      html: 0,
      'server-error': 0,
      throttle: 0,
    });
  });
});
