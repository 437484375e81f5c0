/** The network and the shop at their worst, for many parcels at the same time: each is shipped once, under its own number. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTo, noticeTexts } from '../e2e/world/bench-eyes';
import { SpineWorld } from '../e2e/world/spine-world';
import { startSimulatedShop, type SimulatedShop, type WorldOrder } from '../e2e/world/world-shop';
import type { ProxyFault } from '../rigs/tcp-fault-proxy';

let shop: SimulatedShop;
let world: SpineWorld;

beforeAll(async () => {
  shop = await startSimulatedShop();
  world = await SpineWorld.open({ shop });
});
afterAll(async () => {
  await world.close();
  await shop.stop();
});

interface Ordeal {
  readonly name: string;
  readonly on: 'create' | 'ship';
  readonly fault: ProxyFault;
}

const ORDEALS: readonly Ordeal[] = [
  { name: 'cut before the shop heard of it', on: 'create', fault: { kind: 'cut-before' } },
  { name: 'cut while the shop was at work', on: 'create', fault: { kind: 'cut-during' } },
  { name: 'cut after the work was done', on: 'create', fault: { kind: 'cut-after' } },
  { name: 'cut after the tracking number was taken', on: 'ship', fault: { kind: 'cut-after' } },
  { name: 'answered after six seconds', on: 'create', fault: { kind: 'delay', ms: 6_000 } },
  { name: 'done twice by a network that repeats requests', on: 'create', fault: { kind: 'duplicate' } },
  { name: 'told twice under which number', on: 'ship', fault: { kind: 'duplicate' } },
  { name: 'a gateway’s 504 over work that was done', on: 'create', fault: { kind: 'gateway-timeout' } },
  { name: 'a gateway’s 504 over the number that was taken', on: 'ship', fault: { kind: 'gateway-timeout' } },
  { name: 'half an answer', on: 'ship', fault: { kind: 'truncate' } },
  { name: 'an old request that lands after its retry', on: 'create', fault: { kind: 'hold' } },
];

const pathOf = (order: WorldOrder, on: Ordeal['on']): RegExp =>
  on === 'create'
    ? new RegExp(`/admin/orders/${order.id}/fulfillments$`)
    : new RegExp(`/admin/orders/${order.id}/fulfillments/[^/]+/shipments$`);

describe('a confirmation under way', () => {
  const parcels: { readonly ordeal: Ordeal; readonly order: WorldOrder; readonly number: string }[] = [];

  it('never holds up the bench: the next parcels are packed while the first ones are in trouble', async () => {
    for (const ordeal of ORDEALS) {
      const order = await world.order([{ sku: 'TEA-LJ-100', quantity: 2 }]);
      world.network.arm({ method: 'POST', path: pathOf(order, ordeal.on) }, ordeal.fault);
      parcels.push({ ordeal, order, number: await world.pack(order) });
    }
    expect(new Set(parcels.map(({ number }) => number)).size).toBe(ORDEALS.length);
  });

  it.each(ORDEALS)('$name: one fulfilment in the end, with the right number', async ({ name }) => {
    const parcel = parcels.find(({ ordeal }) => ordeal.name === name);
    if (parcel === undefined) throw new Error('this parcel was not packed');
    const met = world.network.seen().filter(({ fault }) => fault === parcel.ordeal.fault.kind);
    expect(met.length).toBeGreaterThan(0);
    await world.untilShopShows(parcel.order, parcel.number, 90_000);
  });

  it('stays told once when the old requests arrive at last', async () => {
    expect(world.network.held()).toBe(1);
    // The shop refuses it, or the station takes it back: what counts is what the shop shows then.
    await world.network.release();
    for (const { order, number } of parcels) await world.assertShippedOnce(order, number);
  });

  it('leaves nothing behind: every delivery is acknowledged, none is parked or unknown', async () => {
    await goTo(world.page, 'F3', 'deliveries');
    const counts = () => world.page.locator('[data-screen="deliveries"]').innerText();
    await expect.poll(counts, { timeout: 30_000 }).toMatch(/Parked\s*0\s*Unknown\s*0\s*Waiting\s*0\s*Under way\s*0/);
    await world.toBench();
  });
});

describe('a bench without a network', () => {
  it('packs on, says how much is unsent, and sends all of it once the network is back', async () => {
    const orders: WorldOrder[] = [];
    for (const sku of ['CUP-RU-01', 'SOCK-42-BK'] as const) orders.push(await world.order([{ sku, quantity: 1 }]));
    world.takeLabels();
    world.network.setMode({ kind: 'refuse' });
    const numbers: string[] = [];
    for (const order of orders) {
      numbers.push(await world.pack(order));
      expect((await world.nextLabel()).waybillNo).toBe(numbers.at(-1));
    }
    await expect
      .poll(() => noticeTexts(world.page), { timeout: 30_000, message: 'the banner with the unsent count' })
      .toContain('2 deliveries wait to be sent');
    for (const order of orders) await world.assertNotTold(order);
    world.network.setMode({ kind: 'pass' });
    for (const [index, order] of orders.entries()) await world.untilShopShows(order, numbers[index] ?? '', 60_000);
    await expect.poll(() => noticeTexts(world.page), { timeout: 30_000 }).not.toContain('wait to be sent');
  });
});
