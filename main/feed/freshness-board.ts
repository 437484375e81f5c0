/** How old the station's knowledge of each store is, and why; told to the windows at most once a second a store. */
import type { z } from 'zod';
import type { freshness } from '@shared/contract/stores';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import type { StoreId } from '@shared/domain/ids';
import type { Clock, Instant } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';

type Freshness = z.input<typeof freshness>;
type Unreadable = Freshness['unreadable'][number];

const TELL_EVERY_MS = 1_000;
const REVIEW_EVERY_MS = 10_000;
/** Not heard for so long, or for two polls where those are further apart: silent. */
const SILENT_MS = 120_000;
/** A store whose every pull fails for so long is silent too, however young its last answer is: the bench is cut off now. */
const FAILING_MS = 10_000;
const SHOWN_UNREADABLE = 200;

/** The store answers, and will not have us. */
const REFUSALS: ReadonlySet<GatewayFailure['code']> = new Set(['unauthorized', 'forbidden', 'refused', 'not-found']);

interface StoreRow {
  pollMs: number;
  caughtUpAt: Instant | null;
  failure: GatewayFailure | null;
  failingSince: Instant | null;
  /** From the first to the last of the failures in a row; one alone is no silence. */
  failedLongMs: number;
  readonly unreadable: Map<string, Unreadable>;
  clockSkewMs: number | null;
  /** Between the start of a walk and its last page. */
  walking: boolean;
  toldAt: number;
  toldState: Freshness['state'] | null;
  tellLater: (() => void) | null;
}

export interface FreshnessBoardDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly tell: (freshness: Freshness) => void;
}

export class FreshnessBoard {
  private readonly rows = new Map<StoreId, StoreRow>();
  private worker = false;
  private cancelReview: (() => void) | null = null;

  constructor(private readonly deps: FreshnessBoardDeps) {}

  start(): void {
    this.cancelReview = this.deps.timers.after(REVIEW_EVERY_MS, () => {
      for (const [id, row] of this.rows) if (this.stateOf(row) !== row.toldState) this.changed(id);
      this.start();
    });
  }

  stop(): void {
    this.cancelReview?.();
    for (const row of this.rows.values()) row.tellLater?.();
  }

  /** Keeps what is known of stores that stay. */
  setStores(stores: readonly { readonly id: StoreId; readonly pollMs: number }[]): void {
    for (const id of [...this.rows.keys()])
      if (!stores.some((store) => store.id === id)) {
        this.rows.get(id)?.tellLater?.();
        this.rows.delete(id);
      }
    for (const { id, pollMs } of stores) {
      const row = this.rows.get(id);
      if (row === undefined) this.rows.set(id, newRow(pollMs));
      else row.pollMs = pollMs;
    }
  }

  /** Is there a worker that applies pages? Without one nothing is pulled. */
  setWorker(present: boolean): void {
    this.worker = present;
    for (const id of this.rows.keys()) this.changed(id);
  }

  walkBegins(id: StoreId): void {
    this.update(id, (row) => (row.walking = true));
  }

  failed(id: StoreId, failure: GatewayFailure): void {
    this.update(id, (row) => {
      row.failure = failure;
      const now = this.deps.clock.now();
      row.failingSince ??= now;
      row.failedLongMs = now - row.failingSince;
    });
  }

  /** A page is applied. @param caughtUpAt when the shop answered, for the last page of a walk; null for the others. */
  applied(
    id: StoreId,
    caughtUpAt: Instant | null,
    readable: readonly string[],
    unreadable: readonly Unreadable[],
  ): void {
    this.update(id, (row) => {
      row.failure = null;
      row.failingSince = null;
      row.failedLongMs = 0;
      for (const orderNo of readable) row.unreadable.delete(orderNo);
      for (const each of unreadable) row.unreadable.set(each.orderNo, each);
      if (caughtUpAt === null) return;
      row.caughtUpAt = caughtUpAt;
      row.walking = false;
    });
  }

  setSkew(id: StoreId, skewMs: number): void {
    this.update(id, (row) => (row.clockSkewMs = skewMs));
  }

  of(id: StoreId): Freshness {
    const row = this.rows.get(id) ?? newRow(0);
    return {
      storeId: id,
      state: this.stateOf(row),
      caughtUpAt: row.caughtUpAt,
      failure: row.failure,
      failingSince: row.failingSince,
      unreadable: [...row.unreadable.values()].slice(-SHOWN_UNREADABLE),
      clockSkewMs: row.clockSkewMs,
    };
  }

  private stateOf(row: StoreRow): Freshness['state'] {
    if (!this.worker) return 'no-worker';
    const code = row.failure?.code;
    if (code !== undefined && REFUSALS.has(code)) return 'refused';
    if (code === 'offline') return 'offline';
    if (row.failedLongMs > FAILING_MS) return 'silent';
    if (row.caughtUpAt === null) return row.walking && row.failure === null ? 'pulling' : 'never';
    const silentAfterMs = Math.max(SILENT_MS, 2 * row.pollMs);
    if (this.deps.clock.now() - row.caughtUpAt > silentAfterMs)
      return row.walking && row.failure === null ? 'pulling' : 'silent';
    return 'fresh';
  }

  private update(id: StoreId, change: (row: StoreRow) => void): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    change(row);
    this.changed(id);
  }

  private changed(id: StoreId): void {
    const row = this.rows.get(id);
    if (row === undefined || row.tellLater !== null) return;
    const now = this.deps.clock.now();
    const tell = (): void => {
      row.tellLater = null;
      row.toldAt = this.deps.clock.now();
      row.toldState = this.stateOf(row);
      this.deps.tell(this.of(id));
    };
    const waitMs = row.toldAt + TELL_EVERY_MS - now;
    if (waitMs <= 0) tell();
    else row.tellLater = this.deps.timers.after(waitMs, tell);
  }
}

const newRow = (pollMs: number): StoreRow => ({
  pollMs,
  caughtUpAt: null,
  failure: null,
  failingSince: null,
  failedLongMs: 0,
  unreadable: new Map(),
  clockSkewMs: null,
  walking: false,
  toldAt: 0,
  toldState: null,
  tellLater: null,
});
