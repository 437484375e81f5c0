/** The program ended in the middle of a parcel, in every place that matters, and started again: nothing is lost, nothing happens twice. */
import { readFileSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeTexts, untilQueueShows } from '../e2e/world/bench-eyes';
import { SpineWorld } from '../e2e/world/spine-world';
import { startSimulatedShop, type SimulatedShop, type WorldOrder } from '../e2e/world/world-shop';

let shop: SimulatedShop;
let world: SpineWorld;

beforeAll(async () => {
  shop = await startSimulatedShop();
  world = await SpineWorld.open({ shop, station: { withdrawWindowMs: 3_000 } });
});
afterAll(async () => {
  await world.close();
  await shop.stop();
});

/** How many flushed records of the journal count a piece on this order: what the screen must show after a power cut, no more, no less. */
function flushedCounts(order: WorldOrder): number {
  const folder = join(world.profileDir, 'journal');
  const text = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('');
  return text.split('"units-counted"').filter((part, index) => index > 0 && part.slice(0, 900).includes(order.id))
    .length;
}

describe('ended after some scans', () => {
  it('in an orderly way: every count is there', async () => {
    const order = await world.order([{ sku: 'SOCK-42-BK', quantity: 4 }]);
    await world.open(order);
    await world.scanPiece('SOCK-42-BK');
    await world.scanPiece('SOCK-42-BK');
    await world.untilCounted('SOCK-42-BK', 2);
    await world.end();
    await world.start();
    await world.open(order);
    await world.untilCounted('SOCK-42-BK', 2);
    await world.scanPiece('SOCK-42-BK');
    await world.scanPiece('SOCK-42-BK');
    const number = await world.untilDone(order);
    expect((await world.nextLabel()).waybillNo).toBe(number);
    await world.untilShopShows(order, number);
  });

  it('by a power cut in the same moment: exactly the flushed scans count', async () => {
    const order = await world.order([{ sku: 'CUP-RU-01', quantity: 9 }]);
    await world.open(order);
    for (let piece = 0; piece < 5; piece += 1) await world.scanPiece('CUP-RU-01');
    await world.kill();
    const flushed = flushedCounts(order);
    expect(flushed).toBeGreaterThanOrEqual(3);
    await world.start();
    await world.open(order);
    await world.untilCounted('CUP-RU-01', flushed);
    for (let piece = flushed; piece < 9; piece += 1) await world.scanPiece('CUP-RU-01');
    const number = await world.untilDone(order);
    await world.untilShopShows(order, number);
    world.takeLabels();
  });
});

describe('ended by a power cut after the last scan', () => {
  it('while the label waits for paper: no label, and a key prints it once', async () => {
    world.printer.setStatus({ paperOut: true });
    const order = await world.order([{ sku: 'TEA-LJ-100', quantity: 1 }]);
    await world.open(order);
    await world.scanAll(order);
    await world.until(({ headline }) => headline === 'Out of paper', 'the label waiting');
    await world.kill();
    expect(world.labelsLeft()).toBe(0);
    world.printer.setStatus({ paperOut: false });
    await world.start();
    await world.scan(order.id);
    await world.until(({ moment }) => moment === 'no-label', '“no label”');
    expect(world.labelsLeft()).toBe(0);
    await world.assertNotTold(order);
    await world.page.keyboard.press('F10');
    const number = await world.untilDone(order);
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });

  it('while the label is being sent: a person is asked, and nothing is printed before the answer', async () => {
    await world.replacePrinter({ behaviour: { kind: 'hangs-at-label' } });
    const order = await world.order([{ sku: 'TOWEL-BM-3', quantity: 1 }]);
    await world.open(order);
    const before = world.printer.receivedBytes;
    await world.scanAll(order);
    await world.printer.until((sink) => sink.receivedBytes > before + 500);
    await world.kill();
    await world.replacePrinter({});
    await world.start();
    await world.scan(order.id);
    await world.until(({ moment }) => moment === 'print-unknown', 'the question');
    expect(world.labelsLeft()).toBe(0);
    await world.assertNotTold(order);
    await world.page.keyboard.press('F9');
    const number = await world.untilDone(order);
    expect(world.labelsLeft()).toBe(0);
    await world.untilShopShows(order, number);
  });
});

describe('ended by a power cut with a delivery', () => {
  it('that had not gone out: it goes out after the start', async () => {
    const order = await world.order([{ sku: 'SOCK-42-BK', quantity: 1 }]);
    const number = await world.pack(order);
    await world.kill();
    await world.assertNotTold(order);
    await world.start();
    await world.untilShopShows(order, number, 40_000);
    world.takeLabels();
  });

  it('that was under way: it is read back, and the shop shows it once', async () => {
    const order = await world.order([{ sku: 'TEA-LJ-100', quantity: 3 }]);
    const create = new RegExp(`/admin/orders/${order.id}/fulfillments$`);
    world.network.arm({ method: 'POST', path: create }, { kind: 'hold' });
    const number = await world.pack(order);
    await expect.poll(() => world.network.held(), { timeout: 15_000 }).toBe(1);
    await world.kill();
    // The shop does the work that nobody waits for any more.
    await world.network.release();
    await world.start();
    await world.untilShopShows(order, number, 60_000);
    expect((await shop.told(order.id)).length).toBe(1);
    world.takeLabels();
  });
});

describe('started without its database', () => {
  it('knows everything that was unsent, sends it once, and shows the shipments again', async () => {
    const half = await world.order([{ sku: 'CUP-RU-01', quantity: 2 }]);
    const whole = await world.order([{ sku: 'LAMP-DESK-W', quantity: 1 }]);
    await world.open(half);
    await world.scanPiece('CUP-RU-01');
    await world.untilCounted('CUP-RU-01', 1);
    await world.scan('TM-PARK');
    await world.until((seen) => !seen.text.includes(half.displayNo) || seen.lines.length === 0, 'the box put aside');
    world.network.setMode({ kind: 'refuse' });
    const number = await world.pack(whole);
    await world.end();
    await rm(join(world.profileDir, 'browser', 'IndexedDB'), { recursive: true });
    await world.start();
    await expect
      .poll(() => noticeTexts(world.page), { timeout: 30_000, message: 'the unsent delivery' })
      .toContain('1 delivery waits to be sent');
    await world.assertNotTold(whole);
    world.network.setMode({ kind: 'pass' });
    await untilQueueShows(world.page, half, 'Open', 40_000);
    await world.toBench();
    await world.open(half);
    await world.untilCounted('CUP-RU-01', 1);
    await world.scanPiece('CUP-RU-01');
    const second = await world.untilDone(half);
    expect(second).not.toBe(number);
    await world.untilShopShows(whole, number, 60_000);
    await world.untilShopShows(half, second, 60_000);
  });
});
