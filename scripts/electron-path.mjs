import {
  copyFileSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './places.mjs';
import { findElectronRuntime } from './setup/electron-runtime.mjs';
import { SetUpError } from './setup/set-up-error.mjs';

/**
 * How to open the built station: the program to run and its first arguments; the caller's flags follow them.
 * A complete Electron is given the project's folder. The stand-in runtime has no `default_app.asar`, so it takes no
 * folder: what it runs is its `resources/app`. For it a launch folder is laid out that links to the shared runtime and
 * whose `resources/app` is the project, so that several clones use one runtime at the same time.
 * @param {string} [root] project folder
 * @returns {{ executablePath: string, args: string[], version: string, runtimeFolder: string }}
 * @throws {SetUpError} when no runtime has been set up
 */
export function prepareLaunch(root = PROJECT_ROOT) {
  const runtime = findElectronRuntime(root);
  if (!runtime) throw new SetUpError('There is no Electron yet: run npm start once, which fetches one.');
  const { executable, folder, version } = runtime;
  const takesFolder = process.platform === 'darwin' || existsSync(join(folder, 'resources', 'default_app.asar'));
  if (takesFolder) return { executablePath: executable, args: [root], version, runtimeFolder: folder };
  const launchFolder = ensureLaunchFolder(root, runtime);
  return { executablePath: join(launchFolder, 'electron'), args: [], version, runtimeFolder: folder };
}

/** Flags without which Chromium does not start as root on Linux. Only launchers of this repository pass them. */
export function sandboxFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function ensureLaunchFolder(root, runtime) {
  const target = join(root, '.cache', 'electron-app');
  const { mtimeMs, size } = lstatSync(runtime.executable);
  const identity = JSON.stringify({ root, runtime: runtime.executable, mtimeMs, size });
  const identityFile = join(target, 'launch-identity.json');
  if (existsSync(identityFile) && readFileSync(identityFile, 'utf8') === identity) return target;

  const aside = `${target}.${process.pid}.new`;
  rmSync(aside, { recursive: true, force: true });
  linkTree(runtime.folder, aside);
  mkdirSync(join(aside, 'resources'), { recursive: true });
  symlinkSync(root, join(aside, 'resources', 'app'), 'dir');
  writeFileSync(join(aside, 'launch-identity.json'), identity);
  // A running Electron keeps its open files when the old folder goes.
  rmSync(target, { recursive: true, force: true });
  renameSync(aside, target);
  return target;
}

function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, copy);
    else linkFile(source, copy);
  }
}

/** A hard link and not a symbolic one: Electron finds its resources beside the file that it really is. */
function linkFile(source, copy) {
  try {
    linkSync(source, copy);
  } catch (error) {
    // The cache may lie on another disk, or the system may refuse links to another owner's files.
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(error.code)) throw error;
    copyFileSync(source, copy, constants.COPYFILE_FICLONE);
  }
}
