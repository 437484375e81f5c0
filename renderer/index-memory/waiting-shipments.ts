import type { Instant } from '@shared/units/instant';

/** Shipments that wait for their day, and when the next of them is due. */
export class WaitingShipments {
  private readonly dueAt = new Map<number, Instant>();
  private nextAt = Number.POSITIVE_INFINITY;

  add(slot: number, at: Instant): void {
    this.dueAt.set(slot, at);
    this.nextAt = Math.min(this.nextAt, at);
  }

  remove(slot: number): void {
    // The next moment may now be too early; then one look finds nothing and sets it right.
    this.dueAt.delete(slot);
  }

  /** Slots whose moment has come; they still count as waiting until their state is judged anew. */
  takeDue(now: Instant): readonly number[] {
    if (now < this.nextAt) return [];
    const due = [...this.dueAt].filter(([, at]) => at <= now).map(([slot]) => slot);
    for (const slot of due) this.dueAt.delete(slot);
    this.nextAt = [...this.dueAt.values()].reduce((next, at) => Math.min(next, at), Number.POSITIVE_INFINITY);
    return due;
  }
}
