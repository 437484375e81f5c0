import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { PRACTICE_PEOPLE } from '@shared/domain/practice';
import { code128, type BarPattern } from '../../../../renderer/components/barcode/code-128';
import { codeOfCommand, COMMANDS } from '../../../../renderer/scanning/command-codes';

const MODULE_PX = 3;
const QUIET = 10;
const HEIGHT_PX = 60;

/** The bars as the screen paints them: black on white with quiet zones. */
function paint({ bars, modules }: BarPattern): ImageData {
  const width = (modules + 2 * QUIET) * MODULE_PX;
  const data = new Uint8ClampedArray(width * HEIGHT_PX * 4).fill(255);
  for (const bar of bars)
    for (let y = 0; y < HEIGHT_PX; y += 1)
      for (let x = (bar.x + QUIET) * MODULE_PX; x < (bar.x + QUIET + bar.width) * MODULE_PX; x += 1)
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { data, width, height: HEIGHT_PX, colorSpace: 'srgb' };
}

describe('barcodes on the screen', () => {
  beforeAll(() => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  });

  it.each([...COMMANDS.map(codeOfCommand), ...PRACTICE_PEOPLE.map(({ badge }) => badge)])(
    'an independent reader reads %s',
    async (text) => {
      const found = await readBarcodes(paint(code128(text)), { formats: ['Code128'] });
      expect(found.map((code) => code.text)).toEqual([text]);
    },
  );

  it('has no code for text that Code 128 cannot carry', () => {
    expect(() => code128('')).toThrow();
  });
});
