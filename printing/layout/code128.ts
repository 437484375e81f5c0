/**
 * Code 128 (ISO/IEC 15417): the shortest sequence of symbols for a text of printable ASCII, with switches between the sets B and C,
 * and the bars of each symbol. Used to know a barcode's width before it is printed, and to draw it as dots.
 */
import { ok, refuse, type Result } from '@shared/language/result';

const START_B = 104;
const START_C = 105;
const TO_C = 99;
const TO_B = 100;
const STOP = 106;

/** Widths of bar, space, bar, space, bar, space per symbol value 0…105; the stop symbol has a seventh bar. ISO/IEC 15417 table 1. */
const PATTERNS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 ' +
  '223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 ' +
  '112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 ' +
  '311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 ' +
  '122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112';
const SYMBOL_WIDTHS: readonly string[] = PATTERNS.split(' ');

export type Code128Refusal =
  { readonly code: 'barcode-empty' } | { readonly code: 'barcode-not-encodable'; readonly at: number };

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

/** Digits in a row from a position on. */
const digitRun = (data: string, from: number): number => {
  let at = from;
  while (isDigit(data[at])) at += 1;
  return at - from;
};

const checkDigit = (symbols: readonly number[]): number =>
  symbols.reduce((sum, symbol, index) => sum + symbol * Math.max(1, index), 0) % 103;

/**
 * Chooses the symbols: set C for four digits and more at either end, for six and more inside (annex E of the standard).
 * @returns start, data, check and stop symbols; refusal for empty data or for a character outside 20…7E.
 */
export const code128Symbols = (data: string): Result<readonly number[], Code128Refusal> => {
  if (data.length === 0) return refuse({ code: 'barcode-empty' });
  const bad = [...data].findIndex((char) => char < ' ' || char > '~');
  if (bad >= 0) return refuse({ code: 'barcode-not-encodable', at: bad });
  const leading = digitRun(data, 0);
  let inC = leading >= 4 || (leading === 2 && data.length === 2);
  const symbols: number[] = [inC ? START_C : START_B];
  let at = 0;
  while (at < data.length) {
    const run = digitRun(data, at);
    if (inC && run < 2) {
      symbols.push(TO_B);
      inC = false;
    } else if (inC) {
      symbols.push(Number(data.slice(at, at + 2)));
      at += 2;
    } else if (run % 2 === 0 && (run >= 6 || (run >= 4 && at + run === data.length))) {
      symbols.push(TO_C);
      inC = true;
    } else {
      symbols.push(data.charCodeAt(at) - 32);
      at += 1;
    }
  }
  symbols.push(checkDigit(symbols), STOP);
  return ok(symbols);
};

/** Alternating bar and space widths in modules, beginning with a bar; quiet zones are not part of it. */
export const code128Bars = (symbols: readonly number[]): readonly number[] =>
  symbols.flatMap((symbol) => [...(SYMBOL_WIDTHS[symbol] ?? '')].map(Number));

/** Width of a symbol sequence in modules, without quiet zones: 11 a symbol, 13 for the stop. */
export const code128Modules = (symbols: readonly number[]): number => symbols.length * 11 + 2;

/** Blank modules that a reader needs on each side. ISO/IEC 15417, 4.3. */
export const CODE128_QUIET_MODULES = 10;
