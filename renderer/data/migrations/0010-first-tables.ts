/** 0010: the first tables. */
import type { Migration } from './migration';

/**
 * Few indexes, because each costs as much as the row itself. Orders need none: everything asks for them by key, and a
 * store's orders lie together because its id begins the key. `changed` is how a window finds what its snapshot lacks.
 */
export const firstTables: Migration = {
  number: 10,
  name: 'first-tables',
  tables: {
    orders: 'orderKey',
    plans: 'shipmentId, changed',
    works: 'shipmentId, changed',
    facts: 'factId, seq, shipmentId',
    deliveries: 'deliveryId, state',
    groupings: 'factId',
    meta: 'key',
    snapshots: 'chunk',
  },
  upgrade: null,
};
