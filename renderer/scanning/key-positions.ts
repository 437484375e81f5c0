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
  return charAtPosition(press.code, press.shift);
}

function charAtPosition(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shift ? SHIFTED_DIGITS.charAt(Number(digit)) : digit;
  const sign = SIGNS[code];
  if (sign !== undefined) return shift ? sign[1] : sign[0];
  return /^Numpad(\d)$/.exec(code)?.[1] ?? NUMPAD[code] ?? null;
}

/** Keys with which a scanner ends a code. */
export const isSuffix = (press: KeyPress): boolean =>
  press.code === 'Enter' ||
  press.code === 'NumpadEnter' ||
  press.code === 'Tab' ||
  (press.code === '' && (press.key === 'Enter' || press.key === 'Tab'));

export const isShift = (press: KeyPress): boolean =>
  press.code === 'ShiftLeft' || press.code === 'ShiftRight' || (press.code === '' && press.key === 'Shift');
