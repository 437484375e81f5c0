/**
 * The screens as a person meets them: the built station in practice mode, from signing in to the finished parcel, each
 * looked at by the same checks as the catalogue, on real data of the practice shops.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { launchStation } from '../e2e/harness/launch-station';
import { goTo, lookAtBench, untilBench } from '../e2e/world/bench-eyes';
import { typeScan } from '../e2e/world/scanner-hand';
import { pictureProblems } from './check-picture';

const FOLDER = join(import.meta.dirname, '..', '..', 'test-results', 'pictures');

/** Looks at the page: takes the picture and collects what is wrong with it. */
function photographer(page: Page, problems: string[]) {
  return async (name: string): Promise<void> => {
    await page.screenshot({ path: join(FOLDER, `practice-${name}.png`) });
    problems.push(...(await pictureProblems(page)).map((problem) => `${name}: ${problem}`));
  };
}

/** The goods of the open order are shown by their photos, or by the quiet frame; none is half loaded. */
const untilPhotosSettled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => [...document.querySelectorAll('img')].every((image) => image.complete));

describe('practice mode, from signing in to the finished parcel', () => {
  it.each(['zh-CN', 'en'] as const)('looks right in %s', async (language) => {
    mkdirSync(FOLDER, { recursive: true });
    const station = await launchStation({ flags: ['--demo', '--lang', language] });
    const problems: string[] = [];
    try {
      const page = station.window;
      const look = photographer(page, problems);
      await page.locator('html[data-ready="sign-in"]').waitFor({ state: 'attached' });
      await page.locator('svg[data-barcode]').first().waitFor();
      await look(`sign-in.${language}`);
      await typeScan(page, 'TB-L-0001');
      await page.locator('html[data-ready="work"]').waitFor({ state: 'attached' });
      await goTo(page, 'F2', 'queue');
      await page.locator('[role="option"]').first().click();
      await page.locator('aside h2').waitFor();
      await untilPhotosSettled(page);
      await look(`queue.${language}`);
      const order = await page.locator('aside h2').innerText();
      await goTo(page, 'F1', 'packing');
      await typeScan(page, order);
      await untilBench(page, ({ lines }) => lines.length > 0, 'the order open');
      await untilPhotosSettled(page);
      await look(`packing.${language}`);
      for (const { sku, due } of (await lookAtBench(page)).lines)
        for (let piece = 0; piece < due; piece += 1) await typeScan(page, sku);
      await untilBench(page, ({ moment }) => moment === 'done', '"done"', 30_000);
      await look(`done.${language}`);
      await goTo(page, 'F3', 'deliveries');
      await look(`deliveries.${language}`);
      await goTo(page, 'F6', 'printing');
      await page.locator('figure img').first().waitFor();
      await untilPhotosSettled(page);
      await look(`printing.${language}`);
    } finally {
      await station.close();
    }
    expect(problems).toEqual([]);
  });
});
