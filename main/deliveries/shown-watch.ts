/**
 * The push-back watch: a shop said yes, does it show the shipment too? Looked at after some seconds, then ever more rarely;
 * after the last look the delivery stays acknowledged under the code `not-shown-yet`, on a screen, and is left alone.
 */
import { NOT_SHOWN_YET, SETTLED_OUTSIDE } from '@shared/domain/delivery';
import type { DeliveryId, StoreId } from '@shared/domain/ids';
import type { DeliveryWork } from '@shared/domain/shipment-work';
import type { Clock } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';
import type { DeliveryLedger, ShopOf } from './delivery-ports';

const LOOKS_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000] as const;
/** After a look that got no answer, or found the store busy with others. */
const AGAIN_MS = 60_000;
const BUSY_MS = 2_000;
const LOOKS_PER_STORE = 2;
const LOOK_LIMIT_MS = 30_000;

export interface ShownWatchDeps {
  readonly ledger: DeliveryLedger;
  readonly shopOf: ShopOf;
  readonly clock: Clock;
  readonly timers: Timers;
  /** 0…1 */
  readonly random: () => number;
}

export class ShownWatch {
  private readonly watched = new Map<DeliveryId, () => void>();
  private readonly looking = new Map<StoreId, number>();
  private readonly ended = new AbortController();

  constructor(private readonly deps: ShownWatchDeps) {}

  /** Takes note of a delivery as it is now: begins or ends its watch. */
  put(delivery: DeliveryWork): void {
    const id = delivery.deliveryId;
    const wanted =
      delivery.state === 'acknowledged' && delivery.lastCode !== SETTLED_OUTSIDE && delivery.lastCode !== NOT_SHOWN_YET;
    if (!wanted) {
      this.watched.get(id)?.();
      this.watched.delete(id);
    } else if (!this.watched.has(id)) this.plan(id, 0, this.spread(LOOKS_MS[0]));
  }

  stop(): void {
    this.ended.abort();
    for (const cancel of this.watched.values()) cancel();
    this.watched.clear();
  }

  private spread(spanMs: number): number {
    return Math.round(spanMs * (1 + this.deps.random() / 4));
  }

  private plan(id: DeliveryId, look: number, delayMs: number): void {
    if (this.ended.signal.aborted) return;
    const cancel = this.deps.timers.after(delayMs, () => void this.look(id, look));
    this.watched.set(id, cancel);
  }

  private async look(id: DeliveryId, look: number): Promise<void> {
    const delivery = this.deps.ledger.find(id);
    if (delivery?.state !== 'acknowledged') return;
    const shop = this.deps.shopOf(delivery.storeId);
    const busy = this.looking.get(delivery.storeId) ?? 0;
    if (shop === null) return this.plan(id, look, AGAIN_MS);
    if (busy >= LOOKS_PER_STORE) return this.plan(id, look, this.spread(BUSY_MS));
    this.looking.set(delivery.storeId, busy + 1);
    const shown = await this.ask(shop, delivery);
    this.looking.set(delivery.storeId, (this.looking.get(delivery.storeId) ?? 1) - 1);
    if (shown === null) return this.plan(id, look, this.spread(AGAIN_MS));
    if (shown) return this.write(delivery, 'shown', '', look);
    const next = LOOKS_MS[look + 1];
    if (next === undefined) return this.write(delivery, 'acknowledged', NOT_SHOWN_YET, look);
    this.plan(id, look + 1, this.spread(next));
  }

  /** @returns null where the shop gave no answer. */
  private async ask(shop: NonNullable<ReturnType<ShopOf>>, delivery: DeliveryWork): Promise<boolean | null> {
    const limit = new AbortController();
    const cancel = this.deps.timers.after(LOOK_LIMIT_MS, () => limit.abort());
    const end = (): void => limit.abort();
    this.ended.signal.addEventListener('abort', end);
    try {
      const shown = await shop.isShown(delivery, limit.signal);
      return shown.ok ? shown.value : null;
    } catch {
      return null; // a connector that throws has told nothing
    } finally {
      cancel();
      this.ended.signal.removeEventListener('abort', end);
    }
  }

  /** A result that the disk refuses is looked for again. */
  private async write(
    delivery: DeliveryWork,
    state: 'shown' | 'acknowledged',
    code: string,
    look: number,
  ): Promise<void> {
    const { deliveryId, attempts: attempt, notBefore } = delivery;
    const written = await this.deps.ledger.move({ deliveryId, state, attempt, code, notBefore });
    if (!written && this.watched.has(deliveryId)) this.plan(deliveryId, look, AGAIN_MS);
  }
}
