// First: it puts the database in memory in place.
import { openTestDatabase } from '../../../fakes/test-database';
import { describe, expect, it } from 'vitest';
import type { IndexMaterial } from '../../../../renderer/data/plan-repository';
import { readIndexMaterial } from '../../../../renderer/data/plan-repository';
import { CHUNK_ROWS, SnapshotRepository } from '../../../../renderer/data/snapshot-repository';
import { EVERYTHING } from '../../../../renderer/index-memory/index-types';
import { MemoryIndex } from '../../../../renderer/index-memory/memory-index';
import { addMs } from '@shared/units/instant';
import { aRecord, packedFacts } from '../../../builders/facts';
import { anOrder, NOON } from '../../../builders/orders';
import { aPlan } from '../../../builders/plans';
import { startIngestRig } from '../../../fakes/ingest-rig';
import { createManualClock } from '../../../fakes/manual-clock';

const always = async (): Promise<boolean> => true;

/** What an index makes of the material: every row, in order. */
function shownBy(material: IndexMaterial): unknown[] {
  const index = new MemoryIndex({ now: () => NOON });
  index.load(material);
  const list = index.list(EVERYTHING);
  return Array.from({ length: list.length }, (_gap, at) => list.rowAt(at));
}

describe('snapshot chunks', () => {
  it('make the same index as the rows, before and after later changes', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.page(['1', '2', '3'].map((number) => anOrder(number)));
    await rig.records([aRecord(1, packedFacts(aPlan('2'), 'TM0001'))]);
    const fromRows = shownBy(await readIndexMaterial(rig.database));
    const snapshots = new SnapshotRepository(rig.database);
    expect(await snapshots.refresh(always)).toBe('done');
    const material = await readIndexMaterial(rig.database);
    expect([material.chunks.length, material.plans.length, material.works.length]).toEqual([1, 0, 0]);
    expect(shownBy(material)).toEqual(fromRows);

    await rig.page([
      anOrder('3', { sellerMemo: 'b', version: { updatedAt: addMs(NOON, 1), revision: 0 } }),
      anOrder('4'),
    ]);
    await rig.records([aRecord(2, packedFacts(aPlan('1'), 'TM0002'))]);
    const later = await readIndexMaterial(rig.database);
    expect([later.chunks[0]?.rows, later.plans.length]).toEqual([3, 2]);
    const expected = shownBy(later);
    await snapshots.refresh(always);
    expect(shownBy(await readIndexMaterial(rig.database))).toEqual(expected);
    expect(await snapshots.lag()).toBe(0);
  });

  it('hold a work that is older than its plan, because the journal came back before the shop did', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.records([aRecord(1, packedFacts(aPlan('1'), 'TM0001'))]);
    const snapshots = new SnapshotRepository(rig.database);
    await snapshots.refresh(always);
    await rig.page([anOrder('1')]);
    const state = async () =>
      (shownBy(await readIndexMaterial(rig.database))[0] as { standing: { state: string } }).standing.state;
    expect(await state()).toBe('closed');
    await snapshots.refresh(always);
    expect(await state()).toBe('closed');
  });

  it('give way: what is left is written another time, and nothing is lost in between', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    for (let page = 0; page < 2; page += 1)
      await rig.page(Array.from({ length: 600 }, (_gap, at) => anOrder(String(page * 600 + at))));
    const snapshots = new SnapshotRepository(rig.database);
    let turns = 0;
    expect(await snapshots.refresh(async () => (turns += 1) <= 1)).toBe('left');
    expect(await rig.database.snapshots.count()).toBe(1);
    expect(shownBy(await readIndexMaterial(rig.database))).toHaveLength(1_200);
    expect(await snapshots.refresh(always)).toBe('done');
    const material = await readIndexMaterial(rig.database);
    expect(material.chunks.map((chunk) => chunk.rows)).toEqual([CHUNK_ROWS, 200]);
    expect(shownBy(material)).toHaveLength(1_200);
  });

  it('of another format are left alone by readers and written anew', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.page([anOrder('1')]);
    const snapshots = new SnapshotRepository(rig.database);
    await snapshots.refresh(always);
    const [row] = await rig.database.snapshots.toArray();
    if (row === undefined) throw new Error('no chunk');
    await rig.database.snapshots.put({ ...row, columns: { ...row.columns, format: 99 } });
    const material = await readIndexMaterial(rig.database);
    expect([material.chunks.length, material.plans.length]).toEqual([0, 1]);
    await snapshots.refresh(always);
    expect((await readIndexMaterial(rig.database)).chunks).toHaveLength(1);
  });

  it('forget groupings that were taken back', async () => {
    const database = await openTestDatabase();
    const plan = aPlan('1');
    await database.plans.put({ shipmentId: plan.shipmentId, changed: 1, plan, gone: false, source: null });
    await database.meta.put({ key: 'change', value: 1 });
    const snapshots = new SnapshotRepository(database);
    await snapshots.refresh(always);
    await database.plans.put({ shipmentId: plan.shipmentId, changed: 2, plan, gone: true, source: null });
    await database.meta.put({ key: 'change', value: 2 });
    expect(shownBy(await readIndexMaterial(database))).toEqual([]);
    await snapshots.refresh(always);
    expect((await readIndexMaterial(database)).chunks[0]?.rows).toBe(0);
  });

  it('are written by the engine when nothing has come for a while, and only then', async () => {
    const clock = createManualClock();
    const rig = await startIngestRig({
      clock,
      wait: (spanMs) => new Promise((resolve) => clock.after(spanMs, resolve)),
    });
    await rig.welcome();
    await rig.page([anOrder('1')]);
    await clock.advance(4_000);
    await rig.page([anOrder('2')]);
    await clock.advance(4_000);
    expect(await rig.database.snapshots.count()).toBe(0);
    await clock.advance(2_000);
    await expect.poll(() => rig.database.snapshots.count()).toBe(1);
    await rig.engine.stop();
  });
});
