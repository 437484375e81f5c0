import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRasterBands } from '../../../../../printing/encoders/escpos/raster-bands';
import { makeReceiptJob, receiptTrace } from '../../../../../printing/escpos-receipt';
import { vectorOf } from '../../../../oracles/courier-vectors';
import { interpretEscPos } from '../../../../oracles/escpos-interpreter';

const bitmapOf = (rows: readonly (readonly number[])[]) => {
  const bytesPerRow = rows[0]?.length ?? 1;
  return { widthDots: bytesPerRow * 8, heightDots: rows.length, bytesPerRow, bits: Uint8Array.from(rows.flat()) };
};
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

describe('ESC/POS pictures', () => {
  it('agree with the vector', () => {
    const commands = encodeRasterBands(
      bitmapOf([
        [0x80, 0x01],
        [0xff, 0xff],
      ]),
    );
    expect(commands.map(({ bytes }) => hexOf(bytes))).toEqual([vectorOf('escpos-gs-v-0').expected]);
  });

  it('are sent in bands that small buffers hold, and white paper is fed', () => {
    const ink = Array.from({ length: 500 }, () => [0x01]);
    const white = Array.from({ length: 300 }, () => [0x00]);
    const commands = encodeRasterBands(bitmapOf([...ink, ...white, [0x80]]));
    expect(commands.map(({ meaning }) => meaning)).toEqual([
      'picture 1 bytes x 240 rows',
      'picture 1 bytes x 240 rows',
      'picture 1 bytes x 20 rows',
      'feed 255 rows',
      'feed 45 rows',
      'picture 1 bytes x 1 rows',
    ]);
  });

  it('come out as they were, row by row, whatever they show', () => {
    const stretch = fc.tuple(fc.constantFrom(0x00, 0x00, 0xff, 0x18), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 6 }), (stretches) => {
        const rows = stretches.flatMap(([byte, length]) => Array.from({ length }, () => [byte, 0x80 & byte]));
        const { commands } = makeReceiptJob(bitmapOf(rows));
        const paper = interpretEscPos(Buffer.concat(commands.slice(2, -2).map(({ bytes }) => bytes)));
        const expected = rows.map((row) => row.map((byte) => byte.toString(2).padStart(8, '0')).join(''));
        expect(paper.rows.map((row) => row.padEnd(16, '0'))).toEqual(expected);
        expect(paper.tallestBand).toBeLessThanOrEqual(240);
      }),
      { numRuns: 100, seed: 20260301 },
    );
  });

  it('begin with a reset and end behind the knife', () => {
    const { bytes, commands } = makeReceiptJob(bitmapOf([[0xff]]));
    expect(hexOf(bytes)).toBe('1B40' + '1B6100' + '1D76300001000100FF' + '1B6404' + '1D5601' + '1B40');
    expect(receiptTrace(commands)[0]).toBe('initialise (2 bytes)');
    expect(receiptTrace(commands)).toHaveLength(commands.length);
  });
});
