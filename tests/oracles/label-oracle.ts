/**
 * What an independent renderer draws and two independent readers see on a label that we made. None of the three shares code
 * with printing/. rigs.md 1.4 says what each can be trusted with.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { zplToBase64MultipleAsync } from 'zpl-renderer-js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const run = promisify(execFile);

export interface DecodedCode {
  readonly reader: 'zxing' | 'zbar';
  /** `Code128`, `QRCode`, … in zxing's spelling for both readers. */
  readonly symbology: string;
  readonly text: string;
}

export interface LabelSize {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly dotsPerMm: number;
}

let readerIsReady = false;
/** By default the reader fetches its wasm from the Internet; it gets the installed file instead. */
const readyReader = (): void => {
  if (readerIsReady) return;
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
  readerIsReady = true;
};

/** Draws every label of a ZPL stream. @returns one PNG a label. @throws Error when the renderer finds no label. */
export const renderZpl = async (zpl: Uint8Array, size: LabelSize): Promise<Buffer[]> => {
  const text = Buffer.from(zpl).toString('utf8');
  const pictures = await zplToBase64MultipleAsync(text, size.widthMm, size.heightMm, size.dotsPerMm);
  return pictures.map((picture) => Buffer.from(picture.replace(/^data:image\/png;base64,/, ''), 'base64'));
};

const readWithZxing = async (png: Buffer): Promise<DecodedCode[]> => {
  readyReader();
  const codes = await readBarcodes(new Uint8Array(png), { tryHarder: true, maxNumberOfSymbols: 20 });
  return codes
    .filter((code) => code.isValid)
    .map((code) => ({ reader: 'zxing', symbology: code.format, text: code.text }));
};

const ZBAR_NAMES: Readonly<Record<string, string>> = { 'CODE-128': 'Code128', 'QR-Code': 'QRCode', 'EAN-13': 'EAN13' };

/** zbarimg ends with 4 when it sees no code at all, which is an answer. */
const readWithZbar = async (png: Buffer): Promise<DecodedCode[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'label-oracle-'));
  try {
    const file = join(folder, 'label.png');
    await writeFile(file, png);
    const { stdout } = await run('zbarimg', ['-q', '--xml', file]).catch(
      (error: { code?: unknown; stdout?: string }) => {
        if (error.code === 4) return { stdout: error.stdout ?? '' };
        throw error;
      },
    );
    const symbols = stdout.matchAll(/<symbol type='([^']+)'[^>]*><data><!\[CDATA\[([\s\S]*?)\]\]><\/data>/g);
    return [...symbols].map(([, type = '', text = '']) => ({
      reader: 'zbar',
      symbology: ZBAR_NAMES[type] ?? type,
      text,
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Every code on a picture, as seen by both readers, zxing's first. */
export const readCodes = async (png: Buffer): Promise<DecodedCode[]> => [
  ...(await readWithZxing(png)),
  ...(await readWithZbar(png)),
];

/** Draws a ZPL stream and reads each of its labels. */
export const inspectZpl = async (
  zpl: Uint8Array,
  size: LabelSize,
): Promise<{ readonly png: Buffer; readonly codes: readonly DecodedCode[] }[]> => {
  const pictures = await renderZpl(zpl, size);
  return Promise.all(pictures.map(async (png) => ({ png, codes: await readCodes(png) })));
};

/** Texts of one symbology as one reader saw them. */
export const textsOf = (
  codes: readonly DecodedCode[],
  reader: DecodedCode['reader'],
  symbology: string,
): readonly string[] =>
  codes.filter((code) => code.reader === reader && code.symbology === symbology).map(({ text }) => text);

/** A picture of ours (MSB first, 1 = black) as PNG with a white border, so that readers find its quiet zone. */
export const pngOfBitmap = (
  bitmap: {
    readonly widthDots: number;
    readonly heightDots: number;
    readonly bytesPerRow: number;
    readonly bits: Uint8Array;
  },
  borderDots = 0,
): Buffer => {
  const png = new PNG({ width: bitmap.widthDots + 2 * borderDots, height: bitmap.heightDots + 2 * borderDots });
  png.data.fill(0xff);
  for (let y = 0; y < bitmap.heightDots; y += 1)
    for (let x = 0; x < bitmap.widthDots; x += 1) {
      if (((bitmap.bits[y * bitmap.bytesPerRow + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) continue;
      const at = ((y + borderDots) * png.width + x + borderDots) * 4;
      png.data.fill(0, at, at + 3);
    }
  return PNG.sync.write(png);
};
