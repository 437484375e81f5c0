/**
 * Every named state of every screen and component, in a real Electron under the product's content security policy: taken as
 * a picture (test-results/pictures) and checked: nothing cut or too wide, targets, names, contrast. The main states of each
 * screen are taken in every combination of language, theme and size; the rest in two that share nothing.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalogue, type CatalogueWindow } from './catalogue-window';
import { pictureProblems } from './check-picture';

const FOLDER = join(import.meta.dirname, '..', '..', 'test-results', 'pictures');
const LANGUAGES = ['zh-CN', 'en'] as const;
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** One picture of each screen that a person works on. */
const MAIN_STATES = [
  'packing/idle',
  'packing/counted',
  'packing/wrong-piece',
  'packing/done',
  'packing/no-label',
  'packing/print-unknown',
  'packing/stopped',
  'packing/many-lines',
  'queue/many',
  'queue/detail-lead',
  'deliveries/parked',
  'printing/ready',
  'set-up/stores',
  'set-up/store-form',
  'sign-in/practice',
  'first-run/welcome',
  'vault/locked',
  'shell/trouble',
];

interface Setting {
  readonly language: (typeof LANGUAGES)[number];
  readonly theme: (typeof THEMES)[number];
  readonly size: (typeof SIZES)[number];
}
const SETTINGS: readonly Setting[] = SIZES.flatMap((size) =>
  THEMES.flatMap((theme) => LANGUAGES.map((language) => ({ language, theme, size }))),
);
const nameOf = ({ language, theme, size }: Setting): string => `${language}, ${theme}, ${size.width} × ${size.height}`;
const isForAll = ({ language, theme, size }: Setting): boolean =>
  (language === 'zh-CN' && theme === 'light' && size.width === 1280) ||
  (language === 'en' && theme === 'dark' && size.width === 1920);

describe('every state of every screen', () => {
  let catalogue: CatalogueWindow;
  let names: readonly string[] = [];
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    catalogue = await openCatalogue();
    const listed = await catalogue.page.locator('[data-state-names]').getAttribute('data-state-names');
    names = (listed ?? '').split(' ');
  });
  afterAll(async () => {
    await catalogue.app.close();
  });

  it('is in the catalogue', () => {
    expect(names).toEqual(expect.arrayContaining(MAIN_STATES));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(70);
  });

  it.each(SETTINGS.map((setting) => ({ setting, called: nameOf(setting) })))(
    'looks right in $called',
    async ({ setting }) => {
      const { app, page } = catalogue;
      const { language, theme, size } = setting;
      await app.evaluate(
        ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
        size,
      );
      await page.waitForFunction((width) => innerWidth === width, size.width);
      await page.goto(`catalogue://station/index.html?lang=${language}&theme=${theme}#/catalogue`);
      const problems: string[] = [];
      for (const name of isForAll(setting) ? names : MAIN_STATES) {
        await page.evaluate((state) => (location.hash = `#/catalogue/${state}`), name);
        await page.locator(`html[data-state="${name}"]`).waitFor({ state: 'attached' });
        await page.evaluate(() => new Promise(requestAnimationFrame));
        problems.push(...(await pictureProblems(page)).map((problem) => `${name}: ${problem}`));
        const file = `${name.replaceAll('/', '-')}.${language}.${theme}.${size.width}.png`;
        await page.screenshot({ path: join(FOLDER, file) });
      }
      expect(problems).toEqual([]);
    },
  );

  it('lets Space press a button and Enter, which scanners send, never', async () => {
    const { page } = catalogue;
    await page.evaluate(() => (location.hash = '#/catalogue/component/chips'));
    const dark = page.getByRole('button', { name: '深色' });
    await dark.focus();
    await page.keyboard.press('Enter');
    expect(await dark.getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('Space');
    expect(await dark.getAttribute('aria-pressed')).toBe('true');
  });

  it('shows where the focus is, on every theme', async () => {
    const { page } = catalogue;
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    expect(ring).toBe('solid');
  });

  it('asked for nothing that the content security policy refuses', () => {
    expect(catalogue.errors).toEqual([]);
  });

  it('would notice a text too faint, a button too small and a control without a name', async () => {
    const { page } = catalogue;
    await page.evaluate(() => {
      const bad = document.createElement('button');
      bad.style.cssText = 'position:fixed;left:0;top:0;width:20px;height:20px;color:#bbb;background:#ccc';
      bad.dataset['target'] = '';
      const faint = document.createElement('p');
      faint.textContent = 'faint';
      faint.style.cssText = 'position:fixed;left:40px;top:0;color:#bbb;background:#ccc';
      document.body.append(bad, faint);
    });
    const problems = (await pictureProblems(page)).join('\n');
    expect(problems).toMatch(/target of 20 × 20/);
    expect(problems).toMatch(/no name: <button>/);
    expect(problems).toMatch(/contrast 1\.\d\d: "faint"/);
  });
});
