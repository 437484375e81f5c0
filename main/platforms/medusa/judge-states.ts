/** Medusa's status words, judged. The lists are those of Medusa 2.21.2; a word outside them is noted and shown to a person. */
import type { OrderLife, PaymentState } from '@shared/domain/order';

/** Notes a field whose value we do not know. */
export type Oddities = (field: string, value: string) => void;

const PAYMENT: ReadonlyMap<string, PaymentState> = new Map([
  ['not_paid', 'unpaid'],
  ['awaiting', 'unpaid'],
  ['authorized', 'unpaid'],
  ['partially_authorized', 'unpaid'],
  ['requires_action', 'unpaid'],
  ['canceled', 'unpaid'],
  ['captured', 'paid'],
  // Part of the money is there: whether the goods may go is the business's decision, not ours.
  ['partially_captured', 'needs-a-look'],
  ['partially_refunded', 'partly-refunded'],
  ['refunded', 'refunded'],
]);

/** Observed: `status` stays `pending` for the whole life of a normal order. */
const LIFE: ReadonlyMap<string, OrderLife> = new Map([
  ['pending', 'open'],
  ['draft', 'open'],
  ['completed', 'completed'],
  ['archived', 'completed'],
  ['canceled', 'cancelled'],
  ['requires_action', 'needs-a-look'],
]);

const FULFILMENT: ReadonlySet<string> = new Set([
  'not_fulfilled',
  'partially_fulfilled',
  'fulfilled',
  'partially_shipped',
  'shipped',
  'partially_delivered',
  'delivered',
  'canceled',
]);

/** @param authorizedCountsAsPaid for shops that take the money only at shipping. */
export function judgePayment(word: string, authorizedCountsAsPaid: boolean, note: Oddities): PaymentState {
  if (word === 'authorized' && authorizedCountsAsPaid) return 'paid';
  const known = PAYMENT.get(word);
  if (known === undefined || known === 'needs-a-look') note('payment_status', word);
  return known ?? 'needs-a-look';
}

export function judgeLife(word: string, note: Oddities): OrderLife {
  const known = LIFE.get(word);
  if (known === undefined || known === 'needs-a-look') note('status', word);
  return known ?? 'needs-a-look';
}

/** @returns whether the word is known. The quantities themselves are read from the lines, never from this word. */
export function judgeFulfilment(word: string, note: Oddities): boolean {
  const known = FULFILMENT.has(word);
  if (!known) note('fulfillment_status', word);
  return known;
}
