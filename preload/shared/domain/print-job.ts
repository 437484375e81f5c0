/** A print job as facts know it; the spooler in printing/ has the machine that moves it. */
import { z } from 'zod';

export const printJobState = z.enum([
  'queued',
  'sending',
  'sent',
  'seen-printing',
  'done',
  'failed',
  'unknown',
  'expired',
]);
export type PrintJobState = z.infer<typeof printJobState>;

/** States in which the label counts as out of our hands and on its way to paper. */
export const isLabelOut = (state: PrintJobState): boolean =>
  state === 'sent' || state === 'seen-printing' || state === 'done';

/** States from which nothing more comes by itself, and a person may ask for a new job: no byte can have reached paper. */
export const maySafelyPrintAgain = (state: PrintJobState): boolean => state === 'failed' || state === 'expired';

/**
 * The moves that a job can make. After the first byte may have left (`sending` and later) there is no way back to a state
 * from which it would be printed again, except by a person's word about a job in state unknown (I8).
 */
const MOVES: Readonly<Record<PrintJobState, readonly PrintJobState[]>> = {
  queued: ['sending', 'sent', 'seen-printing', 'done', 'failed', 'unknown', 'expired'],
  sending: ['sent', 'seen-printing', 'done', 'failed', 'unknown'],
  sent: ['seen-printing', 'done', 'unknown'],
  'seen-printing': ['done', 'unknown'],
  unknown: ['sent', 'seen-printing', 'done', 'failed'],
  done: [],
  failed: [],
  expired: [],
};

/** May a job go from one state to another? */
export const mayMovePrint = (from: PrintJobState, to: PrintJobState): boolean => MOVES[from].includes(to);
