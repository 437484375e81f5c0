/** The calls to Medusa's admin API that the connector makes, each with its answer read at the border. */
import { z } from 'zod';
import type { ConfirmShipment } from '@shared/domain/delivery';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import type { OrderNo } from '@shared/domain/ids';
import { ok, refuse, type Result } from '@shared/language/result';
import type { Instant } from '@shared/units/instant';
import type { HttpAnswer } from '../http-gateway';
import { KEY_IN_METADATA, UNITS_IN_METADATA } from './confirm-plan';
import { withoutSlash, type MedusaSession } from './session';
import type { MedusaStoreConfig } from './store-config';
import { ORDER_FIELDS, whereItBroke } from './wire';

type Answered<T> = Promise<Result<T, GatewayFailure>>;

export interface OrdersAnswer {
  /** Orders as they came; each is read by itself, so that one that cannot be read hides no other. */
  readonly orders: readonly unknown[];
  /** Matching orders in all, those on this page included; null when the shop does not say. */
  readonly count: number | null;
  readonly http: HttpAnswer;
}

export interface MedusaApi {
  /** One page of orders changed at or after a moment, ordered by id, behind an id. */
  listChanged(from: Instant, afterId: string | null, signal: AbortSignal): Answered<OrdersAnswer>;
  /** The newest change of all orders; an empty list for a shop without orders. */
  listNewest(signal: AbortSignal): Answered<OrdersAnswer>;
  readOrder(number: OrderNo, signal: AbortSignal): Answered<{ readonly order: unknown; readonly http: HttpAnswer }>;
  createFulfillment(told: ConfirmShipment, signal: AbortSignal): Answered<HttpAnswer>;
  shipFulfillment(told: ConfirmShipment, fulfillmentId: string, signal: AbortSignal): Answered<HttpAnswer>;
  cancelFulfillment(told: ConfirmShipment, fulfillmentId: string, signal: AbortSignal): Answered<HttpAnswer>;
}

const listAnswer = z.object({ orders: z.array(z.unknown()), count: z.number().int().min(0).optional() });
const orderAnswer = z.object({ order: z.looseObject({}) });

/** Medusa wants both addresses with a label; '#' is what its own admin sends for none (observed: '' and '#' are accepted). */
const NO_ADDRESS = '#';

export function createMedusaApi(config: MedusaStoreConfig, session: MedusaSession): MedusaApi {
  const base = withoutSlash(config.baseUrl);
  const limitMs = config.timeouts.readMs;

  async function list(query: Record<string, string>, signal: AbortSignal): Answered<OrdersAnswer> {
    const answer = await session.call({ method: 'GET', url: `${base}/admin/orders`, query, limitMs }, signal);
    if (!answer.ok) return answer;
    const read = listAnswer.safeParse(answer.value.body);
    if (!read.success) return refuse(unreadable(answer.value, read.error));
    return ok({ orders: read.data.orders, count: read.data.count ?? null, http: answer.value });
  }

  const write = (path: string, body: unknown, signal: AbortSignal): Answered<HttpAnswer> =>
    session.call({ method: 'POST', url: `${base}${path}`, body, limitMs: config.timeouts.writeMs }, signal);

  return {
    // Observed: a date that Medusa cannot read is ignored without a word and the whole list comes; ours is always ISO 8601.
    listChanged: (from, afterId, signal) =>
      list(
        {
          'updated_at[$gte]': new Date(from).toISOString(),
          ...(afterId === null ? {} : { 'id[$gt]': afterId }),
          order: 'id',
          limit: String(config.pageSize),
          fields: ORDER_FIELDS,
        },
        signal,
      ),
    listNewest: (signal) => list({ order: '-updated_at', limit: '1', fields: 'id,updated_at' }, signal),
    readOrder: async (number, signal) => {
      const url = `${base}/admin/orders/${encodeURIComponent(number)}`;
      const answer = await session.call({ method: 'GET', url, query: { fields: ORDER_FIELDS }, limitMs }, signal);
      if (!answer.ok) return answer;
      const read = orderAnswer.safeParse(answer.value.body);
      return read.success
        ? ok({ order: read.data.order, http: answer.value })
        : refuse(unreadable(answer.value, read.error));
    },
    createFulfillment: (told, signal) =>
      write(`${orderPath(told)}/fulfillments`, fulfillmentBody(config, told), signal),
    shipFulfillment: (told, fulfillmentId, signal) =>
      write(
        `${orderPath(told)}/fulfillments/${encodeURIComponent(fulfillmentId)}/shipments`,
        shipmentBody(told),
        signal,
      ),
    cancelFulfillment: (told, fulfillmentId, signal) =>
      write(`${orderPath(told)}/fulfillments/${encodeURIComponent(fulfillmentId)}/cancel`, {}, signal),
  };
}

const orderPath = (told: ConfirmShipment): string => `/admin/orders/${encodeURIComponent(told.orderNo)}`;

const itemsOf = (told: ConfirmShipment) => told.units.map((unit) => ({ id: unit.lineId, quantity: unit.quantity }));

/** The metadata holds no personal data: the delivery's key, its units, and what the courier is called. */
const fulfillmentBody = (config: MedusaStoreConfig, told: ConfirmShipment) => ({
  items: itemsOf(told),
  ...(config.locationId === null ? {} : { location_id: config.locationId }),
  metadata: {
    [KEY_IN_METADATA]: told.idempotencyKey,
    [UNITS_IN_METADATA]: told.units.map((unit) => [unit.lineId, unit.quantity]),
    tallyman_carrier: told.carrier,
  },
});

const shipmentBody = (told: ConfirmShipment) => ({
  items: itemsOf(told),
  labels: [{ tracking_number: told.waybillNo, tracking_url: NO_ADDRESS, label_url: NO_ADDRESS }],
});

const unreadable = (answer: HttpAnswer, error: z.ZodError): GatewayFailure => ({
  code: 'unreadable',
  status: answer.status,
  detail: whereItBroke(error),
  notBefore: null,
});
