/**
 * The one source of colour. Screens use the CSS variables that `applyPalette` sets (`--ink`, `--stop-solid` …); MUI's theme is
 * made from the same values. tests/unit/renderer/styles checks every pair of text and ground named in `TEXT_PAIRS`.
 */
export type Mode = 'light' | 'dark';

const light = {
  ground: '#eceff3',
  surface: '#ffffff',
  sunken: '#f5f7f9',
  raised: '#ffffff',
  line: '#d8dde5',
  edge: '#758091',
  ink: '#11151b',
  'ink-2': '#414b58',
  'ink-3': '#566170',
  accent: '#1a4bd0',
  'accent-on': '#ffffff',
  'accent-soft': '#e5ecff',
  'accent-text': '#123a9f',
  'ok-solid': '#0a7439',
  'ok-on': '#ffffff',
  'ok-soft': '#dcf3e4',
  'ok-text': '#07592b',
  'warn-solid': '#ffb514',
  'warn-on': '#211600',
  'warn-soft': '#fff0cc',
  'warn-text': '#654100',
  'stop-solid': '#b3150f',
  'stop-on': '#ffffff',
  'stop-soft': '#fde4e1',
  'stop-text': '#8f100b',
  'calm-solid': '#1c2430',
  'calm-on': '#ffffff',
  shade: 'rgba(17, 21, 27, 0.14)',
} as const;

export type Token = keyof typeof light;
export type Palette = Readonly<Record<Token, string>>;

const dark: Palette = {
  ground: '#0c0f13',
  surface: '#151a20',
  sunken: '#1b2129',
  raised: '#20272f',
  line: '#2d3540',
  edge: '#7a8797',
  ink: '#f1f4f8',
  'ink-2': '#bac4d0',
  'ink-3': '#9aa7b6',
  accent: '#8fb4ff',
  'accent-on': '#08173a',
  'accent-soft': '#1a2a4d',
  'accent-text': '#b5ccff',
  'ok-solid': '#12783f',
  'ok-on': '#ffffff',
  'ok-soft': '#10321f',
  'ok-text': '#7be5a5',
  'warn-solid': '#ffbd30',
  'warn-on': '#211600',
  'warn-soft': '#3b2b07',
  'warn-text': '#ffd06b',
  'stop-solid': '#c4221b',
  'stop-on': '#ffffff',
  'stop-soft': '#451511',
  'stop-text': '#ffa8a1',
  'calm-solid': '#26303c',
  'calm-on': '#ffffff',
  shade: 'rgba(0, 0, 0, 0.5)',
};

export const PALETTES: Readonly<Record<Mode, Palette>> = { light, dark };

/** Every text colour with the grounds on which screens put it: [text, ground]. WCAG AA asks for 4.5 to 1. */
export const TEXT_PAIRS: readonly (readonly [Token, Token])[] = [
  ...(['ground', 'surface', 'sunken', 'raised'] as const).flatMap((ground) =>
    (['ink', 'ink-2', 'ink-3', 'accent-text'] as const).map((text) => [text, ground] as const),
  ),
  ...(['ground', 'surface', 'sunken'] as const).flatMap((ground) =>
    (['ok-text', 'warn-text', 'stop-text'] as const).map((text) => [text, ground] as const),
  ),
  ['accent-on', 'accent'],
  ['accent-text', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['ok-on', 'ok-solid'],
  ['ok-text', 'ok-soft'],
  ['warn-on', 'warn-solid'],
  ['warn-text', 'warn-soft'],
  ['stop-on', 'stop-solid'],
  ['stop-text', 'stop-soft'],
  ['calm-on', 'calm-solid'],
  ['ink', 'ok-soft'],
  ['ink', 'warn-soft'],
  ['ink', 'stop-soft'],
];

/** Sets the variables through CSSOM, which the strict style-src allows. */
export function applyPalette(root: HTMLElement, mode: Mode): void {
  root.dataset['theme'] = mode;
  root.style.colorScheme = mode;
  for (const [token, value] of Object.entries(PALETTES[mode])) root.style.setProperty(`--${token}`, value);
}
