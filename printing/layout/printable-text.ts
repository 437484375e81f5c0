/** Turns any string into what can stand on paper: code points that have a shape, and hard line breaks. */

/** The hard line break inside a list of printable code points. */
export const LINE_BREAK = 0x0a;
const SPACE = 0x20;
const REPLACEMENT = 0xfffd;

const INVISIBLE = /^[\p{Cc}\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}\u{115F}\u{1160}\u{3164}\u{FFA0}]$/u;
const BLANK = /^[\p{Zs}\p{Zl}\p{Zp}]$/u;

export interface PrintableText {
  readonly codePoints: readonly number[];
  /** How many characters without a shape were left out: control bytes, direction marks, joiners, variation selectors. */
  readonly removed: number;
}

/**
 * Normalises a text for printing (NFC). Tabs and blanks of every width become a space, line ends become LINE_BREAK, a lone
 * surrogate becomes U+FFFD, and what has no shape of its own is left out and counted.
 */
export const printableText = (text: string): PrintableText => {
  const codePoints: number[] = [];
  let removed = 0;
  for (const char of text.normalize('NFC').replace(/\r\n?|\u0085/g, '\n')) {
    const codePoint = char.codePointAt(0) ?? REPLACEMENT;
    if (codePoint === LINE_BREAK) codePoints.push(LINE_BREAK);
    else if (codePoint > 0x20 && codePoint < 0x7f) codePoints.push(codePoint);
    else if (codePoint === 0x3000) codePoints.push(codePoint);
    else if (codePoint === 0x09 || BLANK.test(char)) codePoints.push(SPACE);
    else if (codePoint >= 0xd800 && codePoint <= 0xdfff) codePoints.push(REPLACEMENT);
    else if (INVISIBLE.test(char)) removed += 1;
    else codePoints.push(codePoint);
  }
  return { codePoints, removed };
};
