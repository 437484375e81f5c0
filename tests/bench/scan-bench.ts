/** From the scanner's last key to what the packer sees, to the first byte at the printer, and to "done". */
import type { Page } from 'playwright';
import { typeScan } from '../e2e/world/scanner-hand';
import type { SpineWorld } from '../e2e/world/spine-world';
import type { BareProgram } from './bare-window';
import { figureOf, type Figure } from './figures';

interface ScanMarks {
  /** Epoch milliseconds of the last Enter, and of the first painted change behind it. */
  enterAtMs: number;
  paintedAtMs: number;
  /** Epoch milliseconds at which the picture of a finished parcel was painted. */
  doneAtMs: number;
}
interface MarkedWindow {
  scanMarks?: ScanMarks;
}

/** Watches Enter, the first change of the packing screen after it, and the frame in which that is painted. */
const watchScans = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const marks: ScanMarks = { enterAtMs: 0, paintedAtMs: 0, doneAtMs: 0 };
    (globalThis as MarkedWindow).scanMarks = marks;
    let changedAt = 0;
    const afterPaint = (then: () => void): void => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      requestAnimationFrame(() => channel.port2.postMessage(null));
    };
    const now = (): number => performance.timeOrigin + performance.now();
    const note = (): void => {
      if (marks.paintedAtMs === 0) afterPaint(() => (marks.paintedAtMs ||= now()));
      if (marks.doneAtMs === 0 && document.querySelector('[data-moment="done"]') !== null)
        afterPaint(() => (marks.doneAtMs ||= now()));
    };
    new MutationObserver(() => {
      changedAt = performance.now();
      if (marks.enterAtMs > 0) note();
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    addEventListener(
      'keydown',
      (event) => {
        if (event.code !== 'Enter') return;
        Object.assign(marks, { enterAtMs: performance.timeOrigin + event.timeStamp, paintedAtMs: 0, doneAtMs: 0 });
        // The screen may have changed already, in a listener that ran before this one.
        if (changedAt >= event.timeStamp) note();
      },
      { capture: true },
    );
  });

async function marksAfter(page: Page, what: 'paintedAtMs' | 'doneAtMs'): Promise<ScanMarks> {
  const handle = await page.waitForFunction(
    (name) => {
      const marks = (globalThis as MarkedWindow).scanMarks;
      return marks !== undefined && marks[name] > 0 ? { ...marks } : null;
    },
    what,
    { timeout: 20_000 },
  );
  const marks = await handle.jsonValue();
  if (marks === null) throw new Error('no scan was seen');
  return marks;
}

/** Spans between the frames of an empty page. */
async function frameIntervals(bare: BareProgram): Promise<readonly number[]> {
  const { app, page } = await bare.launch();
  const spans = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let last = performance.now();
        const frame = (): void => {
          const now = performance.now();
          found.push(now - last);
          last = now;
          if (found.length < 200) requestAnimationFrame(frame);
          else resolve(found.slice(20));
        };
        requestAnimationFrame(frame);
      }),
  );
  await app.close();
  return spans;
}

export async function benchVerdict(
  world: SpineWorld,
  bare: BareProgram,
  scans: number,
  stored: number,
): Promise<Figure> {
  const { page, shop } = world;
  const order = await world.order([{ sku: 'SOCK-42-BK', quantity: scans + 1 }]);
  await world.open(order);
  await watchScans(page);
  const spans: number[] = [];
  for (let scan = 0; scan < scans; scan += 1) {
    await typeScan(page, shop.barcodeOf('SOCK-42-BK'));
    const { enterAtMs, paintedAtMs } = await marksAfter(page, 'paintedAtMs');
    spans.push(paintedAtMs - enterAtMs);
    await world.untilCounted('SOCK-42-BK', scan + 1);
  }
  const frames = await frameIntervals(bare);
  return figureOf({
    id: 'scan.verdict',
    ours: spans,
    against: { name: 'two frames of an empty page', samples: frames.map((span) => 2 * span) },
    at: 'p99',
    aim: 1,
    note: `the last key's own time stamp to the message behind the frame that shows the count, ${stored} shipments`,
  });
}

/** @param limitMs what the unavoidable parts take by themselves, one value per run: two flushed appends and one label. */
export async function benchDone(
  world: SpineWorld,
  parcels: number,
  limitMs: readonly number[],
): Promise<readonly Figure[]> {
  const { page, shop } = world;
  const firstByte: number[] = [];
  const done: number[] = [];
  for (let parcel = 0; parcel < parcels; parcel += 1) {
    const order = await world.order([{ sku: 'TEA-LJ-100', quantity: 2 }]);
    await world.open(order);
    await world.scanPiece('TEA-LJ-100');
    await world.untilCounted('TEA-LJ-100', 1);
    await watchScans(page);
    const before = world.printer.jobs.length;
    await typeScan(page, shop.barcodeOf('TEA-LJ-100'));
    const { enterAtMs, doneAtMs } = await marksAfter(page, 'doneAtMs');
    const job = world.printer.jobs[before];
    if (job === undefined) throw new Error('a parcel was done without a label');
    firstByte.push(job.startedAtMs - enterAtMs);
    done.push(doneAtMs - enterAtMs);
  }
  const against = { name: 'two flushed appends and one label, bare', samples: limitMs };
  return [
    figureOf({
      id: 'scan.first-byte',
      ours: firstByte,
      against,
      at: 'p50',
      aim: 3,
      note: 'last key of the last scan to the label’s first byte at the printer port',
    }),
    figureOf({
      id: 'scan.done',
      ours: done,
      against,
      at: 'p50',
      aim: 6,
      note: 'last key of the last scan to “done” painted; the printer is asked before and after, as it is in life',
    }),
  ];
}
