/** Puts together what one window needs of the data side; the screens get this one object. */
import type { StationApi } from '@shared/contract/station';
import type { StationId } from '@shared/domain/ids';
import type { Person } from '@shared/domain/person';
import { ok, refuse, type Result } from '@shared/language/result';
import { ContactRepository } from '../data/contact-repository';
import { openDatabase, type DatabaseProblem, type TallymanDatabase } from '../data/database';
import { FactRepository } from '../data/fact-repository';
import { LabelOrderRepository } from '../data/label-order-repository';
import { searchTokensFor } from '../data/search-tokens';
import { systemClock, systemTimers, waitOn } from '../services/clock';
import { randomIds } from '../services/ids';
import { openBenchChannel, type BenchChannel } from '../sync/channels';
import { browserIngestPorts, startIngestHost, type IngestHostState } from '../sync/ingest-host';
import { BenchSession } from './bench-session';
import { IndexHost } from './index-host';
import { SessionKeys } from './session-keys';
import type { MemoryIndex } from './memory-index';

export interface Bench {
  readonly index: MemoryIndex;
  readonly host: IndexHost;
  readonly session: BenchSession;
  readonly contacts: ContactRepository;
  /** What happened to a shipment, for the queue's detail. */
  readonly facts: FactRepository;
  /** Tokens for what is typed into a search box; none while the keys are away. */
  readonly tokensFor: (typed: string) => Promise<readonly string[]>;
  readonly keys: SessionKeys;
  /** Where sync runs and how it is; `subscribeIngest` tells of changes. */
  readonly ingest: () => IngestHostState;
  readonly subscribeIngest: (listener: () => void) => () => void;
  /** Messages of the worker that a screen may show (`ingest-trouble`). */
  readonly channel: BenchChannel;
  readonly stop: () => void;
}

export interface BenchOptions {
  readonly station: StationApi;
  readonly stationId: StationId;
  readonly person: () => Person | null;
}

/**
 * Opens the database, starts loading the index and takes part in the election of the ingest worker. Ends as soon as the
 * database is open; the index tells by `host.status()` when it is ready.
 * Refused when the database is a newer program's or cannot be opened; nothing was changed then.
 */
export async function startBench(options: BenchOptions): Promise<Result<Bench, DatabaseProblem>> {
  const opened = await openDatabase();
  if (!opened.ok) return refuse(opened.error);
  return ok(assemble(options, opened.value));
}

function assemble({ station, stationId, person }: BenchOptions, database: TallymanDatabase): Bench {
  const channel = openBenchChannel();
  const host = new IndexHost({
    journal: station.journal,
    database,
    channel,
    clock: systemClock,
    timers: systemTimers,
  });
  const keys = new SessionKeys(station.session);
  const labels = new LabelOrderRepository(database);
  const session = new BenchSession({
    host,
    journal: station.journal,
    packing: station.packing,
    labelOrders: (plan) => labels.readFor(plan),
    person,
    stationId: () => stationId,
    clock: systemClock,
    ids: randomIds,
    handsBusy: () => channel.post({ kind: 'hands-busy' }),
    readAgain: (plan) =>
      channel.post({
        kind: 'read-orders',
        orders: plan.orders.map(({ orderKey }) => ({ orderKey, storeId: plan.storeId })),
      }),
  });
  const ingest = watchIngest(station);
  void host.start();
  void keys.start();
  return {
    index: host.index,
    host,
    session,
    contacts: new ContactRepository(database, () => keys.ring()),
    facts: new FactRepository(database),
    tokensFor: async (typed) => {
      const ring = keys.ring();
      return ring === null ? [] : searchTokensFor(ring.search, typed);
    },
    keys,
    ...ingest.view,
    channel,
    stop: () => {
      ingest.stop();
      session.close();
      host.stop();
      keys.stop();
      channel.close();
      database.close();
    },
  };
}

function watchIngest(station: StationApi): {
  readonly view: Pick<Bench, 'ingest' | 'subscribeIngest'>;
  readonly stop: () => void;
} {
  let state: IngestHostState = { kind: 'elsewhere' };
  const listeners = new Set<() => void>();
  const stop = startIngestHost({
    ...browserIngestPorts,
    openFeed: station.feed.open,
    wait: waitOn(systemTimers),
    onState: (entered) => {
      state = entered;
      for (const listener of [...listeners]) listener();
    },
  });
  return {
    view: {
      ingest: () => state,
      subscribeIngest: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    stop,
  };
}
