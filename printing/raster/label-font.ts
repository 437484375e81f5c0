/** The font of labels: outlines and advances of single characters. Shaping is not needed for the scripts that the font holds. */
import { create, type Font, type PathCommand } from 'fontkit';
import type { FontMetrics } from '../layout/font-metrics';

/** A closed outline as straight edges in em units, y upwards; `flatten` has turned the curves into chords. */
export interface Outline {
  /** x0, y0, x1, y1 of each edge. */
  readonly edges: Float64Array;
}

export interface LabelFont extends FontMetrics {
  /** The outline of a character, or of the empty box where the font has none. */
  outlineOf(codePoint: number): Outline;
}

/** Chords per curve: at 40 dots an em the error stays below a twentieth of a dot. */
const CHORDS = 6;

const curvePoint = (points: readonly number[], axis: 0 | 1, at: number): number => {
  const rest = 1 - at;
  const value = (index: number): number => points[index * 2 + axis] ?? 0;
  if (points.length === 6) return rest * rest * value(0) + 2 * rest * at * value(1) + at * at * value(2);
  return (
    rest * rest * rest * value(0) +
    3 * rest * rest * at * value(1) +
    3 * rest * at * at * value(2) +
    at * at * at * value(3)
  );
};

/** Turns path commands into edges, scaled to the em; open contours are closed. */
const flatten = (commands: readonly PathCommand[], unitsPerEm: number): Outline => {
  const edges: number[] = [];
  let x = 0;
  let y = 0;
  let startX = 0;
  let startY = 0;
  const edgeTo = (toX: number, toY: number): void => {
    if (toX !== x || toY !== y) edges.push(x / unitsPerEm, y / unitsPerEm, toX / unitsPerEm, toY / unitsPerEm);
    x = toX;
    y = toY;
  };
  for (const { command, args } of commands) {
    if (command === 'moveTo') {
      edgeTo(startX, startY);
      [startX = 0, startY = 0] = args;
      [x, y] = [startX, startY];
    } else if (command === 'closePath') edgeTo(startX, startY);
    else if (command === 'lineTo') edgeTo(args[0] ?? 0, args[1] ?? 0);
    else {
      const points = [x, y, ...args];
      for (let chord = 1; chord <= CHORDS; chord += 1)
        edgeTo(curvePoint(points, 0, chord / CHORDS), curvePoint(points, 1, chord / CHORDS));
    }
  }
  edgeTo(startX, startY);
  return { edges: Float64Array.from(edges) };
};

/** A box with a hole, for characters that the font lacks: wide for scripts of square characters. */
const emptyBox = (advance: number): Outline => {
  const [left, right, bottom, top, stroke] = [0.06, advance - 0.06, -0.06, 0.78, 0.05];
  const ring = (x0: number, y0: number, x1: number, y1: number, clockwise: boolean): number[] => {
    const corners = clockwise ? [x0, y0, x0, y1, x1, y1, x1, y0] : [x0, y0, x1, y0, x1, y1, x0, y1];
    return [0, 2, 4, 6].flatMap((at) => [0, 1, 2, 3].map((offset) => corners[(at + offset) % 8] ?? 0));
  };
  return {
    edges: Float64Array.from([
      ...ring(left, bottom, right, top, true),
      ...ring(left + stroke, bottom + stroke, right - stroke, top - stroke, false),
    ]),
  };
};

const isSquare = (codePoint: number): boolean => codePoint >= 0x2e80;

/**
 * Opens a font file. @param bytes TrueType or OpenType, or a collection, of which face 0 is taken.
 * @throws Error when the bytes are no font: a broken installation, nothing an operator can mend.
 */
export const openLabelFont = (bytes: Uint8Array): LabelFont => {
  const opened = create(bytes);
  const font: Font | undefined = 'fonts' in opened ? opened.fonts[0] : opened;
  if (font === undefined) throw new Error('the font collection holds no face');
  const advances = new Map<number, number>();
  const has = (codePoint: number): boolean => font.hasGlyphForCodePoint(codePoint);
  const measure = (codePoint: number): number => {
    if (!has(codePoint)) return isSquare(codePoint) ? 1 : 0.6;
    return font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm;
  };
  const advanceOf = (codePoint: number): number => {
    const known = advances.get(codePoint);
    if (known !== undefined) return known;
    const advance = measure(codePoint);
    advances.set(codePoint, advance);
    return advance;
  };
  return {
    ascent: font.ascent / font.unitsPerEm,
    descent: -font.descent / font.unitsPerEm,
    advanceOf,
    has,
    outlineOf: (codePoint) =>
      has(codePoint)
        ? flatten(font.glyphForCodePoint(codePoint).path.commands, font.unitsPerEm)
        : emptyBox(advanceOf(codePoint)),
  };
};
