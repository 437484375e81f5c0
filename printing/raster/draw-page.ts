/** Turns a placed page into the dots of one printer. */
import { ok, refuse, type Result } from '@shared/language/result';
import { CODE128_QUIET_MODULES, code128Modules, code128Symbols, type Code128Refusal } from '../layout/code128';
import type { Bitmap, DotItem, DotPage } from '../layout/dot-page';
import { dotsOf, type BoxMm } from '../layout/length';
import type { Code128Element, ImageElement, QrElement } from '../layout/page';
import type { PlacedElement, PlacedPage, PlacedText } from '../layout/place-page';
import { qrModules, QR_QUIET_MODULES, type QrRefusal } from '../layout/qr-size';
import { createBitmap, cropToInk, fillRectangle, stamp } from './bitmap';
import { drawCode128, drawQr } from './draw-barcode';
import type { GlyphCache } from './glyph-cache';

/** What drawing must know of the printer. */
export interface DrawingDevice {
  readonly dotsPerMm: number;
  /** False: barcodes are drawn as dots. */
  readonly nativeBarcodes: boolean;
}

/** A label that must not be printed, because a code on it would be unreadable or wrong. */
export type DrawRefusal = { readonly name: string } & (
  Code128Refusal | QrRefusal | { readonly code: 'barcode-too-wide' }
);

/** Native QR magnification ends here. Source: ZPL II Programming Guide, ^BQ. */
const MAX_NATIVE_QR_MODULE = 10;
/** Dots kept free around a text's box for bold and overhanging strokes. */
const OVERHANG = 2;

interface BoxDots {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxDots = (box: BoxMm, dotsPerMm: number): BoxDots => {
  const x = dotsOf(box.xMm, dotsPerMm);
  const y = dotsOf(box.yMm, dotsPerMm);
  const width = Math.max(1, dotsOf(box.xMm + box.widthMm, dotsPerMm) - x);
  return { x, y, width, height: Math.max(1, dotsOf(box.yMm + box.heightMm, dotsPerMm) - y) };
};

const drawText = (text: PlacedText, device: DrawingDevice, glyphs: GlyphCache, advanceOf: AdvanceOf): DotItem[] => {
  const box = boxDots(text.box, device.dotsPerMm);
  const overhang = text.inverse ? 0 : OVERHANG;
  const x = Math.max(0, box.x - overhang);
  const y = Math.max(0, box.y - overhang);
  const tile = createBitmap(box.x + box.width + overhang - x, box.y + box.height + overhang - y);
  if (text.inverse && text.lines.length > 0) fillRectangle(tile, 0, 0, tile.widthDots, tile.heightDots);
  const sizeDots = text.sizeMm * device.dotsPerMm;
  for (const line of text.lines) {
    let pen = line.xMm * device.dotsPerMm - x;
    const baseline = dotsOf(line.baselineMm, device.dotsPerMm) - y;
    for (const codePoint of line.codePoints) {
      const glyph = glyphs.glyphOf(codePoint, sizeDots, text.weight);
      if (glyph !== undefined)
        stamp(
          tile,
          glyph.bitmap,
          Math.round(pen) + glyph.xDots,
          baseline + glyph.yDots,
          text.inverse ? 'white' : 'black',
        );
      pen += advanceOf(codePoint) * sizeDots;
    }
  }
  const cropped = cropToInk(tile);
  if (cropped === undefined) return [];
  const { bitmap, xDots, yDots } = cropped;
  return [{ kind: 'bitmap', name: text.name, xDots: x + xDots, yDots: y + yDots, bitmap }];
};

type AdvanceOf = (codePoint: number) => number;

/** The widest whole-dot module that fits, within the element's limits. */
const moduleFor = (
  modules: number,
  roomDots: number,
  element: Code128Element | QrElement,
  dotsPerMm: number,
): number => {
  const most = Math.max(1, Math.floor(element.maxModuleMm * dotsPerMm + 1e-6));
  const least = Math.max(1, Math.ceil(element.minModuleMm * dotsPerMm - 1e-6));
  const fitting = Math.min(most, Math.floor(roomDots / modules));
  return fitting < least ? 0 : fitting;
};

/** `>` begins a command inside the data of a native Code 128 (ZPL II Programming Guide, ^BC), so such data is drawn. */
const isSafeForNativeCode128 = (data: string): boolean => !data.includes('>');
/** Firmware disagrees on the character set of a native QR, so anything beyond ASCII is drawn. */
const isSafeForNativeQr = (data: string): boolean => /^[ -~]+$/.test(data);

const drawCode128Element = (element: Code128Element, device: DrawingDevice): Result<DotItem[], DrawRefusal> => {
  const { name, data } = element;
  const symbols = code128Symbols(data);
  if (!symbols.ok) return refuse({ name, ...symbols.error });
  const box = boxDots(element.box, device.dotsPerMm);
  const modules = code128Modules(symbols.value);
  const moduleDots = moduleFor(modules + 2 * CODE128_QUIET_MODULES, box.width, element, device.dotsPerMm);
  if (moduleDots === 0) return refuse({ name, code: 'barcode-too-wide' });
  const widthDots = modules * moduleDots;
  const xDots = box.x + Math.floor((box.width - widthDots) / 2);
  const place = { name, xDots, yDots: box.y };
  if (device.nativeBarcodes && isSafeForNativeCode128(data))
    return ok([{ kind: 'code128', ...place, data, moduleDots, heightDots: box.height, widthDots }]);
  return ok([{ kind: 'bitmap', ...place, bitmap: drawCode128(symbols.value, moduleDots, box.height) }]);
};

const drawQrElement = (element: QrElement, device: DrawingDevice): Result<DotItem[], DrawRefusal> => {
  const { name, data } = element;
  const modules = qrModules(data);
  if (!modules.ok) return refuse({ name, ...modules.error });
  const box = boxDots(element.box, device.dotsPerMm);
  const room = Math.min(box.width, box.height);
  const fitting = moduleFor(modules.value + 2 * QR_QUIET_MODULES, room, element, device.dotsPerMm);
  if (fitting === 0) return refuse({ name, code: 'barcode-too-wide' });
  const native = device.nativeBarcodes && isSafeForNativeQr(data);
  const moduleDots = native ? Math.min(fitting, MAX_NATIVE_QR_MODULE) : fitting;
  const sideDots = modules.value * moduleDots;
  const xDots = box.x + Math.floor((box.width - sideDots) / 2);
  const yDots = box.y + Math.floor((box.height - sideDots) / 2);
  const place = { name, xDots, yDots };
  if (native) return ok([{ kind: 'qr', ...place, data, moduleDots, sideDots }]);
  return ok([{ kind: 'bitmap', ...place, bitmap: drawQr(data, moduleDots) }]);
};

/** Scales a 1-bit picture to its box by the nearest dot. */
const drawImage = (image: ImageElement, device: DrawingDevice): DotItem[] => {
  const box = boxDots(image.box, device.dotsPerMm);
  const bitmap = createBitmap(box.width, box.height);
  const sourceRow = Math.ceil(image.widthPixels / 8);
  for (let y = 0; y < box.height; y += 1) {
    const row = Math.floor((y * image.heightPixels) / box.height) * sourceRow;
    for (let x = 0; x < box.width; x += 1) {
      const column = Math.floor((x * image.widthPixels) / box.width);
      if (((image.bits[row + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) !== 0) fillRectangle(bitmap, x, y, 1, 1);
    }
  }
  return [{ kind: 'bitmap', name: image.name, xDots: box.x, yDots: box.y, bitmap }];
};

const drawElement = (
  element: PlacedElement,
  device: DrawingDevice,
  glyphs: GlyphCache,
  advanceOf: AdvanceOf,
): Result<DotItem[], DrawRefusal> => {
  if (element.kind === 'text') return ok(drawText(element, device, glyphs, advanceOf));
  if (element.kind === 'code128') return drawCode128Element(element, device);
  if (element.kind === 'qr') return drawQrElement(element, device);
  if (element.kind === 'image') return ok(drawImage(element, device));
  const { x: xDots, y: yDots, width: widthDots, height: heightDots } = boxDots(element.box, device.dotsPerMm);
  const place = { name: element.name, xDots, yDots, widthDots, heightDots };
  if (element.kind === 'rule') return ok([{ kind: 'bar', ...place }]);
  return ok([{ kind: 'frame', ...place, thicknessDots: Math.max(1, dotsOf(element.thicknessMm, device.dotsPerMm)) }]);
};

/**
 * Draws a page for a printer. Deterministic. @param advanceOf the same advances with which the page was placed.
 * @returns refusals `barcode-…`, `qr-…` with the element's name: such a label must not be printed.
 */
export const drawPage = (
  page: PlacedPage,
  device: DrawingDevice,
  glyphs: GlyphCache,
  advanceOf: AdvanceOf,
): Result<DotPage, DrawRefusal> => {
  const items: DotItem[] = [];
  for (const element of page.elements) {
    const drawn = drawElement(element, device, glyphs, advanceOf);
    if (!drawn.ok) return drawn;
    items.push(...drawn.value);
  }
  const widthDots = dotsOf(page.widthMm, device.dotsPerMm);
  return ok({ widthDots, heightDots: dotsOf(page.heightMm, device.dotsPerMm), items });
};

/** The whole page as one picture, barcodes drawn as dots: for previews and for languages that only take pictures. */
export const flattenPage = (page: DotPage): Bitmap => {
  const bitmap = createBitmap(page.widthDots, page.heightDots);
  for (const item of page.items) stampItem(bitmap, item);
  return bitmap;
};

const stampItem = (bitmap: Bitmap, item: DotItem): void => {
  const { xDots, yDots } = item;
  switch (item.kind) {
    case 'bitmap':
      return stamp(bitmap, item.bitmap, xDots, yDots, 'black');
    case 'bar':
      return fillRectangle(bitmap, xDots, yDots, item.widthDots, item.heightDots);
    case 'frame':
      return stampFrame(bitmap, item);
    case 'qr':
      return stamp(bitmap, drawQr(item.data, item.moduleDots), xDots, yDots, 'black');
    case 'code128': {
      const symbols = code128Symbols(item.data);
      if (symbols.ok)
        stamp(bitmap, drawCode128(symbols.value, item.moduleDots, item.heightDots), xDots, yDots, 'black');
    }
  }
};

const stampFrame = (bitmap: Bitmap, frame: Extract<DotItem, { kind: 'frame' }>): void => {
  const { xDots: x, yDots: y, widthDots: width, heightDots: height, thicknessDots: stroke } = frame;
  fillRectangle(bitmap, x, y, width, stroke);
  fillRectangle(bitmap, x, y + height - stroke, width, stroke);
  fillRectangle(bitmap, x, y, stroke, height);
  fillRectangle(bitmap, x + width - stroke, y, stroke, height);
};
