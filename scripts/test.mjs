import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProject } from './build.mjs';
import { checkProject } from './check.mjs';
import { listSourceFiles } from './check/source-files.mjs';
import { PROJECT_ROOT } from './places.mjs';
import { ensureSetup, runScript } from './setup.mjs';
import { SetUpError } from './setup/set-up-error.mjs';
import { runVitestPart } from './test/vitest-part.mjs';

/**
 * `npm test [-- part …]`: sets a fresh clone up and runs every part, or the named ones. Ends with a table of minutes
 * and, as its last line, `N passed, N failed`.
 */
const TOTAL_BUDGET_MINUTES = 36;
/** A part is ended when it takes this many times its budget: then it hangs. */
const PATIENCE = 2;

const SET_UP = 'set-up';
const PARTS = [
  { name: 'check', budget: 3, run: runCheck },
  { name: 'unit', budget: 4, run: vitest(['unit', 'integration']) },
  { name: 'end to end', budget: 10, run: vitest(['e2e'], { onScreen: true }) },
  {
    name: 'faults',
    budget: 5,
    run: vitest(['faults'], { onScreen: true }),
    onlyWith: /^tests\/faults\/.*\.fault\.ts$/,
  },
  { name: 'pictures', budget: 4, run: vitest(['pictures'], { onScreen: true }) },
];

function vitest(projects, { onScreen = false } = {}) {
  return ({ name, budget }) => runVitestPart({ name, projects, onScreen, limitMs: budget * PATIENCE * 60_000 });
}

async function runCheck() {
  return { ...(await checkProject()), skipped: 0, notes: [] };
}

/** Everything that is installed or built once; the check alone needs neither a build nor a shop. */
async function runSetUp(parts) {
  await ensureSetup({ for: 'test' });
  const outcome = { passed: 0, failed: 0, skipped: 0, notes: [] };
  if (parts.every(({ name }) => name === 'check')) return outcome;
  await buildProject({ testBuild: true });
  const medusa = join(PROJECT_ROOT, 'tests', 'rigs', 'medusa', 'ensure.mjs');
  if (existsSync(medusa)) {
    const { ensureMedusa } = await import(pathToFileURL(medusa).href);
    await ensureMedusa();
  }
  return outcome;
}

/** Runs one part and measures it; a part that throws is one failure, told with its reason. */
async function measure(part) {
  console.log(`\n== ${part.name} ==`);
  const startedAt = performance.now();
  const outcome = await Promise.resolve()
    .then(() => part.run(part))
    .catch((error) => {
      console.error(error instanceof SetUpError ? error.message : error);
      return { passed: 0, failed: 1, skipped: 0, notes: ['broke off'] };
    });
  return { ...part, ...outcome, minutes: (performance.now() - startedAt) / 60_000 };
}

function chosenParts(names) {
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = PARTS.map(({ name }) => `"${name}"`).join(', ');
    throw new SetUpError(`No part of the tests is called "${unknown.join('", "')}". There are ${known}.`);
  }
  return PARTS.filter(({ name, onlyWith }) => {
    if (names.length > 0) return names.includes(name);
    return !onlyWith || listSourceFiles(PROJECT_ROOT, ['tests'], onlyWith).length > 0;
  });
}

function printTable(rows) {
  console.log(`\n${'part'.padEnd(12)} minutes  budget  tests  result`);
  for (const { name, minutes, budget, passed, failed, skipped, notes } of rows) {
    const result = [
      failed > 0 || skipped > 0 ? 'FAILED' : 'ok',
      ...(minutes > budget ? ['over budget'] : []),
      ...notes,
    ];
    const tests = name === SET_UP ? '' : String(passed + failed + skipped);
    console.log(
      `${name.padEnd(12)} ${minutes.toFixed(2).padStart(7)}  ${String(budget).padStart(6)}  ${tests.padStart(5)}  ${result.join('; ')}`,
    );
  }
}

await runScript(async () => {
  const parts = chosenParts(process.argv.slice(2));
  const rows = [await measure({ name: SET_UP, budget: 10, run: () => runSetUp(parts) })];
  // Without a set-up every part would fail for the same reason.
  if (rows[0].failed === 0) for (const part of parts) rows.push(await measure(part));
  printTable(rows);
  const sum = (pick) => rows.reduce((total, row) => total + pick(row), 0);
  const minutes = sum((row) => row.minutes);
  const tooLong = minutes > TOTAL_BUDGET_MINUTES;
  console.log(
    `${'total'.padEnd(12)} ${minutes.toFixed(2).padStart(7)}  ${String(TOTAL_BUDGET_MINUTES).padStart(6)}${tooLong ? '         FAILED; over the total budget' : ''}`,
  );
  const [passed, failed, skipped] = [sum((row) => row.passed), sum((row) => row.failed), sum((row) => row.skipped)];
  process.exitCode = failed > 0 || skipped > 0 || tooLong ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
});
