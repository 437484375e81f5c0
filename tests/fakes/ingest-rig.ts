/** The ingest engine over a database in memory, with the test as main and as the other windows. */
import { openTestDatabase } from './test-database';
import type { ToMain, ToWorker } from '@shared/contract/feed';
import type { JournalRecord } from '@shared/domain/fact';
import type { OrderSnapshot } from '@shared/domain/order';
import type { StorePolicy } from '@shared/domain/store';
import { toInstant, type Clock } from '@shared/units/instant';
import type { TallymanDatabase } from '../../renderer/data/database';
import { openBenchChannel, type BenchChannel, type BenchMessage, type ChannelLike } from '../../renderer/sync/channels';
import { IngestEngine } from '../../renderer/sync/ingest-engine';
import { NOON, SHOP } from '../builders/orders';
import { aPolicy } from '../builders/policies';
import { rawTestKeys } from './field-keys';

/** Channels of one profile: what one posts all others hear, copied as the browser would. */
export function channelHub(): { join: () => BenchChannel; heard: BenchMessage[] } {
  const members: { readonly listeners: ((event: { readonly data: unknown }) => void)[] }[] = [];
  const heard: BenchMessage[] = [];
  const joinRaw = (): ChannelLike => {
    const own = { listeners: [] as ((event: { readonly data: unknown }) => void)[] };
    members.push(own);
    return {
      postMessage: (message) => {
        for (const member of members)
          if (member !== own) for (const listener of member.listeners) listener({ data: structuredClone(message) });
      },
      addEventListener: (_type, listener) => own.listeners.push(listener),
      close: () => own.listeners.splice(0),
    };
  };
  openBenchChannel(joinRaw()).listen((message) => heard.push(message));
  return { join: () => openBenchChannel(joinRaw()), heard };
}

export interface IngestRig {
  readonly database: TallymanDatabase;
  readonly engine: IngestEngine;
  /** What the engine said to main. */
  readonly said: ToMain[];
  /** What windows heard. */
  readonly heard: BenchMessage[];
  readonly join: () => BenchChannel;
  /** A raw message, as it would arrive over the port. */
  send(message: unknown): Promise<void>;
  welcome(policies?: readonly StorePolicy[]): Promise<void>;
  page(
    orders: readonly OrderSnapshot[],
    changes?: Partial<Extract<ToWorker, { kind: 'page' }>>,
  ): Promise<ToMain | undefined>;
  records(records: readonly JournalRecord[]): Promise<void>;
}

export interface IngestRigOptions {
  readonly database?: TallymanDatabase;
  readonly clock?: Clock;
  readonly wait?: (spanMs: number) => Promise<void>;
  readonly hub?: ReturnType<typeof channelHub>;
}

/** Time that only `wait` could need; nothing here waits unless the test gives its own. */
const never = (): Promise<void> => new Promise(() => undefined);

export async function startIngestRig(options: IngestRigOptions = {}): Promise<IngestRig> {
  const database = options.database ?? (await openTestDatabase());
  const hub = options.hub ?? channelHub();
  const said: ToMain[] = [];
  let deliver: (message: unknown) => void = () => undefined;
  const engine = await IngestEngine.start({
    database,
    feed: {
      post: (message) => said.push(structuredClone(message)),
      listen: (listener) => {
        deliver = listener;
      },
    },
    channel: hub.join(),
    clock: options.clock ?? { now: () => NOON },
    wait: options.wait ?? never,
  });
  const send = async (message: unknown): Promise<void> => {
    deliver(structuredClone(message));
    await engine.whenIdle();
  };
  let pageId = 0;
  return {
    database,
    engine,
    said,
    heard: hub.heard,
    join: hub.join,
    send,
    welcome: (policies = [aPolicy()]) => send({ kind: 'welcome', keys: rawTestKeys(), policies }),
    page: async (orders, changes = {}) => {
      pageId += 1;
      await send({
        kind: 'page',
        pageId,
        storeId: SHOP,
        orders,
        photos: {},
        cursor: null,
        more: false,
        readAt: toInstant(NOON + pageId),
        ...changes,
      });
      return said.at(-1);
    },
    records: (records) => send({ kind: 'records', records, headSeq: records.at(-1)?.seq ?? 0 }),
  };
}
