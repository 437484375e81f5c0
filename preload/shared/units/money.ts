import { z } from 'zod';

/** An amount in the currency's smallest unit (fen for CNY), with its ISO 4217 code. Never a floating number. */
export const money = z.object({
  minor: z.number().int().safe(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type Money = z.infer<typeof money>;
