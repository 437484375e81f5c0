/**
 * Reads JSON without losing a digit. Platforms hand out 19-digit numbers; JavaScript's own parser would round them.
 * Numbers that a JavaScript number holds exactly become numbers, all others stay `LosslessNumber`, which carries the text.
 */
import { LosslessNumber, isSafeNumber, parse } from 'lossless-json';
import { z } from 'zod';
import { ok, refuse, type Result } from '@shared/language/result';

const exactNumber = (digits: string): number | LosslessNumber =>
  isSafeNumber(digits) ? Number.parseFloat(digits) : new LosslessNumber(digits);

/**
 * Finds a number that a double might not hold: 16 characters or more, or with an exponent. A number of a JSON document stands at its start
 * or behind one of `:[,`. The same signs inside a text only cost time.
 */
const MAY_LOSE_DIGITS = /(?:^|[:[,])\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * Parses a JSON document losslessly. The lossless parser is some twenty times slower than the built-in one, and blocks the process for
 * as long: it is used only where a number asks for it. Refuses text that is not JSON.
 */
export function parseLossless(text: string): Result<unknown, 'not-json'> {
  try {
    return ok(MAY_LOSE_DIGITS.test(text) ? parse(text, undefined, exactNumber) : (JSON.parse(text) as unknown));
  } catch {
    // The parser's message quotes the answer, which may hold personal data: only the fact is kept.
    return refuse('not-json');
  }
}

/** An id or number of a platform as text, every digit kept: from text, from a number, or from a number too long for one. */
export const exactText = z
  .union([z.string(), z.number(), z.instanceof(LosslessNumber)])
  .transform((value) => value.toString());

/** A decimal quantity or amount as its digits, from a number or from text that is one. */
export const decimalText = exactText.refine((text) => /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text), 'not a number');
