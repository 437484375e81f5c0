import { describe, expect, it } from 'vitest';
import { createBroadcast, type Listener } from '../../../../main/ipc/broadcast';
import type { Logger } from '../../../../main/wiring/ports';

function rig() {
  const errors: string[] = [];
  const logger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: (event) => errors.push(event) };
  const heard: unknown[][] = [];
  const window: Listener = { send: (channel, carried) => heard.push([channel, carried]) };
  const alive = [window, window];
  return { broadcast: createBroadcast(() => alive, logger), heard, errors, alive };
}

describe('a broadcast', () => {
  it('reaches every window that is alive at that moment', () => {
    const { broadcast, heard, alive } = rig();
    broadcast('session', 'changed', { person: null });
    alive.pop();
    broadcast('session', 'changed', { person: null });
    expect(heard).toEqual(Array(3).fill(['tallyman:session!changed', { person: null }]));
  });

  it('keeps back what does not fit the contract, and says so in the log', () => {
    const { broadcast, heard, errors } = rig();
    broadcast('journal', 'trouble', { code: 'fine', detail: 'x'.repeat(400) });
    expect(heard).toEqual([]);
    expect(errors).toEqual(['broadcast-does-not-fit-contract']);
  });

  it('carries only what the contract names', () => {
    const { broadcast, heard } = rig();
    const withMore = { code: 'fine' as const, detail: '', path: '/home/somebody' };
    broadcast('journal', 'trouble', withMore);
    expect(heard[0]).toEqual(['tallyman:journal!trouble', { code: 'fine', detail: '' }]);
  });
});
