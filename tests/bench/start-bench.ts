/** How long a start takes: our window on a profile with stored shipments, and a bare window, in turns. */
import type { Page } from 'playwright';
import { launchStation } from '../e2e/harness/launch-station';
import type { SpineWorld } from '../e2e/world/spine-world';
import type { BareProgram } from './bare-window';
import { figureOf, type Figure } from './figures';

interface Start {
  readonly firstPaintMs: number;
  readonly usableMs: number;
}

/** Reads the page's own marks and places them on the time line that began with the process. */
const marksOf = async (page: Page, startedAtMs: number, usableMark: string): Promise<Start> => {
  await page.waitForFunction(
    (mark) =>
      performance.getEntriesByName(mark).length > 0 &&
      performance.getEntriesByName('first-contentful-paint').length > 0,
    usableMark,
  );
  const marks = await page.evaluate((mark) => {
    const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? NaN;
    return { origin: performance.timeOrigin, paint: at('first-contentful-paint'), usable: at(mark) };
  }, usableMark);
  return {
    firstPaintMs: marks.origin + marks.paint - startedAtMs,
    usableMs: marks.origin + marks.usable - startedAtMs,
  };
};

async function startOurs(profileDir: string): Promise<Start> {
  const startedAtMs = Date.now();
  const station = await launchStation({ profileDir });
  const start = await marksOf(station.window, startedAtMs, 'ready:sign-in');
  await station.close();
  return start;
}

async function startBare(bare: BareProgram): Promise<Start> {
  const { app, page, startedAtMs } = await bare.launch();
  const start = await marksOf(page, startedAtMs, 'usable');
  await app.close();
  return start;
}

/** @param world its station is ended here; its profile holds the stored shipments. @param stored how many, for the note. */
export async function benchStart(
  world: SpineWorld,
  bare: BareProgram,
  rounds: number,
  stored: number,
): Promise<readonly Figure[]> {
  await world.end();
  const ours: Start[] = [];
  const theirs: Start[] = [];
  // One start of each to warm the disk cache, not counted.
  await startOurs(world.profileDir);
  await startBare(bare);
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await startOurs(world.profileDir));
    theirs.push(await startBare(bare));
  }
  const note = `process start to sign-in screen, ${stored} shipments stored, debugger attached to both`;
  return [
    figureOf({
      id: 'start.usable',
      ours: ours.map(({ usableMs }) => usableMs),
      against: { name: 'bare window', samples: theirs.map(({ usableMs }) => usableMs) },
      at: 'p50',
      aim: 1.25,
      note,
    }),
    figureOf({
      id: 'start.first-paint',
      ours: ours.map(({ firstPaintMs }) => firstPaintMs),
      against: { name: 'bare window', samples: theirs.map(({ firstPaintMs }) => firstPaintMs) },
      at: 'p50',
      aim: 1.05,
      note,
    }),
  ];
}
