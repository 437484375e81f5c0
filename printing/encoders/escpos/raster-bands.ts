/**
 * A picture as ESC/POS raster commands. Bands stay small so that small buffers cope, white rows become paper feed. Source: Epson
 * ESC/POS command reference, GS v 0 and ESC J; vector escpos-gs-v-0.
 */
import type { Bitmap } from '../../layout/dot-page';

/** A command is a record of meaning plus bytes, so that a job can be shown, compared and tested before anything is sent. */
export interface EscPosCommand {
  readonly meaning: string;
  readonly bytes: Uint8Array;
}

/** Rows of one band: below the 256 that low-cost printers hold. */
const BAND_ROWS = 240;
/** Fewer white rows than this are cheaper as part of a picture. */
const MIN_FEED_ROWS = 24;
const MAX_FEED_ROWS = 255;

const isWhite = ({ bits, bytesPerRow }: Bitmap, row: number): boolean => {
  for (let at = row * bytesPerRow; at < (row + 1) * bytesPerRow; at += 1) if (bits[at] !== 0) return false;
  return true;
};

/** GS v 0: width in bytes and height in dots, both low byte first; 1 = black. */
const bandCommand = ({ bits, bytesPerRow }: Bitmap, fromRow: number, toRow: number): EscPosCommand => {
  const rows = toRow - fromRow;
  const data = bits.subarray(fromRow * bytesPerRow, toRow * bytesPerRow);
  const header = [0x1d, 0x76, 0x30, 0, bytesPerRow & 0xff, bytesPerRow >> 8, rows & 0xff, rows >> 8];
  const bytes = new Uint8Array(header.length + data.length);
  bytes.set(header);
  bytes.set(data, header.length);
  return { meaning: `picture ${bytesPerRow} bytes x ${rows} rows`, bytes };
};

/** ESC J: feeds up to 255 dot rows. */
const feedCommands = (rows: number): EscPosCommand[] => {
  const commands: EscPosCommand[] = [];
  for (let left = rows; left > 0; left -= MAX_FEED_ROWS) {
    const step = Math.min(left, MAX_FEED_ROWS);
    commands.push({ meaning: `feed ${step} rows`, bytes: Uint8Array.from([0x1b, 0x4a, step]) });
  }
  return commands;
};

/** The first row at or after `from` where a run of white rows begins that is long enough to feed; the end otherwise. */
const nextGap = (bitmap: Bitmap, from: number): { readonly start: number; readonly end: number } => {
  let start = from;
  for (let row = from; row < bitmap.heightDots; row += 1) {
    if (!isWhite(bitmap, row)) start = row + 1;
    else if (row - start + 1 >= MIN_FEED_ROWS) {
      let end = row + 1;
      while (end < bitmap.heightDots && isWhite(bitmap, end)) end += 1;
      return { start, end };
    }
  }
  return { start: bitmap.heightDots, end: bitmap.heightDots };
};

/** Encodes a picture. @returns commands that print exactly its rows, from its top to its last row. */
export const encodeRasterBands = (bitmap: Bitmap): readonly EscPosCommand[] => {
  const commands: EscPosCommand[] = [];
  let row = 0;
  while (row < bitmap.heightDots) {
    const gap = nextGap(bitmap, row);
    for (; row < gap.start; row = Math.min(gap.start, row + BAND_ROWS))
      commands.push(bandCommand(bitmap, row, Math.min(gap.start, row + BAND_ROWS)));
    commands.push(...feedCommands(gap.end - gap.start));
    row = gap.end;
  }
  return commands;
};
