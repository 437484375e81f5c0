/**
 * Ingest: applies the feed's pages and journal records to the database and tells the windows what changed.
 *
 * The walk: the engine says where its database stands (`hello`); main answers with keys and policies, the journal records
 * that are missing, and pages as fast as credits allow. Records go first, because a bench may ask for them; pages are
 * written in small transactions that give way to hands. Everything may come twice, late or out of order and ends the same.
 * When nothing comes for a while the snapshot chunks are brought up to date.
 */
import { z } from 'zod';
import { toWorker, type ToWorker } from '@shared/contract/feed';
import type { StorePolicy } from '@shared/domain/store';
import { storageCode } from '../data/database';
import { importFieldKeys } from '../data/field-keys';
import { IngestRepository, type PlanChange } from '../data/ingest-repository';
import { JournalMirrorRepository } from '../data/journal-mirror-repository';
import { writePolicies } from '../data/meta-repository';
import { applyPage } from './apply-page';
import { GiveWay } from './give-way';
import { IngestInbox, type Job, type Page } from './ingest-inbox';
import type { IngestPorts } from './ingest-ports';
import { loadIngestState, type IngestState } from './ingest-state';
import type { SealKeys } from './prepare-orders';
import { plansDifferently, replanStore } from './replan-store';
import { SnapshotKeeper } from './snapshot-keeper';

/** Pages that may be on their way at once. */
export const CREDITS = 8;
/** Records per transaction. */
const RECORDS_PER_TRANSACTION = 100;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;

const anyPage = z.object({ kind: z.literal('page'), pageId: z.number().int().min(1) });

export class IngestEngine {
  private readonly inbox = new IngestInbox();
  private readonly repository: IngestRepository;
  private readonly mirror: JournalMirrorRepository;
  private readonly giveWay: GiveWay;
  private readonly keeper: SnapshotKeeper;
  private keys: SealKeys | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;
  private retryMs = 0;

  private constructor(
    private readonly ports: IngestPorts,
    private readonly state: IngestState,
  ) {
    this.repository = new IngestRepository(ports.database);
    this.mirror = new JournalMirrorRepository(ports.database);
    this.giveWay = new GiveWay(ports);
    this.keeper = new SnapshotKeeper(ports, this.giveWay, () => this.inbox.isEmpty && !this.stopped);
  }

  /** Loads where the database stands, says hello and listens. @throws Dexie's errors. */
  static async start(ports: IngestPorts): Promise<IngestEngine> {
    const engine = new IngestEngine(ports, await loadIngestState(ports.database));
    ports.channel.listen((message) => {
      if (message.kind === 'hands-busy') engine.giveWay.handsBusy();
      if (message.kind === 'read-orders')
        for (const order of message.orders) ports.feed.post({ kind: 'readOrder', ...order });
    });
    ports.feed.listen((message) => engine.receive(message));
    engine.sayHello();
    engine.keeper.rest();
    return engine;
  }

  /** Takes nothing more; ends when what is under way is committed. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.keeper.stop();
    await this.whenIdle();
  }

  /** Ends when everything that has come so far is applied. */
  async whenIdle(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  private sayHello(): void {
    this.ports.feed.post({
      kind: 'hello',
      cursors: Object.fromEntries(this.state.cursors),
      appliedSeq: this.state.appliedSeq,
      credits: CREDITS,
    });
  }

  private receive(raw: unknown): void {
    if (this.stopped) return;
    const parsed = toWorker.safeParse(raw);
    if (!parsed.success) {
      const page = anyPage.safeParse(raw);
      if (page.success) this.ports.feed.post({ kind: 'failed', pageId: page.data.pageId, code: 'page-invalid' });
      else this.trouble('message-invalid');
      return;
    }
    this.take(parsed.data);
  }

  private take(message: ToWorker): void {
    this.inbox.put(message);
    this.keeper.disturb();
    this.keepGoing();
  }

  private keepGoing(): void {
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.inbox.isEmpty || this.stopped) this.keeper.rest();
      else this.keepGoing();
    });
  }

  private async run(): Promise<void> {
    while (!this.inbox.isEmpty) {
      await this.applyRecords();
      const job = this.inbox.takeJob();
      if (job !== undefined) await this.work(job).catch((error: unknown) => this.trouble(storageCode(error)));
      else if (this.inbox.hasRecords) await this.waitBeforeRetry();
      if (this.stopped) return;
    }
  }

  private async work(job: Job): Promise<void> {
    if (job.kind === 'page') return this.page(job);
    if (job.kind === 'welcome') await this.importKeys(job.keys);
    await this.policies(job.policies);
  }

  private async importKeys(raw: Parameters<typeof importFieldKeys>[0]): Promise<void> {
    const ring = await importFieldKeys(raw, 'seal');
    if (ring.contact !== null && ring.money !== null)
      this.keys = { contact: ring.contact, money: ring.money, search: ring.search };
  }

  private async page(page: Page): Promise<void> {
    const fail = (code: string): void => this.ports.feed.post({ kind: 'failed', pageId: page.pageId, code });
    const policy = this.state.policies.get(page.storeId);
    if (this.keys === null) return fail('not-welcomed');
    if (policy === undefined) return fail('store-unknown');
    try {
      const told = await applyPage(page, policy, {
        repository: this.repository,
        state: this.state,
        keys: this.keys,
        before: () => this.beforeTransaction(),
        announce: (change) => this.announce(change),
      });
      this.ports.feed.post(told);
    } catch (error) {
      fail(storageCode(error));
      this.trouble(storageCode(error));
    }
  }

  /** Records go before the next piece of a page, hands before both. */
  private async beforeTransaction(): Promise<void> {
    await this.applyRecords();
    await this.giveWay.untilQuiet();
  }

  private async policies(policies: readonly StorePolicy[]): Promise<void> {
    const before = new Map(this.state.policies);
    this.state.policies.clear();
    for (const policy of policies) this.state.policies.set(policy.storeId, policy);
    try {
      for (const policy of policies)
        if (plansDifferently(before.get(policy.storeId), policy))
          await replanStore(policy.storeId, policy, {
            repository: this.repository,
            groupings: () => this.state.groupings,
            before: () => this.beforeTransaction(),
            announce: (change) => this.announce(change),
          });
      // Written last: a stop in between plans the stores again.
      await writePolicies(this.ports.database, policies);
    } catch (error) {
      this.trouble(storageCode(error));
    }
  }

  private async applyRecords(): Promise<void> {
    const records = this.inbox.takeRecords();
    for (let from = 0; from < records.length; from += RECORDS_PER_TRANSACTION) {
      const batch = records.slice(from, from + RECORDS_PER_TRANSACTION);
      try {
        const mirrored = await this.mirror.apply(batch);
        this.retryMs = 0;
        this.state.appliedSeq = mirrored.appliedSeq;
        this.state.groupings = mirrored.groupings;
        if (mirrored.plans !== null) this.announce(mirrored.plans);
        if (mirrored.skipped.length > 0) this.trouble('facts-skipped');
        // Records are missing in between: hello says where we stand, and main sends from there.
        if (mirrored.gap) return this.sayHello();
        if (mirrored.applied > 0) this.ports.feed.post({ kind: 'caughtUp', appliedSeq: mirrored.appliedSeq });
      } catch (error) {
        // The journal has them; they are tried again until the database takes them.
        this.inbox.putBackRecords(records.slice(from));
        this.trouble(storageCode(error));
        this.retryMs = Math.min(LONGEST_RETRY_MS, Math.max(FIRST_RETRY_MS, this.retryMs * 2));
        return;
      }
    }
  }

  private waitBeforeRetry(): Promise<void> {
    return this.ports.wait(Math.max(FIRST_RETRY_MS, this.retryMs));
  }

  /** Follows on the announcement before: change numbers in between were works, which windows fold by themselves. */
  private announce({ to, rows }: PlanChange): void {
    this.ports.channel.post({ kind: 'plans-changed', from: this.state.announced, to, rows: [...rows] });
    this.state.announced = to;
  }

  private trouble(code: string): void {
    this.ports.channel.post({ kind: 'ingest-trouble', code: code.slice(0, 200) });
  }
}
