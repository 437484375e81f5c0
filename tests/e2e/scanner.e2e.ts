/** A scanner that is a keyboard, by real X key events: fast, slow, under foreign layouts, into text fields, against an input method. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goTo } from './world/bench-eyes';
import { activateWindow, openDisplay, scanByKeys, type OwnDisplay } from './world/own-display';
import { SpineWorld } from './world/spine-world';
import { startSimulatedShop, type SimulatedShop } from './world/world-shop';

let shop: SimulatedShop;

beforeAll(async () => {
  shop = await startSimulatedShop();
});
afterAll(async () => {
  await shop.stop();
});

const isOpen = (displayNo: string) => (seen: { text: string; lines: readonly unknown[] }) =>
  seen.text.includes(displayNo) && seen.lines.length > 0;

describe('a scanner at the window', () => {
  let display: OwnDisplay;
  let world: SpineWorld;

  beforeAll(async () => {
    display = await openDisplay();
    world = await SpineWorld.open({ shop, environment: display.environment });
    await activateWindow(display, 'Tallyman');
  });
  afterAll(async () => {
    await world.close();
    await display.stop();
  });
  afterEach(async () => {
    await display.run('setxkbmap', ['us']);
  });

  it('loses none of ten scans in two seconds', async () => {
    const order = await world.order([
      { sku: 'SOCK-42-BK', quantity: 6 },
      { sku: 'CUP-RU-01', quantity: 5 },
    ]);
    await scanByKeys(display, [order.id]);
    await world.until(isOpen(order.displayNo), 'the order open');
    const codes = order.lines.flatMap((line) => Array.from({ length: line.quantity }, () => shop.barcodeOf(line.sku)));
    const startedAt = performance.now();
    await scanByKeys(display, codes.slice(0, 10), { gapMs: 0, betweenMs: 90 });
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    const seen = await world.until(({ lines }) => lines[1]?.counted === 4, 'ten pieces counted');
    expect(seen.lines).toEqual([
      { sku: 'SOCK-42-BK', counted: 6, due: 6 },
      { sku: 'CUP-RU-01', counted: 4, due: 5 },
    ]);
    await scanByKeys(display, codes.slice(10));
    const number = await world.untilDone(order);
    expect((await world.nextLabel()).waybillNo).toBe(number);
  });

  it('may pause 40 ms between two keys', async () => {
    const order = await world.order([{ sku: 'TEA-LJ-100', quantity: 2 }]);
    await scanByKeys(display, [order.id], { gapMs: 40, betweenMs: 0 });
    await world.until(isOpen(order.displayNo), 'the order open');
    await scanByKeys(display, [shop.barcodeOf('TEA-LJ-100')], { gapMs: 40, betweenMs: 0 });
    await world.untilCounted('TEA-LJ-100', 1);
    await scanByKeys(display, [shop.barcodeOf('TEA-LJ-100')]);
    await world.untilDone(order);
  });

  it.each(['de', 'fr', 'ru'])('is read from key positions under layout %s', async (layout) => {
    const order = await world.order([{ sku: 'CUP-RU-01', quantity: 1 }]);
    await display.run('setxkbmap', [layout]);
    await scanByKeys(display, [order.id]);
    await world.until(isOpen(order.displayNo), 'the order open');
    await scanByKeys(display, ['CUP-RU-01']);
    await world.untilDone(order);
  });

  it('works while a text field has the focus, and leaves in it what the person had typed', async () => {
    const order = await world.order([{ sku: 'TOWEL-BM-3', quantity: 1 }]);
    await goTo(world.page, 'F2', 'queue');
    const search = world.page.locator('[data-screen="queue"] input').first();
    await search.click();
    await display.run('xdotool', ['type', '--delay', '300', 'tea']);
    // Keys that the X server delivers late look like a person's in a field; then the hand scans once more.
    for (let tries = 0; tries < 3 && (await world.look()).moment !== 'done'; tries += 1) {
      await scanByKeys(display, [shop.barcodeOf('TOWEL-BM-3')]);
      await world.page.locator('[data-screen="packing"]').waitFor();
      await world.until(({ moment, headline }) => moment === 'done' || headline === 'Unknown barcode', 'a verdict');
    }
    await world.untilDone(order);
    await goTo(world.page, 'F2', 'queue');
    expect(['tea', '']).toContain(await search.inputValue());
    await search.fill('');
    await world.toBench();
  });
});

describe('a Chinese input method', () => {
  let bus: ChildProcess;
  let display: OwnDisplay;
  let world: SpineWorld;

  beforeAll(async () => {
    bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'] });
    if (bus.stdout === null) throw new Error('the bus has no output');
    const [address] = (await once(createInterface({ input: bus.stdout }), 'line')) as [string];
    display = await openDisplay({
      DBUS_SESSION_BUS_ADDRESS: address,
      GTK_IM_MODULE: 'ibus',
      XMODIFIERS: '@im=ibus',
    });
    display.keep('ibus-daemon', ['--replace', '--xim', '--panel', 'disable']);
    world = await SpineWorld.open({ shop, environment: display.environment });
    await activateWindow(display, 'Tallyman');
  });
  afterAll(async () => {
    await world.close();
    await display.stop();
    bus.kill('SIGTERM');
  });

  it('that eats a scan into a text field is noticed, with one sentence how to mend it; at the bench the scan is read all the same', async () => {
    const order = await world.order([{ sku: 'TEA-LJ-100', quantity: 1 }]);
    await goTo(world.page, 'F2', 'queue');
    await world.page.locator('[data-screen="queue"] input').first().click();
    await switchOn('libpinyin');
    // The browser does not even hear most of these keys: what arrives of a scan here is chance.
    await scanByKeys(display, [order.id.toLowerCase()]);
    await world.page.keyboard.press('F1');
    await world.until(
      ({ text }) => text.includes('An input method is on and eats letters: press Shift once to switch to English'),
      'the sentence about the input method',
    );
    await scanUntilOpen(order);
    await scanByKeys(display, [shop.barcodeOf('TEA-LJ-100')]);
    await world.untilDone(order);
  });

  /** The daemon lets go of the keyboard some time after the field lost the focus; whose beep was not understood scans again. */
  async function scanUntilOpen(order: { readonly id: string; readonly displayNo: string }): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      await scanByKeys(display, [order.id]);
      const opened = world.until(isOpen(order.displayNo), 'the order open', 4_000);
      if (tries === 3) return void (await opened);
      if (await opened.then(() => true).catch(() => false)) return;
    }
  }

  /** The daemon may still be starting: asked until it says that the engine is on. */
  async function switchOn(engine: string): Promise<void> {
    await expect
      .poll(
        async () => {
          await display.run('ibus', ['engine', engine]).catch(() => pause(200));
          return display.run('ibus', ['engine']).catch(() => '');
        },
        { timeout: 20_000 },
      )
      .toBe(engine);
  }
});
