import type { Units } from '@shared/domain/fact';

/** What the packer can ask for; each also has a key and a command barcode. */
export interface PackingActs {
  readonly undo: () => void;
  readonly park: () => void;
  readonly reopenLast: () => void;
  readonly printLabel: () => void;
  readonly answerPrint: (printed: boolean) => void;
  readonly acknowledgeStop: () => void;
  /** Lets missing units of a line go unscanned. @param badge a lead's, where the signed-in person may not alone. */
  readonly release: (units: Units, reason: string, badge: string | null) => void;
}
