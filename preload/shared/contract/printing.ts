import { z } from 'zod';
import { instant } from '../units/instant';
import { jobId, parcelId, printerId, shipmentId } from '../domain/ids';
import { printJobState } from '../domain/print-job';
import { call, defineArea, event } from './define-area';

export const printerSettings = z.object({
  printerId,
  name: z.string().min(1).max(100),
  /** What this bench prints on it. */
  documents: z.array(z.enum(['waybill', 'test-page'])).min(1),
  transport: z.object({
    kind: z.literal('tcp'),
    host: z.string().min(1).max(255),
    port: z.number().int().min(1).max(65_535),
  }),
  /** File name in resources/printers without ending. */
  model: z.string().min(1).max(100),
});
export type PrinterSettings = z.infer<typeof printerSettings>;

export const attention = z.enum([
  'paper-out',
  'ribbon-out',
  'head-open',
  'paused',
  'buffer-full',
  'unreachable',
  'stalled',
  'no-answer',
  'too-hot',
]);
export type Attention = z.infer<typeof attention>;

export const printerView = z.object({
  settings: printerSettings,
  state: z.enum(['absent', 'connecting', 'ready', 'busy', 'needs-attention', 'lost']),
  attention: attention.nullable(),
  /** False where this model cannot tell its state. */
  canTell: z.boolean(),
  waitingJobs: z.number().int().min(0),
});
export type PrinterView = z.infer<typeof printerView>;

export const printJobView = z.object({
  jobId,
  printerId,
  shipmentId: shipmentId.nullable(),
  parcelId: parcelId.nullable(),
  waybillNo: z.string(),
  state: printJobState,
  code: z.string(),
  queuedAt: instant,
  movedAt: instant,
});
export type PrintJobView = z.infer<typeof printJobView>;

export const printingArea = defineArea(
  'printing',
  {
    printers: call({ ask: z.null(), answer: z.array(printerView), refuses: [] }),
    savePrinter: call({ ask: printerSettings, answer: z.null(), refuses: ['not-allowed', 'settings-not-saved'] }),
    removePrinter: call({
      ask: z.object({ printerId }),
      answer: z.null(),
      refuses: ['not-allowed', 'printer-unknown', 'settings-not-saved'],
    }),
    checkPrinter: call({ ask: z.object({ printerId }), answer: printerView, refuses: ['printer-unknown'] }),
    printTest: call({
      ask: z.object({ printerId }),
      answer: z.object({ jobId }),
      refuses: [
        'printer-unknown',
        'not-allowed',
        'label-failed',
        'disk-full',
        'disk-failed',
        'journal-closed',
        'not-signed-in',
      ],
    }),
    /** The print journal, newest first, searchable by waybill number. */
    jobs: call({
      ask: z.object({ search: z.string().max(100), limit: z.number().int().min(1).max(500) }),
      answer: z.array(printJobView),
      refuses: [],
    }),
  },
  { printerChanged: event({ carries: printerView }) },
);
