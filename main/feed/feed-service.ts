/**
 * The feed's side in main: one worker at a time gets keys, policies, journal records and pages. No worker, no pulling.
 *
 * The walk: a window asks for the feed and gets a port; the worker says where its database stands; records that it lacks go
 * first, then live ones; each store is pulled as long as the worker is there. A window that crashes closes its port, and
 * everything rests until the next one asks.
 */
import type { z } from 'zod';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import { toMain, type ToMain, type toWorker } from '@shared/contract/feed';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import { orderKeyParts, type OrderKey, type OrderNo, type StoreId } from '@shared/domain/ids';
import type { OrderSnapshot } from '@shared/domain/order';
import type { StorePolicy } from '@shared/domain/store';
import type { Result } from '@shared/language/result';
import type { Clock } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';
import type { FeedPort, Logger, VaultPort } from '../wiring/ports';
import type { CorrectedClock } from './corrected-clock';
import type { FreshnessBoard } from './freshness-board';
import { PageDesk, type PageFate } from './page-desk';
import { RecordPump, type RecordSource } from './record-pump';
import { skewOf, StorePuller, type FeedShop, type ReadPage } from './store-puller';

/** What the feed needs of a connector. */
export interface FeedConnector extends FeedShop {
  readOrder(number: OrderNo, signal: AbortSignal): Promise<Result<OrderSnapshot | null, GatewayFailure>>;
}

export interface FeedStore {
  readonly policy: StorePolicy;
  readonly pollSeconds: number;
}

export interface FeedServiceDeps {
  readonly openPort: (windowId: number) => Promise<FeedPort>;
  readonly vault: Pick<VaultPort, 'fieldKeys'>;
  readonly journal: RecordSource;
  readonly stores: () => readonly FeedStore[];
  /** Null while the store cannot be called. */
  readonly connectorOf: (store: StoreId) => FeedConnector | null;
  /** Path under our scheme for a photo of a store, or null where it may not be fetched. */
  readonly photoPath: (store: StoreId, address: string) => string | null;
  readonly board: FreshnessBoard;
  readonly correctedClock: CorrectedClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly logger: Logger;
  /** A shop has just answered. */
  readonly onReachable: (store: StoreId) => void;
  /** The worker's database knows records that the journal does not have: the journal was lost or is an older copy. */
  readonly onJournalBehind: (headSeq: number, appliedSeq: number) => void;
}

type Message = z.input<typeof toWorker>;
type Hello = Extract<ToMain, { kind: 'hello' }>;

/** Reading one order goes before every store's pages. */
const AT_ONCE = 0;
const READ_LIMIT_MS = 30_000;
/** Longest way of an answer from which a clock can be read. */
const PROMPT_MS = 5_000;

export class FeedService {
  private readonly desk = new PageDesk();
  private readonly pump: RecordPump;
  private readonly pullers = new Map<StoreId, { readonly puller: StorePuller; readonly fingerprint: string }>();
  private readonly reading = new Set<OrderKey>();
  private cursors = new Map<StoreId, string>();
  private port: FeedPort | null = null;
  private greeted = false;

  constructor(private readonly deps: FeedServiceDeps) {
    this.pump = new RecordPump(deps.journal, (error) => deps.logger.error('records-not-sent', error));
  }

  start(): void {
    this.deps.board.setStores(this.boardStores());
    this.deps.board.start();
  }

  stop(): void {
    this.leave(this.port);
    this.deps.board.stop();
  }

  /** A window that holds the lock asks for the feed. A worker that was there before is let go. */
  async open(windowId: number): Promise<Reply<null>> {
    const keys = this.deps.vault.fieldKeys();
    if (keys === null) return refused('vault-locked');
    try {
      const port = await this.deps.openPort(windowId);
      this.leave(this.port);
      this.port = port;
      port.onMessage((raw) => this.receive(port, raw));
      port.onClose(() => this.leave(port));
      const copies = {
        contact: Uint8Array.from(keys.contact),
        money: Uint8Array.from(keys.money),
        search: Uint8Array.from(keys.search),
      };
      this.post({ kind: 'welcome', keys: copies, policies: this.deps.stores().map(({ policy }) => policy) });
      // The port has cloned them; nothing of them stays here.
      for (const copy of Object.values(copies)) copy.fill(0);
      return answered(null);
    } finally {
      keys.contact.fill(0);
      keys.money.fill(0);
      keys.search.fill(0);
    }
  }

  /** A record was flushed. */
  onRecord(): void {
    this.pump.pump();
  }

  /** Stores or policies changed. */
  onSettings(): void {
    this.deps.board.setStores(this.boardStores());
    if (this.port === null) return;
    this.post({ kind: 'policies', policies: this.deps.stores().map(({ policy }) => policy) });
    if (this.greeted) this.tendPullers();
  }

  /** @returns false where there is no such store. Without a worker the pull comes when there is one. */
  pullNow(store: StoreId): boolean {
    this.pullers.get(store)?.puller.now();
    return this.deps.stores().some(({ policy }) => policy.storeId === store);
  }

  private post(message: Message): void {
    this.port?.postMessage(message);
  }

  private receive(port: FeedPort, raw: unknown): void {
    if (port !== this.port) return;
    const parsed = toMain.safeParse(raw);
    if (!parsed.success) return this.deps.logger.warn('feed-message-invalid');
    const message = parsed.data;
    switch (message.kind) {
      case 'hello':
        return this.greet(message);
      case 'applied':
        return this.desk.settle(message.pageId, { kind: 'applied' });
      case 'failed':
        return this.desk.settle(message.pageId, { kind: 'failed', code: message.code });
      case 'caughtUp':
        return this.pump.caughtUp(message.appliedSeq);
      case 'readOrder':
        return void this.readOne(message.orderKey);
    }
  }

  /** The first hello begins the pulling; a later one only says from where records are missing. */
  private greet(hello: Hello): void {
    const headSeq = this.deps.journal.headSeq();
    if (hello.appliedSeq > headSeq) this.deps.onJournalBehind(headSeq, hello.appliedSeq);
    this.pump.begin(hello.appliedSeq, (records, head) =>
      this.post({ kind: 'records', records: [...records], headSeq: head }),
    );
    if (this.greeted) return;
    this.greeted = true;
    this.cursors = new Map(
      this.deps.stores().flatMap(({ policy }) => {
        const cursor = hello.cursors[policy.storeId];
        return cursor === undefined ? [] : [[policy.storeId, cursor] as const];
      }),
    );
    this.desk.begin(hello.credits);
    this.deps.board.setWorker(true);
    this.tendPullers();
  }

  private leave(port: FeedPort | null): void {
    if (port === null || port !== this.port) return;
    this.port = null;
    this.greeted = false;
    for (const { puller } of this.pullers.values()) puller.stop();
    this.pullers.clear();
    this.pump.end();
    this.desk.end();
    this.deps.board.setWorker(false);
    port.close();
  }

  private boardStores(): { id: StoreId; pollMs: number }[] {
    return this.deps.stores().map(({ policy, pollSeconds }) => ({ id: policy.storeId, pollMs: pollSeconds * 1_000 }));
  }

  /** Begins pulling stores that are new, ends it for those that are gone; one whose pace changed begins anew. */
  private tendPullers(): void {
    const stores = this.deps.stores();
    for (const [id, { puller, fingerprint }] of this.pullers) {
      const store = stores.find(({ policy }) => policy.storeId === id);
      if (store !== undefined && fingerprintOf(store) === fingerprint) {
        puller.now(); // its connection may be new
        continue;
      }
      puller.stop();
      this.pullers.delete(id);
      if (store === undefined) this.deps.correctedClock.forget(id);
    }
    for (const store of stores) if (!this.pullers.has(store.policy.storeId)) this.beginPulling(store);
  }

  private beginPulling(store: FeedStore): void {
    const { clock, timers, random, board, logger } = this.deps;
    const id = store.policy.storeId;
    const puller = new StorePuller({
      storeId: id,
      shop: () => this.deps.connectorOf(id),
      pollMs: store.pollSeconds * 1_000,
      clock,
      timers,
      random,
      deliver: (read) => this.deliver(id, store.policy.tier, read),
      onWalk: () => board.walkBegins(id),
      onFailure: (failure) => board.failed(id, failure),
      onApplied: (read) => this.onApplied(id, read),
      onAnswer: (page, sentAt, answeredAt) => {
        this.deps.onReachable(id);
        if (page.platformTime === null || answeredAt - sentAt > PROMPT_MS) return;
        const skewMs = skewOf(page.platformTime, sentAt, answeredAt);
        this.deps.correctedClock.note(id, skewMs);
        board.setSkew(id, skewMs);
      },
    });
    this.pullers.set(id, { puller, fingerprint: fingerprintOf(store) });
    puller
      .run(this.cursors.get(id) ?? null)
      .catch((error: unknown) => logger.error('pull-ended', error, { storeId: id }));
  }

  private onApplied(id: StoreId, { page, readAt }: ReadPage): void {
    this.cursors.set(id, page.cursor);
    const readable = page.orders.map((order) => order.orderNo);
    this.deps.board.applied(id, page.more ? null : readAt, readable, page.unreadable);
  }

  private deliver(id: StoreId, urgency: number, { page, readAt }: ReadPage): Promise<PageFate> {
    return this.desk.submit(urgency, (pageId) =>
      this.post({
        kind: 'page',
        pageId,
        storeId: id,
        orders: [...page.orders],
        photos: this.photosOf(id, page.orders),
        cursor: page.cursor,
        more: page.more,
        readAt,
      }),
    );
  }

  private photosOf(id: StoreId, orders: readonly OrderSnapshot[]): Record<string, string> {
    const photos: Record<string, string> = {};
    for (const order of orders)
      for (const { imageUrl } of order.lines) {
        if (imageUrl === null || imageUrl in photos) continue;
        const path = this.deps.photoPath(id, imageUrl);
        if (path !== null) photos[imageUrl] = path;
      }
    return photos;
  }

  /** Reads one order again, because a label is about to be printed or a person wants to know. */
  private async readOne(key: OrderKey): Promise<void> {
    if (this.reading.has(key)) return;
    this.reading.add(key);
    const limit = new AbortController();
    const cancel = this.deps.timers.after(READ_LIMIT_MS, () => limit.abort());
    try {
      const { storeId, orderNo } = orderKeyParts(key);
      const readAt = this.deps.clock.now();
      const answer = await this.deps.connectorOf(storeId)?.readOrder(orderNo, limit.signal);
      if (answer === undefined || !answer.ok || answer.value === null) {
        const code = answer === undefined ? 'no-connection' : answer.ok ? 'not-found' : answer.error.code;
        return this.deps.logger.info('order-not-read', { orderKey: key, code });
      }
      const orders = [answer.value];
      const photos = this.photosOf(storeId, orders);
      const page = { kind: 'page' as const, storeId, orders, photos, cursor: null, more: false, readAt };
      const fate = await this.desk.submit(AT_ONCE, (pageId) => this.post({ ...page, pageId }));
      if (fate.kind === 'failed') this.deps.logger.warn('order-not-applied', { orderKey: key, code: fate.code });
    } catch (error) {
      this.deps.logger.error('order-not-read', error, { orderKey: key });
    } finally {
      cancel();
      this.reading.delete(key);
    }
  }
}

const fingerprintOf = (store: FeedStore): string => `${store.pollSeconds}/${store.policy.tier}`;
