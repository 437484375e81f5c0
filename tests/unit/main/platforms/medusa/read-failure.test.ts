import { describe, expect, it } from 'vitest';
import { readFailure } from '../../../../../main/platforms/medusa/read-failure';

const answer = (status: number, body: unknown) => ({ status, body, platformTime: null, retryAt: null, latencyMs: 1 });

describe('what Medusa means by a status', () => {
  it.each([
    [400, 'invalid_data', 'refused'],
    [400, 'not_allowed', 'refused'],
    [401, 'unauthorized', 'unauthorized'],
    [403, 'forbidden', 'forbidden'],
    [404, 'not_found', 'not-found'],
    [409, 'conflict', 'server-error'],
    [422, 'duplicate_error', 'refused'],
    [500, 'unknown_error', 'server-error'],
  ])('reads its own %i %s as %s', (status, type, code) => {
    const failure = readFailure(answer(status, { type, message: 'order of 林样例, 13800000000' }));
    expect(failure).toEqual({ code, status, detail: type, notBefore: null });
  });

  it('reads a 401 that has only a message', () => {
    expect(readFailure(answer(401, { message: 'Unauthorized' }))).toMatchObject({ code: 'unauthorized' });
  });

  it.each([
    [404, { error: 'no route' }],
    [500, null],
    [403, { message: 'WAF' }],
    [502, [1]],
    [400, 'text'],
  ])('takes a %i that is not in its own format as a gateway in between', (status, body) => {
    expect(readFailure(answer(status, body))).toMatchObject({ code: 'bad-gateway', status });
  });

  it('takes any 429 as throttled', () => {
    expect(readFailure(answer(429, null))).toMatchObject({ code: 'throttled' });
  });
});
