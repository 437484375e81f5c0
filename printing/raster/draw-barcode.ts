/** Barcodes as dots, for data or printers that a native command cannot be trusted with. */
import bwip from 'bwip-js/generic';
import type { Bitmap } from '../layout/dot-page';
import { code128Bars } from '../layout/code128';
import { createBitmap, fillRectangle } from './bitmap';

/** Draws a Code 128 without quiet zones. @param symbols from code128Symbols. */
export const drawCode128 = (symbols: readonly number[], moduleDots: number, heightDots: number): Bitmap => {
  const bars = code128Bars(symbols);
  const modules = bars.reduce((sum, width) => sum + width, 0);
  const bitmap = createBitmap(modules * moduleDots, heightDots);
  let x = 0;
  bars.forEach((width, index) => {
    if (index % 2 === 0) fillRectangle(bitmap, x, 0, width * moduleDots, heightDots);
    x += width * moduleDots;
  });
  return bitmap;
};

/** Draws a QR code (model 2, error correction M, text as UTF-8) without quiet zone. @throws Error when the data is too long. */
export const drawQr = (data: string, moduleDots: number): Bitmap => {
  // The default export's `raw` gives modules; the named export of the same name is another thing (a symbology).
  const [symbol] = bwip.raw('qrcode', data, 'eclevel=M');
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('the QR encoder gave no modules');
  const { pixs, pixx, pixy } = symbol;
  const bitmap = createBitmap(pixx * moduleDots, pixy * moduleDots);
  pixs.forEach((pixel, index) => {
    if (pixel !== 0)
      fillRectangle(bitmap, (index % pixx) * moduleDots, Math.floor(index / pixx) * moduleDots, moduleDots, moduleDots);
  });
  return bitmap;
};
