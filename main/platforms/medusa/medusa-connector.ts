/** The connector for a Medusa v2 shop. Checked against a real Medusa 2.21.2 by tests/e2e/medusa-connector.e2e.ts. */
import type { ConfirmShipment } from '@shared/domain/delivery';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import { orderKeyOf, type OrderNo } from '@shared/domain/ids';
import type { OrderSnapshot } from '@shared/domain/order';
import { ok, refuse, type Result } from '@shared/language/result';
import { toInstant, type Clock, type Instant } from '@shared/units/instant';
import type { PulledPage, PullCursor, ShopConnector, StoreHealth } from '../connector';
import type { Credentials } from '../credentials';
import type { HttpGateway } from '../http-gateway';
import { confirmAtMedusa, doStep, readForConfirm, rememberUnsureWrites } from './confirm';
import { nextStep } from './confirm-plan';
import { advance, askFrom, readCursor, writeCursor } from './cursor';
import { idOf, mapOrder } from './map-order';
import { createMedusaApi, type MedusaApi, type OrdersAnswer } from './medusa-api';
import { openSession } from './session';
import type { MedusaStoreConfig } from './store-config';
import { stopReasons } from './stop-reasons';

export interface MedusaPorts {
  readonly gateway: HttpGateway;
  readonly credentials: Credentials;
  readonly clock: Clock;
}

/**
 * Builds the connector of one store; nothing is sent before the first call. A full sweep is a walk from the cursor `null`
 * until `more` is false.
 */
export function createMedusaConnector(config: MedusaStoreConfig, ports: MedusaPorts): ShopConnector {
  const { clock } = ports;
  const api = createMedusaApi(config, openSession(config, ports.gateway, ports.credentials));
  const unsure = rememberUnsureWrites(clock, clock.now(), config.timeouts.graceMs);
  return {
    storeId: config.storeId,
    pullChanges: (cursor, signal) => pullPage(config, api, clock, cursor, signal),
    readOrder: (number, signal) => readOne(config, api, number, signal),
    readStops: async (number, signal) => {
      const order = await readOne(config, api, number, signal);
      if (!order.ok) return order;
      if (order.value === null) return refuse(notFound());
      const readAt = clock.now();
      return ok({ orderKey: orderKeyOf(config.storeId, number), reasons: stopReasons(order.value, readAt), readAt });
    },
    confirmShipment: (told, attempt, signal) => confirmAtMedusa({ api, clock, config, unsure }, told, attempt, signal),
    isShown: (told, signal) => isShown(api, told, signal),
    health: (signal) => askHealth(api, clock, signal),
  };
}

async function pullPage(
  config: MedusaStoreConfig,
  api: MedusaApi,
  clock: Clock,
  cursor: PullCursor | null,
  signal: AbortSignal,
): Promise<Result<PulledPage, GatewayFailure>> {
  const state = readCursor(cursor, config, clock.now());
  let mark: Instant | null = null;
  if (state.walk === null && state.takeMark) {
    const newest = await api.listNewest(signal);
    if (!newest.ok) return newest;
    mark = newestOf(newest.value) ?? state.since;
  }
  const answer = await api.listChanged(askFrom(state, config.overlapMs), state.walk?.afterId ?? null, signal);
  if (!answer.ok) return answer;
  const { orders: raw, http } = answer.value;
  const mapped = raw.map((one) => mapOrder(one, config));
  const lastId = raw.length === 0 ? null : idOf(raw.at(-1));
  if (lastId === '?')
    return refuse({ code: 'unreadable', status: http.status, detail: 'order without id', notBefore: null });
  const more = hasMore(answer.value, config.pageSize);
  return ok({
    orders: mapped.flatMap((one) => (one.ok ? [one.value] : [])),
    unreadable: mapped.flatMap((one) => (one.ok ? [] : [one.error])),
    cursor: writeCursor(advance(state, { newest: newestOf(answer.value), lastId, more, mark })),
    more,
    platformTime: http.platformTime,
  });
}

/** Pages shorter than asked for may be the shop's own limit, so its count decides; without a count a full page means more. */
function hasMore(answer: OrdersAnswer, pageSize: number): boolean {
  if (answer.orders.length === 0) return false;
  return answer.count === null ? answer.orders.length >= pageSize : answer.count > answer.orders.length;
}

/**
 * Newest change among these orders, but not later than the shop's own clock: one order dated into the future must not make the next
 * pull skip what happens until then.
 */
function newestOf(answer: OrdersAnswer): Instant | null {
  const moments = answer.orders.flatMap((raw) => {
    const updatedAt: unknown = typeof raw === 'object' && raw !== null && 'updated_at' in raw ? raw.updated_at : null;
    const epochMs = typeof updatedAt === 'string' ? Date.parse(updatedAt) : Number.NaN;
    return Number.isNaN(epochMs) || epochMs < 0 ? [] : [epochMs];
  });
  if (moments.length === 0) return null;
  const newest = moments.reduce((a, b) => Math.max(a, b));
  return toInstant(Math.min(newest, answer.http.platformTime ?? newest));
}

async function readOne(
  config: MedusaStoreConfig,
  api: MedusaApi,
  number: OrderNo,
  signal: AbortSignal,
): Promise<Result<OrderSnapshot | null, GatewayFailure>> {
  const answer = await api.readOrder(number, signal);
  if (!answer.ok) return answer.error.code === 'not-found' ? ok(null) : answer;
  const mapped = mapOrder(answer.value.order, config);
  if (mapped.ok) return mapped;
  return refuse({ code: 'unreadable', status: answer.value.http.status, detail: mapped.error.why, notBefore: null });
}

/**
 * The push-back watch. A late request of ours may have left an unshipped twin behind after the confirmation was read back:
 * it is taken back here, because its units would look packed for ever.
 */
async function isShown(
  api: MedusaApi,
  told: ConfirmShipment,
  signal: AbortSignal,
): Promise<Result<boolean, GatewayFailure>> {
  for (;;) {
    const order = await readForConfirm(api, told, signal);
    if (!order.ok) return order.error.code === 'not-found' ? ok(false) : order;
    const step = nextStep(order.value, told);
    if (step.kind !== 'take-back') return ok(step.kind === 'done');
    const taken = await doStep(api, told, step, signal);
    if (!taken.ok) return taken;
  }
}

async function askHealth(api: MedusaApi, clock: Clock, signal: AbortSignal): Promise<StoreHealth> {
  const answer = await api.listNewest(signal);
  if (answer.ok) {
    return { kind: 'fine', latencyMs: answer.value.http.latencyMs, platformTime: answer.value.http.platformTime };
  }
  const failure = answer.error;
  if (failure.code === 'throttled') return { kind: 'throttled', notBefore: failure.notBefore ?? clock.now() };
  const refused = failure.code === 'unauthorized' || failure.code === 'forbidden' || failure.code === 'refused';
  return { kind: refused ? 'refused' : 'unreachable', failure };
}

const notFound = (): GatewayFailure => ({ code: 'not-found', status: 404, detail: 'not_found', notBefore: null });
