import { afterEach, describe, expect, it } from 'vitest';
import { startControlServer } from '../../../main/simulators/control/control-server';
import { ControlRefusal, type RunningSimulator } from '../../../main/simulators/simulator';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const simulator = (name: string): RunningSimulator => ({
  name,
  announcement: { port: 1 },
  controls: [
    { method: 'POST', path: '/things/:id', handle: ({ id }, body) => ({ id, body }) },
    { method: 'DELETE', path: '/things', handle: () => undefined },
    {
      method: 'POST',
      path: '/never',
      handle: () => {
        throw new ControlRefusal(409, 'not now');
      },
    },
  ],
  told: () => [name, 'was told'],
  stop: async () => undefined,
});

async function start() {
  const control = await startControlServer([simulator('a'), simulator('b')]);
  cleanups.push(() => control.stop());
  const ask = async (method: string, path: string, body?: string) => {
    const answer = await fetch(path.startsWith('http') ? path : control.address + path, {
      method,
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return { control, ask };
}

describe('the control endpoint of the simulators', () => {
  it('carries out commands of each simulator with parameters and body', async () => {
    const { ask } = await start();
    expect(await ask('POST', '/a/things/x%20y', '{"n":1}')).toEqual({
      status: 200,
      body: { id: 'x y', body: { n: 1 } },
    });
    expect(await ask('DELETE', '/b/things')).toEqual({ status: 200, body: {} });
    expect(await ask('POST', '/a/never')).toEqual({ status: 409, body: { error: 'not now' } });
  });

  it('tells what all were told, and what can be commanded', async () => {
    const { ask } = await start();
    expect((await ask('GET', '/told')).body).toEqual({ a: ['a', 'was told'], b: ['b', 'was told'] });
    expect((await ask('GET', '/simulators')).body).toMatchObject([
      { name: 'a', announcement: { port: 1 }, controls: ['POST /a/things/:id', 'DELETE /a/things', 'POST /a/never'] },
      { name: 'b' },
    ]);
  });

  it('is silent to whoever does not know its secret, and clear about mistakes', async () => {
    const { control, ask } = await start();
    const { origin } = new URL(control.address);
    expect(await ask('GET', `${origin}/told`)).toEqual({ status: 404, body: { error: 'not found' } });
    expect((await ask('GET', `${origin}/${'x'.repeat(24)}/told`)).status).toBe(404);
    expect((await ask('POST', '/a/nothing')).status).toBe(404);
    expect((await ask('POST', '/a/things/1', '{torn')).status).toBe(400);
    expect((await ask('POST', '/a/things/1', 'x'.repeat(1_100_000))).status).toBe(400);
  });
});
