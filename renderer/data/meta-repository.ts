/** Where the database stands: cursors, applied sequence, change number. Read and written inside the caller's transaction. */
import { z } from 'zod';
import type { StoreId } from '@shared/domain/ids';
import { storePolicy, type StorePolicy } from '@shared/domain/store';
import type { TallymanDatabase } from './database';

const count = z.number().int().min(0);
const CURSOR = 'cursor:';

/** Numbers that only ever grow. `snapshotChange`: the change number up to which the snapshot chunks are complete. */
export type MetaNumber = 'change' | 'appliedSeq' | 'snapshotChange';

/** @returns 0 where nothing was written yet. @throws ZodError when the row is damaged. */
export async function readMetaNumber(database: TallymanDatabase, key: MetaNumber): Promise<number> {
  const row = await database.meta.get(key);
  return row === undefined ? 0 : count.parse(row.value);
}

export const writeMetaNumber = async (database: TallymanDatabase, key: MetaNumber, value: number): Promise<void> => {
  await database.meta.put({ key, value: count.parse(value) });
};

/** Takes the next change number; only within a read-write transaction that holds `meta`. */
export async function takeChangeNumber(database: TallymanDatabase): Promise<number> {
  const next = (await readMetaNumber(database, 'change')) + 1;
  await writeMetaNumber(database, 'change', next);
  return next;
}

export async function readCursors(database: TallymanDatabase): Promise<Map<StoreId, string>> {
  const rows = await database.meta.where('key').startsWith(CURSOR).toArray();
  return new Map(rows.map((row) => [row.key.slice(CURSOR.length) as StoreId, z.string().parse(row.value)]));
}

export const writeCursor = async (database: TallymanDatabase, store: StoreId, cursor: string): Promise<void> => {
  await database.meta.put({ key: `${CURSOR}${store}`, value: cursor });
};

/** The policies that the stored plans were made by. */
export async function readPolicies(database: TallymanDatabase): Promise<StorePolicy[]> {
  const row = await database.meta.get('policies');
  const parsed = z.array(storePolicy).safeParse(row?.value ?? []);
  // Policies of an older shape count as unknown: every store is then planned again, which is always right.
  return parsed.success ? parsed.data : [];
}

export const writePolicies = async (database: TallymanDatabase, policies: readonly StorePolicy[]): Promise<void> => {
  await database.meta.put({ key: 'policies', value: policies });
};
