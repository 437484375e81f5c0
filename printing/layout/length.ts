/**
 * Lengths carry their unit in the name: `…Mm` is millimetres on paper, `…Dots` is whole printer dots. Dots exist only
 * after a printer is known (printing/raster and printing/encoders); a page knows millimetres alone.
 */

/** Turns millimetres into whole dots. @param dotsPerMm 8 for "203 dpi" heads, 12 for Zebra's "300 dpi" heads. */
export const dotsOf = (lengthMm: number, dotsPerMm: number): number => Math.round(lengthMm * dotsPerMm);

/** A rectangle on the page; origin is the top left corner of the stock, y runs down. Millimetres. */
export interface BoxMm {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}
