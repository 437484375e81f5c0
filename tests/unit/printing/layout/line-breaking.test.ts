import { describe, expect, it } from 'vitest';
import { breakLines } from '../../../../printing/layout/line-breaking';
import { printableText } from '../../../../printing/layout/printable-text';

/** Every character one unit wide. */
const linesOf = (text: string, maxWidth: number): string[] => {
  const { codePoints } = printableText(text);
  const widths = codePoints.map((codePoint) => (codePoint === 0x0a ? 0 : 1));
  return breakLines(codePoints, widths, maxWidth, 100).map(({ from, to }) =>
    String.fromCodePoint(...codePoints.slice(from, to)),
  );
};

describe('line breaking', () => {
  it('breaks Han text anywhere', () => {
    expect(linesOf('四川省成都市武侯区', 4)).toEqual(['四川省成', '都市武侯', '区']);
  });

  it('never begins a line with closing punctuation', () => {
    expect(linesOf('四川省成，都市', 4)).toEqual(['四川省', '成，都市']);
    expect(linesOf('一二三）四', 3)).toEqual(['一二', '三）四']);
  });

  it('never ends a line with opening punctuation', () => {
    expect(linesOf('一二三（四）', 4)).toEqual(['一二三', '（四）']);
  });

  it('keeps words, numbers and article numbers whole', () => {
    expect(linesOf('拨打 13800000000 找人', 12)).toEqual(['拨打', '13800000000', '找人']);
    expect(linesOf('mug MUG-350-WH', 11)).toEqual(['mug', 'MUG-350-WH']);
  });

  it('cuts a word that is wider than the line, and says so', () => {
    expect(linesOf('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    const { codePoints } = printableText('abcdefgh ij');
    const cuts = breakLines(
      codePoints,
      codePoints.map(() => 1),
      4,
      9,
    ).map(({ cutsWord }) => cutsWord);
    expect(cuts).toEqual([true, false, false]);
  });

  it('obeys line ends and drops blanks around breaks', () => {
    expect(linesOf('a  \r\n  b\n\nc', 9)).toEqual(['a', '  b', '', 'c']);
    expect(linesOf('aa   bb', 3)).toEqual(['aa', 'bb']);
  });

  it('takes at least one character a line, also when none fits', () => {
    expect(linesOf('一二', 0.5)).toEqual(['一', '二']);
    expect(linesOf('', 5)).toEqual([]);
  });
});
