/** A print job as its owner sees it, and the ports that the spooler needs. */
import type { PrintJobState } from '@shared/domain/print-job';
import type { Result } from '@shared/language/result';
import type { AttentionReason, StatusProtocol } from '../printers/status/printer-status';
import type { DeviceState, Transport, TransportFailureCode } from '../transports/transport';

/** Why a job ended or is uncertain. */
export type JobCode =
  | TransportFailureCode
  | 'document-not-made'
  | 'journal-unwritable'
  | 'destination-removed'
  | 'withdrawn'
  | 'waited-too-long'
  | 'restarted'
  | 'person-confirmed'
  | 'person-denied'
  /** A fault of this program; reported with its cause through `reportFault`. */
  | 'fault';

/**
 * What speaks for "sent": the printer answered a question that was sent behind the label, so it has read the label; it closed the
 * link in turn; or nothing but the system's taking of the bytes.
 */
export type SentEvidence = 'printer-answered' | 'printer-closed' | 'handed-over';

export interface JobTransition {
  readonly jobId: string;
  readonly destinationId: string;
  /** Absent for the record that creates the job. */
  readonly from?: PrintJobState;
  readonly to: PrintJobState;
  readonly atMs: number;
  readonly code?: JobCode;
  readonly evidence?: SentEvidence;
}

/** Where transitions are kept. `record` resolves when the record would survive a power cut; only then does the effect follow. */
export interface JournalPort {
  record(transition: JobTransition): Promise<void>;
}

export interface JobView {
  readonly jobId: string;
  readonly destinationId: string;
  readonly state: PrintJobState;
  readonly queuedAtMs: number;
  readonly expiresAtMs: number;
  /** Why the printer keeps it waiting, or what happened to the printer since it was sent. */
  readonly attention: readonly AttentionReason[];
  readonly code?: JobCode;
  readonly evidence?: SentEvidence;
  readonly totalBytes: number;
  readonly flushedBytes: number;
}

export interface JobRequest {
  /** The same id twice is the same job: it is never printed a second time. */
  readonly jobId: string;
  readonly destinationId: string;
  /** Makes the bytes; called once, at submission, so that a label is ready before its turn comes. */
  readonly produce: () => Promise<Result<Uint8Array, { readonly code: string }>>;
}

export interface Destination {
  readonly id: string;
  readonly transport: Transport;
  /** Absent for a printer that cannot tell. */
  readonly status?: {
    readonly protocol: StatusProtocol;
    /** See printers/capabilities.ts. */
    readonly answers: 'always' | 'maybe';
    readonly timeoutMs: number;
  };
  /** Labels that may be sent and not yet confirmed; 1 or 2. Default 1. */
  readonly maxInFlight?: number;
  /** How long the link of a printer that answers stays open after the last job; others are closed at once. Default 0. */
  readonly keepWarmMs?: number;
}

export interface DestinationView {
  readonly id: string;
  readonly state: DeviceState;
  /** False when the printer cannot tell what it does; undefined before it was asked. */
  readonly canTell: boolean | undefined;
  readonly queued: number;
  readonly inFlight: number;
}

export interface SpoolerLimits {
  /** A job still queued after this expires. */
  readonly queuedMs: number;
  readonly journalMs: number;
  readonly produceMs: number;
  /** Longest time without progress in any call of a transport: a guard behind the transport's own limits. */
  readonly transportMs: number;
  /** How long a sent job is watched until the printer says it is done. */
  readonly confirmMs: number;
  readonly confirmPollMs: number;
  readonly attentionPollMs: number;
  /** A status younger than this is not asked for again. */
  readonly statusFreshMs: number;
}

export const DEFAULT_LIMITS: SpoolerLimits = {
  queuedMs: 120_000,
  journalMs: 10_000,
  produceMs: 15_000,
  transportMs: 45_000,
  confirmMs: 10_000,
  confirmPollMs: 200,
  attentionPollMs: 1000,
  statusFreshMs: 500,
};
