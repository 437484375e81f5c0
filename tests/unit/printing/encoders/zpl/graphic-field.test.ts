import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16, encodeAcs, encodeB64, encodeZ64 } from '../../../../../printing/encoders/zpl/graphic-field';
import type { Bitmap } from '../../../../../printing/layout/dot-page';
import { vectorOf } from '../../../../oracles/courier-vectors';
import { decodeAcs, decodeWrapped } from '../../../../oracles/zpl-graphics';

const bitmapOf = (rows: readonly string[]): Bitmap => {
  const bits = Uint8Array.from(Buffer.from(rows.join(''), 'hex'));
  const bytesPerRow = bits.length / rows.length;
  return { widthDots: bytesPerRow * 8, heightDots: rows.length, bytesPerRow, bits };
};

describe('pictures in ZPL', () => {
  it('compress as the vector has it, but for the black fill, which some interpreters misread', () => {
    const { inputs, expected } = vectorOf('zpl-acs-encode');
    const rows = Array.isArray(inputs['rowsHex']) ? inputs['rowsHex'].map(String) : [];
    // The row of eight F is written out as a run (N = 8) where the vector has the fill sign.
    expect(encodeAcs(bitmapOf(rows))).toBe(String(expected).replace('!', 'NF'));
    expect(decodeAcs(String(expected), 4)).toEqual(rows);
  });

  it('are read back by the decoder of the vector', () => {
    const { inputs, expected } = vectorOf('zpl-acs-decode');
    expect(decodeAcs(String(inputs['text']), 52)).toEqual(expected);
  });

  it('come back whole, whatever they show', () => {
    const row = fc.array(fc.constantFrom(0x00, 0x00, 0xff, 0xf0, 0x0f, 0x81, 0x3c), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const hex = rows.map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase());
        expect(decodeAcs(encodeAcs(bitmapOf(hex)), 30)).toEqual(hex);
      }),
      { numRuns: 300, seed: 20260301 },
    );
  });

  it('carry the checksums of the vectors', () => {
    const b64 = vectorOf('zpl-b64-crc');
    expect(encodeB64(Uint8Array.from(Buffer.from(String(b64.inputs['hex']), 'hex')))).toBe(b64.expected);
    const z64 = vectorOf('zpl-z64-crc');
    expect(crc16(String(z64.inputs['text'])).toString(16)).toBe(z64.expected);
    expect(crc16('123456789')).toBe(0x31c3);
  });

  it('come back from base64 and from zlib, for every length', () => {
    for (let length = 1; length < 20; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 0xff);
      expect(decodeWrapped(encodeB64(bytes))).toEqual(bytes);
      expect(decodeWrapped(encodeZ64(bytes, (each) => deflateSync(each)))).toEqual(bytes);
    }
  });
});
