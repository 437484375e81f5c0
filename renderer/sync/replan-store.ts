/** A store's policy changed: its orders are planned again from what is stored, in small transactions. */
import type { StoreId } from '@shared/domain/ids';
import type { StorePolicy } from '@shared/domain/store';
import type { IngestRepository, PlanChange } from '../data/ingest-repository';
import type { GroupingRow } from '../data/rows';
import { planOfRow } from './prepare-orders';

const ORDERS_PER_PAGE = 100;

/** Does a plan come out differently under the new policy? */
export function plansDifferently(before: StorePolicy | undefined, after: StorePolicy): boolean {
  const ruling = (policy: StorePolicy): string =>
    JSON.stringify([policy.warehouse, policy.tier, policy.slaHours, policy.lane, policy.orderOfWork]);
  return before === undefined || ruling(before) !== ruling(after);
}

export interface ReplanPorts {
  readonly repository: IngestRepository;
  readonly groupings: () => readonly GroupingRow[];
  readonly before: () => Promise<void>;
  readonly announce: (change: PlanChange) => void;
}

/** @returns how many orders were planned again. @throws Dexie's errors; planning a store again twice is harmless. */
export async function replanStore(store: StoreId, policy: StorePolicy, ports: ReplanPorts): Promise<number> {
  let after: string | null = null;
  let planned = 0;
  for (;;) {
    await ports.before();
    const rows = await ports.repository.readOrdersOfStore(store, after, ORDERS_PER_PAGE);
    const last = rows.at(-1);
    if (last === undefined) return planned;
    const plans = rows.map((row) => ({ plan: planOfRow(row, policy), source: row.source }));
    const change = await ports.repository.writeOrders({ orders: [], plans, cursor: null }, ports.groupings());
    if (change !== null) ports.announce(change);
    planned += rows.length;
    after = last.orderKey;
  }
}
