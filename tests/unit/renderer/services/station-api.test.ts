import { describe, expect, it, vi } from 'vitest';
import { type AREAS } from '@shared/contract/station';
import { CHANNELS } from '@shared/contract/channel-names';
import { createStationApi, windowStation } from '../../../../renderer/services/station-api';
import { aPerson } from '../../../builders/people';
import { createFakeStation } from '../../../fakes/fake-station';
import { createManualClock } from '../../../fakes/manual-clock';

const bridgeAnswering = (answer: unknown) => ({ call: vi.fn(async () => answer), on: () => () => undefined });

describe('the typed door to main', () => {
  it('offers every call and event of every area', () => {
    const api = createStationApi(bridgeAnswering(null), () => undefined);
    for (const [area, names] of Object.entries(CHANNELS)) {
      const offered: object = api[area as keyof typeof AREAS];
      for (const name of names.calls) expect(Reflect.get(offered, name)).toBeTypeOf('function');
      for (const name of names.events)
        expect(Reflect.get(Reflect.get(offered, 'on') as object, name)).toBeTypeOf('function');
    }
  });

  it('passes a right answer on, and a refusal with its code', async () => {
    const signedIn = { ok: true, value: { person: aPerson() } };
    expect(await createStationApi(bridgeAnswering(signedIn)).session.state(null)).toEqual(signedIn);
    const refusal = { ok: false, error: { code: 'vault-locked', params: {} } };
    expect(await createStationApi(bridgeAnswering(refusal)).feed.open(null)).toEqual(refusal);
  });

  it('turns an answer of another shape into a refusal and reports where, never what', async () => {
    const odd: string[] = [];
    for (const answer of [
      undefined,
      'x',
      { ok: true, value: { person: { name: '林小满' } } },
      { ok: false, error: { code: 'no-such' } },
    ]) {
      const api = createStationApi(bridgeAnswering(answer), (event, where) => odd.push(`${event} ${where}`));
      expect(await api.session.state(null)).toEqual({
        ok: false,
        error: { code: 'bad-answer', params: { call: 'session.state' } },
      });
    }
    expect(new Set(odd)).toEqual(new Set(['bad-answer session.state']));
  });

  it('turns a bridge that breaks into a refusal', async () => {
    const bridge = { call: () => Promise.reject(new Error('going down')), on: () => () => undefined };
    expect(await createStationApi(bridge, () => undefined).app.info(null)).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });

  it('brings events that fit, passes over those that do not, and stops when cancelled', () => {
    const fake = createFakeStation({ clock: createManualClock() });
    const odd: string[] = [];
    const api = createStationApi(fake.bridge, (event, where) => odd.push(`${event} ${where}`));
    const heard: unknown[] = [];
    const cancel = api.session.on.changed((state) => heard.push(state));
    fake.emit('session', 'changed', { person: aPerson('lead') });
    fake.emit('session', 'changed', { person: 7 });
    cancel();
    fake.emit('session', 'changed', { person: null });
    expect(heard).toEqual([{ person: aPerson('lead') }]);
    expect(odd).toEqual(['bad-event session.changed']);
  });

  it('tells main of oddities by itself', async () => {
    const bridge = bridgeAnswering('nonsense');
    await createStationApi(bridge).session.state(null);
    expect(bridge.call).toHaveBeenLastCalledWith('app', 'reportProblem', {
      event: 'bad-answer',
      detail: 'session.state',
    });
  });

  it('says that a page without a bridge is no window of the station', () => {
    vi.stubGlobal('window', {});
    expect(() => windowStation()).toThrow('no bridge');
    vi.stubGlobal('window', { station: bridgeAnswering(null) });
    expect(windowStation().app.info).toBeTypeOf('function');
    vi.unstubAllGlobals();
  });
});
