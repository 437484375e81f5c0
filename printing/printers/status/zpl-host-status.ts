/**
 * ZPL host status: `~HS` and its three lines, each STX … ETX CR LF. Source: ZPL II Programming Guide, ~HS; vectors zpl-hs-decode and
 * zpl-hs-decode-ok. Some models do not answer while paper is out or the head is open: no answer is a state of its own.
 */
import { ok, refuse, type Result } from '@shared/language/result';
import type { AttentionReason, PrinterStatus, StatusProtocol } from './printer-status';

const STX = 0x02;
const ETX = 0x03;
const MAX_ANSWER_BYTES = 512;

export type ZplPrintMode = 'rewind' | 'peel' | 'tear' | 'cut' | 'applicator' | 'unknown';

export interface ZplHostStatus {
  readonly paperOut: boolean;
  readonly paused: boolean;
  readonly labelLengthDots: number;
  readonly formatsInBuffer: number;
  readonly bufferFull: boolean;
  readonly partialFormat: boolean;
  readonly memoryCorrupt: boolean;
  readonly underTemperature: boolean;
  readonly overTemperature: boolean;
  readonly headOpen: boolean;
  readonly ribbonOut: boolean;
  readonly thermalTransfer: boolean;
  readonly printMode: ZplPrintMode;
  readonly labelWaiting: boolean;
  readonly labelsRemaining: number;
}

/** The lines between STX and ETX; bytes outside of them (CR LF, line noise) do not matter. */
const framedLines = (answer: Uint8Array): string[] => {
  const lines: string[] = [];
  let from = -1;
  answer.forEach((byte, at) => {
    if (byte === STX) from = at + 1;
    if (byte === ETX && from >= 0) {
      lines.push(String.fromCharCode(...answer.subarray(from, at)));
      from = -1;
    }
  });
  return lines;
};

const MODES: Readonly<Record<string, ZplPrintMode>> = {
  '0': 'rewind',
  '1': 'peel',
  '2': 'tear',
  '3': 'cut',
  '4': 'applicator',
};

const LINE_1 = /^\d{3},[01],[01],\d{4},\d{3},[01],[01],[01],\d{3},[01],[01],[01]$/;
const LINE_2 = /^\d{3},[01],[01],[01],[01],[0-9A-Z],\d,[01],\d{8},\d,\d{3}$/;
const LINE_3 = /^[0-9A-Za-z]{4},[01]$/;

/** Reads the three lines of one answer. @returns refusal `status-garbled` unless all three have exactly the documented form. */
export const parseZplHostStatus = (answer: Uint8Array): Result<ZplHostStatus, { readonly code: 'status-garbled' }> => {
  const [first = '', second = '', third = '', ...more] = framedLines(answer);
  if (!LINE_1.test(first) || !LINE_2.test(second) || !LINE_3.test(third) || more.length > 0)
    return refuse({ code: 'status-garbled' });
  const one = first.split(',');
  const two = second.split(',');
  return ok({
    paperOut: one[1] === '1',
    paused: one[2] === '1',
    labelLengthDots: Number(one[3]),
    formatsInBuffer: Number(one[4]),
    bufferFull: one[5] === '1',
    partialFormat: one[7] === '1',
    memoryCorrupt: one[9] === '1',
    underTemperature: one[10] === '1',
    overTemperature: one[11] === '1',
    headOpen: two[2] === '1',
    ribbonOut: two[3] === '1',
    thermalTransfer: two[4] === '1',
    printMode: MODES[two[5] ?? ''] ?? 'unknown',
    labelWaiting: two[7] === '1',
    labelsRemaining: Number(two[8]),
  });
};

const attentionOf = (status: ZplHostStatus): AttentionReason[] => {
  const reasons: [boolean, AttentionReason][] = [
    [status.paperOut, 'paper-out'],
    [status.headOpen, 'head-open'],
    [status.ribbonOut && status.thermalTransfer, 'ribbon-out'],
    [status.paused, 'paused'],
    [status.overTemperature, 'too-hot'],
    [status.underTemperature, 'too-cold'],
    [status.bufferFull, 'buffer-full'],
    [status.memoryCorrupt, 'memory-corrupt'],
    [status.labelWaiting, 'label-not-taken'],
  ];
  return reasons.filter(([holds]) => holds).map(([, reason]) => reason);
};

/** Asks with `~HS`. A label counts as waiting while it is in the buffer, half received, or left of a batch. */
export const zplHostStatusProtocol: StatusProtocol = {
  question: Uint8Array.from([0x7e, 0x48, 0x53, 0x0d, 0x0a]),
  isComplete: (answer) => framedLines(answer).length >= 3 || answer.length > MAX_ANSWER_BYTES,
  parse: (answer): Result<PrinterStatus, { readonly code: 'status-garbled' }> => {
    const parsed = parseZplHostStatus(answer);
    if (!parsed.ok) return parsed;
    const { formatsInBuffer, labelsRemaining, partialFormat } = parsed.value;
    return ok({
      attention: attentionOf(parsed.value),
      labelsWaiting: formatsInBuffer + labelsRemaining + (partialFormat ? 1 : 0),
    });
  },
};
