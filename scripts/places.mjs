import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, without a slash at its end. */
export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** The folders that hold the product's source, each with the tsconfig.json of one runtime. */
export const SOURCE_AREAS = ['main', 'preload', 'printing', 'renderer'];

/**
 * The folder for downloads that several clones share. It lies outside version control and outside node_modules, so that
 * neither `git clean` nor `npm ci` throws the runtime away.
 */
export function sharedCacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tallyman');
}
