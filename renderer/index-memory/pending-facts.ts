/**
 * Facts that are shown already and on their way to the journal. They stand on top of what is confirmed; when the record
 * comes back they give way to it, when the journal refuses they vanish.
 */
import { applyFact, emptyWork, type ShipmentWork } from '@shared/domain/shipment-work';
import type { Fact, JournalRecord } from '@shared/domain/fact';
import type { GestureId, ShipmentId } from '@shared/domain/ids';

/** One act of one shipment. */
export interface PendingAct {
  readonly shipmentId: ShipmentId;
  /** What it will have made of the shipment; empty where only main can say. */
  readonly facts: readonly Fact[];
  /** Names the act in the record where main chooses the facts. */
  readonly gestureId: GestureId;
}

/** What becomes of a proposed act. */
export interface Proposal {
  /** The journal refused: it is not shown any more. */
  takeBack(): void;
  /** The journal answered with this record: the act counts as done once the record is applied. */
  settle(record: JournalRecord): void;
}

const isOf = (act: PendingAct, record: JournalRecord): boolean =>
  act.facts.length > 0
    ? record.facts.some((fact) => act.facts.some((own) => own.factId === fact.factId))
    : record.revision?.shipmentId === act.shipmentId && record.facts.some((fact) => fact.gestureId === act.gestureId);

export class PendingFacts {
  private readonly acts = new Map<ShipmentId, PendingAct[]>();
  private readonly answered = new Map<PendingAct, number>();

  add(act: PendingAct): void {
    this.acts.set(act.shipmentId, [...(this.acts.get(act.shipmentId) ?? []), act]);
  }

  /** @returns whether it was still pending. */
  remove(act: PendingAct): boolean {
    this.answered.delete(act);
    const standing = this.acts.get(act.shipmentId) ?? [];
    const left = standing.filter((other) => other !== act);
    if (left.length === 0) this.acts.delete(act.shipmentId);
    else this.acts.set(act.shipmentId, left);
    return left.length < standing.length;
  }

  /** Notes that this record, not applied yet, is the act's. */
  awaitRecord(act: PendingAct, seq: number): void {
    this.answered.set(act, seq);
  }

  /** Drops the acts that a record confirms. */
  confirm(record: JournalRecord): void {
    for (const acts of [...this.acts.values()])
      for (const act of acts) if (isOf(act, record) || this.answered.get(act) === record.seq) this.remove(act);
  }

  /** How many acts of a shipment are under way; each will raise its revision by one. */
  countOf(id: ShipmentId): number {
    return this.acts.get(id)?.length ?? 0;
  }

  get isEmpty(): boolean {
    return this.acts.size === 0;
  }

  /** What the work looks like with the pending facts; a fact that cannot stand any more is left out. */
  onTopOf(id: ShipmentId, confirmed: ShipmentWork | null): ShipmentWork | null {
    const acts = this.acts.get(id);
    if (acts === undefined) return confirmed;
    let work = confirmed ?? emptyWork(id);
    for (const fact of acts.flatMap((act) => act.facts)) {
      const applied = applyFact(work, fact);
      if (applied.ok) work = applied.value;
    }
    return work;
  }
}
