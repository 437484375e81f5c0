import type { Transaction } from 'dexie';

/**
 * One step of the database. Steps are only ever added: a step that has shipped is not edited, a primary key is never
 * changed (copy to a new table), and data is prepared one step before a unique index is laid over it.
 */
export interface Migration {
  /** Ten apart, so that an urgent step fits between; also the Dexie version. */
  readonly number: number;
  /** As in the file's name. */
  readonly name: string;
  /** Tables that are new or change, in Dexie's notation; `null` drops one. */
  readonly tables: Readonly<Record<string, string | null>>;
  /** Brings the rows over; null where new tables are all there is. */
  readonly upgrade: ((transaction: Transaction) => Promise<void>) | null;
}
