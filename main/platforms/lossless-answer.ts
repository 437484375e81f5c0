/**
 * Reads JSON without losing a digit. Platforms hand out 19-digit numbers; JavaScript's own parser would round them.
 * Numbers that a JavaScript number holds exactly become numbers, all others stay `LosslessNumber`, which carries the text.
 */
import { LosslessNumber, isSafeNumber, parse } from 'lossless-json';
import { z } from 'zod';
import { ok, refuse, type Result } from '@shared/language/result';

const exactNumber = (digits: string): number | LosslessNumber =>
  isSafeNumber(digits) ? Number.parseFloat(digits) : new LosslessNumber(digits);

/** Parses a JSON document losslessly. Refuses text that is not JSON, also doubled keys with different values. */
export function parseLossless(text: string): Result<unknown, 'not-json'> {
  try {
    return ok(parse(text, undefined, exactNumber));
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
