/** What the printing screen shows, as data. */
import type { PrinterView, PrintJobView } from '@shared/contract/printing';
import type { PrintJobState } from '@shared/domain/print-job';
import type { Instant } from '@shared/units/instant';
import type { IconName } from '../../components/icons/icon-paths';
import type { Tone } from '../../components/pill/Pill';
import type { ErrorSentences } from '../../i18n/error-messages';

export const PRINTER_LOOK: Readonly<Record<PrinterView['state'], { readonly icon: IconName; readonly tone: Tone }>> = {
  absent: { icon: 'question', tone: 'calm' },
  connecting: { icon: 'refresh', tone: 'accent' },
  ready: { icon: 'check', tone: 'ok' },
  busy: { icon: 'printer', tone: 'accent' },
  'needs-attention': { icon: 'warn', tone: 'warn' },
  lost: { icon: 'offline', tone: 'stop' },
};

export const JOB_LOOK: Readonly<Record<PrintJobState, { readonly icon: IconName; readonly tone: Tone }>> = {
  queued: { icon: 'clock', tone: 'calm' },
  sending: { icon: 'printer', tone: 'accent' },
  sent: { icon: 'tick', tone: 'ok' },
  'seen-printing': { icon: 'printer', tone: 'accent' },
  done: { icon: 'check', tone: 'ok' },
  failed: { icon: 'wrong', tone: 'stop' },
  unknown: { icon: 'question', tone: 'warn' },
  expired: { icon: 'clock', tone: 'calm' },
};

/** A picture of a label that the practice warehouse's printer drew. */
export interface LabelPicture {
  readonly id: string;
  /** Path on our own scheme. */
  readonly path: string;
  readonly printedAt: Instant;
}

export interface PrintingView {
  readonly now: Instant;
  /** Null while they are asked for. */
  readonly printers: readonly PrinterView[] | null;
  readonly busyWith: string | null;
  readonly search: string;
  /** Newest first; null while they are read. */
  readonly jobs: readonly PrintJobView[] | null;
  /** Null outside the practice warehouse. */
  readonly labels: readonly LabelPicture[] | null;
  readonly mayTest: boolean;
  readonly problem: ErrorSentences | null;
}
