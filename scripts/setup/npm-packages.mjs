import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from '../run-command.mjs';
import { SetUpError } from './set-up-error.mjs';

const STAMP = 'node_modules/.tallyman-lock-hash';

/**
 * Makes node_modules agree with package-lock.json. Does nothing when its stamp names the lock file's present hash.
 * @param {string} root project folder
 * @returns {Promise<boolean>} whether packages were installed
 */
export async function ensureNpmPackages(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const lockHash = createHash('sha256').update(lockText).digest('hex');
  const stampFile = join(root, STAMP);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash) return false;
  let installed = false;
  if (!matchesInstalled(root, JSON.parse(lockText))) {
    console.log('Set-up: installing npm packages (npm ci) …');
    const { status } = await runNpm(['ci', '--no-audit', '--no-fund'], { cwd: root });
    if (status !== 0) throw new SetUpError(`npm ci ended with status ${status}; its messages are above.`);
    installed = true;
  }
  writeFileSync(stampFile, lockHash);
  return installed;
}

/**
 * Whether npm's own record of what it installed agrees with the lock file, as after `npm install` by hand. npm writes
 * that record last, so it is absent after an installation that was broken off.
 */
function matchesInstalled(root, lock) {
  const recordFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordFile)) return false;
  const installed = JSON.parse(readFileSync(recordFile, 'utf8')).packages ?? {};
  const wanted = Object.entries(lock.packages ?? {}).filter(([path]) => path !== '');
  return wanted.every(([path, entry]) => {
    const found = installed[path];
    if (found === undefined) return Boolean(entry.optional);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}
