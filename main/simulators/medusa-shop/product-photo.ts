/** Draws a product photo: a ground with one figure, as a PNG with a palette of two colours. */
import { deflateSync } from 'node:zlib';
import type { Article } from './catalogue';

const SIZE_PX = 320;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** PNG colour type 3: each pixel names a colour of the palette. */
const COLOUR_TYPE_PALETTE = 3;

/** The article's picture, 320×320 pixels. */
export function drawProductPhoto(article: Pick<Article, 'ground' | 'figure' | 'shape'>): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE_PX, 0);
  header.writeUInt32BE(SIZE_PX, 4);
  header.set([8, COLOUR_TYPE_PALETTE, 0, 0, 0], 8);
  const rows = Buffer.alloc((SIZE_PX + 1) * SIZE_PX);
  for (let y = 0; y < SIZE_PX; y++) {
    for (let x = 0; x < SIZE_PX; x++) rows[y * (SIZE_PX + 1) + 1 + x] = isFigure(article.shape, x, y) ? 1 : 0;
  }
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([...rgb(article.ground), ...rgb(article.figure)])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...parts]);
}

function isFigure(shape: Article['shape'], x: number, y: number): boolean {
  const fromMiddle = Math.hypot(x - SIZE_PX / 2, y - SIZE_PX / 2) / SIZE_PX;
  switch (shape) {
    case 'disc':
      return fromMiddle < 0.32;
    case 'ring':
      return fromMiddle < 0.36 && fromMiddle > 0.2;
    case 'box':
      return Math.abs(x - SIZE_PX / 2) < SIZE_PX * 0.3 && Math.abs(y - SIZE_PX / 2) < SIZE_PX * 0.36;
    case 'stripes':
      return fromMiddle < 0.4 && Math.floor(y / 24) % 2 === 0;
  }
}

const rgb = (colour: number): number[] => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];

/** A PNG chunk: length, type, data, CRC-32 over type and data (PNG specification, 5.3). */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
