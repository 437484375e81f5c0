/** Two windows on one shipment, and one program per profile. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareLaunch, sandboxFlags } from '../../scripts/electron-path.mjs';
import { stationWindows, untilReady } from './harness/launch-station';
import { lookAtBench, untilBench } from './world/bench-eyes';
import { SpineWorld } from './world/spine-world';
import { waitUntil } from './world/wait-until';
import { startSimulatedShop, type SimulatedShop } from './world/world-shop';

interface Bridge {
  call(area: string, name: string, ask: unknown): Promise<unknown>;
}

let shop: SimulatedShop;
let world: SpineWorld;
let second: Page;

beforeAll(async () => {
  shop = await startSimulatedShop();
  world = await SpineWorld.open({ shop });
  const opened = world.station.app.waitForEvent('window');
  await world.page.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'station') as Bridge;
    await bridge.call('app', 'openWindow', null);
  });
  second = await opened;
  await untilReady(second);
  await world.signIn(second);
});
afterAll(async () => {
  await world.close();
  await shop.stop();
});

describe('two windows on one shipment', () => {
  it('see each other’s scans at once', async () => {
    const order = await world.order([
      { sku: 'TEA-LJ-100', quantity: 2 },
      { sku: 'CUP-RU-01', quantity: 1 },
    ]);
    await world.open(order);
    await world.open(order, second);
    await world.scanPiece('TEA-LJ-100');
    await world.untilCounted('TEA-LJ-100', 1, second);
    await world.scanPiece('TEA-LJ-100', second);
    await world.untilCounted('TEA-LJ-100', 2);
    await world.scanPiece('CUP-RU-01', second);
    const number = await world.untilDone(order);
    await untilBench(second, (seen) => seen.moment === 'done' && seen.text.includes(number), 'done in both');
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });

  it('that scan before they heard of each other: one is first, the other is told and sees the true count; nothing counts twice', async () => {
    const order = await world.order([{ sku: 'SOCK-42-BK', quantity: 3 }]);
    await world.open(order);
    await world.open(order, second);
    // The second window is busy while both hands scan, so that it judges its piece before it hears of the other's.
    const busy = second.evaluate(() => {
      const until = performance.now() + 1_000;
      while (performance.now() < until);
    });
    const late = world.scanPiece('SOCK-42-BK', second);
    await world.scanPiece('SOCK-42-BK');
    await Promise.all([busy, late]);
    await waitUntil({
      what: 'one window to be told that the other was first',
      read: () => Promise.all([lookAtBench(world.page), lookAtBench(second)]),
      isRight: (seen) => seen.some(({ text }) => text.includes('Another window was first with this parcel.')),
    });
    await world.untilCounted('SOCK-42-BK', 1);
    await world.untilCounted('SOCK-42-BK', 1, second);

    await world.scanPiece('SOCK-42-BK', second);
    await world.untilCounted('SOCK-42-BK', 2);
    await world.scanPiece('SOCK-42-BK');
    const number = await world.untilDone(order);
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });
});

describe('a second program on the same profile', () => {
  it('gives way to the one that runs', async () => {
    const { executablePath, args } = prepareLaunch();
    const child = spawn(executablePath, [...args, ...sandboxFlags(), '--profile', world.profileDir], {
      stdio: 'ignore',
    });
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    expect(stationWindows(world.station.app).length).toBe(2);
    expect((await lookAtBench(world.page)).moment).not.toBe('elsewhere');
  });
});
