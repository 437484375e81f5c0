/**
 * A page in the dots of one printer: the only thing that encoders see. Text is already ink; barcodes are still meaning, so that a
 * printer language can draw them natively, or dots where the printer is not trusted to.
 */

/** A 1-bit picture: rows MSB first, padded to whole bytes with 0, 1 = black. */
export interface Bitmap {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bytesPerRow: number;
  readonly bits: Uint8Array;
}

interface DotItemBase {
  /** Name of the element it comes from, for the trace. */
  readonly name: string;
  readonly xDots: number;
  readonly yDots: number;
}

export interface BitmapItem extends DotItemBase {
  readonly kind: 'bitmap';
  readonly bitmap: Bitmap;
}

/** A filled rectangle. */
export interface BarItem extends DotItemBase {
  readonly kind: 'bar';
  readonly widthDots: number;
  readonly heightDots: number;
}

/** A border of the given thickness, inside its rectangle. */
export interface FrameItem extends DotItemBase {
  readonly kind: 'frame';
  readonly widthDots: number;
  readonly heightDots: number;
  readonly thicknessDots: number;
}

/** A Code 128 for the printer to draw; x is the first bar, quiet zones are outside. Data is printable ASCII without `>`. */
export interface Code128Item extends DotItemBase {
  readonly kind: 'code128';
  readonly data: string;
  readonly moduleDots: number;
  readonly heightDots: number;
  readonly widthDots: number;
}

/** A QR code for the printer to draw; x and y are the first module, the quiet zone is outside. Data is printable ASCII. */
export interface QrItem extends DotItemBase {
  readonly kind: 'qr';
  readonly data: string;
  readonly moduleDots: number;
  readonly sideDots: number;
}

export type DotItem = BitmapItem | BarItem | FrameItem | Code128Item | QrItem;

export interface DotPage {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly items: readonly DotItem[];
}
