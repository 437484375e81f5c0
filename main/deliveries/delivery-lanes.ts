/**
 * Which deliveries may go now. A lane is one order: its deliveries go one after another by sequence, orders do not wait for
 * each other. A store that is offline or asked us to wait is left alone as a whole, so that one probe and not a hundred finds out.
 */
import type { DeliveryId, OrderKey, StoreId } from '@shared/domain/ids';
import type { DeliveryWork } from '@shared/domain/shipment-work';
import type { Instant } from '@shared/units/instant';

/** Outcomes that tell of the way to the shop, not of the order; `read-` stands before one that a read-back met. */
const plainCode = (code: string | null): string => (code ?? '').replace(/^read-/, '');
const STORE_WIDE: ReadonlySet<string> = new Set(['offline', 'throttled']);

/** No wait of ours is longer; a moment beyond it was written under a clock that has been set back since. */
const FARTHEST_MS = 6 * 3_600_000;

export interface LaneLimits {
  readonly perStore: number;
}

export interface NextUp {
  readonly start: readonly DeliveryWork[];
  /** When to look again, or null when nothing waits for time. */
  readonly wakeAt: Instant | null;
}

export class DeliveryLanes {
  private readonly lanes = new Map<OrderKey, Map<DeliveryId, DeliveryWork>>();
  private readonly busyLanes = new Set<OrderKey>();
  private readonly busyStores = new Map<StoreId, number>();
  private readonly pauses = new Map<StoreId, Instant>();
  private readonly dueAtOnce = new Set<DeliveryId>();

  /** Takes note of a delivery as it is now. Parked ones leave their lane: what comes behind does not wait for a person. */
  put(delivery: DeliveryWork): void {
    const lane = this.lanes.get(delivery.orderKey) ?? new Map<DeliveryId, DeliveryWork>();
    const runs = delivery.state === 'waiting' || delivery.state === 'unknown' || delivery.state === 'under-way';
    if (runs) lane.set(delivery.deliveryId, delivery);
    else lane.delete(delivery.deliveryId);
    if (lane.size > 0) this.lanes.set(delivery.orderKey, lane);
    else this.lanes.delete(delivery.orderKey);
  }

  begin(delivery: DeliveryWork): void {
    this.busyLanes.add(delivery.orderKey);
    this.busyStores.set(delivery.storeId, (this.busyStores.get(delivery.storeId) ?? 0) + 1);
    this.dueAtOnce.delete(delivery.deliveryId);
  }

  end(delivery: DeliveryWork): void {
    this.busyLanes.delete(delivery.orderKey);
    this.busyStores.set(delivery.storeId, Math.max(0, (this.busyStores.get(delivery.storeId) ?? 1) - 1));
  }

  /** After an attempt: a code of the whole store makes its other deliveries wait as well. */
  pauseStore(store: StoreId, code: string, until: Instant): void {
    if (STORE_WIDE.has(plainCode(code))) this.pauses.set(store, until);
  }

  /** The shop has just answered: what waits only because it was offline is due at once. */
  reachable(store: StoreId): void {
    this.pauses.delete(store);
    for (const lane of this.lanes.values())
      for (const delivery of lane.values())
        if (delivery.storeId === store && plainCode(delivery.lastCode) === 'offline')
          this.dueAtOnce.add(delivery.deliveryId);
  }

  /** @param mayGo says no where the delivery is held or its store cannot be called. */
  nextUp(now: Instant, limits: LaneLimits, mayGo: (delivery: DeliveryWork) => boolean): NextUp {
    const heads = [...this.lanes]
      .filter(([order]) => !this.busyLanes.has(order))
      .flatMap(([, lane]) => firstOf(lane))
      .filter(mayGo)
      .map((delivery) => ({ delivery, dueAt: this.dueAt(delivery, now) }))
      .sort((a, b) => a.dueAt - b.dueAt || a.delivery.createdAt - b.delivery.createdAt);
    const slots = new Map(this.busyStores);
    const start: DeliveryWork[] = [];
    let wakeAt: Instant | null = null;
    for (const { delivery, dueAt } of heads) {
      const used = slots.get(delivery.storeId) ?? 0;
      if (dueAt > now) wakeAt ??= dueAt;
      // A full store looks again when one of its calls ends.
      else if (used < this.slotsOf(delivery, limits)) {
        slots.set(delivery.storeId, used + 1);
        start.push(delivery);
      }
    }
    return { start, wakeAt };
  }

  /** A store that was offline gets one probe first. */
  private slotsOf(delivery: DeliveryWork, limits: LaneLimits): number {
    return plainCode(delivery.lastCode) === 'offline' && !this.dueAtOnce.has(delivery.deliveryId) ? 1 : limits.perStore;
  }

  private dueAt(delivery: DeliveryWork, now: Instant): Instant {
    if (this.dueAtOnce.has(delivery.deliveryId)) return now;
    const pause = this.pauses.get(delivery.storeId);
    const dueAt = pause !== undefined && pause > delivery.notBefore ? pause : delivery.notBefore;
    return dueAt - now > FARTHEST_MS ? now : dueAt;
  }
}

function firstOf(lane: ReadonlyMap<DeliveryId, DeliveryWork>): DeliveryWork[] {
  let first: DeliveryWork | null = null;
  for (const delivery of lane.values()) if (first === null || delivery.sequence < first.sequence) first = delivery;
  return first === null || first.state === 'under-way' ? [] : [first];
}
