/**
 * What may be done to an order and what it then looks like, as observed in Medusa 2.21.2. Written for the simulator alone: the
 * connector must find its own mistakes here, so nothing is shared with it.
 */
import { articleOf } from './catalogue';
import { invalidData, notAllowed, notFound, tripped } from './shop-refusal';
import type { ShopState, SimFulfillment, SimOrder } from './shop-state';

export interface ItemQuantity {
  readonly id: string;
  readonly quantity: number;
}

/** Sorts like Medusa's ids: time first, then a running number. */
export function makeId(prefix: string, state: ShopState, now: number): string {
  const tail = now.toString(36).padStart(9, '0') + state.nextNumber().toString(36).padStart(6, '0');
  return `${prefix}_${tail.toUpperCase()}`;
}

export function findOrder(state: ShopState, id: string): SimOrder {
  const order = state.orders.get(id);
  if (order === undefined) throw notFound(`Order id not found: ${id}`);
  return order;
}

/** A change that Medusa counts as a new version of the order; a capture is none. */
export function changed(order: SimOrder, now: number, newVersion = true): void {
  order.updatedAt = now;
  if (newVersion) order.version++;
}

export function createFulfillment(
  state: ShopState,
  order: SimOrder,
  asked: { readonly items: readonly ItemQuantity[]; readonly metadata: Record<string, unknown> | null },
  now: number,
): SimFulfillment {
  if (order.status === 'canceled') throw invalidData(`Order with id ${order.id} has been canceled.`);
  const unknown = asked.items.filter((item) => order.lines.every((line) => line.id !== item.id));
  if (unknown.length > 0) {
    const ids = unknown.map((item) => item.id).join(', ');
    throw invalidData(`Items with ids ${ids} does not exist in order with id ${order.id}.`);
  }
  for (const line of order.lines) {
    const wanted = asked.items.filter((item) => item.id === line.id).reduce((sum, item) => sum + item.quantity, 0);
    if (wanted > 0 && line.fulfilled >= line.quantity) {
      const { title, variant } = articleOf(line.sku);
      throw invalidData(`No stock reservation found for item ${line.id} - ${title} (${variant})`);
    }
    if (line.fulfilled + wanted > line.quantity) {
      throw invalidData(`Quantity to fulfill exceeds the reserved quantity for the item: ${line.id}`);
    }
  }
  const made: SimFulfillment = {
    id: makeId('ful', state, now),
    createdAt: now,
    shippedAt: null,
    canceledAt: null,
    metadata: asked.metadata,
    units: asked.items.map((item) => ({ lineId: item.id, quantity: item.quantity })),
    numbers: [],
  };
  for (const { lineId, quantity } of made.units) addTo(order, lineId, 'fulfilled', quantity);
  order.fulfillments.push(made);
  changed(order, now);
  return made;
}

export function shipFulfillment(order: SimOrder, fulfillmentId: string, numbers: readonly string[], now: number): void {
  const found = order.fulfillments.find((one) => one.id === fulfillmentId);
  // Observed: Medusa trips over a fulfilment that does not exist instead of saying so.
  if (found === undefined) throw tripped();
  if (found.shippedAt !== null) throw notAllowed('Shipment has already been created');
  if (found.canceledAt !== null) throw notAllowed('Cannot create shipment for a canceled fulfillment');
  found.shippedAt = now;
  found.numbers = [...numbers];
  for (const { lineId, quantity } of found.units) addTo(order, lineId, 'shipped', quantity);
  changed(order, now);
}

export function cancelFulfillment(order: SimOrder, fulfillmentId: string, now: number): void {
  const found = order.fulfillments.find((one) => one.id === fulfillmentId);
  if (found === undefined) throw notFound(`Fulfillment with id ${fulfillmentId} not found in the order`);
  if (found.canceledAt !== null) throw notAllowed('The fulfillment is already canceled');
  if (found.shippedAt !== null) {
    throw notAllowed('The fulfillment has already been shipped. Shipped fulfillments cannot be canceled');
  }
  found.canceledAt = now;
  for (const { lineId, quantity } of found.units) addTo(order, lineId, 'fulfilled', -quantity);
  changed(order, now);
}

export function cancelOrder(order: SimOrder, now: number): void {
  if (order.status === 'canceled') throw invalidData(`Order with id ${order.id} has been canceled.`);
  if (order.fulfillments.some((one) => one.canceledAt === null)) {
    throw notAllowed('All fulfillments must be canceled before canceling an order');
  }
  order.status = 'canceled';
  order.canceledAt = now;
  changed(order, now);
}

export function capture(order: SimOrder, now: number): void {
  order.capturedAt = now;
  changed(order, now, false);
}

/** @param amount yuan; null for everything that is left. */
export function refund(order: SimOrder, total: number, amount: number | null, now: number): void {
  const left = order.capturedAt === null ? 0 : total - order.refunds.reduce((sum, one) => sum + one, 0);
  const wanted = amount ?? left;
  if (wanted > left + 1e-9) throw invalidData('You are not allowed to refund more than the captured amount');
  order.refunds.push(wanted);
  changed(order, now);
}

function addTo(order: SimOrder, lineId: string, field: 'fulfilled' | 'shipped', quantity: number): void {
  for (const line of order.lines) if (line.id === lineId) line[field] += quantity;
}
