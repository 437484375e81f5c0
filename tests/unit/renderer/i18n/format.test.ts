import { describe, expect, it } from 'vitest';
import { addMs, toInstant } from '@shared/units/instant';
import { formatAgo, formatCount, formatMoney, formatSpan } from '../../../../renderer/i18n/format';

const NOW = toInstant(1_790_000_000_000);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('times and amounts by language', () => {
  it('tells an age in its largest unit', () => {
    expect(formatAgo('en', NOW, addMs(NOW, -20_000))).toBe('20 seconds ago');
    expect(formatAgo('zh-CN', NOW, addMs(NOW, -20_000))).toMatch(/^20\s?秒钟?前$/);
    expect(formatAgo('en', NOW, addMs(NOW, -14 * MINUTE))).toBe('14 minutes ago');
    expect(formatAgo('en', NOW, addMs(NOW, -26 * HOUR))).toBe('1 day ago');
  });

  it('takes a moment in the future, after a clock that jumped, for a second ago', () => {
    expect(formatAgo('en', NOW, addMs(NOW, HOUR))).toBe('1 second ago');
  });

  it('tells a span in its two largest units, the same for late and for left', () => {
    expect(formatSpan('en', 2 * HOUR + 5 * MINUTE + 59_000)).toBe('2h 5m');
    expect(formatSpan('en', -(2 * HOUR + 5 * MINUTE))).toBe('2h 5m');
    expect(formatSpan('en', 3 * HOUR)).toBe('3h');
    expect(formatSpan('en', 27 * HOUR)).toBe('1d 3h');
    expect(formatSpan('en', 59_999)).toBe('59s');
    expect(formatSpan('zh-CN', 95 * MINUTE)).toBe('1小时35分钟');
  });

  it('keeps money exact, with the decimals of its own currency', () => {
    expect(formatMoney('en', { minor: 25_880, currency: 'CNY' })).toBe('CN¥258.80');
    expect(formatMoney('zh-CN', { minor: 25_880, currency: 'CNY' })).toBe('¥258.80');
    expect(formatMoney('en', { minor: 1_500, currency: 'JPY' })).toBe('¥1,500');
    expect(formatCount('en', 100_000)).toBe('100,000');
  });
});
