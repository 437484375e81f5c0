import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { join } from 'node:path';
import { SOURCE_AREAS } from '../places.mjs';
import { listSourceFiles } from './source-files.mjs';

/**
 * `node scripts/check/dependency-rules.mjs [--json]`: reads every module of the product in the current folder and
 * applies its .dependency-cruiser.cjs. The current folder, because the cruiser resolves the alias from there.
 *
 * A compiler that the cruiser cannot load makes it read nothing and report success, so the files that it should have
 * read are counted on the disk, and each one that it has not read is a problem.
 */
const root = process.cwd();
const result = await readModules();
const problems = [
  ...result.violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`),
  ...result.unread.map((path) => `not read by the dependency check: ${path}`),
  ...(result.read === 0 ? ['no module was read'] : []),
];
if (process.argv.includes('--json')) console.log(JSON.stringify({ ...result, problems }));
else console.log([`${result.read} modules read`, ...problems].join('\n'));
process.exitCode = problems.length === 0 ? 0 : 1;

async function readModules() {
  const sources = listSourceFiles(root, SOURCE_AREAS, /\.tsx?$/);
  const folders = SOURCE_AREAS.filter((area) => sources.some((path) => path.startsWith(`${area}/`)));
  if (folders.length === 0) return { violations: [], unread: [], read: 0 };
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.cjs'));
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'));
  const { output } = await cruise(folders, { ...options, validate: true }, {}, { tsConfig });
  const read = new Set(output.modules.map(({ source }) => source));
  return {
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    unread: sources.filter((path) => !read.has(path)),
    read: sources.filter((path) => read.has(path)).length,
  };
}
