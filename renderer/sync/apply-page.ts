/** One page of orders: skip what is unchanged from memory, seal the rest, write it in small transactions. */
import type { ToMain } from '@shared/contract/feed';
import type { StorePolicy } from '@shared/domain/store';
import type { IngestRepository, OrdersToWrite, PlanChange } from '../data/ingest-repository';
import type { Page } from './ingest-inbox';
import type { IngestState } from './ingest-state';
import { judgePage, prepareOrders, type JudgedOrder, type SealKeys } from './prepare-orders';

/** Orders per transaction: the hand behind it waits about 30 ms at most, and ingest loses little. */
export const ORDERS_PER_TRANSACTION = 50;

export interface PagePorts {
  readonly repository: IngestRepository;
  readonly state: IngestState;
  readonly keys: SealKeys;
  /** Awaited before each transaction: hands and records go first. */
  readonly before: () => Promise<void>;
  readonly announce: (change: PlanChange) => void;
}

type Applied = Extract<ToMain, { kind: 'applied' }>;

/** @returns what to tell main. @throws Dexie's errors; what was committed before stays, and the page may come again. */
export async function applyPage(page: Page, policy: StorePolicy, ports: PagePorts): Promise<Applied> {
  const { state } = ports;
  const judged = await judgePage(ports.keys.search, page, (order) => state.sources.get(order.orderKey));
  const changed = judged.filter((order) => order.judgement === 'changed');
  const prepared = await prepareOrders(ports.keys, policy, changed);
  const slices = Math.max(1, Math.ceil(prepared.orders.length / ORDERS_PER_TRANSACTION));
  for (let slice = 0; slice < slices; slice += 1) {
    const from = slice * ORDERS_PER_TRANSACTION;
    const orders = prepared.orders.slice(from, from + ORDERS_PER_TRANSACTION);
    const plans = prepared.plans.slice(from, from + ORDERS_PER_TRANSACTION);
    await writeSlice({ orders, plans, cursor: slice === slices - 1 ? cursorOf(page, state) : null }, ports);
  }
  noteReadings(judged, state);
  return {
    kind: 'applied',
    pageId: page.pageId,
    changed: changed.length,
    unchanged: judged.filter((order) => order.judgement === 'unchanged').length,
    older: judged.filter((order) => order.judgement === 'older').length,
  };
}

const cursorOf = (page: Page, state: IngestState): OrdersToWrite['cursor'] =>
  page.cursor === null || state.cursors.get(page.storeId) === page.cursor
    ? null
    : { storeId: page.storeId, cursor: page.cursor };

async function writeSlice(write: OrdersToWrite, ports: PagePorts): Promise<void> {
  if (write.orders.length === 0 && write.cursor === null) return;
  await ports.before();
  const change = await ports.repository.writeOrders(write, ports.state.groupings);
  // Memory follows only what has been committed.
  for (const row of write.orders) ports.state.sources.set(row.orderKey, row.source);
  if (write.cursor !== null) ports.state.cursors.set(write.cursor.storeId, write.cursor.cursor);
  if (change !== null) ports.announce(change);
}

/**
 * An unchanged order was read again later: its reading counts from then on against stragglers. This stays in memory,
 * because writing it would cost what skipping saves; after a restart the moment of the last change counts.
 */
function noteReadings(judged: readonly JudgedOrder[], state: IngestState): void {
  for (const { order, source, judgement } of judged) {
    const standing = state.sources.get(order.orderKey);
    if (judgement === 'unchanged' && standing !== undefined && source.readAt > standing.readAt)
      state.sources.set(order.orderKey, { ...standing, readAt: source.readAt });
  }
}
