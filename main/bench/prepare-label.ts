/** Everything that must be there before a label can be promised: printer, opened contact. Nothing is written or sent here. */
import { refused, type Reply } from '@shared/contract/envelope';
import type { LabelOrder } from '@shared/contract/packing';
import type { Contact } from '@shared/domain/order';
import type { StorePolicy } from '@shared/domain/store';
import type { VaultPort } from '../wiring/ports';
import type { ChosenPrinter, PolicyOf, PrinterChoice } from './bench-ports';
import { openContact } from './open-contact';

export interface PreparedLabel {
  readonly printer: ChosenPrinter;
  readonly policy: StorePolicy;
  readonly orders: readonly [LabelOrder, ...LabelOrder[]];
  /** Plain text; lives until the label is made. */
  readonly recipient: Contact;
}

export interface PrepareDeps {
  readonly printers: PrinterChoice;
  readonly policyOf: PolicyOf;
  readonly vault: Pick<VaultPort, 'fieldKeys'>;
}

export function prepareLabel(deps: PrepareDeps, orders: readonly LabelOrder[]): Reply<PreparedLabel> {
  const [first, ...others] = orders;
  const policy = first === undefined ? null : deps.policyOf(first.storeId);
  if (first === undefined || policy === null) return refused('rule-refused', { rule: 'store-unknown' });
  const printer = deps.printers.printerFor('waybill');
  if (!printer.ok) return refused(printer.error);
  const keys = deps.vault.fieldKeys();
  if (keys === null) return refused('vault-locked');
  const recipient = openContact(first.sealedContact, keys.contact, first.orderKey);
  keys.money.fill(0);
  keys.search.fill(0);
  if (!recipient.ok) return refused(recipient.error, { orderKey: first.orderKey });
  return {
    ok: true,
    value: { printer: printer.value, policy, orders: [first, ...others], recipient: recipient.value },
  };
}
