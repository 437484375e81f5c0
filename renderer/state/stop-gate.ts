/**
 * "Stopped" is the one refusal that a next scan must not clear (field.md, decision 7): while it stands, scans are heard
 * and not acted on, until a person says that the goods are on the exception shelf.
 */
import type { BenchView } from '../index-memory/bench-types';
import type { ShipmentRow } from '../index-memory/index-types';
import type { ShipmentId } from '@shared/domain/ids';
import { isPackable, type AsideReason } from '@shared/domain/shipment-state';

export interface Stop {
  /** What is acknowledged: the verdict itself, or the shipment that was stopped while in hand. */
  readonly key: object | string;
  readonly shipmentId: ShipmentId;
  readonly reasons: readonly AsideReason[];
  /** The stopped one is in hand and must be put aside. */
  readonly isInHand: boolean;
}

/** What stands against going on, as the bench shows it; null when nothing does. */
export function findStop(view: BenchView, row: (id: ShipmentId) => ShipmentRow | undefined): Stop | null {
  const { verdict, open } = view;
  if (open !== null) {
    const inHand = row(open);
    if (inHand !== undefined && !isPackable(inHand.standing.state)) {
      return { key: `in-hand ${open}`, shipmentId: open, reasons: inHand.standing.reasons, isInHand: true };
    }
  }
  if (verdict?.kind !== 'stopped') return null;
  return { key: verdict, shipmentId: verdict.shipmentId, reasons: verdict.reasons, isInHand: false };
}

/** Remembers which stop was acknowledged. */
export class StopGate {
  private acknowledged: object | string | null = null;
  private readonly listeners = new Set<() => void>();
  private turn = 0;

  /** The stop that still holds scans back, of those that `findStop` gives. */
  standing(stop: Stop | null): Stop | null {
    if (stop === null) {
      // A shipment that is stopped again later is a new stop.
      if (typeof this.acknowledged === 'string') this.acknowledged = null;
      return null;
    }
    return stop.key === this.acknowledged ? null : stop;
  }

  acknowledge(stop: Stop): void {
    this.acknowledged = stop.key;
    this.turn += 1;
    for (const listener of [...this.listeners]) listener();
  }

  /** @returns cancel. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  version(): number {
    return this.turn;
  }
}
