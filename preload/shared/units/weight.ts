import { z } from 'zod';

/** A weight in whole grams, 0 or more. */
export const grams = z.number().int().min(0).max(10_000_000).brand<'Grams'>();
export type Grams = z.infer<typeof grams>;
