/** What layout must know of a font. printing/raster/label-font.ts is the real one; tests may pass a simple table. */
export interface FontMetrics {
  /** Horizontal advance as a fraction of the em, for the box glyph too where the character is missing. */
  readonly advanceOf: (codePoint: number) => number;
  /** False when the character will print as an empty box. */
  readonly has: (codePoint: number) => boolean;
  /** Height above and depth below the base line as fractions of the em, both positive. */
  readonly ascent: number;
  readonly descent: number;
}
