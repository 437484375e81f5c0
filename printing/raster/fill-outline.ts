/**
 * Fills an outline into dots: exact horizontal coverage on several lines per dot row, nonzero winding, then one threshold. Thermal
 * heads know no grey, so text is thresholded and never dithered.
 */
import type { Bitmap } from '../layout/dot-page';
import { createBitmap } from './bitmap';
import type { Outline } from './label-font';

/** Sample lines per dot row. */
const LINES_PER_DOT = 8;

/** A drawn character; x and y say where its top left dot lies from the pen position on the base line (y down). */
export interface DotGlyph {
  readonly bitmap: Bitmap;
  readonly xDots: number;
  readonly yDots: number;
}

export interface FillOptions {
  /** Height of the em in dots. */
  readonly sizeDots: number;
  /** How far the outline is grown on every side, in dots; 0 keeps it. */
  readonly growDots: number;
  /** Part of a dot that must be covered for it to be black, 0…1. */
  readonly threshold: number;
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const scaledEdges = (outline: Outline, { sizeDots, growDots }: FillOptions): Float64Array => {
  // A sum of shifted copies has winding 0 only where every copy has: the union, which is the outline grown.
  const shifts =
    growDots === 0
      ? [[0, 0]]
      : [
          [-growDots, 0],
          [growDots, 0],
          [0, -growDots],
          [0, growDots],
        ];
  const { edges } = outline;
  const scaled = new Float64Array(edges.length * shifts.length);
  let to = 0;
  for (const [shiftX = 0, shiftY = 0] of shifts)
    for (let at = 0; at < edges.length; at += 2) {
      scaled[to] = (edges[at] ?? 0) * sizeDots + shiftX;
      scaled[to + 1] = -(edges[at + 1] ?? 0) * sizeDots + shiftY;
      to += 2;
    }
  return scaled;
};

const boundsOf = (edges: Float64Array): Bounds => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < edges.length; at += 2) {
    const x = edges[at] ?? 0;
    const y = edges[at + 1] ?? 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left: Math.floor(left), top: Math.floor(top), right: Math.ceil(right), bottom: Math.ceil(bottom) };
};

interface Crossing {
  readonly x: number;
  readonly winding: number;
}

/** Where the outline crosses each sample line. */
const crossingsOf = (edges: Float64Array, top: number, lines: number): Crossing[][] => {
  const crossings: Crossing[][] = Array.from({ length: lines }, () => []);
  for (let at = 0; at < edges.length; at += 4) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = edges.subarray(at, at + 4);
    if (y0 === y1) continue;
    const winding = y0 < y1 ? 1 : -1;
    const slope = (x1 - x0) / (y1 - y0);
    const first = Math.ceil((Math.min(y0, y1) - top) * LINES_PER_DOT - 0.5);
    const last = Math.ceil((Math.max(y0, y1) - top) * LINES_PER_DOT - 0.5) - 1;
    for (let line = Math.max(0, first); line <= Math.min(lines - 1, last); line += 1) {
      const y = top + (line + 0.5) / LINES_PER_DOT;
      crossings[line]?.push({ x: x0 + (y - y0) * slope, winding });
    }
  }
  return crossings;
};

/** Adds the covered part of each dot between two places on a sample line. */
const cover = (coverage: Float64Array, from: number, to: number): void => {
  const first = Math.floor(from);
  const last = Math.min(coverage.length - 1, Math.floor(to));
  if (first === last) {
    coverage[first] = (coverage[first] ?? 0) + (to - from);
    return;
  }
  coverage[first] = (coverage[first] ?? 0) + (first + 1 - from);
  for (let at = first + 1; at < last; at += 1) coverage[at] = (coverage[at] ?? 0) + 1;
  coverage[last] = (coverage[last] ?? 0) + (to - last);
};

const coverLine = (coverage: Float64Array, crossings: Crossing[], left: number): void => {
  crossings.sort((a, b) => a.x - b.x);
  let winding = 0;
  let from = 0;
  for (const crossing of crossings) {
    if (winding === 0) from = crossing.x;
    winding += crossing.winding;
    if (winding === 0 && crossing.x > from) cover(coverage, from - left, crossing.x - left);
  }
};

/** Draws an outline. @returns undefined for an outline without area (a blank). Same input, same dots. */
export const fillOutline = (outline: Outline, options: FillOptions): DotGlyph | undefined => {
  if (outline.edges.length === 0) return undefined;
  const edges = scaledEdges(outline, options);
  const { left, top, right, bottom } = boundsOf(edges);
  const bitmap = createBitmap(Math.max(1, right - left), Math.max(1, bottom - top));
  const crossings = crossingsOf(edges, top, bitmap.heightDots * LINES_PER_DOT);
  const coverage = new Float64Array(bitmap.widthDots);
  const needed = options.threshold * LINES_PER_DOT;
  for (let row = 0; row < bitmap.heightDots; row += 1) {
    coverage.fill(0);
    for (const line of crossings.slice(row * LINES_PER_DOT, (row + 1) * LINES_PER_DOT)) coverLine(coverage, line, left);
    for (let x = 0; x < bitmap.widthDots; x += 1)
      if ((coverage[x] ?? 0) >= needed) {
        const at = row * bitmap.bytesPerRow + (x >> 3);
        bitmap.bits[at] = (bitmap.bits[at] ?? 0) | (0x80 >> (x & 7));
      }
  }
  return { bitmap, xDots: left, yDots: top };
};
