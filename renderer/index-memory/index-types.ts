/** What screens see of the memory index. Rows are made when they are asked for; nothing here is stored. */
import type { DeliveryWork, ShipmentWork } from '@shared/domain/shipment-work';
import type { ShipmentId, StoreId } from '@shared/domain/ids';
import type { ShipmentPlan, ShipmentState } from '@shared/domain/shipment';
import type { ShipmentStanding } from '@shared/domain/shipment-state';

/** One shipment as a list or a detail shows it. */
export interface ShipmentRow {
  readonly shipmentId: ShipmentId;
  readonly plan: ShipmentPlan;
  /** With facts that are on their way to the journal already counted in; `null` before the first fact. */
  readonly work: ShipmentWork | null;
  readonly standing: ShipmentStanding;
}

/** Which shipments a list shows. Everything that is `null` or empty does not narrow. */
export interface ListQuery {
  readonly states: readonly ShipmentState[] | null;
  readonly storeId: StoreId | null;
  readonly tier: number | null;
  /** Words that must all occur in the shipment's numbers, goods, memo or method. */
  readonly text: string;
  /** Keyed tokens for the same words (see `searchTokensFor`): a shipment with one of them is shown as well. */
  readonly tokens: readonly string[];
}

export const EVERYTHING: ListQuery = { states: null, storeId: null, tier: null, text: '', tokens: [] };

/** A list at one moment: most urgent first (tier, deadline, age). Rows are asked for by position. */
export interface ListSnapshot {
  readonly version: number;
  readonly length: number;
  idAt(position: number): ShipmentId | undefined;
  rowAt(position: number): ShipmentRow | undefined;
  /** Position of a shipment in this list, or -1. */
  positionOf(id: ShipmentId): number;
}

export type StateCounts = Readonly<Record<ShipmentState, number>>;

/** Kept by increments, never counted over the table. */
export interface Counters {
  readonly version: number;
  readonly total: number;
  readonly byState: StateCounts;
  readonly byStore: ReadonlyMap<StoreId, StateCounts>;
  readonly byTier: ReadonlyMap<number, StateCounts>;
  /** Deliveries that the platform has not acknowledged yet: waiting, under way or unknown. */
  readonly unsent: number;
  /** Deliveries that wait for a person. */
  readonly parked: number;
}

/** What changed; `all` after loading or when too much moved to name it. */
export interface IndexChange {
  readonly version: number;
  readonly shipments: ReadonlySet<ShipmentId> | 'all';
}

/** A delivery with the shipment that it belongs to, for the deliveries screen. */
export interface DeliveryRow {
  readonly shipmentId: ShipmentId;
  readonly delivery: DeliveryWork;
}
