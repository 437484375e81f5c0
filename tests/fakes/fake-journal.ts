/** A journal in memory that arbitrates like main's: revisions, the shared fold, idempotent fact ids, no gaps. */
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { Expectation } from '@shared/contract/journal';
import { FACT_SCHEMA, type Fact, type FactBody, type FactDraft, type JournalRecord } from '@shared/domain/fact';
import type { ShipmentId } from '@shared/domain/ids';
import { factId, stationId } from '@shared/domain/ids';
import type { Person } from '@shared/domain/person';
import { applyFact, emptyWork, shipmentsOf, type ShipmentWork } from '@shared/domain/shipment-work';
import type { Clock } from '@shared/units/instant';

export class FakeJournal {
  readonly records: JournalRecord[] = [];
  private readonly works = new Map<ShipmentId, ShipmentWork>();
  private readonly listeners = new Set<(record: JournalRecord) => void>();
  private drawn = 0;

  constructor(
    private readonly clock: Clock,
    private readonly person: () => Person | null,
  ) {}

  work(id: ShipmentId): ShipmentWork {
    return this.works.get(id) ?? emptyWork(id);
  }

  onRecorded(listener: (record: JournalRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A fact as main completes it. */
  factOf(body: FactBody, act: Pick<FactDraft, 'gestureId' | 'deviceId' | 'method'>, id?: string): Fact {
    this.drawn += 1;
    return this.complete({ ...act, factId: factId.parse(id ?? `main-${this.drawn}`), body });
  }

  complete(draft: FactDraft): Fact {
    const { factId: id, gestureId, deviceId, method, body } = draft;
    return {
      factId: id,
      gestureId,
      deviceId,
      method,
      body,
      schema: FACT_SCHEMA,
      stationId: stationId.parse('station-1'),
      personId: this.person()?.personId ?? null,
      at: this.clock.now(),
    };
  }

  write(facts: readonly Fact[], expect: Expectation | null): Reply<JournalRecord> {
    const known = this.records.find((record) => record.facts.some((fact) => fact.factId === facts[0]?.factId));
    if (known !== undefined) return answered(known);
    const standing = expect === null ? null : this.work(expect.shipmentId);
    if (standing !== null && standing.revision !== expect?.revision)
      return refused('revision-moved', { revision: standing.revision });
    const changed = new Map<ShipmentId, ShipmentWork>();
    for (const fact of facts)
      for (const id of shipmentsOf(fact.body)) {
        const next = applyFact(changed.get(id) ?? this.work(id), fact);
        if (!next.ok) return refused('rule-refused', { rule: next.error });
        changed.set(id, next.value);
      }
    const revision = standing === null ? null : { shipmentId: standing.shipmentId, number: standing.revision + 1 };
    for (const [id, work] of changed)
      this.works.set(id, revision?.shipmentId === id ? { ...work, revision: revision.number } : work);
    const record: JournalRecord = { seq: this.records.length + 1, revision, facts: [...facts] };
    this.records.push(record);
    for (const listener of [...this.listeners]) listener(record);
    return answered(record);
  }

  readSince(afterSeq: number, limit: number): { records: JournalRecord[]; headSeq: number } {
    return { records: this.records.slice(afterSeq, afterSeq + limit), headSeq: this.records.length };
  }
}
