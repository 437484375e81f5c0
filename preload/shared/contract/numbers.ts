import { z } from 'zod';
import { poolId } from '../domain/ids';
import { call, defineArea } from './define-area';

export const numberPool = z.object({
  poolId,
  carrier: z.string(),
  free: z.number().int().min(0),
  used: z.number().int().min(0),
  voided: z.number().int().min(0),
});
export type NumberPool = z.infer<typeof numberPool>;

export const numbersArea = defineArea(
  'numbers',
  {
    pools: call({ ask: z.null(), answer: z.array(numberPool), refuses: [] }),
    /** Pasted or imported text: one number per line, comma or blank. Known numbers are counted and left out, bad ones listed. */
    importNumbers: call({
      ask: z.object({ poolId, carrier: z.string().min(1).max(100), text: z.string().max(1_000_000) }),
      answer: z.object({
        added: z.number().int(),
        known: z.number().int(),
        invalid: z.array(z.object({ line: z.number().int(), text: z.string().max(60) })).max(200),
      }),
      refuses: ['not-signed-in', 'not-allowed', 'numbers-invalid', 'disk-full', 'disk-failed', 'journal-closed'],
    }),
  },
  {},
);
