/**
 * Plans by slot. A slot is a small number that a shipment keeps while the page lives; the columns beside it answer the
 * questions of sorting and state without making a plan. Plans from chunks are made when asked for, changed ones are kept.
 */
import type { ShipmentId, StoreId } from '@shared/domain/ids';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { PlanChunk } from '../data/columns/plan-chunk';
import { NO_MOMENT } from '../data/columns/plan-columns';

/** Plans made from chunks that are kept for the next question: a list's rows and the bench's shipment. */
const KEPT_PLANS = 2_048;

const grownFloats = (column: Float64Array, length: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(length);
  larger.set(column);
  return larger;
};

export class PlanStore {
  private readonly slotOf = new Map<ShipmentId, number>();
  private readonly ids: ShipmentId[] = [];
  /** Chunks in the order of their slots, with the slot of their first row. */
  private readonly chunks: { readonly chunk: PlanChunk; readonly base: number }[] = [];
  private chunkEnd = 0;
  private readonly changed = new Map<number, ShipmentPlan>();
  private readonly made = new Map<number, ShipmentPlan>();
  /** 1 where a slot holds a shipment. */
  private live = new Uint8Array(0);
  tier = new Int32Array(0);
  deadline = new Float64Array(0);
  createdAt = new Float64Array(0);
  notBefore = new Float64Array(0);

  /** Slots given out so far, removed ones included. */
  get slots(): number {
    return this.ids.length;
  }

  get size(): number {
    return this.slotOf.size;
  }

  find(id: ShipmentId): number | undefined {
    return this.slotOf.get(id);
  }

  /** @throws RangeError for a slot that was never given out. */
  idAt(slot: number): ShipmentId {
    const id = this.ids[slot];
    if (id === undefined) throw new RangeError(`slot ${slot}`);
    return id;
  }

  /** Only before any other plan: chunks take the first slots. A shipment that two chunks hold keeps its first slot. */
  addChunk(chunk: PlanChunk): void {
    const base = this.ids.length;
    const { columns } = chunk;
    this.reserve(base + chunk.rows);
    for (let row = 0; row < chunk.rows; row += 1) {
      const id = chunk.idAt(row);
      const slot = base + row;
      this.ids.push(id);
      if (!this.slotOf.has(id)) {
        this.slotOf.set(id, slot);
        this.live[slot] = 1;
      }
      this.tier[slot] = columns.heads[columns.head[row] ?? 0]?.tier ?? 0;
    }
    this.deadline.set(columns.deadline, base);
    this.createdAt.set(columns.createdAt, base);
    this.notBefore.set(columns.notBefore, base);
    this.chunks.push({ chunk, base });
    this.chunkEnd = this.ids.length;
  }

  /** The chunk row behind a slot, while the plan has not changed since. */
  chunkRow(slot: number): { readonly chunk: PlanChunk; readonly row: number } | null {
    if (slot >= this.chunkEnd || this.changed.has(slot)) return null;
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.chunks[middle]?.base ?? 0) <= slot) low = middle;
      else high = middle - 1;
    }
    const found = this.chunks[low];
    return found === undefined ? null : { chunk: found.chunk, row: slot - found.base };
  }

  eachChunk(visit: (chunk: PlanChunk, base: number) => void): void {
    for (const { chunk, base } of this.chunks) visit(chunk, base);
  }

  /** Does this slot hold a shipment now? */
  isLive(slot: number): boolean {
    return this.live[slot] === 1;
  }

  planAt(slot: number): ShipmentPlan {
    const kept = this.changed.get(slot) ?? this.made.get(slot);
    if (kept !== undefined) return kept;
    const source = this.chunkRow(slot);
    if (source === null) throw new RangeError(`slot ${slot}`);
    const plan = source.chunk.planAt(source.row);
    if (this.made.size >= KEPT_PLANS) this.made.clear();
    this.made.set(slot, plan);
    return plan;
  }

  /** The store without making the plan. */
  storeAt(slot: number): StoreId {
    const source = this.chunkRow(slot);
    if (source === null) return this.planAt(slot).storeId;
    const { heads, head } = source.chunk.columns;
    return (heads[head[source.row] ?? 0]?.storeId ?? '') as StoreId;
  }

  /** Puts a plan that is new or has changed. @returns its slot. */
  put(plan: ShipmentPlan): number {
    let slot = this.slotOf.get(plan.shipmentId);
    if (slot === undefined) {
      slot = this.ids.length;
      this.ids.push(plan.shipmentId);
      this.slotOf.set(plan.shipmentId, slot);
      this.reserve(slot + 1);
      this.live[slot] = 1;
    }
    this.changed.set(slot, plan);
    this.made.delete(slot);
    this.tier[slot] = plan.tier;
    this.deadline[slot] = plan.deadline;
    this.createdAt[slot] = plan.createdAt;
    this.notBefore[slot] = plan.notBefore ?? NO_MOMENT;
    return slot;
  }

  /** Forgets a shipment; its slot is not given out again. */
  remove(id: ShipmentId): void {
    const slot = this.slotOf.get(id);
    if (slot === undefined) return;
    this.slotOf.delete(id);
    this.live[slot] = 0;
    this.changed.delete(slot);
    this.made.delete(slot);
  }

  /** Below 0 when `a` is more urgent: tier, then deadline, then age, then id so that equals keep one order. */
  compare(a: number, b: number): number {
    return (
      (this.tier[a] ?? 0) - (this.tier[b] ?? 0) ||
      (this.deadline[a] ?? 0) - (this.deadline[b] ?? 0) ||
      (this.createdAt[a] ?? 0) - (this.createdAt[b] ?? 0) ||
      (a === b ? 0 : this.idAt(a) < this.idAt(b) ? -1 : 1)
    );
  }

  private reserve(slots: number): void {
    if (slots <= this.tier.length) return;
    const length = Math.max(slots, 1_024, this.tier.length * 2);
    const live = new Uint8Array(length);
    live.set(this.live);
    this.live = live;
    const tier = new Int32Array(length);
    tier.set(this.tier);
    this.tier = tier;
    this.deadline = grownFloats(this.deadline, length);
    this.createdAt = grownFloats(this.createdAt, length);
    this.notBefore = grownFloats(this.notBefore, length);
  }
}
