import { describe, expect, it } from 'vitest';
import { printableText } from '../../../../printing/layout/printable-text';

const shownOf = (text: string): string => String.fromCodePoint(...printableText(text).codePoints);

describe('printable text', () => {
  it('keeps every character that has a shape, printer commands too', () => {
    expect(shownOf('^XA~HS_5E"\\ {x} <>&')).toBe('^XA~HS_5E"\\ {x} <>&');
    expect(shownOf('𠮷野家 ﷼ 😀')).toBe('𠮷野家 ﷼ 😀');
  });

  it('leaves out control bytes, direction marks and joiners, and counts them', () => {
    expect(printableText('a\u0000\u0007b\u202Ec\u200Dd\uFE0Fe\u001B')).toEqual({
      codePoints: [...'abcde'].map((char) => char.codePointAt(0)),
      removed: 6,
    });
  });

  it('makes blanks of every width a space, keeps the wide one, and knows all line ends', () => {
    expect(shownOf('a\tb\u00A0c\u2003d\u3000e')).toBe('a b c d\u3000e');
    expect(shownOf('a\r\nb\rc\u0085d\ne')).toBe('a\nb\nc\nd\ne');
  });

  it('turns half a surrogate pair into the replacement character', () => {
    expect(printableText('a\uD842b').codePoints).toEqual([0x61, 0xfffd, 0x62]);
  });

  it('composes accents', () => {
    expect(shownOf('Jose\u0301')).toBe('José');
  });
});
