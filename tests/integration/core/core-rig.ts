/** The whole core as the program builds it, on a temp profile: real journal, spooler, label maker and feed; people, settings and shop are the test's. */
import { mkdtemp } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { PrinterSettings, PrinterView } from '@shared/contract/printing';
import { printerId, type StoreId } from '@shared/domain/ids';
import type { JournalRecord } from '@shared/domain/fact';
import type { Person } from '@shared/domain/person';
import { toInstant } from '@shared/units/instant';
import { createStationCore, type CoreParts } from '../../../main/wiring/core';
import type { CorePorts, StationCore, StoreSettings } from '../../../main/wiring/ports';
import { aPolicy } from '../../builders/policies';
import { LEAD, PACKER, silentLogger } from '../../fakes/bench-rig';
import { FakeWorker, feedPortOf } from '../../fakes/feed-rig';
import { openTestLabelMaker, resourcePath } from '../../oracles/test-label-maker';
import type { ShopConnector } from '../../../main/platforms/connector';
import type { PrinterSink } from '../../rigs/printer-sink';

export const CONTACT_KEY = new Uint8Array(32).fill(9);

export interface Told {
  readonly area: string;
  readonly event: string;
  readonly carried: unknown;
}

export interface CoreRig {
  core: StationCore;
  readonly profileDir: string;
  readonly told: Told[];
  readonly settings: { stores: StoreSettings[]; printers: PrinterSettings[]; changed(): void; saveFails: boolean };
  readonly people: { current: Person | null };
  readonly vault: { open: boolean };
  records(): JournalRecord[];
  printerViews(): PrinterView[];
  worker(): Promise<FakeWorker>;
  /** Stops the core and builds a new one on the same profile. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const aPrinter = (sink: Pick<PrinterSink, 'host' | 'port'>): PrinterSettings => ({
  printerId: printerId.parse('printer-1'),
  name: '打包台 1',
  documents: ['waybill', 'test-page'],
  transport: { kind: 'tcp', host: sink.host, port: sink.port },
  model: 'generic-zpl-203',
});

const CONNECTION = {
  kind: 'medusa',
  baseUrl: 'http://127.0.0.1:1',
  locationId: null,
  lookBackDays: 30,
  pollSeconds: 3600,
} as const;

export async function openCoreRig(options: {
  readonly shop: ShopConnector;
  readonly printer?: PrinterSettings;
  readonly policy?: Parameters<typeof aPolicy>[0];
  readonly parts?: Partial<CoreParts>;
}): Promise<CoreRig> {
  const profileDir = await mkdtemp(join(tmpdir(), 'tallyman-core-'));
  const told: Told[] = [];
  const listeners = new Set<() => void>();
  const ports: MessagePort[] = [];
  const maker = await openTestLabelMaker();
  const settings: CoreRig['settings'] = {
    stores: [{ policy: aPolicy({ withdrawWindowMs: 0, ...options.policy }), connection: CONNECTION }],
    printers: options.printer === undefined ? [] : [options.printer],
    saveFails: false,
    changed: () => listeners.forEach((listener) => listener()),
  };
  const people: CoreRig['people'] = { current: PACKER };
  const vault = { open: true };
  const save = (put: () => void) => async (): Promise<void> => {
    if (settings.saveFails) throw new Error('disk');
    put();
    settings.changed();
  };
  const corePorts: CorePorts = {
    profileDir,
    resourcesDir: resourcePath('.'),
    session: {
      current: () => people.current,
      checkApproval: async (approval) => ('badge' in approval && approval.badge === 'LEAD-BADGE' ? LEAD : null),
    },
    vault: {
      isOpen: () => vault.open,
      fieldKeys: () =>
        vault.open
          ? { contact: Uint8Array.from(CONTACT_KEY), money: new Uint8Array(32), search: new Uint8Array(32) }
          : null,
      storeSecret: () => ({ apiKey: 'sk_invented_0001' }),
      saveStoreSecret: async () => undefined,
      removeStoreSecret: async () => undefined,
      photoKey: () => new Uint8Array(32).fill(4),
      whenOpen: (listener) => {
        listener();
        return () => undefined;
      },
    },
    settings: {
      stationId: () => 'station-1',
      stores: () => settings.stores,
      saveStores: (stores) => save(() => (settings.stores = [...stores]))(),
      printers: () => settings.printers,
      savePrinters: (printers) => save(() => (settings.printers = [...printers]))(),
      onChanged: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    broadcast: (area, event, carried) => void told.push({ area, event, carried }),
    logger: () => silentLogger,
    clock: { now: () => toInstant(Date.now()) },
    random: (bytes) => randomBytes(bytes),
    openFeedPort: async () => {
      const port = ports.shift();
      if (port === undefined) throw new Error('no window');
      return feedPortOf(port);
    },
  };
  const parts: Partial<CoreParts> = {
    labels: { make: async (request) => maker.make(request), warmUp: () => undefined, stop: async () => undefined },
    connectors: () => ({
      connectorOf: (store: StoreId) =>
        settings.stores.some(({ policy }) => policy.storeId === store) ? options.shop : null,
      probe: () => options.shop,
    }),
    ...options.parts,
  };
  const build = async (): Promise<StationCore> => {
    const core = createStationCore(corePorts, parts);
    await core.start();
    return core;
  };
  const rig: CoreRig = {
    core: await build(),
    profileDir,
    told,
    settings,
    people,
    vault,
    records: () => told.filter((each) => each.event === 'recorded').map((each) => each.carried as JournalRecord),
    printerViews: () =>
      told.filter((each) => each.event === 'printerChanged').map((each) => each.carried as PrinterView),
    worker: async () => {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1);
      const opened = await rig.core.handlers.feed.open(null, { windowId: 1 });
      if (!opened.ok) throw new Error(opened.error.code);
      return new FakeWorker(port2);
    },
    restart: async () => {
      await rig.core.stop();
      rig.core = await build();
    },
    close: () => rig.core.stop(),
  };
  return rig;
}
