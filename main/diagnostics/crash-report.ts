/**
 * What is left of a crash: a text of our own, cleaned like the log. The system's memory dumps are never switched on, because
 * a dump holds keys and addresses in clear.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, redactText } from './redact';

const KEPT_REPORTS = 20;

export interface CrashFacts {
  /** `main`, `renderer` or the name of a helper process. */
  readonly process: string;
  readonly reason: string;
  readonly error?: unknown;
  readonly version: string;
  readonly runtime: string;
}

/**
 * Writes a report and forgets the oldest beyond 20. @param folder the profile's folder for reports.
 * @returns the file's path, or null when the disk refuses: a crash report must never cause a crash.
 */
export function writeCrashReport(folder: string, facts: CrashFacts, nowMs: number): string | null {
  const at = new Date(nowMs).toISOString();
  const report = {
    at,
    process: facts.process,
    reason: redactText(facts.reason),
    version: facts.version,
    runtime: facts.runtime,
    ...(facts.error === undefined ? {} : { error: describeError(facts.error) }),
  };
  const file = join(folder, `crash-${at.replace(/[:.]/g, '-')}.json`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
    const reports = readdirSync(folder).filter((name) => /^crash-.*\.json$/.test(name));
    for (const old of reports.sort().slice(0, -KEPT_REPORTS)) rmSync(join(folder, old), { force: true });
    return file;
  } catch {
    return null;
  }
}

/** The little of Node's process that the hooks need. */
export interface FailingProcess {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/**
 * Reports what nobody caught. After an uncaught exception main's state is not to be trusted, so it ends with status 1
 * (the journal is flushed record by record and loses nothing); an unhandled rejection is a bug that is reported and survived.
 */
export function watchForCrashes(
  watched: FailingProcess,
  report: (reason: string, error: unknown) => void,
  end: () => void,
): void {
  watched.on('uncaughtException', (error) => {
    report('uncaught-exception', error);
    end();
  });
  watched.on('unhandledRejection', (error) => report('unhandled-rejection', error));
}
