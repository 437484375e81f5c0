import { describe, expect, it } from 'vitest';
import { minorUnits } from '../../../../../main/platforms/medusa/money';

describe('amounts in the smallest unit', () => {
  it.each([
    ['59.9', 'CNY', 5990],
    ['0', 'CNY', 0],
    ['128', 'CNY', 12800],
    ['-10.05', 'CNY', -1005],
    ['1.005', 'CNY', 101],
    ['-1.005', 'CNY', -101],
    ['0.07', 'CNY', 7],
    ['511.8', 'JPY', 512],
    ['1.2345', 'KWD', 1235],
    ['90071992547409.91', 'CNY', 9007199254740991],
  ])('reads %s %s as %i', (digits, currency, minor) => {
    expect(minorUnits(digits, currency)).toBe(minor);
  });

  it.each(['90071992547409.92', '1e3', '', '12,5', 'free'])('refuses %s rather than rounding or guessing', (digits) => {
    expect(minorUnits(digits, 'CNY')).toBeNull();
  });
});
