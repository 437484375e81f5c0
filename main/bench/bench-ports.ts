/** What the bench needs of printing and settings; main/wiring fits the real ones. */
import type { PrinterId, StoreId } from '@shared/domain/ids';
import type { StorePolicy } from '@shared/domain/store';
import type { Result } from '@shared/language/result';
import type { LabelRequest, MadeLabel } from '../../printing/label-maker';
import type { PrinterCapability } from '../../printing/printers/capabilities';
import type { Spooler } from '../../printing/queue/spooler';

/** The printer that prints a kind of document at this bench. */
export interface ChosenPrinter {
  readonly printerId: PrinterId;
  readonly capability: PrinterCapability;
}

export interface PrinterChoice {
  /** @returns refusal `printer-not-set` where no printer has this document, `printer-unknown` where its model is not known. */
  printerFor(document: 'waybill' | 'test-page'): Result<ChosenPrinter, 'printer-not-set' | 'printer-unknown'>;
}

export interface LabelPort {
  make(request: LabelRequest): Promise<Result<MadeLabel, { readonly code: string }>>;
}

export type SpoolerPort = Pick<
  Spooler,
  'submit' | 'restore' | 'confirmPrinted' | 'declareNotPrinted' | 'listJobs' | 'subscribe'
>;

export type PolicyOf = (id: StoreId) => StorePolicy | null;
