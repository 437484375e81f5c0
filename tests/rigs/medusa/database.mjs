/** The rig's PostgreSQL: a throw-away cluster on a free port, run by user postgres when we are root (it refuses root). */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { run } from './ensure.mjs';

const START_LIMIT_MS = 30_000;

/** User to run the database as: { uid, gid } of postgres for root, nothing for anybody else. */
function databaseUser() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres']).toString());
  return { uid: id('-u'), gid: id('-g') };
}

/** A free TCP port of 127.0.0.1 at the moment of asking. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** An empty folder that the database's user owns. */
export async function makeDatabaseDir() {
  const dir = await mkdtemp(join(tmpdir(), 'tallyman-medusa-'));
  const { uid, gid } = databaseUser();
  chmodSync(dir, 0o700);
  if (uid !== undefined) chownSync(dir, uid, gid);
  return dir;
}

/** Makes a new cluster with an empty database "medusa". Durability is off: nothing here outlives the run. */
export async function createCluster(bin, dir) {
  await run(
    join(bin, 'initdb'),
    ['-D', join(dir, 'data'), '-U', 'rig', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    {
      ...databaseUser(),
      cwd: dir,
    },
  );
}

/** Starts the cluster in the foreground as our child. @returns its address, and a stop that ends it at once. */
export async function startCluster(bin, dir) {
  const port = await freePort();
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dir,
    max_connections: '60',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(bin, 'postgres'), ['-D', join(dir, 'data'), '-p', String(port), ...flags], {
    ...databaseUser(),
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  const ended = new Promise((resolve) => child.on('close', resolve));
  const psql = (...args) =>
    run(join(bin, 'psql'), [
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'rig',
      '-v',
      'ON_ERROR_STOP=1',
      '-qAt',
      ...args,
    ]);
  const startedAt = Date.now();
  for (;;) {
    if (child.exitCode !== null) throw new Error(`postgres ended at its start:\n${said}`);
    const answered = await psql('-d', 'postgres', '-c', 'select 1').then(
      () => true,
      () => false,
    );
    if (answered) break;
    if (Date.now() - startedAt > START_LIMIT_MS) throw new Error(`postgres did not answer in 30 s:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async (signal = 'SIGINT') => {
    child.kill(signal);
    await ended;
  };
  return { url: `postgres://rig@127.0.0.1:${port}/medusa`, psql, stop, child };
}

/** Packs a stopped cluster into one file. */
export const packCluster = (dir, file) => run('tar', ['-C', dir, '-cf', file, 'data']);

/** Unpacks a packed cluster; for root tar gives the files back to the database's user. */
export const unpackCluster = (file, dir) => run('tar', ['-C', dir, '-xf', file]);

/** Removes the throw-away folder. */
export const dropDatabaseDir = (dir) => rm(dir, { recursive: true, force: true });
