/**
 * What the station knows of its own doing, folded from the journal: works of shipments, waybill numbers, print jobs and
 * deliveries. In memory it may run ahead of the disk by the records that are being flushed; each of them can be taken back.
 */
import type { Fact, FactBody, JournalRecord } from '@shared/domain/fact';
import { FACT_SCHEMA } from '@shared/domain/fact';
import type { DeliveryId, FactId, JobId, OrderKey, ShipmentId } from '@shared/domain/ids';
import type { DeliveryWork, ShipmentWork, WorkRefusal } from '@shared/domain/shipment-work';
import { applyRecord } from '@shared/domain/apply-record';
import type { PrintJobView } from '@shared/contract/printing';
import { ok, refuse, type Result } from '@shared/language/result';
import { createNumberPools, type NumberPools, type NumberRefusal } from './number-pools';
import { UndoSteps, type Undo } from './undo';

export type RuleRefusal = WorkRefusal | NumberRefusal;

/** Fact ids that are remembered for answering a repeated append: some ten days of a busy bench. Older ones are refused by their revision. */
const REMEMBERED_FACTS = 200_000;

export class BenchState {
  readonly numbers: NumberPools = createNumberPools();
  private readonly works = new Map<ShipmentId, ShipmentWork>();
  private readonly jobs = new Map<JobId, PrintJobView>();
  private readonly deliveryHomes = new Map<DeliveryId, ShipmentId>();
  private readonly lastSequences = new Map<OrderKey, number>();
  private readonly seen = new Map<FactId, number>();

  work(id: ShipmentId): ShipmentWork | null {
    return this.works.get(id) ?? null;
  }

  job(id: JobId): PrintJobView | undefined {
    return this.jobs.get(id);
  }

  /** All print jobs of parcels, oldest first. */
  allJobs(): Iterable<PrintJobView> {
    return this.jobs.values();
  }

  delivery(id: DeliveryId): DeliveryWork | undefined {
    const home = this.deliveryHomes.get(id);
    return home === undefined ? undefined : this.works.get(home)?.deliveries.find((each) => each.deliveryId === id);
  }

  *allDeliveries(): Iterable<DeliveryWork> {
    for (const work of this.works.values()) yield* work.deliveries;
  }

  /** The sequence number that the next delivery of an order gets. */
  nextSequence(key: OrderKey): number {
    return (this.lastSequences.get(key) ?? 0) + 1;
  }

  /** Number of the record that holds a fact, or undefined when it is not (or no longer) remembered. */
  seqOf(id: FactId): number | undefined {
    return this.seen.get(id);
  }

  /** Applies a record that is not written yet. @returns how to take it back, or the rule that forbids it (then nothing changed). */
  stage(record: Pick<JournalRecord, 'facts' | 'revision'>): Result<UndoSteps, RuleRefusal> {
    const works = applyRecord((id) => this.work(id), record);
    if (!works.ok) return works;
    const undo = new UndoSteps();
    for (const fact of record.facts) {
      const refusal = this.applySides(fact, undo);
      if (refusal === null) continue;
      undo.run();
      return refuse(refusal);
    }
    for (const [id, work] of works.value) this.put(this.works, id, work, undo);
    return ok(undo);
  }

  /** Remembers the facts of a flushed record. */
  remember(record: JournalRecord): void {
    for (const fact of record.facts) {
      this.seen.delete(fact.factId);
      this.seen.set(fact.factId, record.seq);
    }
    for (const [id] of this.seen) {
      if (this.seen.size <= REMEMBERED_FACTS) break;
      this.seen.delete(id);
    }
  }

  private put<K, V>(map: Map<K, V>, key: K, value: V, undo: Undo): void {
    const before = map.get(key);
    map.set(key, value);
    undo.add(() => {
      if (before === undefined) map.delete(key);
      else map.set(key, before);
    });
  }

  /** What a fact changes beside its shipment's work. */
  private applySides(fact: Fact, undo: Undo): NumberRefusal | null {
    if (fact.schema > FACT_SCHEMA) return null;
    const { body } = fact;
    switch (body.kind) {
      case 'numbers-imported':
        return this.numbers.import(body.poolId, body.carrier, body.numbers, undo);
      case 'number-bound':
        return this.numbers.use(body.poolId, body.waybillNo, undo);
      case 'number-voided':
        return this.numbers.voidOne(body.waybillNo, undo);
      case 'print-queued':
      case 'print-moved':
        this.applyJob(fact, body, undo);
        return null;
      case 'parcel-closed':
      case 'deliveries-created':
        for (const delivery of body.deliveries) {
          this.put(this.deliveryHomes, delivery.deliveryId, body.shipmentId, undo);
          this.put(this.lastSequences, delivery.orderKey, delivery.sequence, undo);
        }
        return null;
      default:
        return null;
    }
  }

  private applyJob(fact: Fact, body: Extract<FactBody, { kind: 'print-queued' | 'print-moved' }>, undo: Undo): void {
    const known = this.jobs.get(body.jobId);
    if (body.kind === 'print-moved') {
      if (known !== undefined)
        this.put(this.jobs, body.jobId, { ...known, state: body.state, code: body.code, movedAt: fact.at }, undo);
      return;
    }
    const { jobId, printerId, shipmentId, parcelId, waybillNo } = body;
    const state = 'queued' as const;
    const job: PrintJobView = {
      jobId,
      printerId,
      shipmentId,
      parcelId,
      waybillNo,
      state,
      code: '',
      queuedAt: fact.at,
      movedAt: fact.at,
    };
    this.put(this.jobs, jobId, job, undo);
  }
}
