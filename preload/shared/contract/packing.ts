import { z } from 'zod';
import { factDraft, journalRecord, units } from '../domain/fact';
import { deviceId, factId, gestureId, jobId, orderKey, orderNo, parcelId, shipmentId, storeId } from '../domain/ids';
import { method } from '../domain/fact';
import { call, defineArea } from './define-area';
import { expectation } from './journal';

/** An order as a label needs it; the contact stays sealed, main opens it. */
export const labelOrder = z.object({
  orderKey,
  orderNo,
  storeId,
  displayNo: z.string().max(100),
  /** AES-GCM of the contact under the contact key, bound to the order key. */
  sealedContact: z.instanceof(Uint8Array),
  lines: z
    .array(
      z.object({
        sku: z.string().max(200),
        title: z.string().max(500),
        variantTitle: z.string().max(300),
        quantity: z.number().int().min(0),
      }),
    )
    .max(500),
});
export type LabelOrder = z.infer<typeof labelOrder>;

const act = { gestureId, deviceId, method };

const refusals = [
  'not-signed-in',
  'not-allowed',
  'revision-moved',
  'rule-refused',
  'disk-full',
  'disk-failed',
  'journal-closed',
  'no-number-left',
  'printer-not-set',
  'printer-unknown',
  'contact-unreadable',
  'vault-locked',
] as const;

export const packingArea = defineArea(
  'packing',
  {
    /**
     * The scan that completes a parcel: one flushed record of the last count (if any), parcel verified, number bound and print
     * job queued. Where the label is out already (label first, or reopened) nothing prints and the parcel closes at once.
     * Progress comes as journal records: sending, sent, then the record that closes the parcel.
     */
    complete: call({
      ask: z.object({
        ...act,
        expect: expectation,
        parcelId,
        counted: factDraft.nullable(),
        verifiedFactId: factId,
        units: z.array(units).min(1),
        orders: z.array(labelOrder).min(1),
      }),
      answer: journalRecord,
      refuses: refusals,
    }),
    /** Binds a number if there is none and prints: label-first stores, and "packed, no label". Refused while a job's fate is unknown. */
    printLabel: call({
      ask: z.object({ ...act, expect: expectation, parcelId, orders: z.array(labelOrder).min(1) }),
      answer: journalRecord,
      refuses: [...refusals, 'job-state-differs'],
    }),
    /** A person says what the printer did with a job in state unknown. */
    resolvePrint: call({
      ask: z.object({ ...act, shipmentId, parcelId, jobId, printed: z.boolean() }),
      answer: journalRecord,
      refuses: [
        'not-signed-in',
        'not-allowed',
        'job-unknown',
        'job-state-differs',
        'disk-full',
        'disk-failed',
        'journal-closed',
      ],
    }),
    reopen: call({
      ask: z.object({ ...act, expect: expectation, parcelId, factId }),
      answer: journalRecord,
      refuses: [
        'not-signed-in',
        'not-allowed',
        'revision-moved',
        'rule-refused',
        'disk-full',
        'disk-failed',
        'journal-closed',
      ],
    }),
  },
  {},
);
