/** From a printer's capabilities to the way of asking it. */
import type { PrinterCapability } from '../capabilities';
import { escposDleEotProtocol } from './escpos-dle-eot';
import type { StatusProtocol } from './printer-status';
import { zplHostStatusProtocol } from './zpl-host-status';

export interface StatusAsking {
  readonly protocol: StatusProtocol;
  readonly answers: 'always' | 'maybe';
  readonly timeoutMs: number;
}

/** What a spooler destination needs to ask this printer. @returns undefined for a printer that is never asked. */
export const statusAskingOf = ({ status }: PrinterCapability): StatusAsking | undefined => {
  if (status.answers === 'never' || status.protocol === 'none') return undefined;
  const protocol = status.protocol === 'zpl-host-status' ? zplHostStatusProtocol : escposDleEotProtocol;
  return { protocol, answers: status.answers, timeoutMs: status.answerTimeoutMs };
};
