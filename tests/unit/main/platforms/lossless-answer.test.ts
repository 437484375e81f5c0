import fc from 'fast-check';
import { LosslessNumber, stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { decimalText, exactText, parseLossless } from '../../../../main/platforms/lossless-answer';

describe('reading JSON without losing a digit', () => {
  it.each([
    '1234567890123456789',
    '[9007199254740993]',
    '{"a": -12345678901234567.5}',
    '[1,\n 9007199254740993]',
    '1e400',
    '{"a":1E400}',
  ])('keeps the digits of %s', (text) => {
    const parsed = parseLossless(text);
    expect(parsed.ok && stringify(parsed.value)).toBe(text.replace(/\s/g, ''));
  });

  it('gives plain numbers where they are exact', () => {
    const parsed = parseLossless('{"a":1,"b":-59.9,"c":9007199254740991,"d":"12345678901234567890","e":[]}');
    expect(parsed).toEqual({
      ok: true,
      value: { a: 1, b: -59.9, c: 9007199254740991, d: '12345678901234567890', e: [] },
    });
  });

  it('reads every document that JavaScript can write as JavaScript reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = JSON.stringify(value);
        const parsed = parseLossless(text);
        expect(parsed.ok).toBe(true);
        // Compared through text: a number that is kept as its digits writes the same digits.
        if (parsed.ok) expect(JSON.parse(stringify(parsed.value) ?? '')).toEqual(JSON.parse(text));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('keeps integers of any length', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (integer) => {
        const parsed = parseLossless(`{"deep":[{"id":${integer}}]}`);
        const id = parsed.ok ? (parsed.value as { deep: [{ id: unknown }] }).deep[0].id : null;
        expect(exactText.parse(id)).toBe(String(integer));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it.each(['', '{', '[1,]', 'NaN', '{"a":01}', '<html>'])('refuses %s', (text) => {
    expect(parseLossless(text)).toEqual({ ok: false, error: 'not-json' });
  });

  it('takes decimal quantities from numbers and texts, and nothing else', () => {
    expect(decimalText.parse(2.5)).toBe('2.5');
    expect(decimalText.parse('3')).toBe('3');
    expect(decimalText.parse(new LosslessNumber('12345678901234567890'))).toBe('12345678901234567890');
    for (const wrong of ['', 'two', '1,5', null, {}]) expect(decimalText.safeParse(wrong).success).toBe(false);
  });
});
