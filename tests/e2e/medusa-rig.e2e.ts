/** The rig leaves nothing behind, also when the test that uses it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const START = fileURLToPath(new URL('../rigs/medusa/start.mjs', import.meta.url));
/** Starts the rig as a test does, and passes its line on. */
const PARENT = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(START)}], { stdio: ['pipe', 'inherit', 'inherit'] });`;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

describe('the rig with the real shop', () => {
  it('stops shop, database and photos, and removes its files, when its parent is killed', async () => {
    const parent = spawn(process.execPath, ['-e', PARENT], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const rig = z
      .object({ baseUrl: z.string(), databaseUrl: z.string(), photoOrigin: z.string(), databaseDir: z.string() })
      .parse(JSON.parse(line));
    const ports = [rig.baseUrl, rig.databaseUrl, rig.photoOrigin].map((url) => Number(new URL(url).port));
    expect(await Promise.all(ports.map(answers))).toEqual([true, true, true]);
    expect(existsSync(rig.databaseDir)).toBe(true);
    parent.kill('SIGKILL');
    const quiet = async () => [...(await Promise.all(ports.map(answers))), existsSync(rig.databaseDir)];
    await expect.poll(quiet, { timeout: 30_000, interval: 200 }).toEqual([false, false, false, false]);
  });
});
