import { describe, expect, it } from 'vitest';
import { openBenchChannel, type BenchMessage } from '../../../../renderer/sync/channels';
import { aPlan } from '../../../builders/plans';
import { channelHub } from '../../../fakes/ingest-rig';

describe('the bench channel', () => {
  it('carries plans between windows unchanged', () => {
    const hub = channelHub();
    const plan = aPlan('1');
    const message: BenchMessage = {
      kind: 'plans-changed',
      from: 0,
      to: 1,
      rows: [{ shipmentId: plan.shipmentId, changed: 1, plan, gone: false, source: null }],
    };
    hub.join().post(message);
    expect(hub.heard).toEqual([message]);
  });

  it('passes over what it does not understand, and stops when cancelled', () => {
    const listeners: ((event: { readonly data: unknown }) => void)[] = [];
    const channel = openBenchChannel({
      postMessage: () => undefined,
      addEventListener: (_type, listener) => listeners.push(listener),
      close: () => undefined,
    });
    const heard: BenchMessage[] = [];
    const cancel = channel.listen((message) => heard.push(message));
    const say = (data: unknown): void => listeners.forEach((listener) => listener({ data }));
    for (const data of [null, 'x', { kind: 'of-tomorrow' }, { kind: 'plans-changed', rows: 3 }]) say(data);
    expect(heard).toEqual([]);
    say({ kind: 'hands-busy' });
    cancel();
    say({ kind: 'hands-busy' });
    expect(heard).toEqual([{ kind: 'hands-busy' }]);
  });
});
