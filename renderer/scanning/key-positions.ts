/**
 * What a scanner means by a key. Scanners type as on a US keyboard; the position of the key (`event.code`) is what they
 * press, whatever layout or input method the system has made of it. Source: UI Events KeyboardEvent code Values (W3C).
 */

const SHIFTED_DIGITS = ')!@#$%^&*(';

const SIGNS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  IntlBackslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Backquote: ['`', '~'],
  Space: [' ', ' '],
};

const NUMPAD: Readonly<Record<string, string>> = {
  NumpadAdd: '+',
  NumpadSubtract: '-',
  NumpadMultiply: '*',
  NumpadDivide: '/',
  NumpadDecimal: '.',
};

/** GS, the separator within GS1 codes; scanners send it as Ctrl+]. */
export const GROUP_SEPARATOR = '\u001d';

/** A key press, as far as decoding needs it. */
export interface KeyPress {
  /** Position, '' where the system does not know it (remote desktops). */
  readonly code: string;
  /** What the layout made of it. */
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/** @returns the character that a scanner means by this key, or null for keys that carry none. */
export function decodeKey(press: KeyPress): string | null {
  if (press.control && press.code === 'BracketRight') return GROUP_SEPARATOR;
  if (press.control || press.alt || press.meta) return null;
  // Without a position the layout's word is all there is.
  if (press.code === '') return press.key.length === 1 ? press.key : null;
  return charAtPosition(press);
}

/**
 * What a US keyboard has at this position. Programs that type for a scanner (remote desktops, wedge software) may name the
 * shifted sign without pressing Shift; on no layout is that sign the plain one of the same key.
 */
function charAtPosition({ code, key, shift }: KeyPress): string | null {
  const pair = pairAt(code);
  if (pair === null) return /^Numpad(\d)$/.exec(code)?.[1] ?? NUMPAD[code] ?? null;
  return shift || key === pair[1] ? pair[1] : pair[0];
}

function pairAt(code: string): readonly [plain: string, shifted: string] | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return [letter.toLowerCase(), letter];
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return [digit, SHIFTED_DIGITS.charAt(Number(digit))];
  return SIGNS[code] ?? null;
}

/** Keys with which a scanner ends a code. */
export const isSuffix = (press: KeyPress): boolean =>
  press.code === 'Enter' ||
  press.code === 'NumpadEnter' ||
  press.code === 'Tab' ||
  (press.code === '' && (press.key === 'Enter' || press.key === 'Tab'));

export const isShift = (press: KeyPress): boolean =>
  press.code === 'ShiftLeft' || press.code === 'ShiftRight' || (press.code === '' && press.key === 'Shift');
