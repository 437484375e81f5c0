/** What the connector acceptance suite needs of a shop, real or simulated. */
import type { ShopConnector } from '../../main/platforms/connector';
import { addMs, type Clock, type Instant } from '@shared/units/instant';

export interface SuiteOrder {
  readonly id: string;
  readonly displayNo: string;
  readonly lines: readonly { readonly id: string; readonly quantity: number }[];
}

/** One shipment as the shop itself shows it. */
export interface SuiteShipment {
  readonly canceled: boolean;
  readonly shipped: boolean;
  readonly numbers: readonly string[];
  readonly units: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** The shop's side: reached by its own interface, never through the connector under test. */
export interface SuiteShop {
  /** Address that the fault proxy is put in front of. */
  readonly baseUrl: string;
  createOrder(options: {
    readonly quantities: readonly number[];
    readonly paid?: boolean;
    readonly metadata?: Readonly<Record<string, unknown>>;
  }): Promise<SuiteOrder>;
  cancel(orderId: string): Promise<void>;
  /** Gives all money back. */
  refund(orderId: string): Promise<void>;
  /** Something about the order changes, so that it must be pulled again. */
  touch(orderId: string): Promise<void>;
  /** The shop's staff pack units; with a number they ship them under it. */
  fulfilByStaff(orderId: string, units: SuiteShipment['units'], number: string | null): Promise<void>;
  told(orderId: string): Promise<readonly SuiteShipment[]>;
  /** Paths of the connector's own writes, to aim faults at. */
  readonly writes: { readonly create: RegExp; readonly ship: RegExp; readonly read: RegExp };
}

export interface ConnectorOptions {
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Milliseconds. */
  readonly graceMs: number;
  readonly limitMs: number;
  readonly pageSize: number;
  /** A login that the shop refuses. */
  readonly wrongLogin?: boolean;
}

export interface ConnectorHarness {
  readonly shop: SuiteShop;
  connect(options: ConnectorOptions): ShopConnector;
  stop(): Promise<void>;
}

/** A clock that stands until it is moved. It starts at the machine's time, because a real shop has that too. */
export function movableClock(start: Instant): Clock & { advance(ms: number): void } {
  let now = start;
  return { now: () => now, advance: (ms) => void (now = addMs(now, ms)) };
}
