/**
 * What every shop connector offers, and what the rest of the program may assume of it. The acceptance suite in
 * tests/driver-suites/connector-suite.ts is this comment as code; each connector and each simulator must pass it.
 *
 * A connector must not assume what moves "updated" at the shop, whether a "since" filter includes its bound, which
 * resolution it has, or that deleted orders stay listed. Callers overlap every pull and apply orders idempotently.
 */
import type { Instant } from '@shared/units/instant';
import type { OrderSnapshot } from '@shared/domain/order';
import type { OrderKey, OrderNo, StoreId, WaybillNo } from '@shared/domain/ids';
import type { ConfirmShipment, DeliveryOutcome } from '@shared/domain/delivery';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import type { Result } from '@shared/language/result';

/** Where a pull stands. Opaque to callers; stored as text in the same transaction as the page it came with. */
export type PullCursor = string;

export interface PulledPage {
  readonly orders: readonly OrderSnapshot[];
  /** Orders that could not be read, one entry each: never silently dropped. */
  readonly unreadable: readonly { readonly orderNo: string; readonly why: string }[];
  /** Start of the next pull; already contains the connector's overlap. */
  readonly cursor: PullCursor;
  /** True when another page is waiting now; false when caught up. */
  readonly more: boolean;
  /** The shop's clock when it answered (HTTP Date or body), for clock correction; null when it did not say. */
  readonly platformTime: Instant | null;
}

/** What a shop knows of reasons not to ship an order, read at the moment of asking. */
export type StopReason =
  'cancelled' | 'unpaid' | 'refund-under-way' | 'refunded' | 'platform-hold' | 'not-before' | 'shipped-elsewhere';
export interface StopKnowledge {
  readonly orderKey: OrderKey;
  readonly reasons: readonly StopReason[];
  readonly readAt: Instant;
}

export type StoreHealth =
  | { readonly kind: 'fine'; readonly latencyMs: number; readonly platformTime: Instant | null }
  | { readonly kind: 'unreachable'; readonly failure: GatewayFailure }
  | { readonly kind: 'refused'; readonly failure: GatewayFailure }
  | { readonly kind: 'throttled'; readonly notBefore: Instant };

export interface ShopConnector {
  readonly storeId: StoreId;
  /** Changes since a cursor; `null` means from the beginning of what the store is set to look back to. At most one page. */
  pullChanges(cursor: PullCursor | null, signal: AbortSignal): Promise<Result<PulledPage, GatewayFailure>>;
  /** One order as it is now; `null` when the shop says that it does not exist. */
  readOrder(number: OrderNo, signal: AbortSignal): Promise<Result<OrderSnapshot | null, GatewayFailure>>;
  /** What is known about holds, refunds and cancellation now. */
  readStops(number: OrderNo, signal: AbortSignal): Promise<Result<StopKnowledge, GatewayFailure>>;
  /**
   * Tells the shop that these units left under this number; takes effect exactly once whatever is repeated (I3).
   * `attempt` is 1 for the first call ever of this delivery; from 2 on the connector reads back before it writes.
   * "Already shipped with this number" is `acknowledged`; with another number `parked` with code `shipped-with-other-number`.
   */
  confirmShipment(order: ConfirmShipment, attempt: number, signal: AbortSignal): Promise<DeliveryOutcome>;
  /** Does the platform show the shipment now (the push-back watch)? */
  isShown(order: ConfirmShipment, signal: AbortSignal): Promise<Result<boolean, GatewayFailure>>;
  health(signal: AbortSignal): Promise<StoreHealth>;
}

/** Number and carrier as a shop shows them, for read-back comparisons. */
export interface ShownTracking {
  readonly waybillNo: WaybillNo | string;
  readonly units: readonly { readonly lineId: string; readonly quantity: number }[];
}
