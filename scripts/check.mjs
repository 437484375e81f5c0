import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { runScript } from './setup.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { undocumentedScripts } from './check/readme-commands.mjs';
import { translationProblems } from './check/translations.mjs';
import { skippedTests } from './check/whole-tests.mjs';

/** As many programs at once as the smallest machine has cores. */
const LANES = 2;
const TYPE_PROJECTS = ['tests', 'renderer', 'main', 'printing', 'preload', 'preload/shared'];

/** Longest first, so that no lane ends up waiting for a late long one. */
const PARTS = [
  { name: 'lint', run: () => bin('eslint', 'bin/eslint.js', ['.', '--max-warnings', '0']) },
  ...TYPE_PROJECTS.map((area) => ({
    name: `types ${area}`,
    run: () => bin('typescript', 'bin/tsc', ['-p', join(area, 'tsconfig.json')]),
  })),
  {
    name: 'formatting',
    run: () => bin('prettier', 'bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  },
  { name: 'dependency rules', run: () => script('check/dependency-rules.mjs') },
  { name: 'translations', run: () => listed(translationProblems(PROJECT_ROOT) ?? []) },
  { name: 'no skipped tests', run: () => listed(skippedTests(PROJECT_ROOT)) },
  { name: 'README commands', run: () => listed(undocumentedScripts(PROJECT_ROOT)) },
];

/**
 * Runs every part of `npm run check` and prints a line for each.
 * @returns {Promise<{ passed: number, failed: number }>} one count per part
 */
export async function checkProject() {
  const waiting = [...PARTS];
  const counts = { passed: 0, failed: 0 };
  const lane = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const startedAt = performance.now();
      const { status, output } = await part.run();
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5);
      counts[status === 0 ? 'passed' : 'failed'] += 1;
      console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${part.name}`);
      if (status !== 0) console.log(output.trimEnd().replace(/^/gm, '    '));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return counts;
}

/** A part that only reads files, in the shape of one that runs a program. */
function listed(problems) {
  return { status: problems.length === 0 ? 0 : 1, output: problems.join('\n') };
}

function bin(packageName, file, args) {
  return node(join(PROJECT_ROOT, 'node_modules', packageName, file), args);
}

function script(file) {
  return node(join(PROJECT_ROOT, 'scripts', file), []);
}

function node(file, args) {
  return runCommand(process.execPath, [file, ...args], {
    cwd: PROJECT_ROOT,
    capture: true,
    env: { ...process.env, NO_COLOR: '1' },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runScript(async () => {
    await ensureNpmPackages(PROJECT_ROOT);
    const startedAt = performance.now();
    const { failed } = await checkProject();
    console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1)} s in all`);
    process.exitCode = failed === 0 ? 0 : 1;
  });
}
