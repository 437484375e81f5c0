/** Printers that misbehave under a real station: the state is on the screen, no label comes twice without a person's word, the number stays. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTo } from '../e2e/world/bench-eyes';
import { SpineWorld } from '../e2e/world/spine-world';
import { NUMBER_PREFIX } from '../e2e/world/station-document';
import { startSimulatedShop, type SimulatedShop, type Sku, type WorldOrder } from '../e2e/world/world-shop';

let shop: SimulatedShop;
let world: SpineWorld;

beforeAll(async () => {
  shop = await startSimulatedShop();
  world = await SpineWorld.open({ shop, station: { withdrawWindowMs: 200 } });
});
afterAll(async () => {
  await world.close();
  await shop.stop();
});

/** Everything up to the last scan. */
async function scanWhole(sku: Sku): Promise<WorldOrder> {
  // Whatever an earlier parcel has come to, the bench is free for this one.
  await world.scan('TM-NEXT');
  const order = await world.order([{ sku, quantity: 1 }]);
  world.takeLabels();
  await world.open(order);
  await world.scanAll(order);
  return order;
}

const numberIn = (text: string): string => new RegExp(`${NUMBER_PREFIX}\\d{10}`).exec(text)?.[0] ?? 'none';

describe('a printer that is off', () => {
  it('leaves the parcel “verified, but no label”, untold, until a key prints it', async () => {
    await world.replacePrinter({ behaviour: { kind: 'refuses' } });
    const order = await scanWhole('TEA-LJ-100');
    const seen = await world.until(({ moment }) => moment === 'no-label', '“no label”');
    expect(seen.headline).toBe('Verified, but no label');
    await world.assertNotTold(order);
    await world.replacePrinter({});
    await world.page.keyboard.press('F10');
    const number = await world.untilDone(order);
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });
});

describe('a printer without paper', () => {
  it('is told on the spot and on the printing screen, and prints once when the paper is back', async () => {
    world.printer.setStatus({ paperOut: true });
    const order = await scanWhole('CUP-RU-01');
    await world.until(({ headline }) => headline === 'Out of paper', 'what is wrong');
    await goTo(world.page, 'F6', 'printing');
    expect(await world.page.locator('[data-screen="printing"]').innerText()).toContain('Out of paper');
    await world.toBench();
    await world.assertNotTold(order);
    expect(world.printer.jobs.length).toBe(world.printer.papers.length);
    world.printer.setStatus({ paperOut: false });
    const number = await world.untilDone(order);
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });
});

describe('a printer that is lost over a label', () => {
  it('asks the person; “it came out” closes the parcel and prints nothing', async () => {
    await world.replacePrinter({ behaviour: { kind: 'resets-after', bytes: 800 } });
    const order = await scanWhole('SOCK-42-BK');
    const seen = await world.until(({ moment }) => moment === 'print-unknown', 'the question');
    world.printer.setBehaviour({ kind: 'ok' });
    expect(seen.headline).toBe('Did the label come out?');
    await world.assertNotTold(order);
    await world.page.keyboard.press('F9');
    const number = await world.untilDone(order);
    expect(numberIn(seen.text)).toBe(number);
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });

  it('asks the person; “it did not” allows another print, under the same number', async () => {
    await world.replacePrinter({ behaviour: { kind: 'resets-after', bytes: 800 } });
    const order = await scanWhole('TOWEL-BM-3');
    const question = await world.until(({ moment }) => moment === 'print-unknown', 'the question');
    world.printer.setBehaviour({ kind: 'ok' });
    await world.page.keyboard.press('Shift+F9');
    await world.until(({ moment }) => moment === 'no-label', '“no label”');
    expect(world.labelsLeft()).toBe(0);
    await world.assertNotTold(order);
    await world.page.keyboard.press('F10');
    const number = await world.untilDone(order);
    expect(number).toBe(numberIn(question.text));
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });
});

describe('a printer that hangs', () => {
  it('before the label: that is on the screen, and the label comes once when the printer is well again', async () => {
    await world.replacePrinter({ behaviour: { kind: 'never-reads' } });
    const order = await scanWhole('TEA-LJ-100');
    await world.until(({ headline }) => headline === 'Printer does not answer', 'what is wrong', 30_000);
    await world.assertNotTold(order);
    await world.replacePrinter({});
    const number = await world.untilDone(order, 30_000);
    expect(await world.nextLabel()).toMatchObject({ waybillNo: number, orderCode: order.id });
    await world.untilShopShows(order, number);
    expect(world.labelsLeft()).toBe(0);
  });

  it('over the label: nothing is printed again until a person says so by a command barcode', async () => {
    await world.replacePrinter({ behaviour: { kind: 'hangs-at-label' } });
    const order = await scanWhole('CUP-RU-01');
    const question = await world.until(({ moment }) => moment === 'print-unknown', 'the question', 60_000);
    await world.replacePrinter({});
    // The printer is well again, and other labels come out; this one does not.
    await goTo(world.page, 'F6', 'printing');
    await world.page.getByRole('button', { name: 'Check' }).click();
    await expect
      .poll(() => world.page.locator('[data-screen="printing"]').innerText(), { timeout: 20_000 })
      .toContain('Ready');
    await world.toBench();
    expect((await world.look()).moment).toBe('print-unknown');
    // Neither pieces, nor Enter, nor the print key answers the question.
    await world.scanPiece('CUP-RU-01');
    await world.page.keyboard.press('Enter');
    await world.page.keyboard.press('F10');
    expect((await world.look()).moment).toBe('print-unknown');
    expect(world.labelsLeft()).toBe(0);
    await world.scan('TM-NO');
    await world.until(({ moment }) => moment === 'no-label', '“no label”');
    await world.scan('TM-PRINT');
    const number = await world.untilDone(order);
    expect(number).toBe(numberIn(question.text));
    expect((await world.nextLabel()).waybillNo).toBe(number);
    expect(world.labelsLeft()).toBe(0);
    await world.untilShopShows(order, number);
  });
});
