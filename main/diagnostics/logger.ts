/** The program's log: JSON lines with level, module and event name, cleaned before they are written. */
import { describeError, redact } from './redact';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Ids = Readonly<Record<string, unknown>>;

/** Logs of one module. The shape is that of main/wiring/ports.ts. */
export interface ModuleLog {
  debug(event: string, ids?: Ids): void;
  info(event: string, ids?: Ids): void;
  warn(event: string, ids?: Ids): void;
  error(event: string, error: unknown, ids?: Ids): void;
}

export interface LogSink {
  append(line: string): boolean;
}

export class StationLog {
  /** @param nowMs the machine's clock, epoch milliseconds. @param echo a second place for every line, such as a terminal. */
  constructor(
    private readonly sink: LogSink,
    private readonly nowMs: () => number,
    private level: LogLevel = 'info',
    private readonly echo: ((line: string) => void) | null = null,
  ) {}

  /** From now on lines below this level are not written. */
  setLevel(level: LogLevel): void {
    this.level = level;
  }

  /** @param prefix the module's name, such as `feed` or `printing`. */
  forModule(prefix: string): ModuleLog {
    return {
      debug: (event, ids) => this.write('debug', prefix, event, ids),
      info: (event, ids) => this.write('info', prefix, event, ids),
      warn: (event, ids) => this.write('warn', prefix, event, ids),
      error: (event, error, ids) => this.write('error', prefix, event, ids, describeError(error)),
    };
  }

  private write(level: LogLevel, module: string, event: string, ids: Ids = {}, error?: Ids): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.level)) return;
    const at = new Date(this.nowMs()).toISOString();
    const entry = { at, level, module, event, ids: redact(ids), ...(error === undefined ? {} : { error }) };
    const line = JSON.stringify(entry);
    this.sink.append(line);
    this.echo?.(line);
  }
}
