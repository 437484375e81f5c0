import { raw } from 'bwip-js/browser';

/** A bar of a barcode: where it starts and how wide it is, in modules. */
export interface Bar {
  readonly x: number;
  readonly width: number;
}

export interface BarPattern {
  readonly bars: readonly Bar[];
  /** Width of the whole code in modules, without the quiet zones. */
  readonly modules: number;
}

interface RawCode {
  readonly sbs?: readonly number[];
}

/**
 * The bars of a Code 128 (ISO/IEC 15417), as bwip-js computes them. @param text printable ASCII, at least one character.
 * @throws Error for text that Code 128 cannot carry.
 */
export function code128(text: string): BarPattern {
  // `raw` answers one entry per symbol; `sbs` are the widths of bar, space, bar, space … in modules.
  const [code] = raw('code128', text, '') as readonly RawCode[];
  const widths = code?.sbs ?? [];
  if (widths.length === 0) throw new Error('this text makes no barcode');
  const bars: Bar[] = [];
  let x = 0;
  widths.forEach((width, position) => {
    if (position % 2 === 0) bars.push({ x, width });
    x += width;
  });
  return { bars, modules: x };
}
