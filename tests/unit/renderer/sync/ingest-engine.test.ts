// First: it puts the database in memory in place.
import '../../../fakes/test-database';
import { describe, expect, it, vi } from 'vitest';
import { shipmentIdOf, shipmentId, storeId, factId } from '@shared/domain/ids';
import { contact } from '@shared/domain/order';
import { addMs } from '@shared/units/instant';
import { openSealed } from '../../../../renderer/data/open';
import { IngestRepository } from '../../../../renderer/data/ingest-repository';
import { ORDERS_PER_TRANSACTION } from '../../../../renderer/sync/apply-page';
import { CREDITS } from '../../../../renderer/sync/ingest-engine';
import { aContact, aLine, anOrder, NOON, SHOP } from '../../../builders/orders';
import { aFact, aRecord, countedBody, packedFacts } from '../../../builders/facts';
import { aPolicy } from '../../../builders/policies';
import { aPlan, planOf } from '../../../builders/plans';
import { testKeys } from '../../../fakes/field-keys';
import { startIngestRig } from '../../../fakes/ingest-rig';

const version = (minutes: number, revision = 0) => ({ updatedAt: addMs(NOON, minutes * 60_000), revision });

describe('the ingest engine', () => {
  it('says hello with nothing in an empty database', async () => {
    const rig = await startIngestRig();
    expect(rig.said).toEqual([{ kind: 'hello', cursors: {}, appliedSeq: 0, credits: CREDITS }]);
  });

  it('writes orders, plans and the cursor of a page, and says where it stands after a restart', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const told = await rig.page([anOrder('1'), anOrder('2')], { cursor: 'c-1' });
    expect(told).toEqual({ kind: 'applied', pageId: 1, changed: 2, unchanged: 0, older: 0 });
    await rig.records([aRecord(1, [aFact({ kind: 'audited', action: 'signed-in', subject: '' })])]);
    await rig.engine.stop();

    const again = await startIngestRig({ database: rig.database });
    expect(again.said).toEqual([{ kind: 'hello', cursors: { [SHOP]: 'c-1' }, appliedSeq: 1, credits: CREDITS }]);
    expect(await again.database.plans.toCollection().primaryKeys()).toEqual([
      shipmentIdOf(anOrder('1').orderKey),
      shipmentIdOf(anOrder('2').orderKey),
    ]);
  });

  it('keeps contact and money only sealed, and a reader with the key can open them', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const order = anOrder('1', { sellerMemo: '易碎' });
    await rig.page([order]);
    const row = await rig.database.orders.get(order.orderKey);
    if (row === undefined) throw new Error('no row');
    expect(row.order).not.toHaveProperty('contact');
    expect(row.order).not.toHaveProperty('money');
    const everything = JSON.stringify([await rig.database.orders.toArray(), await rig.database.plans.toArray()]);
    for (const secret of ['林小满', '13800004321', '样例路', '4990']) expect(everything).not.toContain(secret);
    const { contact: key } = await testKeys('open');
    if (key === null) throw new Error('no key');
    expect(await openSealed(key, 'contact', order.orderKey, row.sealedContact, contact)).toEqual({
      ok: true,
      value: aContact(),
    });
  });

  it('skips unchanged orders without writing anything but a moved cursor', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.page([anOrder('1')], { cursor: 'c-1' });
    const write = vi.spyOn(IngestRepository.prototype, 'writeOrders');
    expect(await rig.page([anOrder('1')], { cursor: 'c-1' })).toMatchObject({ changed: 0, unchanged: 1 });
    expect(write).not.toHaveBeenCalled();
    await rig.page([anOrder('1')], { cursor: 'c-2' });
    expect(write).toHaveBeenCalledTimes(1);
    expect(write.mock.calls[0]?.[0].orders).toEqual([]);
  });

  it('never lets an older reading replace a newer one, also after a restart', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const newer = anOrder('1', { version: version(5), life: 'cancelled' });
    const older = anOrder('1', { version: version(1) });
    await rig.page([newer]);
    expect(await rig.page([older])).toMatchObject({ changed: 0, older: 1 });
    await rig.engine.stop();
    const again = await startIngestRig({ database: rig.database });
    await again.welcome();
    expect(await again.page([older])).toMatchObject({ changed: 0, older: 1 });
    expect((await again.database.orders.get(newer.orderKey))?.order.life).toBe('cancelled');
  });

  it('takes a later reading of the same version when the content differs, because shops do not always move it', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.page([anOrder('1')], { readAt: addMs(NOON, 10) });
    const shipped = anOrder('1', { lines: [aLine({ shippedQuantity: 1 })] });
    expect(await rig.page([shipped], { readAt: addMs(NOON, 5) })).toMatchObject({ older: 1 });
    expect(await rig.page([shipped], { readAt: addMs(NOON, 20) })).toMatchObject({ changed: 1 });
  });

  it('makes one shipment of two pushes of one order in one page', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const told = await rig.page([anOrder('1'), anOrder('1'), anOrder('1', { version: version(1), sellerMemo: 'b' })]);
    expect(told).toMatchObject({ kind: 'applied', unchanged: 1 });
    expect(await rig.database.plans.count()).toBe(1);
    expect((await rig.database.orders.get(anOrder('1').orderKey))?.order.sellerMemo).toBe('b');
  });

  it('writes a large page in small transactions and its cursor with the last of them', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const write = vi.spyOn(IngestRepository.prototype, 'writeOrders');
    const orders = Array.from({ length: ORDERS_PER_TRANSACTION * 2 + 1 }, (_gap, number) => anOrder(String(number)));
    await rig.page(orders, { cursor: 'c-1' });
    expect(write.mock.calls.map(([written]) => [written.orders.length, written.cursor !== null])).toEqual([
      [ORDERS_PER_TRANSACTION, false],
      [ORDERS_PER_TRANSACTION, false],
      [1, true],
    ]);
  });

  it('tells windows of each transaction after it has committed, one following on the other', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.page([anOrder('1')]);
    await rig.records([aRecord(1, [aFact(countedBody(aPlan('1')))])]);
    await rig.page([anOrder('2')]);
    const changes = rig.heard.filter((message) => message.kind === 'plans-changed');
    expect(changes.map(({ rows }) => rows.map((row) => row.plan.shipmentId))).toEqual([
      [shipmentIdOf(anOrder('1').orderKey)],
      [shipmentIdOf(anOrder('2').orderKey)],
    ]);
    expect(changes[1]?.from).toBe(changes[0]?.to);
  });

  it('refuses pages before it has keys, of unknown stores and of wrong shape, each by its page', async () => {
    const rig = await startIngestRig();
    expect(await rig.page([anOrder('1')])).toEqual({ kind: 'failed', pageId: 1, code: 'not-welcomed' });
    await rig.welcome();
    const elsewhere = storeId.parse('shop-z');
    expect(await rig.page([anOrder('1', { storeId: elsewhere })], { storeId: elsewhere })).toEqual({
      kind: 'failed',
      pageId: 2,
      code: 'store-unknown',
    });
    await rig.send({ kind: 'page', pageId: 3, orders: [{ nonsense: true }] });
    expect(rig.said.at(-1)).toEqual({ kind: 'failed', pageId: 3, code: 'page-invalid' });
    await rig.send('garbage');
    expect(rig.heard.at(-1)).toEqual({ kind: 'ingest-trouble', code: 'message-invalid' });
  });

  it('says that a page failed when the database refuses, and applies it when it comes again', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    vi.spyOn(IngestRepository.prototype, 'writeOrders').mockRejectedValueOnce(
      new DOMException('full', 'QuotaExceededError'),
    );
    expect(await rig.page([anOrder('1')], { cursor: 'c-1' })).toEqual({
      kind: 'failed',
      pageId: 1,
      code: 'storage-full',
    });
    expect(await rig.page([anOrder('1')], { cursor: 'c-1' })).toMatchObject({ kind: 'applied', changed: 1 });
  });

  it('applies records once, in order, whatever comes twice', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const plan = aPlan('1');
    await rig.page([anOrder('1')]);
    const records = packedFacts(plan, 'TM0001').map((fact, at) =>
      aRecord(at + 1, [fact], { shipmentId: plan.shipmentId, number: at + 1 }),
    );
    await rig.records(records.slice(0, 3));
    await rig.records(records);
    await rig.records(records.slice(1, 2));
    const row = await rig.database.works.get(plan.shipmentId);
    expect(row?.work.parcels[0]).toMatchObject({ stage: 'closed', number: { waybillNo: 'TM0001' } });
    expect(row?.work.parcels[0]?.counts).toHaveLength(1);
    expect(row?.work.revision).toBe(records.length);
    expect(await rig.database.facts.count()).toBe(records.length);
    expect(rig.said.filter((message) => message.kind === 'caughtUp').at(-1)).toEqual({
      kind: 'caughtUp',
      appliedSeq: records.length,
    });
  });

  it('says hello again when records are missing in between, and goes on from there', async () => {
    const rig = await startIngestRig();
    const facts = packedFacts(aPlan('1'), 'TM0001');
    const records = facts.map((fact, at) => aRecord(at + 1, [fact]));
    await rig.records(records.slice(0, 1));
    await rig.records(records.slice(2));
    expect(rig.said.at(-1)).toMatchObject({ kind: 'hello', appliedSeq: 1 });
    await rig.records(records.slice(1));
    expect(rig.said.at(-1)).toEqual({ kind: 'caughtUp', appliedSeq: records.length });
  });

  it('tries records again until the database takes them', async () => {
    const waits: number[] = [];
    const rig = await startIngestRig({ wait: async (spanMs) => void waits.push(spanMs) });
    vi.spyOn(rig.database.facts, 'bulkPut').mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'));
    await rig.records([aRecord(1, [aFact(countedBody(aPlan('1')))])]);
    expect(rig.said.at(-1)).toEqual({ kind: 'caughtUp', appliedSeq: 1 });
    expect(rig.heard).toContainEqual({ kind: 'ingest-trouble', code: 'storage-full' });
    expect(waits.length).toBeGreaterThan(0);
  });

  it('plans a store again when its policy changes, and leaves other stores alone', async () => {
    const rig = await startIngestRig();
    const other = storeId.parse('shop-b');
    const otherPolicy = aPolicy({ storeId: other });
    await rig.welcome([aPolicy(), otherPolicy]);
    await rig.page(Array.from({ length: 120 }, (_gap, number) => anOrder(String(number))));
    await rig.page([anOrder('1', { storeId: other })], { storeId: other });
    await rig.send({ kind: 'policies', policies: [aPolicy({ tier: 1, lane: 'express' }), otherPolicy] });
    const plans = await rig.database.plans.toArray();
    expect(plans.filter((row) => row.plan.tier === 1 && row.plan.lane === 'express')).toHaveLength(120);
    expect(plans.filter((row) => row.plan.storeId === other).map((row) => row.plan.tier)).toEqual([3]);
    expect(plans.every((row) => row.source !== null)).toBe(true);
  });

  it('plans again after a restart in the middle of planning', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.page([anOrder('1')]);
    vi.spyOn(IngestRepository.prototype, 'writeOrders').mockRejectedValueOnce(new DOMException('x', 'AbortError'));
    await rig.send({ kind: 'policies', policies: [aPolicy({ tier: 1 })] });
    await rig.engine.stop();
    const again = await startIngestRig({ database: rig.database });
    await again.welcome([aPolicy({ tier: 1 })]);
    expect((await again.database.plans.toArray()).map((row) => row.plan.tier)).toEqual([1]);
  });

  it('merges and takes the merge back, and plans a merged shipment again when one of its orders changes', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    await rig.page([anOrder('1'), anOrder('2')]);
    const merged = shipmentId.parse('merge-1');
    const sources = [aPlan('1').shipmentId, aPlan('2').shipmentId];
    await rig.records([
      aRecord(1, [
        aFact({ kind: 'shipments-merged', shipmentId: merged, sources }, { factId: factId.parse('merge-fact') }),
      ]),
    ]);
    expect((await rig.database.plans.get(merged))?.plan.lines).toHaveLength(2);
    await rig.page([anOrder('2', { version: version(1), lines: [aLine({ quantity: 4 })] })]);
    expect((await rig.database.plans.get(merged))?.plan.lines.map((line) => line.due)).toEqual([1, 4]);
    expect(rig.heard.at(-1)).toMatchObject({ kind: 'plans-changed', rows: [{}, { plan: { shipmentId: merged } }] });
    await rig.records([
      aRecord(2, [
        aFact({ kind: 'grouping-undone', shipmentId: merged, undoes: factId.parse('merge-fact'), members: sources }),
      ]),
    ]);
    expect((await rig.database.plans.get(merged))?.gone).toBe(true);
  });

  it('splits a shipment and keeps the parts to their share when the order changes', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const order = anOrder('1', { lines: [aLine({ quantity: 3 })] });
    await rig.page([order]);
    const whole = planOf(order);
    const line = whole.lines[0];
    if (line === undefined) throw new Error('no line');
    const part = (name: string, quantity: number) => ({
      shipmentId: shipmentId.parse(name),
      links: [{ orderKey: line.orderKey, lineId: line.lineId, quantity }],
    });
    const split = {
      kind: 'shipment-split',
      shipmentId: whole.shipmentId,
      parts: [part('a', 1), part('b', 2)],
    } as const;
    await rig.records([aRecord(1, [aFact({ ...split, parts: [...split.parts] })])]);
    const due = async (name: string) => (await rig.database.plans.get(shipmentId.parse(name)))?.plan.lines[0]?.due;
    expect([await due('a'), await due('b')]).toEqual([1, 2]);
    await rig.page([anOrder('1', { version: version(1), lines: [aLine({ quantity: 3, cancelledQuantity: 2 })] })]);
    expect([await due('a'), await due('b')]).toEqual([1, 1]);
  });

  it('passes a request to read orders again on to main', async () => {
    const rig = await startIngestRig();
    rig.join().post({ kind: 'read-orders', orders: [{ orderKey: anOrder('1').orderKey, storeId: SHOP }] });
    expect(rig.said.at(-1)).toEqual({ kind: 'readOrder', orderKey: anOrder('1').orderKey, storeId: SHOP });
  });

  it('waits with its transactions while hands are busy, but not for ever', async () => {
    let now = NOON;
    const waits: number[] = [];
    const rig = await startIngestRig({
      clock: { now: () => now },
      wait: async (spanMs) => {
        waits.push(spanMs);
        now = addMs(now, spanMs);
      },
    });
    await rig.welcome();
    rig.join().post({ kind: 'hands-busy' });
    await rig.page([anOrder('1')]);
    expect(waits.some((spanMs) => spanMs === 150)).toBe(true);
    expect(await rig.database.plans.count()).toBe(1);
  });

  it('keeps the photo paths of an order, so that a policy change does not lose them', async () => {
    const rig = await startIngestRig();
    await rig.welcome();
    const imageUrl = 'http://shop.example/mug.png';
    await rig.page([anOrder('1', { lines: [aLine({ imageUrl })] })], { photos: { [imageUrl]: 'photo/abc' } });
    await rig.send({ kind: 'policies', policies: [aPolicy({ tier: 2 })] });
    const [row] = await rig.database.plans.toArray();
    expect(row?.plan).toMatchObject({ tier: 2, lines: [{ photo: 'photo/abc' }] });
  });
});
