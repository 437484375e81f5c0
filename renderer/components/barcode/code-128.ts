import { code128 as drawCode128, type DrawingContext } from 'bwip-js/browser';

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

const nothing = (): void => undefined;

/** Collects bars instead of painting them. bwip-js gives each bar by the middle of its upper end, rounded up to a whole module. */
function barCollector(): DrawingContext<BarPattern> {
  const bars: Bar[] = [];
  let modules = 0;
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      modules = width;
    },
    line: (x0, _y0, _x1, _y1, width) => bars.push({ x: Math.floor(x0 - width / 2), width }),
    polygon: nothing,
    hexagon: nothing,
    ellipse: nothing,
    fill: nothing,
    text: nothing,
    end: () => ({ bars: bars.toSorted((a, b) => a.x - b.x), modules }),
  };
}

/**
 * The bars of a Code 128 (ISO/IEC 15417), as bwip-js computes them. @param text printable ASCII, at least one character.
 * @throws Error for text that Code 128 cannot carry.
 */
export const code128 = (text: string): BarPattern => drawCode128({ bcid: 'code128', text, height: 10 }, barCollector());
