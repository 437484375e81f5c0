/**
 * The local database: what the shops said and what the stations did, both of which exist elsewhere as well (the shops,
 * the journal). That is why its writes are `relaxed`: a power cut may take the last moments, and cursor and applied
 * sequence go back with them, so that pull and journal bring the same again.
 */
import { Dexie, type EntityTable } from 'dexie';
import { ok, refuse, type Result } from '@shared/language/result';
import { MIGRATIONS, NEWEST_VERSION } from './migrations';
import type { Migration } from './migrations/migration';
import type { ChunkRow, DeliveryMirrorRow, FactRow, GroupingRow, MetaRow, OrderRow, PlanRow, WorkRow } from './rows';

export const DATABASE_NAME = 'tallyman';

export class TallymanDatabase extends Dexie {
  declare orders: EntityTable<OrderRow, 'orderKey'>;
  declare plans: EntityTable<PlanRow, 'shipmentId'>;
  declare works: EntityTable<WorkRow, 'shipmentId'>;
  declare facts: EntityTable<FactRow, 'factId'>;
  declare deliveries: EntityTable<DeliveryMirrorRow, 'deliveryId'>;
  declare groupings: EntityTable<GroupingRow, 'factId'>;
  declare meta: EntityTable<MetaRow, 'key'>;
  declare snapshots: EntityTable<ChunkRow, 'chunk'>;

  /** @param migrations all of them, but for tests that open an older state on purpose. */
  constructor(name: string = DATABASE_NAME, migrations: readonly Migration[] = MIGRATIONS) {
    super(name, { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
    for (const step of migrations) {
      const version = this.version(step.number).stores({ ...step.tables });
      if (step.upgrade !== null) version.upgrade(step.upgrade);
    }
  }
}

export type DatabaseProblem =
  /** Written by a newer program: left untouched, this program must be updated. */
  | { readonly code: 'database-newer'; readonly found: number; readonly supported: number }
  /** The browser could not open it; the cause is an error name, never content. */
  | { readonly code: 'database-failed'; readonly cause: string };

/** Version of the database on disk in our numbers, or 0 where there is none. Dexie keeps ours times ten. */
async function storedVersion(name: string): Promise<number> {
  const known = await indexedDB.databases();
  return (known.find((database) => database.name === name)?.version ?? 0) / 10;
}

/**
 * Opens the database and brings it to the newest version. A newer one is refused before anything is touched: nothing of
 * it is ever reset or written by a program that does not know its shape.
 */
export async function openDatabase(name: string = DATABASE_NAME): Promise<Result<TallymanDatabase, DatabaseProblem>> {
  try {
    const found = await storedVersion(name);
    if (found > NEWEST_VERSION) return refuse({ code: 'database-newer', found, supported: NEWEST_VERSION });
    const database = new TallymanDatabase(name);
    await database.open();
    return ok(database);
  } catch (error) {
    return refuse({ code: 'database-failed', cause: error instanceof Error ? error.name : 'unknown' });
  }
}

/** Name of a thrown error, for codes that may leave the database layer; never its message, which may quote content. */
export const storageCode = (error: unknown): string => {
  const name = error instanceof Error ? error.name : 'unknown';
  return /quota/i.test(name) || (error instanceof Error && /QuotaExceeded/i.test(error.message))
    ? 'storage-full'
    : name;
};
