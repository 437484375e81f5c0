import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../../../printing/layout/dot-page';
import { createBitmap, cropToInk, fillRectangle, stamp } from '../../../../printing/raster/bitmap';

const rowsOf = ({ bits, bytesPerRow, heightDots }: Bitmap): string[] =>
  Array.from({ length: heightDots }, (_, row) =>
    [...bits.subarray(row * bytesPerRow, (row + 1) * bytesPerRow)]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join(''),
  );
const black = (width: number, height: number): Bitmap => {
  const bitmap = createBitmap(width, height);
  fillRectangle(bitmap, 0, 0, width, height);
  return bitmap;
};

describe('1-bit pictures', () => {
  it('fill rectangles across byte borders and clip them', () => {
    const bitmap = createBitmap(20, 3);
    fillRectangle(bitmap, 6, 1, 10, 1);
    fillRectangle(bitmap, 18, -5, 99, 6);
    expect(rowsOf(bitmap)).toEqual([
      '000000000000000000110000',
      '000000111111111100000000',
      '000000000000000000000000',
    ]);
  });

  it('stamp at every bit offset', () => {
    for (let x = 0; x < 16; x += 1) {
      const target = createBitmap(32, 1);
      stamp(target, black(5, 1), x, 0, 'black');
      expect(rowsOf(target)[0]).toBe(`${'0'.repeat(x)}11111`.padEnd(32, '0'));
    }
  });

  it('clip stamps on all sides and leave the padding white', () => {
    const target = createBitmap(10, 2);
    stamp(target, black(40, 40), -13, -17, 'black');
    expect(rowsOf(target)).toEqual(['1111111111000000', '1111111111000000']);
    const untouched = createBitmap(10, 2);
    stamp(untouched, black(4, 4), -9, 0, 'black');
    stamp(untouched, black(4, 4), 0, 99, 'black');
    expect(cropToInk(untouched)).toBeUndefined();
  });

  it('take ink away with white', () => {
    const target = black(16, 1);
    stamp(target, black(3, 1), 7, 0, 'white');
    expect(rowsOf(target)).toEqual(['1111111000111111']);
  });

  it('are cut to their ink in whole bytes', () => {
    const bitmap = createBitmap(40, 9);
    fillRectangle(bitmap, 17, 3, 5, 2);
    const cropped = cropToInk(bitmap);
    expect(cropped).toMatchObject({ xDots: 16, yDots: 3, bitmap: { widthDots: 8, heightDots: 2, bytesPerRow: 1 } });
    expect(cropped && rowsOf(cropped.bitmap)).toEqual(['01111100', '01111100']);
  });
});
