/**
 * The memory index: every open shipment of the station in the page, for verdicts, lists and counters without a database.
 *
 * The walk: it is loaded once from snapshot chunks and what changed since; from then on plans come as the ingest worker
 * commits them, and facts as the journal's records. Facts of this window are shown before the journal has them
 * (`propose`) and taken back when it refuses. Whatever the order of increments, the index equals one built from scratch.
 */
import type { JournalRecord } from '@shared/domain/fact';
import type { ShipmentId } from '@shared/domain/ids';
import type { Posting, ScanLookup } from '@shared/domain/scan-verdict';
import { shipmentStanding } from '@shared/domain/shipment-state';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { Clock, Instant } from '@shared/units/instant';
import { foldRecord } from '../data/fold-record';
import type { IndexMaterial } from '../data/plan-repository';
import type { PlanRow } from '../data/rows';
import { CodeTable, hashCode } from './code-table';
import type { Counters, DeliveryRow, IndexChange, ListQuery, ListSnapshot, ShipmentRow } from './index-types';
import { ListCache } from './list-cache';
import { PendingFacts, type PendingAct, type Proposal } from './pending-facts';
import { PlanStore } from './plan-store';
import { RestingStates } from './resting-state';
import { findPostings, type PostingSource } from './scan-postings';
import { addChunkCodes, codesInChunk, codesOfPlan, codesOfWork, type ShipmentCode } from './shipment-codes';
import { SortedSlots } from './sorted-slots';
import { StateCounters, stateCode } from './state-counters';
import { TextSearch } from './text-search';
import { WaitingShipments } from './waiting-shipments';

/** Codes of the shipments that come while the page lives. */
const ROOM_TO_GROW = 1.1;

const WAITING = stateCode('waiting');

export class MemoryIndex implements ScanLookup {
  private readonly plans = new PlanStore();
  private readonly codes = new CodeTable();
  private readonly sorted = new SortedSlots((a, b) => this.plans.compare(a, b));
  private readonly counts = new StateCounters();
  private readonly waiting = new WaitingShipments();
  private readonly pending = new PendingFacts();
  /** Works as the journal says, and as they look with pending facts on top. */
  private readonly confirmed = new Map<ShipmentId, ShipmentWork>();
  private readonly works = new Map<ShipmentId, ShipmentWork>();
  private states = new Uint8Array(0);
  private readonly text: TextSearch;
  private readonly lists: ListCache;
  private readonly postings: PostingSource;
  private readonly listeners = new Set<(change: IndexChange) => void>();
  private currentVersion = 0;
  private appliedSeq = 0;
  private counters: Counters | null = null;

  constructor(private readonly clock: Clock) {
    const { plans } = this;
    const workAt = (slot: number): ShipmentWork | null => this.works.get(plans.idAt(slot)) ?? null;
    const stateAt = (slot: number): number => this.states[slot] ?? 0;
    this.postings = {
      codes: this.codes,
      isLive: (slot) => plans.isLive(slot),
      planAt: (slot) => plans.planAt(slot),
      workAt,
      stateAt,
      idAt: (slot) => plans.idAt(slot),
      compare: (a, b) => plans.compare(a, b),
    };
    this.text = new TextSearch({
      get slots() {
        return plans.slots;
      },
      eachChunk: (visit) => plans.eachChunk(visit),
      isLive: (slot) => plans.isLive(slot),
      planAt: (slot) => plans.planAt(slot),
      workAt,
    });
    this.lists = new ListCache({
      sorted: () => this.sorted.view(),
      search: (query, tokens) => this.text.search(query, tokens),
      stateAt,
      plans,
      rowAt: (slot) => this.rowAt(slot),
    });
  }

  /** Fills the index; once, before anything else. */
  load(material: IndexMaterial): void {
    for (const chunk of material.chunks) this.plans.addChunk(chunk);
    for (const row of material.plans) {
      if (row.gone) this.plans.remove(row.shipmentId);
      else this.plans.put(row.plan);
    }
    for (const chunk of material.chunks)
      for (const [row, work] of chunk.columns.works) this.confirmed.set(chunk.idAt(row), work);
    for (const { shipmentId, work } of material.works) this.confirmed.set(shipmentId, work);
    for (const [id, work] of this.confirmed) this.works.set(id, work);
    this.loadStates();
    this.loadCodes();
    for (const work of this.works.values()) this.counts.moveDeliveries(1, work);
    this.text.adopt();
    for (const row of material.plans) this.touchText(row.shipmentId);
    for (const id of this.works.keys()) this.touchText(id);
    this.appliedSeq = material.appliedSeq;
    this.changed('all');
  }

  private touchText(id: ShipmentId): void {
    const slot = this.plans.find(id);
    if (slot !== undefined) this.text.touch(slot);
  }

  private loadStates(): void {
    const { plans } = this;
    const resting = new RestingStates(this.clock.now());
    this.states = new Uint8Array(plans.slots);
    const live = new Int32Array(plans.size);
    let count = 0;
    for (let slot = 0; slot < plans.slots; slot += 1) {
      if (!plans.isLive(slot)) continue;
      live[count] = slot;
      count += 1;
      const source = this.works.has(plans.idAt(slot)) ? null : plans.chunkRow(slot);
      const state = source === null ? this.judge(slot) : resting.stateOf(source.chunk, source.row);
      this.enter(slot, state);
    }
    this.sorted.fill(live.subarray(0, count));
  }

  private loadCodes(): void {
    const { plans } = this;
    let expected = 0;
    plans.eachChunk((chunk) => (expected += codesInChunk(chunk)));
    this.codes.reserve(Math.ceil(expected * ROOM_TO_GROW));
    plans.eachChunk((chunk, base) =>
      addChunkCodes(this.codes, chunk, base, (slot) => plans.isLive(slot) && plans.chunkRow(slot) !== null),
    );
    for (let slot = 0; slot < plans.slots; slot += 1)
      if (plans.isLive(slot) && plans.chunkRow(slot) === null) this.addCodes(slot, codesOfPlan(plans.planAt(slot)));
    for (const [id, work] of this.works) {
      const slot = plans.find(id);
      if (slot !== undefined) this.addCodes(slot, codesOfWork(work));
    }
  }

  // ---- what is asked

  /** Rises with every change; for `useSyncExternalStore`. */
  version(): number {
    return this.currentVersion;
  }

  /** @returns cancel. */
  subscribe(listener: (change: IndexChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  find(code: string): readonly Posting[] {
    return findPostings(this.postings, code);
  }

  plan(id: ShipmentId): ShipmentPlan | undefined {
    const slot = this.plans.find(id);
    return slot === undefined ? undefined : this.plans.planAt(slot);
  }

  /** With pending facts. */
  work(id: ShipmentId): ShipmentWork | null {
    return this.works.get(id) ?? null;
  }

  /** As the journal says, without pending facts. */
  confirmedWork(id: ShipmentId): ShipmentWork | null {
    return this.confirmed.get(id) ?? null;
  }

  /** The revision that the next act of this window must name: what is confirmed, and one for each act under way. */
  expectedRevision(id: ShipmentId): number {
    return (this.confirmed.get(id)?.revision ?? 0) + this.pending.countOf(id);
  }

  pendingActs(id: ShipmentId): number {
    return this.pending.countOf(id);
  }

  row(id: ShipmentId): ShipmentRow | undefined {
    const slot = this.plans.find(id);
    return slot === undefined ? undefined : this.rowAt(slot);
  }

  /** The same query at the same version answers with the same object. */
  list(query: ListQuery): ListSnapshot {
    return this.lists.list(query, this.currentVersion);
  }

  /** The same object until something changes. */
  counted(): Counters {
    if (this.counters?.version !== this.currentVersion) this.counters = this.counts.snapshot(this.currentVersion);
    return this.counters;
  }

  /** Deliveries of all shipments in memory, oldest first; for the deliveries screen. */
  deliveries(): readonly DeliveryRow[] {
    const rows: DeliveryRow[] = [];
    for (const [shipmentId, work] of this.confirmed)
      for (const delivery of work.deliveries) rows.push({ shipmentId, delivery });
    return rows.sort((a, b) => a.delivery.createdAt - b.delivery.createdAt);
  }

  // ---- what changes

  applyPlans(rows: readonly PlanRow[]): void {
    const touched = new Set<ShipmentId>();
    for (const row of rows) {
      if (row.gone) this.removePlan(row.shipmentId);
      else this.putPlan(row.plan);
      touched.add(row.shipmentId);
    }
    if (touched.size > 0) this.changed(touched);
  }

  /** Applies the journal's next record. Records must come in order; see `RecordStream`. */
  applyRecord(record: JournalRecord): void {
    const folded = foldRecord(record, (id) => this.confirmed.get(id) ?? null);
    for (const [id, work] of folded.works) this.confirmed.set(id, work);
    this.pending.confirm(record);
    this.appliedSeq = record.seq;
    const touched = new Set(folded.works.keys());
    for (const id of touched) this.refreshWork(id);
    if (touched.size > 0) this.changed(touched);
  }

  /** Shows an act before the journal has it. */
  propose(act: PendingAct): Proposal {
    this.pending.add(act);
    this.refreshWork(act.shipmentId);
    this.changed(new Set([act.shipmentId]));
    const drop = (): void => {
      if (!this.pending.remove(act)) return;
      this.refreshWork(act.shipmentId);
      this.changed(new Set([act.shipmentId]));
    };
    return {
      takeBack: drop,
      settle: (record) => {
        if (record.seq <= this.appliedSeq) drop();
        else this.pending.awaitRecord(act, record.seq);
      },
    };
  }

  /** Lets shipments whose day has come become ready. Cheap: nothing is looked at before the next one is due. */
  tick(): void {
    const due = this.waiting.takeDue(this.clock.now());
    if (due.length === 0) return;
    for (const slot of due) this.restate(slot);
    this.changed(new Set(due.map((slot) => this.plans.idAt(slot))));
  }

  /** Prepares a piece of the search text while nobody waits. @returns false when all is prepared. */
  prepareSearch(): boolean {
    return this.text.prepareOne();
  }

  // ---- inside

  private rowAt(slot: number): ShipmentRow {
    const plan = this.plans.planAt(slot);
    const work = this.work(plan.shipmentId);
    return { shipmentId: plan.shipmentId, plan, work, standing: shipmentStanding(plan, work, this.clock.now()) };
  }

  private judge(slot: number): number {
    return stateCode(this.rowAt(slot).standing.state);
  }

  private enter(slot: number, state: number): void {
    this.states[slot] = state;
    this.counts.move(1, this.plans.storeAt(slot), this.plans.tier[slot] ?? 0, state);
    if (state === WAITING) this.waiting.add(slot, (this.plans.notBefore[slot] ?? 0) as Instant);
  }

  private leave(slot: number): void {
    const state = this.states[slot] ?? 0;
    this.counts.move(-1, this.plans.storeAt(slot), this.plans.tier[slot] ?? 0, state);
    if (state === WAITING) this.waiting.remove(slot);
  }

  private restate(slot: number): void {
    this.leave(slot);
    this.enter(slot, this.judge(slot));
  }

  private addCodes(slot: number, codes: readonly ShipmentCode[]): void {
    for (const { code, kind } of codes) this.codes.add(hashCode(code), slot, kind);
  }

  private removeCodes(slot: number, codes: readonly ShipmentCode[]): void {
    for (const { code, kind } of codes) this.codes.remove(hashCode(code), slot, kind);
  }

  private putPlan(plan: ShipmentPlan): void {
    const known = this.plans.find(plan.shipmentId);
    if (known !== undefined) {
      this.removeCodes(known, codesOfPlan(this.plans.planAt(known)));
      this.sorted.remove(known);
      this.leave(known);
    }
    const slot = this.plans.put(plan);
    this.roomFor(slot);
    this.addCodes(slot, codesOfPlan(plan));
    if (known === undefined) this.addCodes(slot, codesOfWork(this.work(plan.shipmentId)));
    this.sorted.insert(slot);
    this.enter(slot, this.judge(slot));
    this.text.touch(slot);
  }

  private removePlan(id: ShipmentId): void {
    const slot = this.plans.find(id);
    if (slot === undefined) return;
    this.removeCodes(slot, [...codesOfPlan(this.plans.planAt(slot)), ...codesOfWork(this.work(id))]);
    this.sorted.remove(slot);
    this.leave(slot);
    this.plans.remove(id);
    this.text.touch(slot);
  }

  private refreshWork(id: ShipmentId): void {
    const before = this.work(id);
    const after = this.pending.onTopOf(id, this.confirmed.get(id) ?? null);
    if (after === null) this.works.delete(id);
    else this.works.set(id, after);
    this.counts.moveDeliveries(-1, before);
    this.counts.moveDeliveries(1, after);
    const slot = this.plans.find(id);
    if (slot === undefined) return;
    this.removeCodes(slot, codesOfWork(before));
    this.addCodes(slot, codesOfWork(after));
    this.restate(slot);
    this.text.touch(slot);
  }

  private roomFor(slot: number): void {
    if (slot < this.states.length) return;
    const larger = new Uint8Array(Math.max(1_024, this.states.length * 2));
    larger.set(this.states);
    this.states = larger;
  }

  private changed(shipments: IndexChange['shipments']): void {
    this.currentVersion += 1;
    const change: IndexChange = { version: this.currentVersion, shipments };
    for (const listener of [...this.listeners]) listener(change);
  }
}
