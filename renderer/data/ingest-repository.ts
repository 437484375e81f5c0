/** Writes what ingest has prepared, each call in one small transaction. Only the ingest worker writes. */
import type { StoreId, ShipmentId } from '@shared/domain/ids';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { TallymanDatabase } from './database';
import { takeChangeNumber, writeCursor } from './meta-repository';
import { groupingsBehind, plansNeeded, regroup } from './regroup';
import type { GroupingRow, OrderRow, OrderSource, PlanRow } from './rows';

/** A plan with the reading of the order that it follows from. */
export interface SourcedPlan {
  readonly plan: ShipmentPlan;
  readonly source: OrderSource | null;
}

/** The plans that a transaction changed, for the windows, and its change number. */
export interface PlanChange {
  readonly to: number;
  readonly rows: readonly PlanRow[];
}

export interface OrdersToWrite {
  /** Empty when plans change without a new reading (a policy did). */
  readonly orders: readonly OrderRow[];
  readonly plans: readonly SourcedPlan[];
  /** Goes with the last orders of its page, never before them. */
  readonly cursor: { readonly storeId: StoreId; readonly cursor: string } | null;
}

export class IngestRepository {
  constructor(private readonly database: TallymanDatabase) {}

  /**
   * Writes orders, their plans, the plans of groupings behind them and the cursor, all or nothing.
   * @returns null where only a cursor was written. @throws Dexie's errors; the transaction is then undone.
   */
  writeOrders(write: OrdersToWrite, groupings: readonly GroupingRow[]): Promise<PlanChange | null> {
    const { orders, plans, meta } = this.database;
    return this.database.transaction('rw', [orders, plans, meta], async () => {
      if (write.cursor !== null) await writeCursor(this.database, write.cursor.storeId, write.cursor.cursor);
      if (write.plans.length === 0) return null;
      if (write.orders.length > 0) await orders.bulkPut([...write.orders]);
      return writePlans(this.database, write.plans, groupings);
    });
  }

  /** One store's orders in pages by key, for planning again under another policy. @param after key to go on after, or null. */
  readOrdersOfStore(store: StoreId, after: string | null, limit: number): Promise<OrderRow[]> {
    const prefix = `${store}/`;
    return this.database.orders
      .where('orderKey')
      .between(after ?? prefix, `${prefix}\uffff`, after === null, true)
      .limit(limit)
      .toArray();
  }
}

/** Puts plans and what is grouped behind them under one new change number; within the caller's transaction. */
export async function writePlans(
  database: TallymanDatabase,
  sourced: readonly SourcedPlan[],
  groupings: readonly GroupingRow[],
  gone: readonly PlanRow[] = [],
): Promise<PlanChange> {
  const changed = await takeChangeNumber(database);
  const rows = new Map<ShipmentId, PlanRow>();
  for (const { shipmentId, plan, source } of gone)
    rows.set(shipmentId, { shipmentId, changed, plan, gone: true, source });
  for (const { plan, source } of sourced)
    rows.set(plan.shipmentId, { shipmentId: plan.shipmentId, changed, plan, gone: false, source });
  for (const plan of await regrouped(database, sourced, groupings))
    rows.set(plan.shipmentId, { shipmentId: plan.shipmentId, changed, plan, gone: false, source: null });
  await database.plans.bulkPut([...rows.values()]);
  return { to: changed, rows: [...rows.values()] };
}

async function regrouped(
  database: TallymanDatabase,
  sourced: readonly SourcedPlan[],
  groupings: readonly GroupingRow[],
): Promise<readonly ShipmentPlan[]> {
  const fresh = new Map(sourced.map(({ plan }) => [plan.shipmentId, plan]));
  const behind = groupingsBehind(fresh.keys(), groupings);
  if (behind.length === 0) return [];
  const stored = await database.plans.bulkGet([...plansNeeded(behind)]);
  const known = new Map(stored.flatMap((row) => (row === undefined ? [] : [[row.shipmentId, row.plan] as const])));
  return [...regroup(behind, (id) => fresh.get(id) ?? known.get(id)).values()];
}
