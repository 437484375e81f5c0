/** All jobs of this run and the only way to move one: the journal learns of a step before the rest of the program does. */
import type { PrintJobState } from '@shared/domain/print-job';
import { ok, refuse, type Result } from '@shared/language/result';
import type { AttentionReason } from '../printers/status/printer-status';
import { nextJobState, type JobEvent, type JobEventRefused } from './job-states';
import { within, type PrintClock } from './print-clock';
import type { JobCode, JobTransition, JobView, JournalPort, SentEvidence } from './print-job';

/** A job with what only the spooler needs. */
export interface Job {
  readonly jobId: string;
  readonly destinationId: string;
  readonly queuedAtMs: number;
  readonly expiresAtMs: number;
  state: PrintJobState;
  attention: readonly AttentionReason[];
  code: JobCode | undefined;
  evidence: SentEvidence | undefined;
  totalBytes: number;
  flushedBytes: number;
  /** Steps of one job happen one after another: a withdrawal and a start must not both succeed. */
  steps: Promise<unknown>;
}

export type MoveRefusal = JobEventRefused | { readonly code: 'journal-unwritable' };

export interface MoveDetails {
  readonly code?: JobCode;
  readonly evidence?: SentEvidence;
}

export const viewOf = (job: Job): JobView => ({
  jobId: job.jobId,
  destinationId: job.destinationId,
  state: job.state,
  queuedAtMs: job.queuedAtMs,
  expiresAtMs: job.expiresAtMs,
  attention: job.attention,
  ...(job.code === undefined ? {} : { code: job.code }),
  ...(job.evidence === undefined ? {} : { evidence: job.evidence }),
  totalBytes: job.totalBytes,
  flushedBytes: job.flushedBytes,
});

export interface JobLedger {
  readonly jobs: Map<string, Job>;
  /** Records a transition within the limit. @returns false when the journal could not take it. */
  record(transition: JobTransition): Promise<boolean>;
  /** Moves a job by an event: journal first, then memory, then the subscribers. A refused event changes nothing. */
  move(job: Job, event: JobEvent, details?: MoveDetails): Promise<Result<void, MoveRefusal>>;
  /** Moves a job in memory alone, when the journal cannot be written any more. */
  moveUnrecorded(job: Job, to: PrintJobState, code: JobCode): void;
  publish(job: Job): void;
  subscribe(listener: (job: JobView) => void): () => void;
}

export interface LedgerOptions {
  readonly journal: JournalPort;
  readonly clock: PrintClock;
  readonly journalLimitMs: number;
  readonly reportFault: (fault: Error) => void;
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));

/** Makes an empty ledger. */
export const createJobLedger = ({ journal, clock, journalLimitMs, reportFault }: LedgerOptions): JobLedger => {
  const jobs = new Map<string, Job>();
  const listeners = new Set<(job: JobView) => void>();

  const publish = (job: Job): void => {
    const view = viewOf(job);
    for (const listener of [...listeners]) {
      try {
        listener(view);
      } catch (cause) {
        reportFault(asError(cause));
      }
    }
  };

  const record = async (transition: JobTransition): Promise<boolean> => {
    try {
      if ((await within(clock, journalLimitMs, journal.record(transition))) !== 'late') return true;
      reportFault(new Error('the journal did not answer in time'));
    } catch (cause) {
      reportFault(asError(cause));
    }
    return false;
  };

  const step = async (job: Job, event: JobEvent, details: MoveDetails): Promise<Result<void, MoveRefusal>> => {
    const next = nextJobState(job.state, event);
    if (!next.ok) return next;
    const { jobId, destinationId, state: from } = job;
    const to = next.value;
    if (to !== from && !(await record({ jobId, destinationId, from, to, atMs: clock.now(), ...details })))
      return refuse({ code: 'journal-unwritable' });
    job.state = to;
    job.code = details.code ?? job.code;
    job.evidence = details.evidence ?? job.evidence;
    publish(job);
    return ok(undefined);
  };

  return {
    jobs,
    record,
    move: async (job, event, details = {}) => {
      const moved = job.steps.then(async () => step(job, event, details));
      job.steps = moved;
      return moved;
    },
    moveUnrecorded: (job, to, code) => {
      job.state = to;
      job.code = code;
      publish(job);
    },
    publish,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
