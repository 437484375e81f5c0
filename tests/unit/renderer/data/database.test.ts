import { nextDatabaseName, openTestDatabase } from '../../../fakes/test-database';
import { Dexie } from 'dexie';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase, storageCode } from '../../../../renderer/data/database';
import { MIGRATIONS, NEWEST_VERSION } from '../../../../renderer/data/migrations';

describe('the local database', () => {
  it('opens at the newest version', async () => {
    const database = await openTestDatabase();
    expect(database.verno).toBe(NEWEST_VERSION);
    database.close();
  });

  it('refuses a newer one with both versions and touches nothing of it', async () => {
    const name = nextDatabaseName();
    const newer = new Dexie(name);
    newer.version(NEWEST_VERSION + 10).stores({ orders: 'orderKey', dreams: 'id' });
    await newer.open();
    await newer.table('dreams').put({ id: 'kept' });
    newer.close();

    const opened = await openDatabase(name);
    expect(opened).toEqual({
      ok: false,
      error: { code: 'database-newer', found: NEWEST_VERSION + 10, supported: NEWEST_VERSION },
    });
    const again = new Dexie(name);
    await again.open();
    expect(again.verno).toBe(NEWEST_VERSION + 10);
    expect(await again.table('dreams').count()).toBe(1);
    again.close();
  });

  it('says that it failed, by an error name, when the browser cannot open it', async () => {
    vi.spyOn(indexedDB, 'databases').mockRejectedValue(new DOMException('secret detail', 'UnknownError'));
    expect(await openDatabase(nextDatabaseName())).toEqual({
      ok: false,
      error: { code: 'database-failed', cause: 'UnknownError' },
    });
  });

  it('has steps ten apart, in order, each number once', () => {
    const numbers = MIGRATIONS.map((step) => step.number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.every((number) => number % 10 === 0 && number > 0)).toBe(true);
  });

  it('names storage errors without their message', () => {
    expect(storageCode(new DOMException('x', 'QuotaExceededError'))).toBe('storage-full');
    expect(storageCode(new DOMException('name of a person', 'AbortError'))).toBe('AbortError');
    expect(storageCode('odd')).toBe('unknown');
  });
});
