import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fuses from '@electron/fuses';
import { parse } from 'yaml';
import { buildProject } from './build.mjs';
import { PROJECT_ROOT } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { findElectronRuntime } from './setup/electron-runtime.mjs';
import { SetUpError } from './setup/set-up-error.mjs';
import { runScript } from './setup.mjs';

const { FuseV1Options, getCurrentFuseWire } = fuses;
/** What a fuse's byte in the file means: the digits 1 and 0 of ASCII. Source: @electron/fuses, dist/constants. */
const FUSE_WORDS = { 0x31: 'on', 0x30: 'off' };

/**
 * Packs what out/ holds as a folder for Linux, with the Electron that this machine has, as electron-builder.yml says.
 * @param {string} outputFolder made if absent; the program lands in its `linux-unpacked`
 * @param {{ root?: string }} [options] root: the project to pack, with its electron-builder.yml and a built out/
 * @returns {Promise<{ folder: string, executable: string, version: string }>} version: of Electron
 * @throws {SetUpError} with electron-builder's own words when packing failed
 */
export async function packageDirectory(outputFolder, { root = PROJECT_ROOT } = {}) {
  const runtime = findElectronRuntime(PROJECT_ROOT);
  if (!runtime) throw new SetUpError('There is no Electron to pack: run npm start once, which fetches one.');
  const output = resolve(outputFolder);
  mkdirSync(output, { recursive: true });
  const configFile = join(output, 'electron-builder.json');
  writeFileSync(configFile, JSON.stringify(await configFor(runtime, root, output), null, 2));
  const builder = join(PROJECT_ROOT, 'node_modules', 'electron-builder', 'cli.js');
  const { status, output: words } = await runCommand(
    process.execPath,
    [builder, '--linux', 'dir', '--publish', 'never', '--config', configFile],
    { cwd: root, capture: true, timeoutMs: 300_000 },
  );
  const folder = join(output, 'linux-unpacked');
  const executable = join(folder, 'tallyman');
  if (status !== 0 || !existsSync(executable)) throw new SetUpError(`electron-builder failed:\n${words}`);
  return { folder, executable, version: runtime.version };
}

/**
 * electron-builder.yml for the Electron that is here. An older one has fewer fuses, and electron-builder refuses to set
 * one that does not exist: those are left out, the others stay as they are.
 */
async function configFor(runtime, root, output) {
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
  const states = await readFuses(runtime.executable);
  const known = Object.entries(config.electronFuses).filter(
    ([name]) => states[name[0].toUpperCase() + name.slice(1)] !== 'absent',
  );
  return {
    ...config,
    electronFuses: Object.fromEntries(known),
    electronDist: runtime.folder,
    electronVersion: runtime.version,
    directories: { ...config.directories, output },
  };
}

/**
 * The fuses of a packed program, as they are in its file.
 * @param {string} executable
 * @returns {Promise<Record<string, 'on' | 'off' | 'absent'>>} by the names of @electron/fuses; "absent" where this
 *   Electron does not know the fuse
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  return Object.fromEntries(names.map((name) => [name, FUSE_WORDS[wire[FuseV1Options[name]]] ?? 'absent']));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runScript(async () => {
    await buildProject();
    const { folder, executable } = await packageDirectory(process.argv[2] ?? join(PROJECT_ROOT, 'release'));
    console.log(JSON.stringify({ folder, executable, fuses: await readFuses(executable) }, null, 2));
  });
}
