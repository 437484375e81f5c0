import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT_ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What decides the outcome of lint and of the dependency rules, beside the sources themselves. */
const CONFIGURATION = [
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'main/tsconfig.json',
  'preload/tsconfig.json',
  'preload/shared/tsconfig.json',
  'printing/tsconfig.json',
  'renderer/tsconfig.json',
  'tests/tsconfig.json',
  '.dependency-cruiser.cjs',
  'eslint.config.mjs',
];

/**
 * A project in a temporary folder with the real configuration and only the given sources.
 * @param files text by path relative to the project's folder
 * @returns the folder, and how to remove it
 */
export function plantTree(files: Readonly<Record<string, string>>): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'tallyman-rules-'));
  for (const path of CONFIGURATION) cpSync(join(PROJECT_ROOT, path), join(root, path));
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
