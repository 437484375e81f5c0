/** Two windows on one shipment, and one program per profile. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareLaunch, sandboxFlags } from '../../scripts/electron-path.mjs';
import { stationWindows, untilReady } from './harness/launch-station';
import { lookAtBench, untilBench } from './world/bench-eyes';
import { SpineWorld } from './world/spine-world';
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

const MOVED = 'Another window was first with this parcel.';

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

  it('that scan in the same moment: one is first, the other is told and sees the true counts; nothing counts twice', async () => {
    const order = await world.order([{ sku: 'SOCK-42-BK', quantity: 9 }]);
    await world.open(order);
    await world.open(order, second);
    let told = 0;
    let counted = 0;
    while (told === 0 && counted < 8) {
      await Promise.all([world.scanPiece('SOCK-42-BK'), world.scanPiece('SOCK-42-BK', second)]);
      counted = await settledCount();
      for (const page of [world.page, second]) if ((await lookAtBench(page)).text.includes(MOVED)) told += 1;
    }
    expect(told).toBeGreaterThan(0);
    // Both windows go on from the same truth.
    for (let piece = counted; piece < 9; piece += 1) {
      await world.scanPiece('SOCK-42-BK', piece % 2 === 0 ? world.page : second);
      await world.untilCounted('SOCK-42-BK', piece + 1 === 9 ? 9 : piece + 1, world.page).catch(() => undefined);
    }
    const number = await world.untilDone(order);
    expect((await world.nextLabel()).waybillNo).toBe(number);
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });
});

/** The count on which both windows agree. */
async function settledCount(): Promise<number> {
  let agreed = -1;
  await expect
    .poll(async () => {
      const [one, other] = await Promise.all([lookAtBench(world.page), lookAtBench(second)]);
      agreed = one.lines[0]?.counted ?? -1;
      return agreed === other.lines[0]?.counted ? agreed : -1;
    })
    .toBeGreaterThanOrEqual(0);
  return agreed;
}

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
