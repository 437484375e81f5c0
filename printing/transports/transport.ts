/** Carries bytes to one device. Knows nothing of labels or languages; the spooler is its only user, one call at a time. */
import type { Result } from '@shared/language/result';

/** The one state machine of every device. A transport itself never knows `needs-attention`: the status reader finds that out. */
export type DeviceState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'needs-attention'; readonly why: readonly string[] }
  | { readonly kind: 'lost'; readonly code: TransportFailureCode };

export type TransportFailureCode =
  /** Nobody listens there, or the device is not plugged in. */
  | 'not-reachable'
  | 'connect-timeout'
  /** Another program holds the device, or the system denies it. */
  | 'device-held'
  /** The device closed or reset the link, or was unplugged. */
  | 'link-lost'
  /** The device took no byte for the time limit. */
  | 'write-stalled'
  | 'no-answer'
  /** The driver this transport needs is not installed or does not load. */
  | 'driver-missing'
  /** A second call while one is under way: a mistake of the caller, nothing was sent. */
  | 'transport-busy';

export interface TransportFailure {
  readonly code: TransportFailureCode;
  /** The system's own code, for the log: `ECONNREFUSED`. */
  readonly systemCode?: string;
}

export interface SendProgress {
  readonly totalBytes: number;
  /** Given to the system. */
  readonly handedBytes: number;
  /** Taken by the system: it has left this program, which does not say that the device has it. */
  readonly flushedBytes: number;
}

export interface SendFailure extends TransportFailure {
  readonly flushedBytes: number;
  /** False only when it is certain that no byte of this job was handed to the system. */
  readonly mayHaveLeft: boolean;
}

/** What closing told: the device closed in turn, said nothing, or broke the link (bytes may be lost). */
export type CloseEvidence = 'confirmed' | 'silent' | 'broken';

export interface Transport {
  readonly kind: 'raw-tcp' | 'usb' | 'serial';
  readonly state: DeviceState;
  /** @returns the cancel function. A listener must not throw. */
  onState(listener: (state: DeviceState) => void): () => void;
  /** Opens the link within its time limit; an open link stays as it is. */
  open(): Promise<Result<void, TransportFailure>>;
  /** Sends all bytes. Ends at the latest one stall limit after the device took the last byte. Never throws. */
  send(bytes: Uint8Array, onProgress?: (progress: SendProgress) => void): Promise<Result<SendProgress, SendFailure>>;
  /**
   * Sends a question and gathers the answer until `isComplete` says so.
   * @returns `no-answer` after timeoutMs; close the link then, or the late answer is taken for the next one's.
   */
  ask(
    question: Uint8Array,
    isComplete: (answer: Uint8Array) => boolean,
    timeoutMs: number,
  ): Promise<Result<Uint8Array, TransportFailure>>;
  /** Ends the link in an orderly way within a time limit. Closing twice is fine. Never throws. */
  close(): Promise<CloseEvidence>;
}
