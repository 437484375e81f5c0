import { PROJECT_ROOT } from './places.mjs';
import { ensureDebianPackages } from './setup/debian-packages.mjs';
import { ensureElectronRuntime } from './setup/electron-runtime.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { SetUpError } from './setup/set-up-error.mjs';

/**
 * Brings a fresh clone to where it can start or be tested. Each step looks first whether its work is done, so a second
 * run does nothing; each is atomic, so one that was killed can be repeated. Works before anything is installed.
 * @param {{ for: 'start' | 'test', root?: string }} options
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensureSetup({ for: purpose, root = PROJECT_ROOT }) {
  const packagesCame = await ensureNpmPackages(root);
  const electronCame = await ensureElectronRuntime(root);
  const debianCame = await ensureDebianPackages(purpose);
  return packagesCame || electronCame || debianCame;
}

/** Runs a script's main function; a set-up error is told without a stack, everything else with one. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
