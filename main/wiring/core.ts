/**
 * The core of the station, put together: journal, bench, printing, deliveries, feed and photos. Its parts know each other only
 * through the ports that are fitted here.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import { deviceId, gestureId, type PoolId, type WaybillNo } from '@shared/domain/ids';
import { hasRight } from '@shared/domain/person';
import type { JournalRecord } from '@shared/domain/fact';
import type { Clock } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';
import { createLabelWorkerClient } from '../../printing/label-worker-client';
import { loadPrinterCapabilities, type PrinterCapability } from '../../printing/printers/capabilities';
import { systemPrintClock } from '../../printing/queue/print-clock';
import { createSpooler, type Spooler } from '../../printing/queue/spooler';
import { actOnDelivery } from '../bench/act-on-delivery';
import { Arbiter, type Act } from '../bench/arbiter';
import type { LabelPort } from '../bench/bench-ports';
import { BenchState } from '../bench/bench-state';
import { deliveryLedgerOf } from '../bench/delivery-ledger';
import { importNumbers } from '../bench/import-numbers';
import { PackingService } from '../bench/packing-service';
import { PrintMoves } from '../bench/print-moves';
import { DeliveryRunner } from '../deliveries/delivery-runner';
import { CorrectedClock } from '../feed/corrected-clock';
import { FeedService, type FeedStore } from '../feed/feed-service';
import { FreshnessBoard } from '../feed/freshness-board';
import { fetchPhoto } from '../images/fetch-photo';
import { PhotoCache } from '../images/photo-cache';
import { createHttpGateway } from '../platforms/http-gateway';
import { createJournalHolder, type JournalHolder } from './journal-holder';
import type { CorePorts, Logger, StationCore } from './ports';
import { PrinterBoard } from './printer-board';
import { printingHandlers } from './printing-handlers';
import { resizeImage } from './resize-image';
import { createStoreConnectors, type StoreConnectors } from './store-connectors';
import { storesHandlers } from './stores-handlers';
import { systemTimers } from './system-timers';

/** What tests replace: threads and pictures that need Electron or a built program, and time. */
export interface CoreParts {
  readonly labels: LabelPort & { warmUp(): void; stop(): Promise<void> };
  readonly resize: (bytes: Uint8Array) => Promise<Uint8Array | null>;
  readonly timers: Timers;
  readonly connectors: (ports: CorePorts) => StoreConnectors;
}

/** A number from 0 up to 1 from the injected random bytes. */
const randomUnit = (ports: CorePorts): number => Buffer.from(ports.random(4)).readUInt32BE() / 2 ** 32;

/** Where the station's scheme serves photos; a plan holds the whole path. */
const PHOTO_PREFIX = '/photo/';

/** The longest that calls and print jobs under way may hold up the end of the program. Milliseconds. */
const STOP_LIMIT_MS = 4_000;

/** Builds the core; nothing runs before `start`. */
export function createStationCore(ports: CorePorts, parts: Partial<CoreParts> = {}): StationCore {
  const core = new Core(ports, parts);
  return {
    handlers: core.handlers,
    photo: (path) => core.photos.get(path),
    audit: (action, subject) => core.auditOrThrow(action, subject),
    importNumbers: (pool, carrier, numbers) => core.importOrThrow(pool, carrier, numbers),
    start: () => core.start(),
    stop: () => core.stop(),
  };
}

class Core {
  readonly photos: PhotoCache;
  readonly handlers: StationCore['handlers'];
  private readonly timers: Timers;
  private readonly clock: Clock;
  private readonly state = new BenchState();
  private readonly journal: JournalHolder;
  private readonly correctedClock: CorrectedClock;
  private readonly arbiter: Arbiter;
  private readonly capabilities = new Map<string, PrinterCapability>();
  private readonly spooler: Spooler;
  private readonly printers: PrinterBoard;
  private readonly labels: CoreParts['labels'];
  private readonly moves: PrintMoves;
  private readonly packing: PackingService;
  private readonly gateway: { close(): void };
  private readonly connectors: StoreConnectors;
  private readonly runner: DeliveryRunner;
  private readonly board: FreshnessBoard;
  private readonly feed: FeedService;
  private readonly cancels: (() => void)[] = [];

  constructor(
    private readonly ports: CorePorts,
    parts: Partial<CoreParts>,
  ) {
    const { clock, settings, vault } = ports;
    const logger = (prefix: string): Logger => ports.logger(prefix);
    this.clock = clock;
    this.timers = parts.timers ?? systemTimers;
    this.correctedClock = new CorrectedClock(clock);
    this.journal = createJournalHolder({
      folder: join(ports.profileDir, 'journal'),
      timers: this.timers,
      state: this.state,
      logger: logger('journal'),
      tell: (trouble) => ports.broadcast('journal', 'trouble', trouble),
      onFine: () => this.catchUp(),
    });
    this.arbiter = new Arbiter({
      journal: this.journal,
      state: this.state,
      clock: this.correctedClock,
      session: ports.session,
      stationId: settings.stationId(),
      newId: randomUUID,
      logger: logger('arbiter'),
    });
    const policyOf = (id: string) => settings.stores().find(({ policy }) => policy.storeId === id)?.policy ?? null;
    const { arbiter } = this;
    this.moves = new PrintMoves({ arbiter, policyOf, clock, newId: randomUUID, logger: logger('printing') });
    this.spooler = createSpooler({
      journal: this.moves,
      clock: systemPrintClock,
      reportFault: (fault) => logger('spooler').error('spooler-fault', fault),
    });
    this.printers = new PrinterBoard({
      spooler: this.spooler,
      capabilities: this.capabilities,
      printers: () => settings.printers(),
      onChanged: (view) => ports.broadcast('printing', 'printerChanged', view),
      timers: this.timers,
    });
    this.labels = parts.labels ?? labelWorker(ports);
    this.packing = new PackingService({
      arbiter,
      moves: this.moves,
      labels: this.labels,
      spooler: this.spooler,
      printers: this.printers,
      policyOf,
      vault,
      clock,
      newId: randomUUID,
      logger: logger('packing'),
    });
    const gateway = createHttpGateway({ clock });
    this.gateway = gateway;
    this.connectors = parts.connectors?.(ports) ?? createStoreConnectors({ settings, vault, gateway, clock });
    this.runner = this.buildRunner();
    this.board = new FreshnessBoard({
      clock,
      timers: this.timers,
      tell: (freshness) => ports.broadcast('stores', 'freshnessChanged', freshness),
    });
    this.photos = this.buildPhotos(parts.resize ?? resizeImage);
    this.feed = this.buildFeed();
    this.handlers = this.buildHandlers();
  }

  /** Opens the journal and starts everything on top. Never rejects for a disk that refuses: then work is refused, with words. */
  async start(): Promise<void> {
    const { ports } = this;
    await this.journal.open();
    const { printers, problems } = await loadPrinterCapabilities(join(ports.resourcesDir, 'printers'));
    for (const [id, capability] of printers) this.capabilities.set(id, capability);
    for (const { file, path } of problems) ports.logger('printing').warn('printer-model-unreadable', { file, path });
    await this.printers.sync();
    // Before anything writes: the windows hear of what the restart itself puts on the record.
    this.cancels.push(this.arbiter.subscribe((record) => this.onRecord(record)));
    await this.moves.restore(this.spooler);
    await this.runner.start();
    this.feed.start();
    this.cancels.push(
      ports.settings.onChanged(() => this.onSettings()),
      ports.vault.whenOpen(() => {
        this.runner.nudge();
        this.feed.onSettings();
        this.labels.warmUp();
      }),
    );
  }

  async stop(): Promise<void> {
    for (const cancel of this.cancels.splice(0)) cancel();
    this.feed.stop();
    this.printers.stop();
    await this.atMost(this.runner.stop());
    await this.atMost(this.spooler.stop());
    await this.labels.stop();
    this.gateway.close();
    await this.journal.close();
  }

  /** A shop or printer that hangs must not keep the program from ending: the journal already says "under way" and "sending". */
  private atMost(ending: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.timers.after(STOP_LIMIT_MS, resolve);
      ending.then(resolve, reject).finally(cancel);
    });
  }

  async auditOrThrow(action: string, subject: string): Promise<void> {
    const reply = await this.audit(action, subject);
    if (!reply.ok) throw new Error(reply.error.code);
  }

  async importOrThrow(poolId: PoolId, carrier: string, numbers: readonly WaybillNo[]): Promise<void> {
    if (numbers.length === 0) return;
    const reply = await importNumbers(this.arbiter, this.programAct(), { poolId, carrier }, numbers.join('\n'));
    if (!reply.ok) throw new Error(reply.error.code);
  }

  private audit(action: string, subject: string): Promise<Reply<JournalRecord>> {
    const body = { kind: 'audited' as const, action: action.slice(0, 100), subject: subject.slice(0, 200) };
    return this.arbiter.record({ facts: [this.arbiter.factOf(this.programAct(), body)] });
  }

  /** An act of the program on behalf of whoever is signed in. */
  private programAct(): Act {
    return {
      personId: this.ports.session.current()?.personId ?? null,
      gestureId: gestureId.parse(randomUUID()),
      deviceId: deviceId.parse('station'),
      method: 'system',
    };
  }

  private onRecord(record: JournalRecord): void {
    this.ports.broadcast('journal', 'recorded', record);
    this.feed.onRecord();
    this.runner.onRecord(record);
  }

  private onSettings(): void {
    this.printers.sync().catch((error: unknown) => this.ports.logger('printing').error('printers-not-synced', error));
    this.feed.onSettings();
    this.runner.nudge();
  }

  /** The disk takes records again. */
  private catchUp(): void {
    this.moves
      .catchUp(this.spooler)
      .catch((error: unknown) => this.ports.logger('printing').error('print-steps-not-caught-up', error));
    this.runner.nudge();
  }

  private buildRunner(): DeliveryRunner {
    return new DeliveryRunner({
      ledger: deliveryLedgerOf(this.arbiter),
      shopOf: (store) => this.connectors.connectorOf(store),
      clock: this.clock,
      timers: this.timers,
      random: () => randomUnit(this.ports),
      logger: this.ports.logger('deliveries'),
    });
  }

  private buildPhotos(resize: CoreParts['resize']): PhotoCache {
    const { profileDir, vault, settings } = this.ports;
    return new PhotoCache({
      folder: join(profileDir, 'photos'),
      photoKey: () => vault.photoKey(),
      shopBaseUrl: (id) => settings.stores().find(({ policy }) => policy.storeId === id)?.connection.baseUrl ?? null,
      fetch: fetchPhoto,
      resize,
      clock: this.clock,
      logger: this.ports.logger('photos'),
    });
  }

  private buildFeed(): FeedService {
    const { ports } = this;
    return new FeedService({
      openPort: (windowId) => ports.openFeedPort(windowId),
      vault: ports.vault,
      journal: this.journal,
      stores: () =>
        ports.settings
          .stores()
          .map(({ policy, connection }): FeedStore => ({ policy, pollSeconds: connection.pollSeconds })),
      connectorOf: (store) => this.connectors.connectorOf(store),
      photoPath: (store, address) => {
        const signed = this.photos.pathFor(store, address);
        return signed === null ? null : `${PHOTO_PREFIX}${signed}`;
      },
      board: this.board,
      correctedClock: this.correctedClock,
      clock: this.clock,
      timers: this.timers,
      random: () => randomUnit(ports),
      logger: ports.logger('feed'),
      onReachable: (store) => this.runner.storeReachable(store),
      onJournalBehind: (headSeq, appliedSeq) => this.journal.reportBehind(headSeq, appliedSeq),
    });
  }

  private buildHandlers(): StationCore['handlers'] {
    const { ports, arbiter, packing } = this;
    const { session, settings } = ports;
    const audit = (action: string, subject: string) => this.audit(action, subject);
    return {
      journal: {
        append: (ask) => arbiter.append(ask, session.current()),
        readSince: ({ afterSeq, limit }) => this.journal.answerSince(afterSeq, limit),
      },
      packing: {
        complete: (ask) => packing.complete(ask, session.current()),
        printLabel: (ask) => packing.printLabel(ask, session.current()),
        resolvePrint: (ask) => packing.resolvePrint(ask, session.current()),
        reopen: (ask) => packing.reopen(ask, session.current()),
      },
      printing: printingHandlers({
        board: this.printers,
        spooler: this.spooler,
        labels: this.labels,
        arbiter,
        moves: this.moves,
        session,
        settings,
        clock: this.clock,
        timers: this.timers,
        newId: randomUUID,
        modelIsKnown: (model) => this.capabilities.has(model),
        audit,
      }),
      stores: storesHandlers({
        settings,
        session,
        vault: ports.vault,
        connectors: this.connectors,
        board: this.board,
        feed: this.feed,
        audit,
      }),
      numbers: {
        pools: () => answered([...this.state.numbers.list()]),
        importNumbers: ({ poolId, carrier, text }) => this.importByPerson(poolId, carrier, text),
      },
      deliveries: { act: (ask) => actOnDelivery(arbiter, this.clock, ask, session.current()) },
      feed: {
        open: (_ask, { windowId }) => {
          // A window that has just come has missed what the journal said at its opening.
          this.journal.tellAgain();
          return this.feed.open(windowId);
        },
      },
    };
  }

  private async importByPerson(poolId: PoolId, carrier: string, text: string): ReturnType<typeof importNumbers> {
    const person = this.ports.session.current();
    if (person === null) return refused('not-signed-in');
    if (!hasRight(person.role, 'import-numbers')) return refused('not-allowed');
    const act: Act = { ...this.programAct(), personId: person.personId, method: 'screen' };
    return importNumbers(this.arbiter, act, { poolId, carrier }, text);
  }
}

/** Labels are drawn in a thread of their own: the bundle beside main's. */
function labelWorker(ports: CorePorts): CoreParts['labels'] {
  return createLabelWorkerClient({
    startWorker: () =>
      new Worker(join(__dirname, 'raster-worker.cjs'), {
        workerData: {
          fontPath: join(ports.resourcesDir, 'fonts', 'wqy-microhei.ttc'),
          templatesFolder: join(ports.resourcesDir, 'label-templates'),
        },
      }),
    reportFault: (fault) => ports.logger('labels').error('label-worker-fault', fault),
  });
}
