/** What a person sees on a station's window. Read from the page alone; never from the program's memory, database or files. */
import type { Page } from 'playwright';
import { waitUntil } from './wait-until';

export interface SeenLine {
  readonly sku: string;
  readonly counted: number;
  readonly due: number;
}

export interface SeenBench {
  /** The big picture that fills the work area, or `bench` while there is none. */
  readonly moment: string;
  /** Colour and largest line of the band; empty where a big picture hides it. */
  readonly tone: string;
  readonly headline: string;
  readonly lines: readonly SeenLine[];
  /** Everything that is written in the work area. */
  readonly text: string;
}

/** Looks once at the packing screen. */
export const lookAtBench = (page: Page): Promise<SeenBench> =>
  page.evaluate(() => {
    const text = (element: Element | null | undefined): string => element?.textContent ?? '';
    const lineOf = (line: Element) => {
      const [, counted, due] = /(\d+)\s*\/\s*(\d+)/.exec(text(line.querySelector('[data-no-clip]'))) ?? [];
      return { sku: text(line.querySelector('.mono')), counted: Number(counted), due: Number(due) };
    };
    const screen = document.querySelector<HTMLElement>('[data-screen="packing"]');
    if (screen === null) return { moment: 'elsewhere', tone: '', headline: '', lines: [], text: '' };
    const big = screen.querySelector<HTMLElement>('[data-moment]');
    const band = screen.querySelector<HTMLElement>('[data-band]');
    return {
      moment: big?.dataset['moment'] ?? 'bench',
      tone: band?.dataset['band'] ?? '',
      headline: text((big ?? band)?.querySelector('h1')),
      lines: [...screen.querySelectorAll('ol > li')].map(lineOf),
      text: screen.innerText,
    };
  });

/** Waits until the bench looks as wanted. @throws with what was seen instead. */
export const untilBench = (
  page: Page,
  isRight: (seen: SeenBench) => boolean,
  what: string,
  timeoutMs = 15_000,
): Promise<SeenBench> => waitUntil({ what, read: () => lookAtBench(page), isRight, timeoutMs, pauseMs: 25 });

/** Waits for one of the pictures that fill the work area: done, stopped, no-label, print-unknown. */
export const untilMoment = (page: Page, moment: string, timeoutMs?: number): Promise<SeenBench> =>
  untilBench(page, (seen) => seen.moment === moment, `“${moment}”`, timeoutMs);

/** Waits for the green picture of a finished parcel. @returns its waybill number. */
export async function untilDone(page: Page, waybillPattern: RegExp, timeoutMs?: number): Promise<string> {
  const seen = await untilBench(
    page,
    ({ moment, text }) => moment === 'done' && waybillPattern.test(text),
    '“done” with a waybill number',
    timeoutMs,
  );
  const [number] = waybillPattern.exec(seen.text) ?? [];
  return number ?? '';
}

/** Goes to a screen by its key, as printed on the keyboard. */
export async function goTo(page: Page, key: 'F1' | 'F2' | 'F3' | 'F6', screen: string): Promise<void> {
  await page.keyboard.press(key);
  await page.locator(`[data-screen="${screen}"]`).waitFor();
}

/** Waits until the queue, searched for an order, shows it alone and in this state, by the words on its row. */
export async function untilQueueShows(
  page: Page,
  order: { readonly id: string; readonly displayNo: string },
  state: string,
  timeoutMs = 20_000,
): Promise<void> {
  await goTo(page, 'F2', 'queue');
  const search = page.locator('[data-screen="queue"] input').first();
  await search.fill(order.id);
  const wanted = new RegExp(`\\b${order.displayNo}\\b[^]*${state}`);
  await waitUntil({
    what: `the queue to show ${order.displayNo} as ${state}`,
    read: () => queueRows(page),
    isRight: ([row = '', ...others]) => others.length === 0 && wanted.test(row),
    timeoutMs,
  });
  await search.fill('');
  await search.blur();
}

/** Waits until the queue has at least so many shipments in it, by its own words to assistive technology. */
export async function untilQueueHolds(page: Page, count: number, timeoutMs: number): Promise<void> {
  await goTo(page, 'F2', 'queue');
  const held = async (): Promise<number> => {
    const sizes = await page
      .locator('[data-screen="queue"] [role="option"]')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-setsize'))));
    return Math.max(0, ...sizes);
  };
  await waitUntil({
    what: `${count} shipments`,
    read: held,
    isRight: (found) => found >= count,
    timeoutMs,
    pauseMs: 500,
  });
}

/** The rows of the queue that are drawn now, as text. */
export const queueRows = (page: Page): Promise<readonly string[]> =>
  page.locator('[data-screen="queue"] [role="option"], [data-screen="queue"] [role="row"]').allInnerTexts();

/** The text of the strip of notices above the screens. */
export const noticeTexts = (page: Page): Promise<string> => page.locator('body').innerText();
