import { z } from 'zod';
import { deliveryId, deviceId, gestureId } from '../domain/ids';
import { method } from '../domain/fact';
import { journalRecord } from '../domain/fact';
import { call, defineArea } from './define-area';

export const deliveriesArea = defineArea(
  'deliveries',
  {
    /** A person acts on a parked or unknown delivery: try again now, or mark it as settled outside with a reason. */
    act: call({
      ask: z.object({
        gestureId,
        deviceId,
        method,
        deliveryId,
        action: z.enum(['try-again', 'settled-outside']),
        reason: z.string().max(300),
      }),
      answer: journalRecord,
      refuses: [
        'not-signed-in',
        'not-allowed',
        'delivery-unknown',
        'delivery-state-differs',
        'disk-full',
        'disk-failed',
        'journal-closed',
      ],
    }),
  },
  {},
);
