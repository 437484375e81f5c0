/** The practice warehouse as a newcomer meets it: `--demo` on an empty profile, one parcel, its label as a picture, the shop told once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PRACTICE_PEOPLE } from '@shared/domain/practice';
import { readCodes, textsOf } from '../oracles/label-oracle';
import { launchStation, type LaunchedStation } from './harness/launch-station';
import { goTo, lookAtBench, queueRows, untilBench } from './world/bench-eyes';
import { typeScan } from './world/scanner-hand';

let station: LaunchedStation;

beforeAll(async () => {
  station = await launchStation({ flags: ['--demo', '--lang', 'en'] });
});
afterAll(async () => {
  await station.close();
});

const kept = z.object({
  orders: z.array(
    z.object({
      id: z.string(),
      displayId: z.string(),
      fulfillments: z.array(
        z.object({ shippedAt: z.number().nullable(), canceledAt: z.number().nullable(), numbers: z.array(z.string()) }),
      ),
    }),
  ),
});

/** The practice shops by the names that the queue shows; each counts its orders from 1. */
const SHOP_FILES = { 官网旗舰店: 'shop-1.json', 拼团小店: 'shop-2.json' } as const;

/** What a practice shop has on file itself. */
const ordersOf = (file: string): z.infer<typeof kept>['orders'] =>
  kept.parse(JSON.parse(readFileSync(join(station.profileDir, 'practice', file), 'utf8'))).orders;

describe('the practice warehouse', () => {
  it('takes a newcomer from an empty profile to a parcel that its shop knows as shipped, once', async () => {
    const { window } = station;
    await window.locator('[data-screen="sign-in"]').waitFor({ timeout: 30_000 });
    const [packer] = PRACTICE_PEOPLE;
    await expect
      .poll(() => window.locator('body').innerText(), { timeout: 30_000, message: 'the invented badges are shown' })
      .toContain(packer?.badge ?? 'a badge');
    await typeScan(window, packer?.badge ?? '');
    await window.locator('[data-screen="packing"]').waitFor();
    await goTo(window, 'F2', 'queue');
    await expect
      .poll(async () => (await queueRows(window)).filter((row) => row.includes('Ready')).length, { timeout: 30_000 })
      .toBeGreaterThan(5);

    const [first] = (await queueRows(window)).filter((row) => row.includes('Ready'));
    expect(first).toBeDefined();
    const file = SHOP_FILES[first?.includes('拼团小店') === true ? '拼团小店' : '官网旗舰店'];
    const order = ordersOf(file).find(({ displayId }) => first?.split('\n').includes(displayId));
    await window.keyboard.press('F1');
    await typeScan(window, order?.id ?? '');
    await untilBench(window, ({ lines }) => lines.length > 0, 'the order open');
    // The goods are shown by their photos, fetched by main and served by our own scheme.
    await expect
      .poll(
        () =>
          window
            .locator('[data-screen="packing"] img')
            .evaluateAll(
              (images) =>
                images.length > 0 &&
                images.every((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0),
            ),
        { timeout: 20_000 },
      )
      .toBe(true);
    for (const { sku, due } of (await lookAtBench(window)).lines)
      for (let piece = 0; piece < due; piece += 1) await typeScan(window, sku);
    const done = await untilBench(window, ({ moment }) => moment === 'done', '“done”');
    const [number] = /TM77\d{8}/.exec(done.text) ?? [];
    expect(number).toBeDefined();

    await goTo(window, 'F6', 'printing');
    const picture = window.locator('[data-screen="printing"] figure img').first();
    await picture.waitFor({ timeout: 20_000 });
    const path = await picture.getAttribute('src');
    const png = await window.evaluate(async (address) => {
      const answer = await fetch(address);
      return [...new Uint8Array(await answer.arrayBuffer())];
    }, path ?? '');
    const codes = await readCodes(Buffer.from(png));
    expect(textsOf(codes, 'zxing', 'Code128')).toEqual([number]);
    expect(textsOf(codes, 'zbar', 'QRCode')).toEqual([order?.id]);

    const told = () =>
      ordersOf(file)
        .find(({ id }) => id === order?.id)
        ?.fulfillments.filter(({ canceledAt }) => canceledAt === null)
        .map(({ shippedAt, numbers }) => ({ shipped: shippedAt !== null, numbers }));
    await expect.poll(told, { timeout: 60_000, interval: 500 }).toEqual([{ shipped: true, numbers: [number] }]);
  });
});
