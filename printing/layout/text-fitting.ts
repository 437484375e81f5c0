/**
 * Makes a text fit its box. The largest size at which the text, wrapped, fills no more than the allowed lines is taken; below the
 * smallest size the text is cut and ends in an ellipsis, and the cut is reported. A packer reads a large wrapped address
 * faster than a small one on one line, so wrapping comes before shrinking.
 */
import { breakLines, type LineRange } from './line-breaking';
import type { FontMetrics } from './font-metrics';
import { LINE_BREAK } from './printable-text';

/** Sizes are tried in steps of one dot of a 203 dpi head, so that the glyph cache sees few different sizes. */
const SIZE_STEP_MM = 0.125;
const ELLIPSIS = 0x2026;
const FULL_STOP = 0x2e;

export interface FitRequest {
  readonly codePoints: readonly number[];
  readonly widthMm: number;
  readonly heightMm: number;
  readonly sizeMm: number;
  readonly minSizeMm: number;
  readonly maxLines: number;
  readonly lineHeight: number;
}

export interface FittedLine {
  readonly codePoints: readonly number[];
  readonly widthMm: number;
}

export interface FittedText {
  readonly sizeMm: number;
  readonly lines: readonly FittedLine[];
  /** Code points that stand on paper, the ellipsis not counted; fewer than given when the text was cut. */
  readonly shown: number;
}

/** Lines that the box has room for at a size: the first needs its whole height, each further one the line distance. */
const roomFor = (request: FitRequest, metrics: FontMetrics, sizeMm: number): number => {
  const first = (metrics.ascent + metrics.descent) * sizeMm;
  if (first > request.heightMm + 1e-9) return 0;
  const more = Math.floor((request.heightMm - first) / (sizeMm * request.lineHeight) + 1e-9);
  return Math.min(request.maxLines, 1 + more);
};

const toLine = (codePoints: readonly number[], line: LineRange, sizeMm: number): FittedLine => ({
  codePoints: codePoints.slice(line.from, line.to),
  widthMm: line.width * sizeMm,
});

/** Cuts a line so that an ellipsis fits behind it. */
const withEllipsis = (
  kept: readonly number[],
  metrics: FontMetrics,
  widthEm: number,
): { line: number[]; shown: number } => {
  const dots = metrics.has(ELLIPSIS) ? [ELLIPSIS] : [FULL_STOP, FULL_STOP, FULL_STOP];
  const dotsEm = dots.reduce((sum, codePoint) => sum + metrics.advanceOf(codePoint), 0);
  let width = dotsEm;
  let shown = 0;
  while (shown < kept.length && width + metrics.advanceOf(kept[shown] ?? 0) <= widthEm) {
    width += metrics.advanceOf(kept[shown] ?? 0);
    shown += 1;
  }
  return { line: [...kept.slice(0, shown), ...dots], shown };
};

const cutToFit = (request: FitRequest, metrics: FontMetrics, lines: readonly LineRange[], room: number): FittedText => {
  const { codePoints, minSizeMm: sizeMm } = request;
  const kept = lines.slice(0, Math.max(0, room - 1)).map((line) => toLine(codePoints, line, sizeMm));
  const last = lines[room - 1];
  if (last === undefined) return { sizeMm, lines: kept, shown: 0 };
  const rest = codePoints.slice(last.from).filter((codePoint) => codePoint !== LINE_BREAK);
  const cut = withEllipsis(rest, metrics, request.widthMm / sizeMm);
  const widthMm = cut.line.reduce((sum, codePoint) => sum + metrics.advanceOf(codePoint), 0) * sizeMm;
  return { sizeMm, lines: [...kept, { codePoints: cut.line, widthMm }], shown: last.from + cut.shown };
};

/** Wraps at one size. Undefined when the lines do not fit the box, or when a word would have to be cut and may not. */
const fitAt = (
  request: FitRequest,
  metrics: FontMetrics,
  widths: readonly number[],
  sizeMm: number,
  mayCutWords: boolean,
): FittedText | undefined => {
  const room = roomFor(request, metrics, sizeMm);
  if (room === 0) return undefined;
  const lines = breakLines(request.codePoints, widths, request.widthMm / sizeMm, room);
  if (lines.length > room) return undefined;
  if (lines.some((line) => (line.cutsWord && !mayCutWords) || line.width * sizeMm > request.widthMm + 1e-9))
    return undefined;
  const fitted = lines.map((line) => toLine(request.codePoints, line, sizeMm));
  return { sizeMm, lines: fitted, shown: request.codePoints.length };
};

/**
 * Fits a text. Sizes and lengths in millimetres, minSizeMm ≤ sizeMm. A size at which no word is cut (a phone number stays on
 * one line) is preferred to a larger one.
 * @returns the size, the lines, and how much of the text is shown; an empty text gives no lines.
 */
export const fitText = (request: FitRequest, metrics: FontMetrics): FittedText => {
  const { codePoints, minSizeMm } = request;
  if (codePoints.length === 0) return { sizeMm: request.sizeMm, lines: [], shown: 0 };
  const widths = codePoints.map((codePoint) => (codePoint === LINE_BREAK ? 0 : metrics.advanceOf(codePoint)));
  for (const mayCutWords of [false, true]) {
    for (let sizeMm = request.sizeMm; sizeMm > minSizeMm; sizeMm -= SIZE_STEP_MM) {
      const fitted = fitAt(request, metrics, widths, sizeMm, mayCutWords);
      if (fitted !== undefined) return fitted;
    }
    const smallest = fitAt(request, metrics, widths, minSizeMm, mayCutWords);
    if (smallest !== undefined) return smallest;
  }
  const room = roomFor(request, metrics, minSizeMm);
  return cutToFit(request, metrics, breakLines(codePoints, widths, request.widthMm / minSizeMm, room), room);
};
