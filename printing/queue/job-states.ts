/**
 * The walk of one print job, one label:
 *
 * It is queued. When its turn comes and the printer would print, the journal learns that it is being sent, and only then does a byte
 * leave. When the device has taken all bytes it is sent; a printer that can tell is then seen printing, and reports it done.
 * What goes wrong before any byte can have left has failed, and a person may print it again by a key. What goes wrong later
 * is unknown: the label may lie there or not, so nothing sends it again by itself; a person says which. A job that waits too
 * long expires, and so does every job that was still queued when the program ended: after an outage nothing old prints by itself.
 */
import type { PrintJobState } from '@shared/domain/print-job';
import { ok, refuse, type Result } from '@shared/language/result';

export type JobEvent =
  /** The first byte is about to be handed over. */
  | { readonly kind: 'start' }
  /** It went wrong, and certainly no byte left. */
  | { readonly kind: 'stopped-before-bytes' }
  /** It went wrong, and bytes may have left. */
  | { readonly kind: 'lost-track' }
  /** The device took every byte. */
  | { readonly kind: 'all-bytes-taken' }
  | { readonly kind: 'printing-seen' }
  | { readonly kind: 'reported-done' }
  | { readonly kind: 'waited-too-long' }
  /** The program started again and found the job in its journal. */
  | { readonly kind: 'restored' }
  /** A person withdraws it before its turn. */
  | { readonly kind: 'withdrawn' }
  /** A person holds the label in the hand. */
  | { readonly kind: 'person-confirms' }
  /** A person says that there is no label. */
  | { readonly kind: 'person-denies' };

export interface JobEventRefused {
  readonly code: 'job-state-forbids';
  readonly state: PrintJobState;
  readonly event: JobEvent['kind'];
}

const FROM_OUTSIDE = { 'person-confirms': 'done', 'person-denies': 'failed' } as const;

/** Every allowed step; what is not here is refused. done, failed and expired have no way out. */
const STEPS: Readonly<Record<PrintJobState, Partial<Record<JobEvent['kind'], PrintJobState>>>> = {
  queued: {
    start: 'sending',
    'stopped-before-bytes': 'failed',
    'waited-too-long': 'expired',
    withdrawn: 'failed',
    restored: 'expired',
  },
  sending: {
    'stopped-before-bytes': 'failed',
    'lost-track': 'unknown',
    'all-bytes-taken': 'sent',
    restored: 'unknown',
  },
  sent: { 'printing-seen': 'seen-printing', 'reported-done': 'done', restored: 'sent', ...FROM_OUTSIDE },
  'seen-printing': { 'reported-done': 'done', restored: 'seen-printing', ...FROM_OUTSIDE },
  unknown: { restored: 'unknown', ...FROM_OUTSIDE },
  done: { restored: 'done' },
  failed: { restored: 'failed' },
  expired: { restored: 'expired' },
};

/** The state behind an event. @returns refusal `job-state-forbids`; a refused event changes nothing. Pure. */
export const nextJobState = (state: PrintJobState, { kind }: JobEvent): Result<PrintJobState, JobEventRefused> => {
  const next = STEPS[state][kind];
  return next === undefined ? refuse({ code: 'job-state-forbids', state, event: kind }) : ok(next);
};

/** States that only a person can change, or nobody. */
export const isSettled = (state: PrintJobState): boolean => state !== 'queued' && state !== 'sending';
