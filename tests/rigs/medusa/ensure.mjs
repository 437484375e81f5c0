/**
 * Installs the real shop (Medusa v2) that the connector is tested against, once per lock file, into a cache outside the
 * project. The second call finds it there and returns at once. PostgreSQL comes from the operating system.
 */
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rigDir = dirname(fileURLToPath(import.meta.url));
const POSTGRES_ROOT = '/usr/lib/postgresql';
/** Written last into an installed folder; a folder without it is a torn installation and is replaced. */
const COMPLETE_MARK = 'installed';

/** Where all rigs keep what is expensive to make. */
export const cacheRoot = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tallyman');

/** Text that changes whenever the installed shop would: the first 16 hex digits of the lock file's SHA-256. */
export async function medusaLockHash() {
  const lock = await readFile(join(rigDir, 'package-lock.json'));
  return createHash('sha256').update(lock).digest('hex').slice(0, 16);
}

/** Folder with PostgreSQL's programs (initdb, postgres, psql), newest version first; null when none is installed. */
export function findPostgres() {
  if (process.env.TALLYMAN_POSTGRES_BIN) return process.env.TALLYMAN_POSTGRES_BIN;
  if (!existsSync(POSTGRES_ROOT)) return null;
  const versions = readdirSync(POSTGRES_ROOT).sort((a, b) => Number(b) - Number(a));
  const found = versions.find((version) => existsSync(join(POSTGRES_ROOT, version, 'bin', 'initdb')));
  return found === undefined ? null : join(POSTGRES_ROOT, found, 'bin');
}

/** Installs Debian's PostgreSQL when it is missing. @throws Error saying what to install when we may not do it ourselves. */
export async function ensurePostgres() {
  const present = findPostgres();
  if (present !== null) return present;
  if (process.getuid?.() !== 0)
    throw new Error('PostgreSQL is missing: apt-get install --no-install-recommends postgresql');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], { env }).catch(async () => {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], { env });
  });
  const installed = findPostgres();
  if (installed === null) throw new Error(`PostgreSQL was installed but is not under ${POSTGRES_ROOT}`);
  return installed;
}

/**
 * Makes sure that the shop is installed. @returns the folder with its node_modules, and the lock hash that names it.
 * @throws Error with npm's last lines when the installation fails; nothing half-made is left under the final name.
 */
export async function ensureMedusa() {
  const hash = await medusaLockHash();
  const dir = join(cacheRoot(), `medusa-${hash}`);
  if (existsSync(join(dir, COMPLETE_MARK))) return { dir, hash };
  await mkdir(cacheRoot(), { recursive: true });
  const staging = `${dir}.${randomUUID()}.part`;
  try {
    await mkdir(staging);
    for (const name of ['package.json', 'package-lock.json']) await copyFile(join(rigDir, name), join(staging, name));
    // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, and a registry that does not
    // carry those cannot write a lock file with them. `install` keeps to the lock's versions and hashes all the same.
    await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: staging });
    await writeFile(join(staging, COMPLETE_MARK), new Date().toISOString());
    await takePlace(staging, dir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return { dir, hash };
}

/** Renames a finished folder into place; when another process was first, its folder stays. */
async function takePlace(staging, dir) {
  if (existsSync(dir) && !existsSync(join(dir, COMPLETE_MARK))) await rm(dir, { recursive: true, force: true });
  try {
    await rename(staging, dir);
  } catch (error) {
    if (!existsSync(join(dir, COMPLETE_MARK))) throw error;
  }
}

/** Runs a program to its end. @throws Error with the last 20 lines of what it said when it ends with another status than 0. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let said = '';
    const keep = (chunk) => {
      said = (said + chunk.toString()).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(said);
      else
        reject(
          new Error(`${program} ${args[0] ?? ''} ended with ${status}:\n${said.split('\n').slice(-20).join('\n')}`),
        );
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const startedAt = Date.now();
  await ensurePostgres();
  const { dir } = await ensureMedusa();
  console.log(`${dir} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}
