/** The feed service on a real bench and journal; the test is the worker behind a real MessagePort, and the shop. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { toWorker, type ToMain, type ToWorker } from '@shared/contract/feed';
import type { GatewayFailure, GatewayFailureCode } from '@shared/domain/gateway-failure';
import type { StoreId } from '@shared/domain/ids';
import type { OrderSnapshot } from '@shared/domain/order';
import type { StorePolicy } from '@shared/domain/store';
import { ok, refuse, type Result } from '@shared/language/result';
import type { Instant } from '@shared/units/instant';
import { CorrectedClock } from '../../main/feed/corrected-clock';
import { FeedService, type FeedConnector, type FeedStore } from '../../main/feed/feed-service';
import { FreshnessBoard } from '../../main/feed/freshness-board';
import type { FeedPage } from '../../main/feed/store-puller';
import type { FeedPort } from '../../main/wiring/ports';
import { aPolicy } from '../builders/policies';
import { openBenchRig, silentLogger, type BenchRig } from './bench-rig';

/** A worker_threads port as main sees a window's port. */
export const feedPortOf = (port: MessagePort): FeedPort => ({
  postMessage: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
  onClose: (listener) => void port.on('close', listener),
  close: () => port.close(),
});

export class FakeWorker {
  readonly received: ToWorker[] = [];

  constructor(private readonly port: MessagePort) {
    port.on('message', (raw: unknown) => this.received.push(toWorker.parse(raw)));
  }

  say(message: ToMain): void {
    this.port.postMessage(message);
  }

  hello(over: Partial<Extract<ToMain, { kind: 'hello' }>> = {}): void {
    this.say({ kind: 'hello', cursors: {}, appliedSeq: 0, credits: 4, ...over });
  }

  of<K extends ToWorker['kind']>(kind: K): Extract<ToWorker, { kind: K }>[] {
    return this.received.filter((message): message is Extract<ToWorker, { kind: K }> => message.kind === kind);
  }

  apply(pageId: number): void {
    this.say({ kind: 'applied', pageId, changed: 0, unchanged: 0, older: 0 });
  }

  close(): void {
    this.port.close();
  }
}

export const failing = (code: GatewayFailureCode, notBefore: Instant | null = null): Result<never, GatewayFailure> =>
  refuse({ code, status: null, detail: '', notBefore });

export const aPage = (cursor: string, orders: readonly OrderSnapshot[] = [], over: Partial<FeedPage> = {}) =>
  ok<FeedPage>({ orders, unreadable: [], cursor, more: false, platformTime: null, ...over });

type PullAnswer = Result<FeedPage, GatewayFailure>;

/** A shop whose answers are a script per pull; after the script every pull answers as the last did. */
export class ScriptedShop implements FeedConnector {
  readonly askedFrom: (string | null)[] = [];
  readonly readOrders: string[] = [];
  readAnswer: Result<OrderSnapshot | null, GatewayFailure> = ok(null);

  constructor(public script: (PullAnswer | (() => Promise<PullAnswer>))[]) {}

  async pullChanges(cursor: string | null): Promise<PullAnswer> {
    this.askedFrom.push(cursor);
    const next = this.script.length > 1 ? this.script.shift() : this.script[0];
    if (next === undefined) return failing('offline');
    return typeof next === 'function' ? next() : next;
  }

  async readOrder(number: string): Promise<Result<OrderSnapshot | null, GatewayFailure>> {
    this.readOrders.push(number);
    return this.readAnswer;
  }
}

export interface FeedRig {
  readonly bench: BenchRig;
  readonly feed: FeedService;
  readonly board: FreshnessBoard;
  readonly correctedClock: CorrectedClock;
  readonly reachable: StoreId[];
  readonly behind: (readonly [number, number])[];
  readonly stores: FeedStore[];
  readonly knobs: { vault: 'open' | 'locked' };
  /** A window asks for the feed. */
  window(): Promise<FakeWorker>;
  close(): Promise<void>;
}

export async function openFeedRig(
  shops: Readonly<Record<string, ScriptedShop>>,
  policies?: StorePolicy[],
): Promise<FeedRig> {
  const bench = await openBenchRig();
  const { clock } = bench;
  const stores = (policies ?? [aPolicy()]).map((policy): FeedStore => ({ policy, pollSeconds: 15 }));
  const reachable: StoreId[] = [];
  const behind: (readonly [number, number])[] = [];
  const knobs: FeedRig['knobs'] = { vault: 'open' };
  const ports: MessagePort[] = [];
  const board = new FreshnessBoard({ clock, timers: clock, tell: () => undefined });
  const correctedClock = new CorrectedClock(clock);
  const feed = new FeedService({
    openPort: async () => {
      const port = ports.shift();
      if (port === undefined) throw new Error('no window');
      return feedPortOf(port);
    },
    vault: {
      fieldKeys: () =>
        knobs.vault === 'locked'
          ? null
          : {
              contact: new Uint8Array(32).fill(1),
              money: new Uint8Array(32).fill(2),
              search: new Uint8Array(32).fill(3),
            },
    },
    journal: bench.journal,
    stores: () => stores,
    connectorOf: (store) => shops[store] ?? null,
    photoPath: (_store, address) => (address.startsWith('https://') ? `signed/${address.length}` : null),
    board,
    correctedClock,
    clock,
    timers: clock,
    random: () => 0,
    logger: silentLogger,
    onReachable: (store) => reachable.push(store),
    onJournalBehind: (head, applied) => behind.push([head, applied]),
  });
  bench.arbiter.subscribe(() => feed.onRecord());
  feed.start();
  return {
    bench,
    feed,
    board,
    correctedClock,
    reachable,
    behind,
    stores,
    knobs,
    window: async () => {
      const { port1, port2 } = new MessageChannel();
      ports.splice(0, ports.length, port1);
      const opened = await feed.open(1);
      if (!opened.ok) throw new Error(opened.error.code);
      return new FakeWorker(port2);
    },
    close: async () => {
      feed.stop();
      await bench.close();
    },
  };
}
