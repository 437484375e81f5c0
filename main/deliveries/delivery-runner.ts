/**
 * Tells the shops. It runs in main on the journal's fold, so that no crashed window stops it.
 *
 * The walk of one attempt: "under way, attempt n" is flushed; the shop is called; what came of it is flushed. A disk that
 * refuses the first record means no call; one that refuses the second keeps the outcome here until it takes it. After a
 * restart whatever was under way is unknown, and from the second attempt on the connector reads back before it writes.
 */
import { nextAttemptAt, type DeliveryOutcome } from '@shared/domain/delivery';
import type { JournalRecord } from '@shared/domain/fact';
import type { DeliveryId, StoreId } from '@shared/domain/ids';
import type { DeliveryWork } from '@shared/domain/shipment-work';
import { addMs, toInstant, type Clock, type Instant } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';
import type { Logger } from '../wiring/ports';
import { DeliveryLanes } from './delivery-lanes';
import type { DeliveryLedger, DeliveryShop, DeliveryStep, ShopOf } from './delivery-ports';
import { ShownWatch } from './shown-watch';

export interface DeliveryRunnerDeps {
  readonly ledger: DeliveryLedger;
  readonly shopOf: ShopOf;
  readonly clock: Clock;
  readonly timers: Timers;
  /** 0…1; spreads retries. */
  readonly random: () => number;
  readonly logger: Logger;
  /** Calls to one store at a time. */
  readonly perStore?: number;
  /** The longest that one confirmation may take, its read-backs and waits included. Milliseconds. */
  readonly callLimitMs?: number;
}

const PER_STORE = 4;
const CALL_LIMIT_MS = 180_000;
/** Pause before the disk, or a store that cannot be called, is tried again. */
const DISK_PAUSE_MS = 5_000;
const NO_SHOP_PAUSE_MS = 60_000;

export class DeliveryRunner {
  private readonly lanes = new DeliveryLanes();
  private readonly watch: ShownWatch;
  private readonly calls = new Set<Promise<void>>();
  private readonly ended = new AbortController();
  private cancelWake: (() => void) | null = null;
  private tickPlanned = false;
  /** No attempt before this moment, because the disk refused a record. */
  private diskPauseUntil: Instant | null = null;

  constructor(private readonly deps: DeliveryRunnerDeps) {
    this.watch = new ShownWatch(deps);
  }

  /** Takes over what the journal holds. What was under way when the program ended is unknown from here on. */
  async start(): Promise<void> {
    const all = [...this.deps.ledger.all()];
    for (const delivery of all) {
      if (delivery.state === 'under-way')
        await this.move(delivery, 'unknown', 'restarted', this.retryAt(delivery.attempts));
      this.note(this.deps.ledger.find(delivery.deliveryId) ?? delivery);
    }
    this.tick();
  }

  /** Every flushed record goes through here. */
  onRecord(record: JournalRecord): void {
    for (const { body } of record.facts) {
      if (body.kind === 'delivery-moved') this.noteId(body.deliveryId);
      else if (body.kind === 'parcel-closed' || body.kind === 'deliveries-created')
        body.deliveries.forEach((each) => this.noteId(each.deliveryId));
      else if (body.kind === 'parcel-reopened') body.withdraws.forEach((id) => this.noteId(id));
      else if (body.kind !== 'hold-placed' && body.kind !== 'hold-released') continue;
      this.planTick();
    }
  }

  /** A shop has just answered something else: what waited because it was offline goes at once. */
  storeReachable(store: StoreId): void {
    this.lanes.reachable(store);
    this.planTick();
  }

  /** Settings or vault changed: stores may be callable now. */
  nudge(): void {
    this.planTick();
  }

  /** Ends calls under way (they become unknown) and waits for their records. */
  async stop(): Promise<void> {
    this.ended.abort();
    this.watch.stop();
    this.cancelWake?.();
    await Promise.all(this.calls);
  }

  private noteId(id: DeliveryId): void {
    const delivery = this.deps.ledger.find(id);
    if (delivery !== undefined) this.note(delivery);
  }

  private note(delivery: DeliveryWork): void {
    this.lanes.put(delivery);
    this.watch.put(delivery);
  }

  private planTick(): void {
    if (this.tickPlanned) return;
    this.tickPlanned = true;
    queueMicrotask(() => {
      this.tickPlanned = false;
      this.tick();
    });
  }

  private tick(): void {
    this.cancelWake?.();
    this.cancelWake = null;
    if (this.ended.signal.aborted) return;
    const { clock } = this.deps;
    const now = clock.now();
    if (this.diskPauseUntil !== null && this.diskPauseUntil > now) return this.wakeAt(this.diskPauseUntil);
    this.diskPauseUntil = null;
    let withoutShop = false;
    const { start, wakeAt } = this.lanes.nextUp(now, { perStore: this.deps.perStore ?? PER_STORE }, (delivery) => {
      if (this.deps.ledger.isHeld(delivery.shipmentId)) return false;
      if (this.deps.shopOf(delivery.storeId) !== null) return true;
      withoutShop = true;
      return false;
    });
    for (const delivery of start) this.begin(delivery);
    const later = withoutShop ? addMs(now, NO_SHOP_PAUSE_MS) : null;
    if (wakeAt !== null || later !== null) this.wakeAt(toInstant(Math.min(wakeAt ?? Infinity, later ?? Infinity)));
  }

  private wakeAt(moment: Instant): void {
    this.cancelWake = this.deps.timers.after(Math.max(0, moment - this.deps.clock.now()), () => this.tick());
  }

  private begin(delivery: DeliveryWork): void {
    this.lanes.begin(delivery);
    const call = this.attempt(delivery)
      .catch((error: unknown) =>
        this.deps.logger.error('delivery-attempt-failed', error, { deliveryId: delivery.deliveryId }),
      )
      .finally(() => {
        this.calls.delete(call);
        this.lanes.end(delivery);
        this.noteId(delivery.deliveryId);
        this.planTick();
      });
    this.calls.add(call);
  }

  private async attempt({ deliveryId, storeId }: DeliveryWork): Promise<void> {
    const { ledger, clock, logger } = this.deps;
    const delivery = ledger.find(deliveryId);
    const shop = this.deps.shopOf(storeId);
    if (shop === null || (delivery?.state !== 'waiting' && delivery?.state !== 'unknown')) return;
    const attempt = delivery.attempts + 1;
    const begun = await ledger.move({
      deliveryId,
      state: 'under-way',
      attempt,
      code: '',
      notBefore: delivery.notBefore,
    });
    if (!begun) {
      const state = ledger.find(deliveryId)?.state;
      // Withdrawn or settled in between is no trouble of the disk.
      if (state === 'waiting' || state === 'unknown') this.diskPauseUntil = addMs(clock.now(), DISK_PAUSE_MS);
      return;
    }
    const outcome = await this.call(shop, delivery, attempt);
    logger.info('delivery-outcome', { deliveryId, attempt, kind: outcome.kind, code: codeOf(outcome) });
    await this.keepUntilWritten(this.stepOf(delivery, attempt, outcome));
  }

  /** Calls the shop within the limit. A connector that throws or overruns has proved nothing. */
  private async call(shop: DeliveryShop, delivery: DeliveryWork, attempt: number): Promise<DeliveryOutcome> {
    const limit = new AbortController();
    const cancel = this.deps.timers.after(this.deps.callLimitMs ?? CALL_LIMIT_MS, () => limit.abort());
    const end = (): void => limit.abort();
    this.ended.signal.addEventListener('abort', end);
    try {
      return await shop.confirmShipment(delivery, attempt, limit.signal);
    } catch (error) {
      this.deps.logger.error('delivery-call-threw', error, { deliveryId: delivery.deliveryId, attempt });
      return {
        kind: 'unknown',
        notBefore: this.retryAt(attempt),
        code: limit.signal.aborted ? 'cut' : 'connector-fault',
      };
    } finally {
      cancel();
      this.ended.signal.removeEventListener('abort', end);
    }
  }

  private retryAt(attempts: number): Instant {
    return nextAttemptAt(this.deps.clock.now(), Math.max(1, attempts), this.deps.random());
  }

  private stepOf(delivery: DeliveryWork, attempt: number, outcome: DeliveryOutcome): DeliveryStep {
    const { deliveryId, storeId } = delivery;
    const now = this.deps.clock.now();
    const code = codeOf(outcome);
    if (outcome.kind === 'acknowledged') return { deliveryId, state: 'acknowledged', attempt, code, notBefore: now };
    if (outcome.kind === 'parked') return { deliveryId, state: 'parked', attempt, code, notBefore: now };
    // The shop's own word on when ("too often") is never undercut by our pace.
    const notBefore = toInstant(Math.max(outcome.notBefore, this.retryAt(attempt)));
    this.lanes.pauseStore(storeId, code, notBefore);
    return { deliveryId, state: outcome.kind === 'again' ? 'waiting' : 'unknown', attempt, code, notBefore };
  }

  private async keepUntilWritten(step: DeliveryStep): Promise<void> {
    while (!(await this.deps.ledger.move(step))) {
      if (this.ended.signal.aborted || this.deps.ledger.find(step.deliveryId)?.state !== 'under-way') return;
      this.deps.logger.warn('delivery-outcome-not-written', { deliveryId: step.deliveryId });
      await this.pause(DISK_PAUSE_MS);
    }
  }

  private pause(spanMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.deps.timers.after(spanMs, resolve);
      this.ended.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  private move(delivery: DeliveryWork, state: 'unknown', code: string, notBefore: Instant): Promise<boolean> {
    return this.deps.ledger.move({
      deliveryId: delivery.deliveryId,
      state,
      attempt: delivery.attempts,
      code,
      notBefore,
    });
  }
}

const codeOf = (outcome: DeliveryOutcome): string => (outcome.kind === 'acknowledged' ? '' : outcome.code);
