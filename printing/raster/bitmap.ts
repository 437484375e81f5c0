/** Operations on 1-bit pictures: rows MSB first, padded to whole bytes, 1 = black. Everything is clipped to the picture. */
import type { Bitmap } from '../layout/dot-page';

/** A white picture. @param widthDots, heightDots whole and positive. */
export const createBitmap = (widthDots: number, heightDots: number): Bitmap => {
  const bytesPerRow = Math.ceil(widthDots / 8);
  return { widthDots, heightDots, bytesPerRow, bits: new Uint8Array(bytesPerRow * heightDots) };
};

/** How a picture is put onto another: black adds ink, white takes ink away (white text on a black field). */
export type Ink = 'black' | 'white';

/**
 * Puts a picture onto another with its top left corner at x, y (whole dots, may be negative).
 * Works on whole bytes; the padding bits of the source must be 0, as createBitmap leaves them.
 */
export const stamp = (target: Bitmap, source: Bitmap, xDots: number, yDots: number, ink: Ink): void => {
  const shift = ((xDots % 8) + 8) % 8;
  const firstByte = (xDots - shift) / 8;
  const fromRow = Math.max(0, -yDots);
  const toRow = Math.min(source.heightDots, target.heightDots - yDots);
  const to = target.bits;
  for (let row = fromRow; row < toRow; row += 1) {
    const sourceRow = row * source.bytesPerRow;
    const targetRow = (row + yDots) * target.bytesPerRow;
    for (let at = 0; at < source.bytesPerRow; at += 1) {
      const bits = source.bits[sourceRow + at] ?? 0;
      if (bits === 0) continue;
      const left = firstByte + at;
      if (left >= 0 && left < target.bytesPerRow) put(to, targetRow + left, bits >> shift, ink);
      if (shift > 0 && left + 1 >= 0 && left + 1 < target.bytesPerRow)
        put(to, targetRow + left + 1, (bits << (8 - shift)) & 0xff, ink);
    }
  }
  if (ink === 'black') clearPadding(target);
};

const put = (bytes: Uint8Array, at: number, bits: number, ink: Ink): void => {
  const before = bytes[at] ?? 0;
  bytes[at] = ink === 'black' ? before | bits : before & ~bits;
};

/** Bits right of the picture's edge stay 0: encoders compare and compress whole bytes. */
const clearPadding = (bitmap: Bitmap): void => {
  const spare = bitmap.bytesPerRow * 8 - bitmap.widthDots;
  if (spare === 0) return;
  const mask = (0xff << spare) & 0xff;
  for (let at = bitmap.bytesPerRow - 1; at < bitmap.bits.length; at += bitmap.bytesPerRow)
    bitmap.bits[at] = (bitmap.bits[at] ?? 0) & mask;
};

/** Blackens a rectangle. */
export const fillRectangle = (
  target: Bitmap,
  xDots: number,
  yDots: number,
  widthDots: number,
  heightDots: number,
): void => {
  const fromX = Math.max(0, xDots);
  const toX = Math.min(target.widthDots, xDots + widthDots);
  const toY = Math.min(target.heightDots, yDots + heightDots);
  if (fromX >= toX) return;
  const firstByte = fromX >> 3;
  const lastByte = (toX - 1) >> 3;
  const firstMask = 0xff >> (fromX & 7);
  const lastMask = (0xff << (7 - ((toX - 1) & 7))) & 0xff;
  for (let y = Math.max(0, yDots); y < toY; y += 1) {
    const row = y * target.bytesPerRow;
    for (let at = firstByte; at <= lastByte; at += 1) {
      const mask = (at === firstByte ? firstMask : 0xff) & (at === lastByte ? lastMask : 0xff);
      target.bits[row + at] = (target.bits[row + at] ?? 0) | mask;
    }
  }
};

/** A picture cut to its ink in whole bytes, with the place of the cut in the original. */
export interface Cropped {
  readonly bitmap: Bitmap;
  readonly xDots: number;
  readonly yDots: number;
}

/** Cuts white rows and white bytes off on all sides. @returns undefined for a picture without ink. */
export const cropToInk = (bitmap: Bitmap): Cropped | undefined => {
  const { bits, bytesPerRow, heightDots } = bitmap;
  let [top, bottom, left, right] = [heightDots, -1, bytesPerRow, -1];
  for (let row = 0; row < heightDots; row += 1)
    for (let at = 0; at < bytesPerRow; at += 1) {
      if (bits[row * bytesPerRow + at] === 0) continue;
      if (row < top) top = row;
      bottom = row;
      if (at < left) left = at;
      if (at > right) right = at;
    }
  if (bottom < 0) return undefined;
  const widthDots = Math.min(bitmap.widthDots - left * 8, (right - left + 1) * 8);
  const cropped = createBitmap(widthDots, bottom - top + 1);
  for (let row = top; row <= bottom; row += 1)
    cropped.bits.set(
      bits.subarray(row * bytesPerRow + left, row * bytesPerRow + right + 1),
      (row - top) * cropped.bytesPerRow,
    );
  return { bitmap: cropped, xDots: left * 8, yDots: top };
};
