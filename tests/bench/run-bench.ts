/** All benchmarks of this machine in one go: everything that is compared takes turns in the same run. */
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { SpineWorld } from '../e2e/world/spine-world';
import { startSimulatedShop } from '../e2e/world/world-shop';
import { untilQueueHolds } from '../e2e/world/bench-eyes';
import { prepareBareProgram } from './bare-window';
import { describeMachine, tableOf, type Figure } from './figures';
import { benchJournal } from './journal-bench';
import { runLabelBench } from './label-bench';
import { benchDone, benchVerdict } from './scan-bench';
import { benchStart } from './start-bench';

export interface BenchOptions {
  /** Rough: fewer rounds and fewer stored shipments, under three minutes. */
  readonly quick: boolean;
  /** Where the figures are written as JSON; null: nowhere. */
  readonly jsonFile: string | null;
  readonly say: (line: string) => void;
}

const SIZES = {
  quick: { stored: 1_500, starts: 5, scans: 60, parcels: 10, labels: 30, appends: 200 },
  full: { stored: 20_000, starts: 11, scans: 300, parcels: 40, labels: 100, appends: 1_000 },
};

/** Runs everything and prints the table. */
export async function runBench(options: BenchOptions): Promise<readonly Figure[]> {
  const sizes = options.quick ? SIZES.quick : SIZES.full;
  const load = loadavg()[0] ?? 0;
  const bare = await prepareBareProgram();
  const figures: Figure[] = [];
  try {
    options.say('labels and journal …');
    const labels = await runLabelBench({ labels: sizes.labels });
    const { figure: journal, bareMs } = await benchJournal(sizes.appends);
    figures.push(labelFigure(labels), journal);
    options.say('a station with stored shipments …');
    figures.push(...(await benchStation(bare, sizes, bareLimits(bareMs, labels.makeAcs.p50Ms), options.say)));
  } finally {
    await bare.remove();
  }
  const machine = describeMachine(bare.version, load);
  options.say(`\n${tableOf(figures)}\n\n${JSON.stringify(machine)}`);
  if (options.jsonFile !== null) await writeFile(options.jsonFile, JSON.stringify({ machine, figures }, null, 2));
  return figures;
}

async function benchStation(
  bare: Awaited<ReturnType<typeof prepareBareProgram>>,
  sizes: (typeof SIZES)['quick'],
  limits: readonly number[],
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const shop = await startSimulatedShop();
  await shop.addManyOrders(sizes.stored);
  const world = await SpineWorld.open({ shop, station: { withdrawWindowMs: 60_000, numbers: 500 } });
  try {
    await untilQueueHolds(world.page, sizes.stored, 300_000);
    await world.toBench();
    say('scans …');
    const verdict = await benchVerdict(world, bare, sizes.scans, sizes.stored);
    await world.scan('TM-PARK');
    const done = await benchDone(world, sizes.parcels, limits);
    say('starts …');
    return [verdict, ...done, ...(await benchStart(world, bare, sizes.starts, sizes.stored))];
  } finally {
    await world.close();
    await shop.stop();
  }
}

/** What no program can save between the last scan and "done": two flushed appends and the drawing of one label. */
const bareLimits = (appendsMs: readonly number[], labelMs: number): readonly number[] =>
  appendsMs.map((first, index) => first + (appendsMs[(index + 1) % appendsMs.length] ?? first) + labelMs);

function labelFigure(labels: Awaited<ReturnType<typeof runLabelBench>>): Figure {
  const spread = ({ p50Ms, p99Ms }: { p50Ms: number; p99Ms: number }) => ({
    p50: p50Ms,
    p95: p99Ms,
    p99: p99Ms,
    n: labels.labels,
  });
  const aim = 0.1;
  return {
    id: 'label.make',
    unit: 'ms',
    ours: spread(labels.makeAcs),
    against: { 'node-thermal-printer, picture to bytes': spread(labels.peer) },
    ratio: labels.ratioToPeer,
    aim,
    met: labels.ratioToPeer <= aim,
    note: 'document to ZPL bytes, layout, text and drawing included; the peer only converts a finished picture (p95 is given as p99)',
  };
}
