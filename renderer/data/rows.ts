/** The rows of the local database. Ids are our own texts; a primary key never changes. */
import type { DeliveryId, FactId, OrderKey, ShipmentId } from '@shared/domain/ids';
import type { ClearOrder, OrderVersion } from '@shared/domain/order';
import type { DeliveryState } from '@shared/domain/delivery';
import type { DeliveryWork, ShipmentWork } from '@shared/domain/shipment-work';
import type { Fact } from '@shared/domain/fact';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { Instant } from '@shared/units/instant';
import type { PlanColumns } from './columns/plan-columns';

/** Which reading of an order the database holds. */
export interface OrderSource {
  readonly version: OrderVersion;
  /** When that reading was made. */
  readonly readAt: Instant;
  /** Keyed digest of the whole snapshot, 16 hexadecimal digits: tells equal content without keeping it in clear. */
  readonly fingerprint: string;
}

export interface OrderRow {
  readonly orderKey: OrderKey;
  readonly order: ClearOrder;
  readonly source: OrderSource;
  /** See `sealed-format.ts`. */
  readonly sealedContact: Uint8Array<ArrayBuffer>;
  readonly sealedMoney: Uint8Array<ArrayBuffer>;
  readonly tokens: readonly string[];
  /** Path under our scheme per image address, so that a change of policy can plan again without main. */
  readonly photos: Readonly<Record<string, string>>;
}

/** The home of a shipment's plan. Rows of groupings that were taken back stay as `gone`, so that readers learn of it. */
export interface PlanRow {
  readonly shipmentId: ShipmentId;
  /** Number of the transaction that wrote it; rises by one per transaction. */
  readonly changed: number;
  readonly plan: ShipmentPlan;
  readonly gone: boolean;
  /** For the shipment that an order gets by itself; null for merged and split ones. */
  readonly source: OrderSource | null;
}

/** Facts folded per shipment: a cache of what `facts` says, written in the same transaction. Its state is never stored. */
export interface WorkRow {
  readonly shipmentId: ShipmentId;
  readonly changed: number;
  readonly work: ShipmentWork;
}

export interface FactRow {
  readonly factId: FactId;
  readonly seq: number;
  /** '' for facts about numbers, people and the program. */
  readonly shipmentId: ShipmentId | '';
  readonly fact: Fact;
}

/** Mirror of a delivery, for questions by state; main owns the delivery itself. */
export interface DeliveryMirrorRow {
  readonly deliveryId: DeliveryId;
  readonly state: DeliveryState;
  readonly shipmentId: ShipmentId;
  readonly delivery: DeliveryWork;
}

export type GroupingFact = Extract<Fact['body'], { kind: 'shipments-merged' | 'shipment-split' }>;

/** A merge or split that stands, in the order in which it was made. */
export interface GroupingRow {
  readonly factId: FactId;
  readonly seq: number;
  readonly body: GroupingFact;
}

export interface MetaRow {
  readonly key: string;
  readonly value: unknown;
}

export interface ChunkRow {
  readonly chunk: number;
  readonly columns: PlanColumns;
}
