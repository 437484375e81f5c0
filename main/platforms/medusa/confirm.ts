/**
 * Confirms one delivery at Medusa: reads the order, does the step that confirm-plan.ts names, and reads again, until the
 * shop shows it done. Medusa has no request id, so whether an earlier attempt took effect is only ever learnt by reading.
 */
import type { ConfirmShipment, DeliveryOutcome, ParkCode } from '@shared/domain/delivery';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import { addMs, type Clock, type Instant } from '@shared/units/instant';
import { refuse, ok, type Result } from '@shared/language/result';
import { nextStep, type ConfirmStep } from './confirm-plan';
import type { MedusaApi } from './medusa-api';
import type { MedusaStoreConfig } from './store-config';
import { whereItBroke, wireOrder, type WireOrder } from './wire';

/** Read, create, read, ship, read is five; a twin or two and a refused race add some. More means that something undoes our work. */
const MAX_STEPS = 12;

/** Remembers, per delivery, when the last write of unknown fate was closed. */
export interface UnsureWrites {
  /** When a new fulfilment may be created for this delivery, or null when nothing of ours can still be on its way. */
  createFrom(told: ConfirmShipment, attempt: number): Instant | null;
  note(told: ConfirmShipment, maybeSent: boolean): void;
  forget(told: ConfirmShipment): void;
}

/**
 * @param startedAt when this process began: connections of an earlier one died with it, so a delivery that was tried before and
 * is unknown here waits one grace time from then.
 */
export function rememberUnsureWrites(clock: Clock, startedAt: Instant, graceMs: number): UnsureWrites {
  const closedAt = new Map<string, Instant | null>();
  return {
    createFrom: (told, attempt) => {
      const known = closedAt.get(told.deliveryId);
      if (known !== undefined) return known === null ? null : addMs(known, graceMs);
      return attempt <= 1 ? null : addMs(startedAt, graceMs);
    },
    note: (told, maybeSent) => {
      if (maybeSent) closedAt.set(told.deliveryId, clock.now());
      else if (!closedAt.has(told.deliveryId)) closedAt.set(told.deliveryId, null);
    },
    forget: (told) => void closedAt.delete(told.deliveryId),
  };
}

export interface ConfirmPorts {
  readonly api: MedusaApi;
  readonly clock: Clock;
  readonly config: MedusaStoreConfig;
  readonly unsure: UnsureWrites;
}

/** Brings one delivery as far as it comes now. Never creates a second effect, whatever attempt this is. */
export async function confirmAtMedusa(
  ports: ConfirmPorts,
  told: ConfirmShipment,
  attempt: number,
  signal: AbortSignal,
): Promise<DeliveryOutcome> {
  let wrote = false;
  let refused: { readonly step: ConfirmStep; readonly failure: GatewayFailure } | null = null;
  for (let count = 0; count < MAX_STEPS; count++) {
    const order = await readForConfirm(ports.api, told, signal);
    if (!order.ok) return notRead(ports, told, attempt, order.error, wrote);
    const step = nextStep(order.value, told);
    if (step.kind === 'done') return acknowledged(ports, told, wrote);
    if (step.kind === 'park') return parked(step.code, step.detail);
    // Refused by the shop, and reading again names the same step: it would be refused again.
    if (refused !== null && isSameStep(refused.step, step)) return parked('refused-by-shop', refused.failure.detail);
    const from = step.kind === 'create' ? ports.unsure.createFrom(told, attempt) : null;
    if (from !== null && ports.clock.now() < from) return { kind: 'unknown', notBefore: from, code: 'grace' };
    const done = await doStep(ports.api, told, step, signal);
    if (done.ok) wrote = true;
    else if (done.error.code === 'refused' || done.error.code === 'not-found') refused = { step, failure: done.error };
    else return notWritten(ports, told, done.error);
  }
  return {
    kind: 'unknown',
    notBefore: addMs(ports.clock.now(), ports.config.timeouts.graceMs),
    code: 'does-not-settle',
  };
}

/** Reads the order as the confirmation sees it. Refuses an order that cannot be read. */
export async function readForConfirm(
  api: MedusaApi,
  told: ConfirmShipment,
  signal: AbortSignal,
): Promise<Result<WireOrder, GatewayFailure>> {
  const answer = await api.readOrder(told.orderNo, signal);
  if (!answer.ok) return answer;
  const read = wireOrder.safeParse(answer.value.order);
  if (read.success) return ok(read.data);
  return refuse({
    code: 'unreadable',
    status: answer.value.http.status,
    detail: whereItBroke(read.error),
    notBefore: null,
  });
}

/** Performs one writing step. */
export function doStep(
  api: MedusaApi,
  told: ConfirmShipment,
  step: Exclude<ConfirmStep, { kind: 'done' } | { kind: 'park' }>,
  signal: AbortSignal,
): Promise<Result<unknown, GatewayFailure>> {
  if (step.kind === 'create') return api.createFulfillment(told, signal);
  if (step.kind === 'ship') return api.shipFulfillment(told, step.fulfillmentId, signal);
  return api.cancelFulfillment(told, step.fulfillmentId, signal);
}

function acknowledged(ports: ConfirmPorts, told: ConfirmShipment, wrote: boolean): DeliveryOutcome {
  // Only now: a parked delivery that a person sends again must still wait for an old request of unknown fate.
  ports.unsure.forget(told);
  return { kind: 'acknowledged', already: !wrote };
}

const isSameStep = (a: ConfirmStep, b: ConfirmStep): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Failures that no repeat mends: a person must log in, give a right, or look at the order. */
const PARKED_BY: Partial<Record<GatewayFailure['code'], ParkCode>> = {
  unauthorized: 'login-refused',
  forbidden: 'permission-missing',
  'not-found': 'order-not-found',
  refused: 'refused-by-shop',
};

/** A read that failed changes nothing at the shop; what was written before it, in this attempt or an earlier one, stays unknown. */
function notRead(
  ports: ConfirmPorts,
  told: ConfirmShipment,
  attempt: number,
  failure: GatewayFailure,
  wrote: boolean,
): DeliveryOutcome {
  const code = PARKED_BY[failure.code];
  if (code !== undefined) return parked(code, failure.detail);
  const notBefore = failure.notBefore ?? ports.clock.now();
  const unsure = wrote || ports.unsure.createFrom(told, attempt) !== null;
  if (!unsure) ports.unsure.note(told, false);
  return { kind: unsure ? 'unknown' : 'again', notBefore, code: `read-${failure.code}` };
}

function notWritten(ports: ConfirmPorts, told: ConfirmShipment, failure: GatewayFailure): DeliveryOutcome {
  const code = PARKED_BY[failure.code];
  if (code !== undefined) return parked(code, failure.detail);
  // Refused connections and "too often" did nothing at the shop; everything else may have.
  const nothingDone = failure.code === 'offline' || failure.code === 'throttled';
  ports.unsure.note(told, !nothingDone);
  const now = ports.clock.now();
  if (nothingDone) return { kind: 'again', notBefore: failure.notBefore ?? now, code: failure.code };
  return { kind: 'unknown', notBefore: addMs(now, ports.config.timeouts.graceMs), code: failure.code };
}

const parked = (code: ParkCode, detail: string): DeliveryOutcome => ({
  kind: 'parked',
  code,
  detail: detail.slice(0, 200),
});
