/** The control commands of the practice shop. */
import { z } from 'zod';
import { ControlRefusal, type ControlRoute } from '../simulator';
import { makeOrders, orderRequest } from './order-templates';
import { totalOf, viewOrder } from './order-view';
import { faultRequest } from './shop-faults';
import { ShopRefusal } from './shop-refusal';
import {
  cancelFulfillment,
  cancelOrder,
  capture,
  changed,
  createFulfillment,
  findOrder,
  refund,
  shipFulfillment,
} from './shop-rules';
import type { ShopParts } from './shop-server';
import type { SimOrder } from './shop-state';

const editRequest = z.strictObject({
  status: z.string().optional(),
  /** Raw words to show instead of the computed ones; null shows the computed ones again. */
  paymentStatus: z.string().nullable().optional(),
  fulfillmentStatus: z.string().nullable().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  street: z.string().optional(),
  /** What stands where the currency's code belongs; a word that is none spoils the order. */
  currency: z.string().optional(),
  /** Keeps version and `updated_at`: a change that the shop does not count as one. */
  quietly: z.boolean().default(false),
});

const staffRequest = z.strictObject({
  units: z.array(z.strictObject({ lineId: z.string(), quantity: z.number().positive() })).optional(),
  /** Ships with this number; null ships without one; left out only sets the units aside. */
  number: z.string().nullable().optional(),
});

/** @param setClockOffset puts the shop's clock wrong by milliseconds. */
export function shopControls(
  parts: ShopParts,
  origin: string,
  setClockOffset: (ms: number) => void,
): readonly ControlRoute[] {
  const { state, faults, door } = parts;
  const onOrder =
    (handle: (order: SimOrder, body: unknown) => void) =>
    (parameters: Readonly<Record<string, string>>, body: unknown) =>
      refusing(() => {
        const order = findOrder(state, parameters['id'] ?? '');
        handle(order, body);
        state.save();
        return summary(order);
      });
  return [
    {
      method: 'POST',
      path: '/orders',
      handle: (_parameters, body) => ({
        orders: makeOrders(state, read(orderRequest, body), parts.now()).map(summary),
      }),
    },
    { method: 'GET', path: '/orders', handle: () => ({ orders: [...state.orders.values()].map(summary) }) },
    {
      method: 'GET',
      path: '/orders/:id',
      handle: ({ id = '' }) => refusing(() => viewOrder(findOrder(state, id), '*', origin)),
    },
    { method: 'POST', path: '/orders/:id/cancel', handle: onOrder((order) => cancelOrder(order, parts.now())) },
    { method: 'POST', path: '/orders/:id/capture', handle: onOrder((order) => capture(order, parts.now())) },
    {
      method: 'POST',
      path: '/orders/:id/refund',
      handle: onOrder((order, body) => {
        const { amount } = read(z.strictObject({ amount: z.number().positive().optional() }), body);
        refund(order, totalOf(order), amount ?? null, parts.now());
      }),
    },
    {
      method: 'POST',
      path: '/orders/:id/edit',
      handle: onOrder((order, body) => edit(order, read(editRequest, body), parts.now())),
    },
    {
      method: 'POST',
      path: '/orders/:id/fulfil-by-staff',
      handle: onOrder((order, body) => fulfilByStaff(parts, order, read(staffRequest, body))),
    },
    {
      method: 'POST',
      path: '/orders/:id/unfulfil-by-staff/:fulfillment',
      handle: (parameters) =>
        onOrder((order) => cancelFulfillment(order, parameters['fulfillment'] ?? '', parts.now()))(parameters, {}),
    },
    { method: 'POST', path: '/faults', handle: (_parameters, body) => void faults.add(read(faultRequest, body)) },
    { method: 'GET', path: '/faults', handle: () => ({ faults: faults.list() }) },
    { method: 'DELETE', path: '/faults', handle: () => faults.clear() },
    { method: 'POST', path: '/tokens/revoke', handle: () => door.revokeTokens() },
    {
      method: 'POST',
      path: '/tokens/life',
      handle: (_parameters, body) => door.setTokenLife(read(z.strictObject({ ms: z.number().int().min(1) }), body).ms),
    },
    {
      method: 'POST',
      path: '/clock',
      handle: (_parameters, body) =>
        setClockOffset(read(z.strictObject({ offsetMs: z.number().int() }), body).offsetMs),
    },
  ];
}

/** Order number, state and every fulfilment of it: what a test compares with what it meant to happen. */
export function summary(order: SimOrder) {
  return {
    id: order.id,
    displayId: order.displayId,
    status: order.status,
    updatedAt: order.updatedAt,
    lines: order.lines.map(({ id, sku, quantity, shipped }) => ({ id, sku, quantity, shipped })),
    fulfillments: order.fulfillments.map((one) => ({
      id: one.id,
      createdAt: one.createdAt,
      shippedAt: one.shippedAt,
      canceled: one.canceledAt !== null,
      shipped: one.shippedAt !== null,
      numbers: one.numbers,
      units: one.units,
    })),
  };
}

function edit(order: SimOrder, wanted: z.infer<typeof editRequest>, now: number): void {
  if (wanted.status !== undefined) order.status = wanted.status;
  if (wanted.paymentStatus !== undefined) order.shownPayment = wanted.paymentStatus;
  if (wanted.fulfillmentStatus !== undefined) order.shownFulfillment = wanted.fulfillmentStatus;
  if (wanted.metadata !== undefined) order.metadata = wanted.metadata;
  if (wanted.currency !== undefined) order.shownCurrency = wanted.currency;
  if (wanted.street !== undefined) order.address.street = wanted.street;
  if (!wanted.quietly) changed(order, now);
}

/** Somebody at the shop's own back office packs or ships, without our knowing. */
function fulfilByStaff(parts: ShopParts, order: SimOrder, asked: z.infer<typeof staffRequest>): void {
  const rest = order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity - line.fulfilled }));
  const units = asked.units ?? rest.filter((unit) => unit.quantity > 0);
  const items = units.map((unit) => ({ id: unit.lineId, quantity: unit.quantity }));
  const made = createFulfillment(parts.state, order, { items, metadata: null }, parts.now());
  if (asked.number === undefined) return;
  shipFulfillment(order, made.id, asked.number === null ? [] : [asked.number], parts.now());
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ControlRefusal(400, z.prettifyError(parsed.error));
}

/** The shop's own refusal, told to whoever commands it. */
function refusing<T>(handle: () => T): T {
  try {
    return handle();
  } catch (error) {
    if (error instanceof ShopRefusal) throw new ControlRefusal(error.status === 404 ? 404 : 409, error.message);
    throw error;
  }
}
