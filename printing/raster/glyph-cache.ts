/**
 * Drawn characters, kept for the next label: nearly every label repeats the glyphs of the last ones. Bounded by count; the
 * first drawn go first, a tenth at a time.
 */
import type { Weight } from '../layout/page';
import { fillOutline, type DotGlyph } from './fill-outline';
import type { LabelFont } from './label-font';

/** Sizes are rounded to an eighth of a dot, so that equal sizes from different arithmetic share their glyphs. */
const SIZE_STEPS = 8;

/** Below half a dot so that a stroke one dot wide that lies between two columns stays a line and does not vanish. */
const THRESHOLD = 0.42;
/** Bold grows the outline by this part of the em on every side, at least by a fifth of a dot. */
const BOLD_GROWTH = 0.0135;

export interface GlyphCache {
  /** The drawn glyph; undefined for a blank. @param sizeDots height of the em in dots. */
  glyphOf(codePoint: number, sizeDots: number, weight: Weight): DotGlyph | undefined;
  readonly size: number;
}

/** Makes a cache over a font. @param limit most glyphs kept; 20,000 are about 4 MB. */
export const createGlyphCache = (font: LabelFont, limit = 20_000): GlyphCache => {
  const glyphs = new Map<number, DotGlyph | null>();
  const draw = (codePoint: number, sizeDots: number, weight: Weight): DotGlyph | undefined =>
    fillOutline(font.outlineOf(codePoint), {
      sizeDots,
      growDots: weight === 'bold' ? Math.max(0.2, sizeDots * BOLD_GROWTH) : 0,
      threshold: THRESHOLD,
    });
  return {
    glyphOf: (codePoint, sizeDots, weight) => {
      const steps = Math.round(sizeDots * SIZE_STEPS);
      // Size steps stay below 2^13 and code points below 2^21, so the three fit one exact number.
      const key = (steps * 2 + (weight === 'bold' ? 1 : 0)) * 0x200000 + codePoint;
      const known = glyphs.get(key);
      if (known !== undefined) return known ?? undefined;
      const drawn = draw(codePoint, steps / SIZE_STEPS, weight);
      if (glyphs.size >= limit) for (const oldest of [...glyphs.keys()].slice(0, limit / 10)) glyphs.delete(oldest);
      glyphs.set(key, drawn ?? null);
      return drawn;
    },
    get size() {
      return glyphs.size;
    },
  };
};
