/** The spine against a real Medusa: orders made by its own interface leave the bench, and the shop says "shipped" once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMedusa } from '../rigs/medusa-rig';
import { goTo, untilQueueShows } from './world/bench-eyes';
import { heardSounds, listen } from './world/ear';
import { SpineWorld } from './world/spine-world';
import { realShop, type WorldShop } from './world/world-shop';

let shop: WorldShop;
let world: SpineWorld;

beforeAll(async () => {
  shop = realShop(await startMedusa());
  world = await SpineWorld.open({ shop, station: { withdrawWindowMs: 4_000 } });
});
afterAll(async () => {
  await world.close();
  await shop.stop();
});

describe('an order in a real shop', () => {
  it('appears, is packed by scans, leaves a label that strangers can read, and is shipped there once', async () => {
    const order = await world.order([{ sku: 'TEA-LJ-100', quantity: 1 }]);
    const number = await world.pack(order);
    const label = await world.nextLabel();
    expect(label).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    await untilQueueShows(world.page, order, 'Closed');
    await world.toBench();
    expect(world.labelsLeft()).toBe(0);
  });

  it('with several lines and pieces is refused a wrong piece, one too many and an unknown code, each in its own way', async () => {
    const order = await world.order([
      { sku: 'TEA-LJ-100', quantity: 2 },
      { sku: 'CUP-RU-01', quantity: 1 },
    ]);
    // Somebody else's piece, known to the station from another order.
    const other = await world.order([{ sku: 'SOCK-42-BK', quantity: 1 }]);
    await listen(world.page);
    await world.open(order);
    await world.scanPiece('TEA-LJ-100');
    await world.untilCounted('TEA-LJ-100', 1);

    await world.scanPiece('SOCK-42-BK');
    const wrong = await world.until((seen) => seen.headline === 'Wrong piece: put it back', 'the wrong piece');
    expect(wrong.tone).toBe('stop');
    expect(wrong.text).toContain('纯棉短袜');
    expect(wrong.text).toContain('汝窑开片茶杯');

    await world.scanPiece('TEA-LJ-100');
    await world.untilCounted('TEA-LJ-100', 2);
    await world.scanPiece('TEA-LJ-100');
    const enough = await world.until((seen) => seen.headline === 'Enough of these: put it back', 'one too many');
    expect(enough.tone).toBe('warn');

    await world.scan('NO-SUCH-CODE-1');
    const unknown = await world.until((seen) => seen.headline === 'Unknown barcode', 'the unknown code');
    expect(unknown.text).toContain('NO-SUCH-CODE-1');

    // None of the refusals has counted anything.
    expect([...unknown.lines].sort((a, b) => a.sku.localeCompare(b.sku))).toEqual([
      { sku: 'CUP-RU-01', counted: 0, due: 1 },
      { sku: 'TEA-LJ-100', counted: 2, due: 2 },
    ]);
    await world.scanPiece('CUP-RU-01');
    const number = await world.untilDone(order);
    expect(await heardSounds(world.page)).toEqual([
      'opened',
      'good',
      'not-in-this-shipment',
      'good',
      'already-complete',
      'unknown-code',
      'good',
      'done',
    ]);
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    await world.assertNotTold(other);
  });

  it('that is refunded while it is open stops the bench at once, and nothing is printed or told', async () => {
    const order = await world.order([{ sku: 'LAMP-DESK-W', quantity: 2 }]);
    await listen(world.page);
    await world.open(order);
    await world.scanPiece('LAMP-DESK-W');
    await world.untilCounted('LAMP-DESK-W', 1);
    await shop.refund(order.id);
    const stopped = await world.until((seen) => seen.moment === 'stopped', 'the stop', 20_000);
    expect(stopped.headline).toBe('Stop! Do not ship');
    expect(stopped.text).toContain('The money was given back');
    await world.scanPiece('LAMP-DESK-W');
    expect((await world.look()).moment).toBe('stopped');
    expect(await heardSounds(world.page)).toContain('stopped');
    await world.page.keyboard.press('Escape');
    await world.until((seen) => seen.moment === 'bench', 'the bench again');
    await untilQueueShows(world.page, order, 'Cancelled');
    await world.toBench();
    expect(world.labelsLeft()).toBe(0);
    await world.assertNotTold(order);
  });

  it('that was cancelled is refused when it is scanned', async () => {
    const order = await world.order([{ sku: 'TOWEL-BM-3', quantity: 1 }]);
    await shop.cancel(order.id);
    await untilQueueShows(world.page, order, 'Cancelled');
    await world.toBench();
    await world.scan(order.id);
    const stopped = await world.until((seen) => seen.moment === 'stopped', 'the stop');
    expect(stopped.text).toContain('The order was cancelled');
    await world.page.keyboard.press('Escape');
    await world.until((seen) => seen.moment === 'bench', 'the bench again');
  });
});

describe('a packer who changes their mind', () => {
  it('takes the last scan back', async () => {
    const order = await world.order([{ sku: 'SOCK-42-BK', quantity: 3 }]);
    await world.open(order);
    await world.scanPiece('SOCK-42-BK');
    await world.scanPiece('SOCK-42-BK');
    await world.untilCounted('SOCK-42-BK', 2);
    await world.page.keyboard.press('F4');
    await world.untilCounted('SOCK-42-BK', 1);
    await world.scan('TM-UNDO');
    await world.untilCounted('SOCK-42-BK', 0);
    await world.scanAll(order);
    const number = await world.untilDone(order);
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
  });

  it('reopens the last parcel in time: the delivery is withdrawn, the number stays, no second label comes, the shop hears once', async () => {
    const order = await world.order([{ sku: 'CUP-RU-01', quantity: 2 }]);
    const number = await world.pack(order);
    await world.nextLabel();
    await world.page.keyboard.press('F8');
    await world.untilCounted('CUP-RU-01', 2);
    await goTo(world.page, 'F3', 'deliveries');
    await expect
      .poll(() => world.page.locator('[data-screen="deliveries"]').innerText(), { message: 'one delivery withdrawn' })
      .toMatch(/Withdrawn\s*1/);
    await world.assertNotTold(order);
    await world.toBench();
    await world.page.keyboard.press('F4');
    await world.untilCounted('CUP-RU-01', 1);
    await world.scanPiece('CUP-RU-01');
    expect(await world.untilDone(order)).toBe(number);
    expect((await world.look()).headline).toBe('Done: the label is on the box already');
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });
});
