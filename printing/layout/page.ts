/**
 * A page before any device is known: what stands where, in millimetres. Documents build it, `place-page.ts` fits its text,
 * printing/raster turns the result into the dots of one printer.
 */
import type { BoxMm } from './length';

export type Weight = 'regular' | 'bold';
export type Align = 'left' | 'center' | 'right';
export type VerticalAlign = 'top' | 'middle' | 'bottom';

/** Text that is made to fit its box: see text-fitting.ts for the order in which that is tried. */
export interface TextElement {
  readonly kind: 'text';
  /** Names the element in reports and traces; never holds a person's data. */
  readonly name: string;
  readonly box: BoxMm;
  readonly text: string;
  /** Height of the em square that is wished for, and the smallest one that is still readable. */
  readonly sizeMm: number;
  readonly minSizeMm: number;
  readonly weight: Weight;
  readonly align: Align;
  readonly verticalAlign: VerticalAlign;
  readonly maxLines: number;
  /** Distance of base lines as a multiple of the size, 1…3. */
  readonly lineHeight: number;
  /** White on a black box. */
  readonly inverse: boolean;
}

/** A filled bar: a rule between two areas. */
export interface RuleElement {
  readonly kind: 'rule';
  readonly name: string;
  readonly box: BoxMm;
}

/** A rectangle that is drawn as a border of the given thickness, inside its box. */
export interface FrameElement {
  readonly kind: 'frame';
  readonly name: string;
  readonly box: BoxMm;
  readonly thicknessMm: number;
}

/** Code 128. The widest whole-dot module that fits the box with ten modules of quiet zone on each side is chosen. */
export interface Code128Element {
  readonly kind: 'code128';
  readonly name: string;
  readonly box: BoxMm;
  /** Printable ASCII; anything else is refused before a byte is made. */
  readonly data: string;
  readonly minModuleMm: number;
  readonly maxModuleMm: number;
}

/** QR code, model 2, error correction M. The largest whole-dot module that fits the box with its quiet zone is chosen. */
export interface QrElement {
  readonly kind: 'qr';
  readonly name: string;
  readonly box: BoxMm;
  readonly data: string;
  readonly minModuleMm: number;
  readonly maxModuleMm: number;
}

/** A 1-bit picture, rows MSB first and padded to whole bytes, 1 = black; scaled to the box by nearest dot. */
export interface ImageElement {
  readonly kind: 'image';
  readonly name: string;
  readonly box: BoxMm;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly bits: Uint8Array;
}

export type PageElement = TextElement | RuleElement | FrameElement | Code128Element | QrElement | ImageElement;

export interface Page {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly elements: readonly PageElement[];
}
