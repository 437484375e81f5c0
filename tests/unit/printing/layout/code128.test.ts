import bwip from 'bwip-js/generic';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code128Bars, code128Modules, code128Symbols } from '../../../../printing/layout/code128';

const symbolsOf = (data: string): readonly number[] => {
  const symbols = code128Symbols(data);
  if (!symbols.ok) throw new Error(symbols.error.code);
  return symbols.value;
};

/** Reads the symbols back by the standard's rules, without the encoder's tables. */
const decode = (symbols: readonly number[]): string => {
  const [start = 0, ...rest] = symbols;
  const data = rest.slice(0, -2);
  const check = data.reduce((sum, symbol, index) => sum + symbol * (index + 1), start) % 103;
  if (check !== rest.at(-2)) throw new Error('wrong check symbol');
  let inC = start === 105;
  let text = '';
  for (const symbol of data) {
    if (inC && symbol === 100) inC = false;
    else if (!inC && symbol === 99) inC = true;
    else text += inC ? String(symbol).padStart(2, '0') : String.fromCharCode(symbol + 32);
  }
  return text;
};

describe('Code 128', () => {
  it('needs 145 modules for a waybill of SF and 13 digits, and 112 for 14 digits', () => {
    expect(code128Modules(symbolsOf('SF1234567890123'))).toBe(145);
    expect(code128Modules(symbolsOf('75300000000001'))).toBe(112);
  });

  it('draws the bars that another encoder draws', () => {
    for (const data of ['75300000000001', 'A', '12', 'JDVA00123456789', 'Z~ !9']) {
      const [other] = bwip.raw('code128', data, '');
      const bars = code128Bars(symbolsOf(data));
      // The other encoder may choose other sets for the same text; where the width agrees, the bars must.
      if (other === undefined || !('sbs' in other)) throw new Error('no bars from the other encoder');
      if (other.sbs.length === bars.length) expect(bars).toEqual(other.sbs);
      else expect(bars.length).toBeLessThanOrEqual(other.sbs.length);
    }
  });

  it('every symbol is 11 modules wide, the stop 13', () => {
    const all = Array.from({ length: 107 }, (_, symbol) =>
      code128Bars([symbol]).reduce((sum, width) => sum + width, 0),
    );
    expect(all).toEqual([...Array.from({ length: 106 }, () => 11), 13]);
    expect(new Set(all.map((_, symbol) => code128Bars([symbol]).join())).size).toBe(107);
  });

  it('gives every printable text back', () => {
    const ascii = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 40,
    });
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789A'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(ascii, digits), (data) => {
        expect(decode(symbolsOf(data))).toBe(data);
      }),
      { numRuns: 500, seed: 20260301 },
    );
  });

  it.each([
    ['', { code: 'barcode-empty' }],
    ['SF顺', { code: 'barcode-not-encodable', at: 2 }],
    ['A\u001D1', { code: 'barcode-not-encodable', at: 1 }],
    ['\u007F', { code: 'barcode-not-encodable', at: 0 }],
  ])('refuses %j', (data, error) => {
    expect(code128Symbols(data)).toEqual({ ok: false, error });
  });
});
