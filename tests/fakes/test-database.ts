/** Databases in memory, one per test. Import this before anything that uses Dexie. */
import 'fake-indexeddb/auto';
import { openDatabase, type TallymanDatabase } from '../../renderer/data/database';

let drawn = 0;
export const nextDatabaseName = (): string => `test-${(drawn += 1)}`;

export async function openTestDatabase(name: string = nextDatabaseName()): Promise<TallymanDatabase> {
  const opened = await openDatabase(name);
  if (!opened.ok) throw new Error(`the test database did not open: ${opened.error.code}`);
  return opened.value;
}
