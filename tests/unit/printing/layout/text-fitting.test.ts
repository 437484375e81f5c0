import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FontMetrics } from '../../../../printing/layout/font-metrics';
import { printableText } from '../../../../printing/layout/printable-text';
import { fitText } from '../../../../printing/layout/text-fitting';

/** Han one em, everything else half an em; no character is missing. */
const metrics: FontMetrics = {
  ascent: 0.9,
  descent: 0.2,
  has: () => true,
  advanceOf: (codePoint) => (codePoint >= 0x2e80 ? 1 : 0.5),
};
const base = { widthMm: 40, heightMm: 20, sizeMm: 4, minSizeMm: 2, maxLines: 4, lineHeight: 1.2 };
const layOut = (text: string, changes = {}) =>
  fitText({ ...base, ...changes, codePoints: printableText(text).codePoints }, metrics);
const textsOf = (fitted: ReturnType<typeof layOut>): string[] =>
  fitted.lines.map(({ codePoints }) => String.fromCodePoint(...codePoints));

describe('text fitting', () => {
  it('leaves a text that fits at its size', () => {
    expect(layOut('林小满')).toMatchObject({ sizeMm: 4, shown: 3 });
  });

  it('wraps before it shrinks', () => {
    expect(layOut('四'.repeat(25))).toMatchObject({ sizeMm: 4 });
    expect(textsOf(layOut('四'.repeat(25))).map((line) => line.length)).toEqual([10, 10, 5]);
  });

  it('shrinks when the lines do not suffice', () => {
    const fitted = layOut('四'.repeat(60));
    expect(fitted.sizeMm).toBeLessThan(4);
    expect(fitted.shown).toBe(60);
    expect(fitted.lines.length).toBeLessThanOrEqual(4);
  });

  it('shrinks rather than cut a number', () => {
    const fitted = layOut('1'.repeat(30), { widthMm: 40 });
    expect(textsOf(fitted)).toEqual(['1'.repeat(30)]);
    expect(fitted.sizeMm).toBeLessThan(4);
  });

  it('cuts with an ellipsis at the smallest size, and tells how much is shown', () => {
    const fitted = layOut('四'.repeat(500));
    expect(fitted.sizeMm).toBe(2);
    expect(fitted.shown).toBe(79);
    expect(textsOf(fitted).at(-1)?.endsWith('…')).toBe(true);
  });

  it('uses full stops where the font has no ellipsis', () => {
    const bare = { ...metrics, has: (codePoint: number) => codePoint !== 0x2026 };
    const { codePoints } = printableText('四'.repeat(500));
    const last = fitText({ ...base, codePoints }, bare).lines.at(-1)?.codePoints ?? [];
    expect(String.fromCodePoint(...last)).toMatch(/\.\.\.$/);
  });

  it('never leaves its box and never invents or reorders characters, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (text, widthMm, maxLines) => {
          const { codePoints } = printableText(text);
          const fitted = fitText({ ...base, widthMm, maxLines, codePoints }, metrics);
          expect(fitted.lines.length).toBeLessThanOrEqual(maxLines);
          const heightMm = (fitted.lines.length - 1) * fitted.sizeMm * 1.2 + fitted.sizeMm * 1.1;
          if (fitted.lines.length > 0) expect(heightMm).toBeLessThanOrEqual(base.heightMm + 1e-6);
          for (const line of fitted.lines) expect(line.widthMm).toBeLessThanOrEqual(widthMm + 1e-6);
          const ink = (points: readonly number[]) =>
            points.filter((each) => each !== 0x20 && each !== 0x3000 && each !== 0x0a);
          const shown = ink(fitted.lines.flatMap((line) => line.codePoints));
          if (fitted.shown === codePoints.length) expect(shown).toEqual(ink(codePoints));
          else expect(shown.slice(0, -1)).toEqual(ink(codePoints).slice(0, shown.length - 1));
        },
      ),
      { numRuns: 300, seed: 20260301 },
    );
  });
});
