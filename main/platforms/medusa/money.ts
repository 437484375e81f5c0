/**
 * Amounts of Medusa in whole smallest units. Observed in 2.21.2: amounts are decimal numbers in the currency's main unit
 * (59.9 is 59.90 yuan), unlike in Medusa 1, which had the smallest unit.
 */

/** Currencies whose smallest unit is not a hundredth (ISO 4217, list one). */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);

/**
 * Converts the digits of an amount, without passing through a binary fraction. Digits below the smallest unit are rounded half away
 * from zero. @returns null when the text is no plain decimal number or the result is not exact as a JavaScript number.
 */
export function minorUnits(digits: string, currency: string): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits);
  if (match === null) return null;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const decimals = DECIMALS.get(currency) ?? 2;
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const roundUp = (fraction[decimals] ?? '0') >= '5' ? 1n : 0n;
  const minor = Number((BigInt(whole + kept) + roundUp) * (sign === '-' ? -1n : 1n));
  return Number.isSafeInteger(minor) ? minor : null;
}
