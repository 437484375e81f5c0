import { resolve } from 'node:path';
import { runnerImport } from 'vite';
import { PROJECT_ROOT } from '../../scripts/places.mjs';

/** `npm run bench -- [--json FILE] [--quick]`: loads the benchmarks, which are TypeScript, and runs them. */
const flags = process.argv.slice(2);
const jsonAt = flags.indexOf('--json');
const known = new Set(['--quick', '--json']);
const unknown = flags.filter((flag, at) => !known.has(flag) && !(jsonAt >= 0 && at === jsonAt + 1));
if (unknown.length > 0 || (jsonAt >= 0 && flags[jsonAt + 1] === undefined)) {
  console.error(`npm run bench takes --quick and --json FILE, not: ${unknown.join(' ') || '--json without a file'}`);
  process.exit(2);
}

const { module } = await runnerImport(resolve(PROJECT_ROOT, 'tests/bench/run-bench.ts'), {
  configFile: false,
  root: PROJECT_ROOT,
  logLevel: 'error',
  resolve: { alias: { '@shared': resolve(PROJECT_ROOT, 'preload/shared') } },
  define: { __TEST_BUILD__: 'true' },
});
await module.runBench({
  quick: flags.includes('--quick'),
  jsonFile: jsonAt < 0 ? null : resolve(flags[jsonAt + 1]),
  say: (line) => console.log(line),
});
