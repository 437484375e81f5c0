import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { describeError, redact, redactText } from '../../../../main/diagnostics/redact';

describe('redaction of text', () => {
  it.each([
    ['call 13812345678 now', 'call [phone] now'],
    ['call +86 138-1234-5678 now', 'call [phone] now'],
    ['tel 010-65432100', 'tel [phone]'],
    ['tel +49 171 1234 5678', 'tel [phone]'],
    ['mail li.wei+shop@example.com!', 'mail [email]!'],
    ['寄到广东省深圳市南山区科技路5号 3 楼', '[address] 3 楼'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [token]'],
    ['used sk_live_0123456789abcdef', 'used [token]'],
    ['eyJhbGciOi.eyJzdWIiOi.sig-part', '[token]'],
    [`key ${'ab'.repeat(32)}`, 'key [key]'],
    [`key ${Buffer.alloc(32, 7).toString('base64')}`, 'key [key]'],
    ['http://user:pw@shop.invalid/admin?token=x1', 'http://shop.invalid/admin'],
    [`at ${homedir()}/shop/file.js`, 'at ~/shop/file.js'],
  ])('%j becomes %j', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    'waybill TM7700000001 of job 5f3c2d1e-8a9b-4c3d-9e8f-0a1b2c3d4e5f',
    'order shop/order_01K8ZQ3F9T7M2N4P6R8S0V2X4Z revision 12',
    '75300000000001 printed at 2026-11-24T07:00:00.000Z',
    'took 1200 ms, seq 4711, status 504',
  ])('leaves ids, numbers and times alone: %j', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('cuts what is too long', () => {
    expect(redactText('x '.repeat(5_000)).length).toBeLessThan(4_010);
  });
});

describe('redaction of values', () => {
  it('empties what its key calls personal or secret, at any depth', () => {
    const clean = redact({
      orderKey: 'shop/1',
      storeId: 'shop',
      person: { personId: 'ada', name: 'Ada Test', badge: 'B1', pin: '1234' },
      contact: { recipient: 'x' },
      lines: [{ sku: 'S1', buyerRemark: 'please' }],
      apiKey: 'k',
      phoneNo: '1',
      fileName: 'settings.json',
      attempt: 3,
      missing: null,
    });
    expect(clean).toEqual({
      orderKey: 'shop/1',
      storeId: 'shop',
      person: { personId: 'ada', name: '[redacted]', badge: '[redacted]', pin: '[redacted]' },
      contact: '[redacted]',
      lines: [{ sku: 'S1', buyerRemark: '[redacted]' }],
      apiKey: '[redacted]',
      phoneNo: '[redacted]',
      fileName: 'settings.json',
      attempt: 3,
      missing: null,
    });
  });

  it('never writes bytes, functions or endless structures', () => {
    const loop: Record<string, unknown> = {};
    loop['again'] = loop;
    expect(redact({ keyBytes: new Uint8Array(32), run: () => 1, big: 10n })).toEqual({
      keyBytes: '[32 bytes]',
      run: '[function]',
      big: '10',
    });
    expect(JSON.stringify(redact(loop))).toContain('[deeper]');
  });
});

describe('an error in the log', () => {
  it('tells type, code, frames and cause, with every message cleaned', () => {
    const cause = Object.assign(new Error('connect to http://u:p@h/x?key=1'), { code: 'ECONNREFUSED' });
    const described = describeError(new TypeError('no answer for 13812345678', { cause }));
    expect(described).toMatchObject({
      type: 'TypeError',
      message: 'no answer for [phone]',
      cause: { code: 'ECONNREFUSED', message: 'connect to http://h/x' },
    });
    expect(described['stack']).not.toContain('13812345678');
  });

  it('bears things that are no errors', () => {
    expect(describeError('call 13812345678')).toEqual({ thrown: 'call [phone]' });
    expect(describeError({ phone: '13812345678' })).toEqual({ thrown: 'object' });
  });
});
