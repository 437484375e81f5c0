/** Runs the simulators of the practice warehouse in a process of their own, and brings them back when they die. */
import { utilityProcess, type UtilityProcess } from 'electron';
import type { Logger } from '../wiring/ports';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A line of output may not be longer: the announcement is far below. */
const LONGEST_LINE = 100_000;

export interface PracticeProcessOptions {
  /** Absolute path of the built simulators. */
  readonly program: string;
  readonly args: readonly string[];
  readonly logger: Logger;
  /** The simulators are up, for the first time or again, and said this (one parsed JSON line). */
  readonly onAnnounced: (announcement: unknown) => void;
}

export class PracticeProcess {
  private child: UtilityProcess | null = null;
  private crashes = 0;
  private stopped = false;
  private restart: NodeJS.Timeout | null = null;

  constructor(private readonly options: PracticeProcessOptions) {}

  start(): void {
    const { program, args, logger } = this.options;
    const child = utilityProcess.fork(program, [...args], { serviceName: 'Tallyman practice', stdio: 'pipe' });
    this.child = child;
    child.stdout?.on(
      'data',
      lineReader((line) => this.hear(line)),
    );
    child.stderr?.on(
      'data',
      lineReader((line) => logger.warn('practice-says', { line })),
    );
    child.once('exit', (code) => {
      this.child = null;
      if (!this.stopped) this.comeBack(code);
    });
  }

  /** Ends the simulators for good. */
  stop(): void {
    this.stopped = true;
    if (this.restart !== null) clearTimeout(this.restart);
    this.child?.kill();
    this.child = null;
  }

  private hear(line: string): void {
    if (!line.startsWith('{')) return;
    try {
      const announcement: unknown = JSON.parse(line);
      this.crashes = 0;
      this.options.onAnnounced(announcement);
    } catch (error) {
      this.options.logger.error('practice-announcement-unreadable', error);
    }
  }

  private comeBack(code: number): void {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.crashes, 10));
    this.crashes += 1;
    this.options.logger.warn('practice-ended', { code, waitMs });
    this.restart = setTimeout(() => this.start(), waitMs);
  }
}

/** Collects chunks into lines. */
function lineReader(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = (lines.pop() ?? '').slice(-LONGEST_LINE);
    for (const line of lines) if (line.trim() !== '') onLine(line.trim());
  };
}
