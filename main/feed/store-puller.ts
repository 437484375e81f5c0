/**
 * Pulls one store, page after page, as long as a worker applies them.
 *
 * The walk: ask for the changes since the cursor; hand the page over; while it is being applied ask for the next one, but hand
 * that over only when the first is durable, so that no page can be skipped. Caught up: wait for the next poll. What goes
 * wrong: the shop does not answer (ever longer pauses, never shorter than the shop's own word), or the worker cannot apply a
 * page (the cursor stays, the store says so, and it is tried again later).
 */
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import type { OrderSnapshot } from '@shared/domain/order';
import type { Result } from '@shared/language/result';
import type { StoreId } from '@shared/domain/ids';
import { addMs, toInstant, type Clock, type Instant } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';
import type { PageFate } from './page-desk';

export interface FeedPage {
  readonly orders: readonly OrderSnapshot[];
  readonly unreadable: readonly { readonly orderNo: string; readonly why: string }[];
  readonly cursor: string;
  readonly more: boolean;
  readonly platformTime: Instant | null;
}

/** The part of a shop connector that the feed uses. */
export interface FeedShop {
  pullChanges(cursor: string | null, signal: AbortSignal): Promise<Result<FeedPage, GatewayFailure>>;
}

export interface ReadPage {
  readonly page: FeedPage;
  readonly readAt: Instant;
}

export interface StorePullerDeps {
  readonly storeId: StoreId;
  readonly shop: () => FeedShop | null;
  readonly pollMs: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  /** Hands a page to the worker and tells what became of it. */
  readonly deliver: (read: ReadPage) => Promise<PageFate>;
  readonly onWalk: () => void;
  readonly onFailure: (failure: GatewayFailure) => void;
  readonly onApplied: (read: ReadPage) => void;
  /** The shop answered: span of the call in milliseconds, for its clock. */
  readonly onAnswer: (page: FeedPage, sentAt: Instant, answeredAt: Instant) => void;
}

const CALL_LIMIT_MS = 60_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 300_000;
/** The way back from offline is noticed soon: such tries cost the shop nothing. */
const LONGEST_OFFLINE_PAUSE_MS = 20_000;

type Pulled = { readonly ok: true; readonly read: ReadPage } | { readonly ok: false; readonly failure: GatewayFailure };

const failureOf = (code: GatewayFailure['code'], detail: string): GatewayFailure => ({
  code,
  status: null,
  detail: detail.slice(0, 200),
  notBefore: null,
});

export class StorePuller {
  private readonly ended = new AbortController();
  private failures = 0;
  private wake: (() => void) | null = null;
  private kicked = false;

  constructor(private readonly deps: StorePullerDeps) {}

  /** Pulls until `stop`. @param cursor where the worker's database stands, or null for the beginning. */
  async run(cursor: string | null): Promise<void> {
    let at = cursor;
    while (!this.isOver()) {
      const pauseMs = await this.walk(at, (next) => (at = next));
      await this.rest(pauseMs);
    }
  }

  /** Ends waiting: pulls now. */
  now(): void {
    this.kicked = true;
    this.wake?.();
  }

  stop(): void {
    this.ended.abort();
    this.wake?.();
  }

  /** A method and not a read of the flag, because it changes while others are awaited. */
  private isOver(): boolean {
    return this.ended.signal.aborted;
  }

  /** Pages until caught up or stopped by a failure. @returns the pause before the next walk, milliseconds. */
  private async walk(from: string | null, onCursor: (cursor: string) => void): Promise<number> {
    this.deps.onWalk();
    let next = this.pull(from);
    while (!this.isOver()) {
      const pulled = await next;
      if (this.isOver()) break;
      if (!pulled.ok) return this.pauseAfter(pulled.failure);
      const { read } = pulled;
      const handed = this.deps.deliver(read);
      if (read.page.more) next = this.pull(read.page.cursor);
      const fate = await handed;
      if (fate.kind === 'gone') return FIRST_PAUSE_MS;
      if (fate.kind === 'failed') return this.pauseAfter(failureOf('unreadable', `page-failed:${fate.code}`));
      onCursor(read.page.cursor);
      this.failures = 0;
      this.deps.onApplied(read);
      if (!read.page.more) return this.deps.pollMs;
    }
    return 0;
  }

  private pauseAfter(failure: GatewayFailure): number {
    this.failures += 1;
    this.deps.onFailure(failure);
    const longest = failure.code === 'offline' ? LONGEST_OFFLINE_PAUSE_MS : LONGEST_PAUSE_MS;
    const grown = Math.min(longest, FIRST_PAUSE_MS * 2 ** Math.min(this.failures - 1, 20));
    const pauseMs = Math.round(grown / 2 + (grown / 2) * this.deps.random());
    const asked = failure.notBefore === null ? 0 : failure.notBefore - this.deps.clock.now();
    return Math.max(pauseMs, asked);
  }

  private async pull(cursor: string | null): Promise<Pulled> {
    const shop = this.deps.shop();
    if (shop === null) return { ok: false, failure: failureOf('unauthorized', 'no-secret') };
    const limit = new AbortController();
    const cancel = this.deps.timers.after(CALL_LIMIT_MS, () => limit.abort());
    const end = (): void => limit.abort();
    this.ended.signal.addEventListener('abort', end);
    const sentAt = this.deps.clock.now();
    try {
      const answer = await shop.pullChanges(cursor, limit.signal);
      if (!answer.ok) return { ok: false, failure: answer.error };
      const readAt = this.deps.clock.now();
      this.deps.onAnswer(answer.value, sentAt, readAt);
      if (answer.value.more && answer.value.cursor === cursor)
        return { ok: false, failure: failureOf('unreadable', 'cursor-stands-still') };
      // Knowledge is as old as the question: what changed at the shop while it answered may be missing.
      return { ok: true, read: { page: answer.value, readAt: sentAt } };
    } catch (error) {
      return { ok: false, failure: failureOf('unreadable', error instanceof Error ? `threw:${error.name}` : 'threw') };
    } finally {
      cancel();
      this.ended.signal.removeEventListener('abort', end);
    }
  }

  private rest(spanMs: number): Promise<void> {
    if (this.kicked || this.isOver()) {
      this.kicked = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const cancel = this.deps.timers.after(spanMs, () => this.wake?.());
      this.wake = () => {
        cancel();
        this.wake = null;
        this.kicked = false;
        resolve();
      };
    });
  }
}

/** The shop's clock minus ours, from one answer: its time is a whole second and was told somewhere on the way. */
export function skewOf(platformTime: Instant, sentAt: Instant, answeredAt: Instant): number {
  const middle = toInstant(Math.round((sentAt + answeredAt) / 2));
  return addMs(platformTime, 500) - middle;
}
