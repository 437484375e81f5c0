import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillOutline } from '../../../../printing/raster/fill-outline';
import { createGlyphCache } from '../../../../printing/raster/glyph-cache';
import { openLabelFont } from '../../../../printing/raster/label-font';
import { resourcePath } from '../../../oracles/test-label-maker';

/** A closed ring through the corners, in em units. */
const ring = (...corners: readonly (readonly [number, number])[]): number[] =>
  corners.flatMap((corner, at) => [...corner, ...(corners[(at + 1) % corners.length] ?? corner)]);
const outlineOf = (...rings: readonly number[][]) => ({ edges: Float64Array.from(rings.flat()) });
const square = ring([0, 0], [0, 1], [1, 1], [1, 0]);
const hole = ring([0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]);
const inkOf = (glyph: ReturnType<typeof fillOutline>): number =>
  [...(glyph?.bitmap.bits ?? [])].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
const plain = { sizeDots: 16, growDots: 0, threshold: 0.42 };

describe('filling an outline', () => {
  it('blackens exactly the dots of a square that lies on dots', () => {
    const glyph = fillOutline(outlineOf(square), plain);
    expect(glyph).toMatchObject({ xDots: 0, yDots: -16, bitmap: { widthDots: 16, heightDots: 16 } });
    expect(inkOf(glyph)).toBe(256);
  });

  it('leaves a hole open where the inner contour turns the other way, and fills it where it turns the same way', () => {
    expect(inkOf(fillOutline(outlineOf(square, hole), plain))).toBe(256 - 64);
    const sameWay = ring([0.25, 0.25], [0.25, 0.75], [0.75, 0.75], [0.75, 0.25]);
    expect(inkOf(fillOutline(outlineOf(square, sameWay), plain))).toBe(256);
  });

  it('grows on every side for bold, holes shrink', () => {
    const bold = fillOutline(outlineOf(square, hole), { ...plain, growDots: 1 });
    expect(bold?.bitmap).toMatchObject({ widthDots: 18, heightDots: 18 });
    expect(inkOf(bold)).toBeGreaterThan(256 - 36);
  });

  it('keeps a stroke of one dot that lies between two columns', () => {
    const stroke = ring([0.53125, 0], [0.53125, 1], [0.59375, 1], [0.59375, 0]);
    expect(inkOf(fillOutline(outlineOf(stroke), plain))).toBeGreaterThanOrEqual(16);
  });

  it('draws nothing for a blank', () => {
    expect(fillOutline(outlineOf(), plain)).toBeUndefined();
  });
});

describe('the shipped font', () => {
  const font = openLabelFont(readFileSync(resourcePath('fonts/wqy-microhei.ttc')));

  it('holds Latin, punctuation, kana, Hangul and the first Han block', () => {
    for (const char of 'Az09@#×—…“”、。，；：！？（）《》￥℃①№→あア한黻鑫龥')
      expect(font.has(char.codePointAt(0) ?? 0), char).toBe(true);
  });

  it('measures Han as one em, draws a box for what it lacks, and draws the same dots each time', () => {
    expect(font.advanceOf(0x56db)).toBeCloseTo(1, 2);
    expect(font.has(0x20bb7)).toBe(false);
    expect(font.advanceOf(0x20bb7)).toBe(1);
    expect(font.outlineOf(0x20bb7).edges).toHaveLength(32);
    const once = fillOutline(font.outlineOf(0x9f99), plain);
    expect(fillOutline(font.outlineOf(0x9f99), plain)).toEqual(once);
  });

  it('keeps drawn glyphs, and not more than allowed', () => {
    const cache = createGlyphCache(font, 50);
    const first = cache.glyphOf(0x56db, 24, 'regular');
    expect(cache.glyphOf(0x56db, 24, 'regular')).toBe(first);
    expect(cache.glyphOf(0x56db, 24, 'bold')).not.toEqual(first);
    for (let codePoint = 0x4e00; codePoint < 0x4f00; codePoint += 1) cache.glyphOf(codePoint, 24, 'regular');
    expect(cache.size).toBeLessThanOrEqual(50);
    expect(cache.glyphOf(0x20, 24, 'regular')).toBeUndefined();
  });
});
