/** Counts by state, store and tier, kept by increments. */
import { shipmentState, type ShipmentState } from '@shared/domain/shipment';
import type { StoreId } from '@shared/domain/ids';
import type { DeliveryState } from '@shared/domain/delivery';
import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { Counters, StateCounts } from './index-types';

export const STATES = shipmentState.options;
const CODE_OF: ReadonlyMap<ShipmentState, number> = new Map(STATES.map((state, code) => [state, code]));
/** A state as a small number, for columns. */
export const stateCode = (state: ShipmentState): number => CODE_OF.get(state) ?? 0;

const UNSENT: ReadonlySet<DeliveryState> = new Set(['waiting', 'under-way', 'unknown']);

const countsOf = (column: Int32Array): StateCounts => {
  const counts: Record<ShipmentState, number> = {
    waiting: 0,
    ready: 0,
    open: 0,
    verified: 0,
    labelled: 0,
    weighed: 0,
    closed: 0,
    'handed-over': 0,
    held: 0,
    exception: 0,
    short: 0,
    cancelled: 0,
  };
  STATES.forEach((state, code) => {
    counts[state] = column[code] ?? 0;
  });
  return counts;
};

function columnFor<K>(columns: Map<K, Int32Array>, key: K): Int32Array {
  const known = columns.get(key);
  if (known !== undefined) return known;
  const fresh = new Int32Array(STATES.length);
  columns.set(key, fresh);
  return fresh;
}

export class StateCounters {
  private readonly all = new Int32Array(STATES.length);
  private readonly stores = new Map<StoreId, Int32Array>();
  private readonly tiers = new Map<number, Int32Array>();
  private total = 0;
  private unsent = 0;
  private parked = 0;

  /** @param by 1 when a shipment enters this state, -1 when it leaves it. */
  move(by: 1 | -1, store: StoreId, tier: number, state: number): void {
    this.total += by;
    this.all[state] = (this.all[state] ?? 0) + by;
    for (const column of [columnFor(this.stores, store), columnFor(this.tiers, tier)])
      column[state] = (column[state] ?? 0) + by;
  }

  moveDeliveries(by: 1 | -1, work: ShipmentWork | null): void {
    for (const delivery of work?.deliveries ?? []) {
      if (UNSENT.has(delivery.state)) this.unsent += by;
      if (delivery.state === 'parked') this.parked += by;
    }
  }

  /** The figures as they are now, not touched by later moves. */
  snapshot(version: number): Counters {
    return {
      version,
      total: this.total,
      byState: countsOf(this.all),
      byStore: new Map([...this.stores].map(([store, column]) => [store, countsOf(column)])),
      byTier: new Map([...this.tiers].sort(([a], [b]) => a - b).map(([tier, column]) => [tier, countsOf(column)])),
      unsent: this.unsent,
      parked: this.parked,
    };
  }
}
