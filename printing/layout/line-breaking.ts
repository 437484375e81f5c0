/**
 * Where a line may end. Han, kana and Hangul may break between any two characters, but closing punctuation never starts a line
 * and opening punctuation never ends one (the first rules of Chinese typesetting, GB/T 15834-2011 and JIS X 4051); words of
 * other scripts break at blanks and behind slashes, not at hyphens (article and phone numbers stay whole); a word that is wider than the line breaks anywhere.
 */
import { LINE_BREAK } from './printable-text';

const setOf = (chars: string): ReadonlySet<number> => new Set([...chars].map((char) => char.codePointAt(0) ?? 0));

const NEVER_FIRST = setOf('、。，．：；！？）］｝〕〉》」』】〗〙〛’”·・…—～％‰℃°￠%!?,.:;)]}>ー々〻');
const NEVER_LAST = setOf('（［｛〔〈《「『【〖〘〚‘“￥＄＃([{<#$¥');
const BREAK_BEHIND = setOf('/\\|');

const isBlank = (codePoint: number): boolean => codePoint === 0x20 || codePoint === 0x3000;

/** True for characters that are set like Han: a line may break on both sides. */
const isWide = (codePoint: number): boolean =>
  (codePoint >= 0x1100 && codePoint <= 0x11ff) ||
  (codePoint >= 0x2e80 && codePoint <= 0xd7a3) ||
  (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
  (codePoint >= 0xfe30 && codePoint <= 0xfe4f) ||
  (codePoint >= 0xff00 && codePoint <= 0xffef) ||
  codePoint >= 0x1f000;

const mayBreakBetween = (left: number, right: number): boolean => {
  if (NEVER_FIRST.has(right) || NEVER_LAST.has(left)) return false;
  if (isBlank(left)) return true;
  if (isBlank(right)) return false;
  return isWide(left) || isWide(right) || BREAK_BEHIND.has(left);
};

/** A line as a range of the text's code points, blanks at its end not counted. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** The line ends inside a word, because the word alone is wider than the line. */
  readonly cutsWord: boolean;
}

/** The end of the line that starts at `from`: the last allowed break that fits, or as many characters as fit. */
const lineEnd = (
  codePoints: readonly number[],
  widths: readonly number[],
  from: number,
  maxWidth: number,
): { readonly end: number; readonly cutsWord: boolean } => {
  let width = 0;
  let lastBreak = -1;
  for (let at = from; at < codePoints.length; at += 1) {
    const codePoint = codePoints[at] ?? 0;
    if (codePoint === LINE_BREAK) return { end: at, cutsWord: false };
    if (at > from && mayBreakBetween(codePoints[at - 1] ?? 0, codePoint)) lastBreak = at;
    width += widths[at] ?? 0;
    if (width > maxWidth && !isBlank(codePoint)) {
      if (lastBreak > from) return { end: lastBreak, cutsWord: false };
      return { end: Math.max(at, from + 1), cutsWord: true };
    }
  }
  return { end: codePoints.length, cutsWord: false };
};

const trimmed = (
  codePoints: readonly number[],
  widths: readonly number[],
  from: number,
  end: number,
): Omit<LineRange, 'cutsWord'> => {
  let to = end;
  while (to > from && isBlank(codePoints[to - 1] ?? 0)) to -= 1;
  let width = 0;
  for (let at = from; at < to; at += 1) width += widths[at] ?? 0;
  return { from, to, width };
};

/**
 * Breaks a text into lines of at most `maxWidth`.
 * @param widths one width per code point, in the unit of maxWidth.
 * @param stopAfter the caller wants no more lines than this; one more is made so that it sees there is more.
 */
export const breakLines = (
  codePoints: readonly number[],
  widths: readonly number[],
  maxWidth: number,
  stopAfter: number,
): LineRange[] => {
  const lines: LineRange[] = [];
  let from = 0;
  while (from < codePoints.length && lines.length <= stopAfter) {
    const { end, cutsWord } = lineEnd(codePoints, widths, from, maxWidth);
    lines.push({ ...trimmed(codePoints, widths, from, end), cutsWord });
    from = end;
    if (codePoints[from] === LINE_BREAK) from += 1;
    else while (from < codePoints.length && isBlank(codePoints[from] ?? 0)) from += 1;
  }
  return lines;
};
