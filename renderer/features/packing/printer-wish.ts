import type { TFunction } from 'i18next';
import type { PrinterView } from '@shared/contract/printing';
import { describeAttention } from '../../i18n/error-messages';
import type { PrinterWish } from './packing-view';

/** What a printer wants before it prints on: told while its label is waited for. Null when it is at work. */
export function wishOf(t: TFunction, printer: Pick<PrinterView, 'state' | 'attention'> | null): PrinterWish | null {
  if (printer === null) return null;
  if (printer.attention !== null) return describeAttention(t, printer.attention);
  return printer.state === 'lost' || printer.state === 'absent' ? describeAttention(t, 'unreachable') : null;
}
