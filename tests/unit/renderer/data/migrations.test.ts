// First: it puts the database in memory in place.
import { nextDatabaseName, openTestDatabase } from '../../../fakes/test-database';
import { describe, expect, it } from 'vitest';
import { contact } from '@shared/domain/order';
import type { TallymanDatabase } from '../../../../renderer/data/database';
import { MIGRATIONS, NEWEST_VERSION } from '../../../../renderer/data/migrations';
import { openSealed } from '../../../../renderer/data/open';
import { readIndexMaterial } from '../../../../renderer/data/plan-repository';
import { SnapshotRepository } from '../../../../renderer/data/snapshot-repository';
import { EVERYTHING } from '../../../../renderer/index-memory/index-types';
import { MemoryIndex } from '../../../../renderer/index-memory/memory-index';
import { aRecord, packedFacts } from '../../../builders/facts';
import { aContact, anOrder, NOON, SHOP } from '../../../builders/orders';
import { aPlan } from '../../../builders/plans';
import { testKeys } from '../../../fakes/field-keys';
import { startIngestRig } from '../../../fakes/ingest-rig';
import { freeze, isFrozen, readFrozen, thaw, writeFrozen } from '../../../migrations/frozen-database';

/** A small day: three orders, one packed, chunks written, one order after them. */
async function aDay(): Promise<TallymanDatabase> {
  const rig = await startIngestRig();
  await rig.welcome();
  await rig.page([anOrder('1'), anOrder('2'), anOrder('3', { platformHold: '风险审核' })], { cursor: 'c-1' });
  await rig.records([aRecord(1, packedFacts(aPlan('1'), 'TM0001'), { shipmentId: aPlan('1').shipmentId, number: 1 })]);
  await new SnapshotRepository(rig.database).refresh(async () => true);
  await rig.page([anOrder('4')], { cursor: 'c-2' });
  await rig.engine.stop();
  return rig.database;
}

describe('migrations', () => {
  it('are frozen: every version that was shipped has its database', async () => {
    if (process.env['TALLYMAN_FREEZE'] === '1' && !isFrozen(NEWEST_VERSION)) writeFrozen(await freeze(await aDay()));
    expect(MIGRATIONS.map((step) => step.number).filter((number) => !isFrozen(number))).toEqual([]);
  });

  it.each(MIGRATIONS.map((step) => step.number))(
    'open a database of version %i with everything in place',
    async (version) => {
      const name = nextDatabaseName();
      await thaw(readFrozen(version), name);
      const database = await openTestDatabase(name);
      expect(database.verno).toBe(NEWEST_VERSION);

      const index = new MemoryIndex({ now: () => NOON });
      index.load(await readIndexMaterial(database));
      expect(index.counted().byState).toMatchObject({ ready: 2, held: 1, closed: 1 });
      expect(index.find('TM0001')[0]).toMatchObject({ kind: 'parcel', shipmentId: aPlan('1').shipmentId });
      expect(index.list(EVERYTHING).length).toBe(4);
      expect(index.expectedRevision(aPlan('1').shipmentId)).toBe(1);

      const { contact: key } = await testKeys('open');
      const row = await database.orders.get(anOrder('2').orderKey);
      if (key === null || row === undefined) throw new Error('no order');
      expect(await openSealed(key, 'contact', row.orderKey, row.sealedContact, contact)).toEqual({
        ok: true,
        value: aContact(),
      });

      const rig = await startIngestRig({ database });
      expect(rig.said[0]).toMatchObject({ cursors: { [SHOP]: 'c-2' }, appliedSeq: 1 });
      await rig.welcome();
      expect(await rig.page([anOrder('1'), anOrder('4')])).toMatchObject({ changed: 0, unchanged: 2 });
      await rig.engine.stop();
    },
  );

  it('freeze and thaw to the same rows, bytes and columns included', async () => {
    const database = await aDay();
    const frozen = await freeze(database);
    const name = nextDatabaseName();
    await thaw(frozen, name);
    expect(await freeze(await openTestDatabase(name))).toEqual(frozen);
  });
});
