/**
 * ESC/POS real-time status: DLE EOT n, one byte a question, matching 0xx1xx10. Source: Epson ESC/POS command reference, DLE EOT;
 * vector escpos-dle-eot-decode. Many low-cost printers answer only n = 1 and 4, or nothing.
 */
import { ok, refuse, type Result } from '@shared/language/result';
import type { AttentionReason, PrinterStatus, StatusProtocol } from './printer-status';

const FIXED_MASK = 0x93;
const FIXED_BITS = 0x12;

/** True for a byte that can be an answer: its fixed bits are as they must be. */
export const isDleEotAnswer = (byte: number): boolean => (byte & FIXED_MASK) === FIXED_BITS;

/** n = 1: printer. */
export const parsePrinterByte = (byte: number) => ({
  drawerPin3High: (byte & 0x04) !== 0,
  offline: (byte & 0x08) !== 0,
  valid: isDleEotAnswer(byte),
});

/** n = 2: reasons for being offline. */
export const parseOfflineByte = (byte: number) => ({
  coverOpen: (byte & 0x04) !== 0,
  feedButton: (byte & 0x08) !== 0,
  paperEndStop: (byte & 0x20) !== 0,
  error: (byte & 0x40) !== 0,
  valid: isDleEotAnswer(byte),
});

/** n = 3: errors. */
export const parseErrorByte = (byte: number) => ({
  cutterError: (byte & 0x08) !== 0,
  unrecoverable: (byte & 0x20) !== 0,
  autoRecoverable: (byte & 0x40) !== 0,
  valid: isDleEotAnswer(byte),
});

/** n = 4: paper. */
export const parsePaperByte = (byte: number) => ({
  nearEnd: (byte & 0x0c) !== 0,
  paperEnd: (byte & 0x60) !== 0,
  valid: isDleEotAnswer(byte),
});

/** Asks n = 1, 2 and 4 in one go. DLE EOT tells nothing about jobs, so a receipt counts as waiting for none. */
export const escposDleEotProtocol: StatusProtocol = {
  question: Uint8Array.from([0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 4]),
  isComplete: (answer) => answer.length >= 3,
  parse: (answer): Result<PrinterStatus, { readonly code: 'status-garbled' }> => {
    const [one = 0, two = 0, four = 0] = answer;
    if (answer.length !== 3 || ![one, two, four].every(isDleEotAnswer)) return refuse({ code: 'status-garbled' });
    const { coverOpen, paperEndStop, error } = parseOfflineByte(two);
    const reasons: [boolean, AttentionReason][] = [
      [parsePaperByte(four).paperEnd || paperEndStop, 'paper-out'],
      [coverOpen, 'head-open'],
      [error, 'fault'],
    ];
    const attention = reasons.filter(([holds]) => holds).map(([, reason]) => reason);
    if (attention.length === 0 && parsePrinterByte(one).offline) attention.push('offline');
    return ok({ attention, labelsWaiting: 0 });
  },
};
