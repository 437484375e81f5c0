/**
 * Starts the real shop and keeps it for as long as its parent wants it: prints ONE JSON line when it is up, and stops the
 * shop, its database and its files when its standard input ends (also when the parent was killed), on SIGTERM and SIGINT.
 * By hand: `node tests/rigs/medusa/start.mjs`; Ctrl-C ends it.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createCluster,
  dropDatabaseDir,
  freePort,
  makeDatabaseDir,
  packCluster,
  startCluster,
  unpackCluster,
} from './database.mjs';
import { ensureMedusa, ensurePostgres, run } from './ensure.mjs';
import { servePhotos } from './photos.mjs';
import { login, seedShop } from './seed.mjs';
import { ADMIN, MEDUSA_CONFIG, PHOTO_ORIGIN_IN_TEMPLATE, SEED_VERSION, TSCONFIG } from './shop-config.mjs';

const SHOP_START_LIMIT_MS = 120_000;
const cli = 'node_modules/@medusajs/cli/cli.js';
/** Undone in reverse order when we end, whatever state the start was in. */
const cleanups = [];
let ending = null;

function end(status) {
  ending ??= (async () => {
    for (const cleanup of cleanups.reverse())
      await Promise.resolve(cleanup()).catch((error) => process.stderr.write(`${error}\n`));
    process.exit(status);
  })();
  return ending;
}

/** Environment of every Medusa process: no telemetry, production mode (no ts-node), our database. */
const shopEnv = (databaseUrl, more = {}) => ({
  ...process.env,
  NODE_ENV: 'production',
  MEDUSA_DISABLE_TELEMETRY: '1',
  DATABASE_URL: databaseUrl,
  ...more,
});

/** Starts Medusa on a free port and waits until it answers. */
async function startShop(dir, databaseUrl) {
  const port = await freePort();
  const child = spawn(process.execPath, [cli, 'start', '-H', '127.0.0.1'], {
    cwd: dir,
    env: shopEnv(databaseUrl, { PORT: String(port) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (chunk) => (said = (said + chunk).slice(-6000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  cleanups.push(stop);
  const baseUrl = `http://127.0.0.1:${port}`;
  const startedAt = Date.now();
  for (;;) {
    const up = await fetch(`${baseUrl}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return { baseUrl, stop };
    if (child.exitCode !== null || Date.now() - startedAt > SHOP_START_LIMIT_MS)
      throw new Error(`the shop did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Makes the cached template: a migrated and seeded database as one file, and the ids of what was seeded. */
async function makeTemplate(dir, bin, template) {
  const database = await makeDatabaseDir();
  cleanups.push(() => dropDatabaseDir(database));
  await createCluster(bin, database);
  const cluster = await startCluster(bin, database);
  cleanups.push(() => cluster.stop('SIGQUIT'));
  await cluster.psql('-d', 'postgres', '-c', 'create database medusa');
  await run(process.execPath, [cli, 'db:migrate', '--skip-scripts'], { cwd: dir, env: shopEnv(cluster.url) });
  await run(process.execPath, [cli, 'user', '-e', ADMIN.email, '-p', ADMIN.password], {
    cwd: dir,
    env: shopEnv(cluster.url),
  });
  const shop = await startShop(dir, cluster.url);
  const seed = await seedShop(shop.baseUrl);
  await shop.stop();
  await cluster.stop();
  const staging = `${template}.${randomUUID()}.part`;
  await mkdir(staging);
  await packCluster(database, join(staging, 'database.tar'));
  await writeFile(join(staging, 'seed.json'), JSON.stringify(seed, null, 2));
  await rename(staging, template).catch(async (error) => {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(template)) throw error; // another process was first: its template is as good
  });
}

async function main() {
  const startedAt = Date.now();
  const bin = await ensurePostgres();
  const { dir } = await ensureMedusa();
  await writeFile(join(dir, 'medusa-config.js'), MEDUSA_CONFIG);
  await writeFile(join(dir, 'tsconfig.json'), TSCONFIG);
  await mkdir(join(dir, 'src'), { recursive: true });
  const template = join(dir, `template-${SEED_VERSION}`);
  const cold = !existsSync(template);
  if (cold) await makeTemplate(dir, bin, template);

  const seed = JSON.parse(await readFile(join(template, 'seed.json'), 'utf8'));
  const database = await makeDatabaseDir();
  cleanups.push(() => dropDatabaseDir(database));
  await unpackCluster(join(template, 'database.tar'), database);
  const cluster = await startCluster(bin, database);
  cleanups.push(() => cluster.stop('SIGQUIT'));
  const photos = await servePhotos();
  cleanups.push(photos.stop);
  for (const [table, column] of [
    ['product', 'thumbnail'],
    ['image', 'url'],
  ]) {
    await cluster.psql(
      '-d',
      'medusa',
      '-c',
      `update ${table} set ${column} = replace(${column}, '${PHOTO_ORIGIN_IN_TEMPLATE}', '${photos.origin}')`,
    );
  }
  const shop = await startShop(dir, cluster.url);
  const token = await login(shop.baseUrl);
  const ready = {
    ready: true,
    baseUrl: shop.baseUrl,
    photoOrigin: photos.origin,
    databaseUrl: cluster.url,
    databaseDir: database,
    admin: ADMIN,
    adminToken: token,
    seed,
    cold,
    startMs: Date.now() - startedAt,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

process.stdin.resume();
process.stdin.on('end', () => void end(0));
process.stdin.on('close', () => void end(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void end(0));
main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  void end(1);
});
