import { z } from 'zod';
import { factDraft, journalRecord } from '../domain/fact';
import { shipmentId } from '../domain/ids';
import { call, defineArea, event } from './define-area';

/** The revision of the shipment as the writer saw it; refused with `revision-moved` if another window was first. */
export const expectation = z.object({ shipmentId, revision: z.number().int().min(0) });
export type Expectation = z.infer<typeof expectation>;

/** A second person's word for what the signed-in one may not do alone. */
export const approval = z.union([
  z.object({ badge: z.string().min(4).max(60) }),
  z.object({ personId: z.string().min(1).max(200), pin: z.string().regex(/^\d{4,12}$/) }),
]);
export type Approval = z.infer<typeof approval>;

export const journalArea = defineArea(
  'journal',
  {
    /** Answers when the record is flushed. The same fact ids again answer with the first record and write nothing. */
    append: call({
      ask: z.object({
        expect: expectation.nullable(),
        facts: z.array(factDraft).min(1).max(50),
        approval: approval.nullable(),
      }),
      answer: journalRecord,
      refuses: [
        'not-signed-in',
        'not-allowed',
        'lead-needed',
        'revision-moved',
        'rule-refused',
        'disk-full',
        'disk-failed',
        'journal-closed',
      ],
    }),
    readSince: call({
      ask: z.object({ afterSeq: z.number().int().min(0), limit: z.number().int().min(1).max(2000) }),
      answer: z.object({ records: z.array(journalRecord), headSeq: z.number().int().min(0) }),
      refuses: ['journal-closed'],
    }),
  },
  {
    recorded: event({ carries: journalRecord }),
    /** The disk refuses: work cannot be made durable and is refused until it clears. */
    trouble: event({
      carries: z.object({
        code: z.enum(['disk-full', 'disk-failed', 'torn-record-cut', 'chain-broken', 'fine']),
        detail: z.string().max(300),
      }),
    }),
  },
);
