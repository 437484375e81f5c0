import { describe, expect, it } from 'vitest';
import { PALETTES, TEXT_PAIRS, type Mode } from '../../../../renderer/styles/palette';
import { makeTheme } from '../../../../renderer/styles/theme';

/** Relative luminance of #rrggbb. Source: WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const MODES: readonly Mode[] = ['light', 'dark'];

describe.each(MODES)('the %s palette', (mode) => {
  const palette = PALETTES[mode];

  it.each(TEXT_PAIRS)('keeps %s readable on %s', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it('draws frames of controls with a contrast of 3 against what they stand on', () => {
    for (const ground of ['surface', 'sunken', 'ground'] as const) {
      expect(contrast(palette.edge, palette[ground])).toBeGreaterThanOrEqual(3);
      expect(contrast(palette.accent, palette[ground])).toBeGreaterThanOrEqual(3);
    }
  });

  it('gives the component library the same colours', () => {
    const theme = makeTheme(mode);
    expect(theme.palette.primary.main).toBe(palette.accent);
    expect(theme.palette.error.main).toBe(palette['stop-solid']);
    expect(theme.palette.text.primary).toBe(palette.ink);
  });
});
