import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '@shared/contract/define-area';
import { answered, refused } from '@shared/contract/envelope';
import { answerCall, type ErasedHandler } from '../../../../main/ipc/answer-call';
import type { Logger } from '../../../../main/wiring/ports';

const definition = call({
  ask: z.object({ personId: z.string(), pins: z.array(z.string().regex(/^\d+$/)) }),
  answer: z.object({ count: z.number().int() }),
  refuses: ['pin-wrong'],
});
const good = { personId: 'p1', pins: ['1234'] };

interface Line {
  readonly level: string;
  readonly event: string;
  readonly ids: unknown;
}

function rig(handler: ErasedHandler) {
  const lines: Line[] = [];
  const note = (level: string) => (event: string, ids?: unknown) => lines.push({ level, event, ids });
  const logger: Logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: (event, error, ids) => lines.push({ level: 'error', event, ids: { ...ids, error } }),
  };
  const ask = (value: unknown) => answerCall('session.test', definition, handler, value, { windowId: 7 }, logger);
  return { ask, lines };
}

describe('a call', () => {
  it('hands the handler the checked ask without anything that the contract does not name', async () => {
    const seen: unknown[] = [];
    const { ask } = rig((value, { windowId }) => {
      seen.push(value, windowId);
      return answered({ count: 1 });
    });
    expect(await ask({ ...good, extra: 'x' })).toEqual({ ok: true, value: { count: 1 } });
    expect(seen).toEqual([good, 7]);
  });

  it('refuses a bad ask with the place of its first problem and never its value', async () => {
    const { ask, lines } = rig(() => answered({ count: 1 }));
    const reply = await ask({ personId: 'p1', pins: ['1234', 'secret-value'] });
    expect(reply).toEqual({
      ok: false,
      error: { code: 'bad-request', params: { path: 'pins.1', problem: 'invalid_format' } },
    });
    expect(JSON.stringify(lines)).not.toContain('secret-value');
  });

  it('refuses an ask that is nothing at all', async () => {
    const { ask } = rig(() => answered({ count: 1 }));
    expect(await ask(undefined)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  it('turns what a handler throws into internal, and logs it', async () => {
    const { ask, lines } = rig(async () => {
      throw new Error('broken');
    });
    expect(await ask(good)).toEqual({ ok: false, error: { code: 'internal', params: {} } });
    expect(lines).toMatchObject([{ level: 'error', event: 'handler-failed', ids: { call: 'session.test' } }]);
  });

  it('does not let an answer out that is not the contract’s', async () => {
    const { ask } = rig(() => answered({ count: 1.5, secret: 'x' }));
    expect(await ask(good)).toEqual({
      ok: false,
      error: { code: 'bad-answer', params: { path: 'count', problem: 'invalid_type' } },
    });
  });

  it('cuts from an answer what the contract does not name', async () => {
    const { ask } = rig(() => answered({ count: 2, pinHash: 'abc' }));
    expect(await ask(good)).toEqual({ ok: true, value: { count: 2 } });
  });

  it('passes refusals on, and notes those that the contract does not list', async () => {
    const listed = rig(() => refused('pin-wrong', { left: 2 }));
    expect(await listed.ask(good)).toEqual({ ok: false, error: { code: 'pin-wrong', params: { left: 2 } } });
    expect(listed.lines).toEqual([]);
    const unlisted = rig(() => refused('disk-full'));
    expect(await unlisted.ask(good)).toMatchObject({ error: { code: 'disk-full' } });
    expect(unlisted.lines).toMatchObject([{ event: 'refusal-outside-contract' }]);
  });
});
