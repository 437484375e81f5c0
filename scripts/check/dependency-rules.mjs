import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { SOURCE_AREAS } from '../places.mjs';
import { listSourceFiles } from './source-files.mjs';

/**
 * Reads every module of the product and applies .dependency-cruiser.cjs.
 *
 * A compiler that the cruiser cannot load makes it read nothing and report success, so the files that it should have
 * read are counted from the disk and each one that it has not read is a failure.
 * @param {string} root project folder; the process must run in it, as the cruiser resolves its rules from there
 * @returns {Promise<{ violations: { rule: string, from: string, to: string }[], unread: string[], read: number }>}
 */
export async function checkDependencies(root) {
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.cjs'));
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'));
  const sources = listSourceFiles(root, SOURCE_AREAS, /\.tsx?$/);
  const folders = SOURCE_AREAS.filter((area) => sources.some((path) => path.startsWith(`${area}/`)));
  if (folders.length === 0) return { violations: [], unread: [], read: 0 };
  const { output } = await cruise(folders, { ...options, baseDir: root, validate: true }, {}, { tsConfig });
  const read = new Set(output.modules.map(({ source }) => source));
  return {
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    unread: sources.filter((path) => !read.has(path)),
    read: sources.filter((path) => read.has(path)).length,
  };
}

/**
 * Says what is wrong, one line each; nothing when all is well.
 * @param {Awaited<ReturnType<typeof checkDependencies>>} result
 */
export function dependencyProblems({ violations, unread, read }) {
  return [
    ...violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`),
    ...unread.map((path) => `not read by the dependency check: ${path}`),
    ...(read === 0 ? ['no module was read'] : []),
  ];
}
