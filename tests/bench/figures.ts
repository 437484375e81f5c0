/** The shape of `npm run bench -- --json FILE`, and the arithmetic of its figures. */
import { cpus, totalmem } from 'node:os';

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly n: number;
}

export interface Figure {
  readonly id: string;
  readonly unit: 'ms';
  readonly ours: Spread;
  /** What it is compared with, measured in the same run. */
  readonly against: Readonly<Record<string, Spread>>;
  /** Ours divided by the first of `against`, at the percentile that the aim is about; smaller is better. */
  readonly ratio: number;
  readonly aim: number;
  readonly met: boolean;
  /** What exactly was measured, for the table's reader. */
  readonly note: string;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly electron: string;
  /** One-minute load average at the beginning: figures of a busy machine are ratios at best. */
  readonly load: number;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** @throws Error without a sample. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((left, right) => left - right);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  if (sorted.length === 0) throw new Error('a figure without samples');
  return { p50: round(at(0.5)), p95: round(at(0.95)), p99: round(at(0.99)), n: sorted.length };
}

export interface FigureInput {
  readonly id: string;
  readonly ours: readonly number[];
  readonly against: { readonly name: string; readonly samples: readonly number[] };
  readonly at: 'p50' | 'p99';
  readonly aim: number;
  readonly note: string;
}

export function figureOf({ id, ours, against, at, aim, note }: FigureInput): Figure {
  const [own, other] = [spreadOf(ours), spreadOf(against.samples)];
  const ratio = round(own[at] / other[at]);
  return { id, unit: 'ms', ours: own, against: { [against.name]: other }, ratio, aim, met: ratio <= aim, note };
}

export function describeMachine(electron: string, load: number): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    electron,
    load: round(load),
  };
}

/** The figures as a table for people. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['figure', 'ours p50', 'p95', 'p99', 'n', 'against', 'p50', 'p99', 'ratio', 'aim', ''];
  const rows = figures.map((figure) => {
    const [name = '', other] = Object.entries(figure.against)[0] ?? [];
    const ms = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2));
    const { ours } = figure;
    return [
      figure.id,
      ...[ours.p50, ours.p95, ours.p99].map(ms),
      String(ours.n),
      name,
      ms(other?.p50),
      ms(other?.p99),
      figure.ratio.toFixed(2),
      String(figure.aim),
      figure.met ? 'met' : 'not met',
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
