import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { virtualDisplay } from '../virtual-display.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, notes: string[] }} Outcome */

/**
 * Runs some projects of vitest.config.mjs in a process of their own.
 * @param {{ name: string, projects: string[], onScreen: boolean, limitMs: number }} part onScreen: on a virtual display
 *   where there is no real one; after limitMs the tests and all that they started are ended, which is a failure.
 * @returns {Promise<Outcome>}
 */
export async function runVitestPart({ name, projects, onScreen, limitMs }) {
  const reportFile = join(PROJECT_ROOT, 'test-results', `${name.replaceAll(' ', '-')}.json`);
  mkdirSync(dirname(reportFile), { recursive: true });
  rmSync(reportFile, { force: true });
  const vitest = [
    join(PROJECT_ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ];
  const [command, args] = onScreen ? virtualDisplay(process.execPath, vitest) : [process.execPath, vitest];
  const { status, timedOut } = await runCommand(command, args, { cwd: PROJECT_ROOT, timeoutMs: limitMs });
  return readOutcome({ report: readReport(reportFile), status, timedOut, limitMs });
}

/**
 * Counts what vitest reported, and what it can only say by its exit status, so that nothing fails unseen.
 * @param {{ report: object | undefined, status: number, timedOut: boolean, limitMs: number }} run report: the parsed
 *   output of vitest's JSON reporter
 * @returns {Outcome}
 */
export function readOutcome({ report, status, timedOut, limitMs }) {
  const notes = [];
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (...kinds) => tests.filter((test) => kinds.includes(test.status)).length;
  const [passed, skipped] = [count('passed'), count('skipped', 'pending', 'todo', 'disabled')];
  let failed = count('failed');
  // A file that cannot be loaded, or whose hooks fail, reports no failed test of its own.
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  failed += brokenFiles.length;
  notes.push(...brokenFiles.map(({ name }) => `could not be run: ${name}`));
  if (timedOut) notes.push(`ended after ${Math.round(limitMs / 60_000)} minutes`);
  if (!report) notes.push('left no report');
  if (passed + failed === 0) {
    failed += 1;
    notes.push('no tests found');
  } else if (status !== 0 && failed === 0) {
    failed += 1;
    notes.push(`ended with status ${status} without a failed test`);
  }
  if (skipped > 0) notes.push(`${skipped} skipped`);
  return { passed, failed, skipped, notes };
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
