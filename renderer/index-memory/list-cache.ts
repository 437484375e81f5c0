/** Lists: one walk over the sorted slots per query and version. */
import type { ShipmentId } from '@shared/domain/ids';
import type { ListQuery, ListSnapshot, ShipmentRow } from './index-types';
import type { PlanStore } from './plan-store';
import { stateCode, STATES } from './state-counters';

export interface ListSource {
  sorted(): Int32Array;
  search(query: string, tokens: readonly string[]): Uint8Array | null;
  stateAt(slot: number): number;
  readonly plans: PlanStore;
  rowAt(slot: number): ShipmentRow;
}

/** Queries that different parts of a screen ask at one time. */
const KEPT_LISTS = 4;

const keyOf = (query: ListQuery): string =>
  JSON.stringify([query.states, query.storeId, query.tier, query.text.trim().toLowerCase(), query.tokens]);

export class ListCache {
  private readonly kept = new Map<string, ListSnapshot>();

  constructor(private readonly source: ListSource) {}

  list(query: ListQuery, version: number): ListSnapshot {
    const key = keyOf(query);
    const known = this.kept.get(key);
    if (known?.version === version) return known;
    const made = this.make(query, version);
    this.kept.delete(key);
    this.kept.set(key, made);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_LISTS && oldest !== undefined) this.kept.delete(oldest);
    return made;
  }

  private make(query: ListQuery, version: number): ListSnapshot {
    const { plans } = this.source;
    const slots = this.select(query);
    return {
      version,
      length: slots.length,
      idAt: (position) => (position < slots.length ? plans.idAt(slots[position] ?? 0) : undefined),
      rowAt: (position) => {
        const slot = slots[position];
        // A list that is a moment old may name a shipment that has gone since.
        return slot === undefined || !plans.isLive(slot) ? undefined : this.source.rowAt(slot);
      },
      positionOf: (id: ShipmentId) => {
        const slot = plans.find(id);
        return slot === undefined ? -1 : slots.indexOf(slot);
      },
    };
  }

  private select(query: ListQuery): Int32Array {
    const { plans } = this.source;
    const sorted = this.source.sorted();
    const hits = this.source.search(query.text, query.tokens);
    const wanted = new Uint8Array(STATES.length).fill(query.states === null ? 1 : 0);
    for (const state of query.states ?? []) wanted[stateCode(state)] = 1;
    const selected = new Int32Array(sorted.length);
    let count = 0;
    for (const slot of sorted) {
      if (hits !== null && hits[slot] !== 1) continue;
      if (wanted[this.source.stateAt(slot)] !== 1) continue;
      if (query.tier !== null && plans.tier[slot] !== query.tier) continue;
      if (query.storeId !== null && plans.storeAt(slot) !== query.storeId) continue;
      selected[count] = slot;
      count += 1;
    }
    return selected.slice(0, count);
  }
}
