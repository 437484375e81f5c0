/** The simulators as the program that `npm run sim` starts. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const announcement = z.object({
  ready: z.literal(true),
  control: z.string(),
  simulators: z.array(
    z.looseObject({ name: z.string(), platform: z.string().optional(), baseUrl: z.string().optional() }),
  ),
});

let dir: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tallyman-sim-build-'));
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    define: { __TEST_BUILD__: 'true' },
    resolve: { alias: { '@shared': join(root, 'preload', 'shared') } },
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node18',
      outDir: dir,
      emptyOutDir: false,
      rolldownOptions: {
        input: { simulators: join(root, 'main/simulators/index.ts') },
        external: [...builtinModules, /^node:/, 'electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  });
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function start(...flags: string[]) {
  const child = spawn(process.execPath, [join(dir, 'simulators.cjs'), ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return { child, lines, said: announcement.parse(JSON.parse(lines[0] ?? '')) };
}

describe('the simulators as a process', () => {
  it('print one line with addresses and control endpoint, and both answer', async () => {
    const { lines, said } = await start('--demo');
    expect(said.simulators.map((one) => one.name)).toEqual(expect.arrayContaining(['shop-1', 'shop-2']));
    const shops = said.simulators.filter((one) => one.platform === 'medusa');
    for (const shop of shops) expect((await fetch(`${shop.baseUrl ?? ''}/health`)).status).toBe(200);
    const told = z.record(z.string(), z.unknown()).parse(await (await fetch(`${said.control}/told`)).json());
    expect(Object.keys(told)).toEqual(said.simulators.map((one) => one.name));
    const made = await fetch(`${said.control}/shop-1/orders`, { method: 'POST', body: '{"count":2}' });
    expect(z.object({ orders: z.array(z.unknown()) }).parse(await made.json()).orders).toHaveLength(2);
    expect(lines).toHaveLength(1);
  });

  it('end when their parent closes the line to them, and on SIGTERM', async () => {
    const first = await start();
    first.child.stdin?.end();
    expect(await once(first.child, 'exit')).toEqual([0, null]);
    const second = await start('--shops', '3');
    expect(second.said.simulators.filter((one) => one.platform === 'medusa')).toHaveLength(3);
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
  });

  it('stay when they have no input at all, as a job in the background has none', async () => {
    const child = spawn(process.execPath, [join(dir, 'simulators.cjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { control } = announcement.parse(JSON.parse(line));
    expect((await fetch(`${control}/simulators`)).status).toBe(200);
    expect(child.exitCode).toBeNull();
  });

  it('say what is wrong with their flags and end', async () => {
    const child = spawn(process.execPath, [join(dir, 'simulators.cjs'), '--shops', 'many'], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    running.push(child);
    const said: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said.join('')).toContain('--shops takes 1 to 8');
  });
});
