/** What a printer tells about itself, whatever its language. */
import type { Result } from '@shared/language/result';

/** Why a printer needs a person. `no-answer`: it has always answered, and now it does not. */
export type AttentionReason =
  | 'paper-out'
  | 'head-open'
  | 'paused'
  | 'ribbon-out'
  | 'too-hot'
  | 'too-cold'
  | 'buffer-full'
  | 'memory-corrupt'
  | 'label-not-taken'
  | 'offline'
  | 'fault'
  | 'no-answer';

export interface PrinterStatus {
  /** Empty when the printer would print now. */
  readonly attention: readonly AttentionReason[];
  /** Labels that the printer has and has not finished, as far as it tells. */
  readonly labelsWaiting: number;
}

/** One printer language's way of asking. Pure: transports carry the bytes. */
export interface StatusProtocol {
  readonly question: Uint8Array;
  /** True when the gathered bytes hold a whole answer, or can never become one. */
  isComplete(answer: Uint8Array): boolean;
  /** @returns refusal `status-garbled` when the bytes are no answer to the question. */
  parse(answer: Uint8Array): Result<PrinterStatus, { readonly code: 'status-garbled' }>;
}
