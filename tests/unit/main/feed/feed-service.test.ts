import { afterEach, describe, expect, it } from 'vitest';
import { orderKey, storeId } from '@shared/domain/ids';
import { ok } from '@shared/language/result';
import { addMs, toInstant } from '@shared/units/instant';
import { aDraft, countedBody } from '../../../builders/facts';
import { aLine, anOrder, SHOP } from '../../../builders/orders';
import { aPlan } from '../../../builders/plans';
import { aPolicy } from '../../../builders/policies';
import { PACKER } from '../../../fakes/bench-rig';
import { aPage, failing, openFeedRig, ScriptedShop, type FakeWorker, type FeedRig } from '../../../fakes/feed-rig';

let rig: FeedRig;
const open = async (...args: Parameters<typeof openFeedRig>): Promise<FeedRig> => (rig = await openFeedRig(...args));
afterEach(() => rig.close());

const pages = (worker: FakeWorker) => worker.of('page').map((page) => page.cursor);
const untilPages = (worker: FakeWorker, count: number) => expect.poll(() => worker.of('page').length).toBe(count);

describe('the feed', () => {
  it('welcomes with keys and policies, and is refused while the vault is locked', async () => {
    await open({});
    rig.knobs.vault = 'locked';
    await expect(rig.window()).rejects.toThrow('vault-locked');
    rig.knobs.vault = 'open';
    const worker = await rig.window();
    await expect.poll(() => worker.of('welcome').length).toBe(1);
    const [welcome] = worker.of('welcome');
    expect([...(welcome?.keys.contact ?? [])]).toEqual(Array(32).fill(1));
    expect(welcome?.policies.map((policy) => policy.storeId)).toEqual([SHOP]);
  });

  it('pulls nothing before the worker says hello, then from its cursor', async () => {
    const shop = new ScriptedShop([aPage('c1')]);
    await open({ [SHOP]: shop });
    const worker = await rig.window();
    await rig.bench.clock.advance(60_000);
    expect(shop.askedFrom).toEqual([]);
    expect(rig.board.of(SHOP).state).toBe('no-worker');
    worker.hello({ cursors: { [SHOP]: 'c0' } });
    await untilPages(worker, 1);
    expect(shop.askedFrom).toEqual(['c0']);
    expect(rig.board.of(SHOP).state).toBe('pulling');
    worker.apply(1);
    await expect.poll(() => rig.board.of(SHOP).state).toBe('fresh');
    expect(rig.reachable).toEqual([SHOP]);
  });

  it('hands a store one page after the other: the next only when the one before is durable', async () => {
    const shop = new ScriptedShop([aPage('c1', [], { more: true }), aPage('c2', [], { more: true }), aPage('c3')]);
    await open({ [SHOP]: shop });
    const worker = await rig.window();
    worker.hello();
    await untilPages(worker, 1);
    await expect.poll(() => shop.askedFrom).toEqual([null, 'c1']); // asked ahead, not handed over
    expect(pages(worker)).toEqual(['c1']);
    worker.apply(1);
    await untilPages(worker, 2);
    worker.apply(2);
    await untilPages(worker, 3);
    worker.apply(3);
    await expect.poll(() => rig.board.of(SHOP).state).toBe('fresh');
    await rig.bench.clock.advance(15_000);
    await expect.poll(() => shop.askedFrom).toEqual([null, 'c1', 'c2', 'c3']);
  });

  it('never goes past a page that the worker could not apply', async () => {
    const shop = new ScriptedShop([
      aPage('c1', [], { more: true }),
      aPage('c2'),
      aPage('c1', [], { more: true }),
      aPage('c2'),
    ]);
    await open({ [SHOP]: shop });
    const worker = await rig.window();
    worker.hello({ cursors: { [SHOP]: 'c0' } });
    await untilPages(worker, 1);
    worker.say({ kind: 'failed', pageId: 1, code: 'quota' });
    await expect.poll(() => rig.board.of(SHOP).failure?.detail).toBe('page-failed:quota');
    await rig.bench.clock.advance(2_000);
    await untilPages(worker, 2);
    expect(pages(worker)).toEqual(['c1', 'c1']);
    expect(shop.askedFrom).toEqual(['c0', 'c1', 'c0', 'c1']);
  });

  it('takes a cursor that stands still while more waits for a fault of the shop', async () => {
    const shop = new ScriptedShop([aPage('same', [], { more: true })]);
    await open({ [SHOP]: shop });
    const worker = await rig.window();
    worker.hello({ cursors: { [SHOP]: 'same' } });
    await expect.poll(() => rig.board.of(SHOP).failure?.detail).toBe('cursor-stands-still');
    expect(worker.of('page')).toEqual([]);
  });

  it('gives the last credit to the most urgent store', async () => {
    const slow = aPolicy({ storeId: storeId.parse('slow'), tier: 9 });
    const urgent = aPolicy({ storeId: storeId.parse('urgent'), tier: 1 });
    const shops = {
      slow: new ScriptedShop([aPage('s1')]),
      urgent: new ScriptedShop([aPage('u1')]),
      other: new ScriptedShop([aPage('o1')]),
    };
    await open(shops, [aPolicy({ storeId: storeId.parse('other'), tier: 5 }), slow, urgent]);
    const worker = await rig.window();
    worker.hello({ credits: 1 });
    await untilPages(worker, 1);
    await expect.poll(() => shops.urgent.askedFrom.length).toBe(1);
    worker.apply(1);
    await untilPages(worker, 2);
    worker.apply(2);
    await untilPages(worker, 3);
    expect(pages(worker)).toEqual(['o1', 'u1', 's1']);
  });

  it('backs off from a shop that does not answer, honours its word, and pulls at once on demand', async () => {
    const shop = new ScriptedShop([failing('offline'), failing('offline'), aPage('c1')]);
    await open({ [SHOP]: shop });
    const worker = await rig.window();
    worker.hello();
    await expect.poll(() => rig.board.of(SHOP).state).toBe('offline');
    await rig.bench.clock.advance(999);
    expect(shop.askedFrom).toHaveLength(1);
    await rig.bench.clock.advance(1);
    await expect.poll(() => shop.askedFrom.length).toBe(2);
    shop.script = [failing('throttled', addMs(rig.bench.clock.now(), 90_000)), aPage('c1')];
    await rig.bench.clock.advance(2_000);
    await expect.poll(() => rig.board.of(SHOP).failure?.code).toBe('throttled');
    await rig.bench.clock.advance(80_000);
    expect(shop.askedFrom).toHaveLength(3);
    expect(rig.feed.pullNow(SHOP)).toBe(true);
    await untilPages(worker, 1);
    expect(rig.feed.pullNow(storeId.parse('unknown'))).toBe(false);
  });

  it('stops pulling when the worker’s port closes, and goes on with the next worker from what it has', async () => {
    const shop = new ScriptedShop([aPage('c1')]);
    await open({ [SHOP]: shop });
    const first = await rig.window();
    first.hello();
    await untilPages(first, 1);
    first.close();
    await expect.poll(() => rig.board.of(SHOP).state).toBe('no-worker');
    const asked = shop.askedFrom.length;
    await rig.bench.clock.advance(120_000);
    expect(shop.askedFrom).toHaveLength(asked);
    const second = await rig.window();
    second.hello({ cursors: { [SHOP]: 'c7' } });
    await untilPages(second, 1);
    expect(shop.askedFrom.at(-1)).toBe('c7');
  });

  it('reads one order at once, before all pages, and signs only photos that may be fetched', async () => {
    const shop = new ScriptedShop([aPage('c1')]);
    const order = anOrder('77', {
      lines: [aLine({ imageUrl: 'https://shop/a.png' }), aLine({ imageUrl: 'http://10.0.0.1/door' })],
    });
    shop.readAnswer = ok(order);
    await open({ [SHOP]: shop });
    const worker = await rig.window();
    worker.hello();
    await untilPages(worker, 1);
    worker.apply(1);
    worker.say({ kind: 'readOrder', orderKey: order.orderKey, storeId: SHOP });
    worker.say({ kind: 'readOrder', orderKey: order.orderKey, storeId: SHOP });
    await untilPages(worker, 2);
    const [, page] = worker.of('page');
    expect(page).toMatchObject({ cursor: null, more: false, photos: { 'https://shop/a.png': 'signed/18' } });
    expect(page?.orders.map((each) => each.orderNo)).toEqual(['77']);
    expect(shop.readOrders).toEqual(['77']);
    worker.say({ kind: 'readOrder', orderKey: orderKey.parse('no-slash'), storeId: SHOP });
    worker.apply(2);
    await expect.poll(() => rig.board.of(SHOP).state).toBe('fresh');
  });

  it('corrects the station’s clock by what the shop’s says', async () => {
    const shop = new ScriptedShop([]);
    await open({ [SHOP]: shop });
    shop.script = [aPage('c1', [], { platformTime: toInstant(rig.bench.clock.now() + 60_000) })];
    const worker = await rig.window();
    worker.hello();
    await untilPages(worker, 1);
    expect(rig.correctedClock.now() - rig.bench.clock.now()).toBe(60_500);
    expect(rig.board.of(SHOP).clockSkewMs).toBe(60_500);
  });

  it('tells the worker of new policies and pulls a store that was added', async () => {
    const shops = { [SHOP]: new ScriptedShop([aPage('c1')]), added: new ScriptedShop([aPage('a1')]) };
    await open(shops);
    const worker = await rig.window();
    worker.hello();
    await untilPages(worker, 1);
    rig.stores.push({ policy: aPolicy({ storeId: storeId.parse('added') }), pollSeconds: 15 });
    rig.feed.onSettings();
    await untilPages(worker, 2);
    expect(
      worker
        .of('policies')
        .at(-1)
        ?.policies.map((policy) => policy.storeId),
    ).toEqual([SHOP, 'added']);
    rig.stores.splice(0, 2);
    rig.feed.onSettings();
    await rig.bench.clock.advance(60_000);
    expect(shops.added.askedFrom).toHaveLength(1);
  });
});

describe('journal records', () => {
  const plan = aPlan('1');
  const count = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) {
      const revision = rig.bench.state.work(plan.shipmentId)?.revision ?? 0;
      await rig.bench.arbiter.append(
        { expect: { shipmentId: plan.shipmentId, revision }, facts: [aDraft(countedBody(plan))], approval: null },
        PACKER,
      );
    }
  };
  const seqs = (worker: FakeWorker) =>
    worker.of('records').flatMap((message) => message.records.map((record) => record.seq));

  it('come from where the database stands, in order, then live', async () => {
    await open({});
    await count(5);
    const worker = await rig.window();
    worker.hello({ appliedSeq: 2 });
    await expect.poll(() => seqs(worker)).toEqual([3, 4, 5]);
    expect(worker.of('records').at(-1)?.headSeq).toBe(5);
    worker.say({ kind: 'caughtUp', appliedSeq: 5 });
    await count(2);
    await expect.poll(() => seqs(worker)).toEqual([3, 4, 5, 6, 7]);
  });

  it('are sent again from where a second hello says that some are missing, without pulling anew', async () => {
    const shop = new ScriptedShop([aPage('c1')]);
    await open({ [SHOP]: shop });
    await count(4);
    const worker = await rig.window();
    worker.hello();
    await expect.poll(() => seqs(worker)).toEqual([1, 2, 3, 4]);
    await untilPages(worker, 1);
    worker.hello({ appliedSeq: 2 });
    await expect.poll(() => seqs(worker)).toEqual([1, 2, 3, 4, 3, 4]);
    expect(shop.askedFrom).toHaveLength(1);
  });

  it('run ahead of the database by a bounded number', async () => {
    await open({});
    const { arbiter } = rig.bench;
    const facts = (n: number) => [
      arbiter.factOf(arbiter.programAct(), { kind: 'audited', action: 'fill', subject: `${n}` }),
    ];
    await Promise.all(Array.from({ length: 2_600 }, (_, n) => arbiter.record({ facts: facts(n) })));
    const worker = await rig.window();
    worker.hello();
    await expect.poll(() => seqs(worker).length).toBe(2_000);
    worker.say({ kind: 'caughtUp', appliedSeq: 1_000 });
    await expect.poll(() => seqs(worker).length).toBe(2_600);
    expect(seqs(worker)).toEqual(Array.from({ length: 2_600 }, (_, n) => n + 1));
  });

  it('that the database knows and the journal does not are reported', async () => {
    await open({});
    await count(1);
    const worker = await rig.window();
    worker.hello({ appliedSeq: 9 });
    await expect.poll(() => rig.behind).toEqual([[1, 9]]);
  });
});
