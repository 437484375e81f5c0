/**
 * Pictures inside ZPL (^GFA). Sources: ZPL II Programming Guide, ^GF and "Alternative Data Compression Scheme"; vectors zpl-acs-*,
 * zpl-b64-crc and zpl-z64-crc in tests/fixtures/vectors-couriers.json.
 */
import type { Bitmap } from '../../layout/dot-page';

const HEX = '0123456789ABCDEF';

/** Letters for a run of 1…: z = 400, g…y = 20…380 by 20, G…Y = 1…19; they add up. */
const runLetters = (count: number): string => {
  let rest = count;
  let letters = '';
  for (; rest >= 400; rest -= 400) letters += 'z';
  if (rest >= 20) letters += String.fromCharCode(0x66 + Math.floor(rest / 20));
  rest %= 20;
  return rest > 0 ? letters + String.fromCharCode(0x46 + rest) : letters;
};

/**
 * One row as hex digits. White at its end is written as `,`, only from an even digit (the form that every clone reads).
 * `!`, the same for black, is never written: some interpreters fill with the digit 1 instead of with black dots.
 */
const compressRow = (row: Uint8Array): string => {
  let endByte = row.length;
  while (endByte > 0 && row[endByte - 1] === 0) endByte -= 1;
  const end = endByte * 2;
  const digitAt = (at: number): number => ((row[at >> 1] ?? 0) >> ((at & 1) === 0 ? 4 : 0)) & 15;
  let packed = '';
  for (let at = 0; at < end;) {
    const digit = digitAt(at);
    let next = at + 1;
    while (next < end && digitAt(next) === digit) next += 1;
    const run = next - at;
    const char = HEX[digit] ?? '';
    packed += run === 1 ? char : run === 2 ? char + char : runLetters(run) + char;
    at = next;
  }
  return end < row.length * 2 ? `${packed},` : packed;
};

const isSameRow = (left: Uint8Array, right: Uint8Array): boolean => {
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
};

/** The picture as run-length compressed hex (ACS): understood by every ZPL printer known. A repeated row is one `:`. */
export const encodeAcs = (bitmap: Bitmap): string => {
  const rows: string[] = [];
  let before: Uint8Array | undefined;
  for (let row = 0; row < bitmap.heightDots; row += 1) {
    const bytes = bitmap.bits.subarray(row * bitmap.bytesPerRow, (row + 1) * bitmap.bytesPerRow);
    rows.push(before !== undefined && isSameRow(bytes, before) ? ':' : compressRow(bytes));
    before = bytes;
  }
  return rows.join('');
};

/** CRC-16 with polynomial 1021, start 0, no reflection, over ASCII text. */
export const crc16 = (text: string): number => {
  let crc = 0;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= (text.charCodeAt(at) & 0xff) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) !== 0 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
};

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    text += (BASE64[a >> 2] ?? '') + (BASE64[((a & 3) << 4) | ((b ?? 0) >> 4)] ?? '');
    text += b === undefined ? '=' : (BASE64[((b & 15) << 2) | ((c ?? 0) >> 6)] ?? '');
    text += c === undefined ? '=' : (BASE64[c & 63] ?? '');
  }
  return text;
};

const wrapped = (kind: 'B64' | 'Z64', bytes: Uint8Array): string => {
  const text = base64Of(bytes);
  return `:${kind}:${text}:${crc16(text).toString(16).padStart(4, '0')}`;
};

/** Raw bytes as base64 with checksum. */
export const encodeB64 = (bytes: Uint8Array): string => wrapped('B64', bytes);

/** A zlib stream as base64 with checksum: a third of ACS, but many clones do not read it. @param deflate makes a zlib stream. */
export const encodeZ64 = (bytes: Uint8Array, deflate: (bytes: Uint8Array) => Uint8Array): string =>
  wrapped('Z64', deflate(bytes));
