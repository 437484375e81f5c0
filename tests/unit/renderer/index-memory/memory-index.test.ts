import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseCode } from '@shared/domain/scan-verdict';
import type { JournalRecord } from '@shared/domain/fact';
import type { ShipmentId, StoreId } from '@shared/domain/ids';
import { gestureId, jobId, storeId } from '@shared/domain/ids';
import { parcelIdAt, type ShipmentWork } from '@shared/domain/shipment-work';
import type { ShipmentPlan } from '@shared/domain/shipment';
import { addMs, type Instant } from '@shared/units/instant';
import { encodePlans } from '../../../../renderer/data/columns/encode-plans';
import { PlanChunk } from '../../../../renderer/data/columns/plan-chunk';
import { foldRecord } from '../../../../renderer/data/fold-record';
import type { IndexMaterial } from '../../../../renderer/data/plan-repository';
import type { PlanRow } from '../../../../renderer/data/rows';
import { EVERYTHING, type ListQuery } from '../../../../renderer/index-memory/index-types';
import { MemoryIndex } from '../../../../renderer/index-memory/memory-index';
import { codesOfPlan, codesOfWork } from '../../../../renderer/index-memory/shipment-codes';
import { arbitraryOrder } from '../../../builders/arbitrary-plans';
import { aFact, aRecord, boundBody, countedBody, packedFacts, printQueuedBody } from '../../../builders/facts';
import { aLine, anOrder, NOON } from '../../../builders/orders';
import { aPlan, planOf } from '../../../builders/plans';

const rowOf = (plan: ShipmentPlan, changed = 1, gone = false): PlanRow => ({
  shipmentId: plan.shipmentId,
  changed,
  plan,
  gone,
  source: null,
});

function material(plans: readonly ShipmentPlan[], works: readonly ShipmentWork[] = [], chunked = 0): IndexMaterial {
  const byId = new Map(works.map((work) => [work.shipmentId, work]));
  const inChunks = plans.slice(0, chunked);
  const chunks =
    inChunks.length === 0
      ? []
      : [
          new PlanChunk(
            encodePlans(
              inChunks.map((plan) => rowOf(plan)),
              byId,
            ),
          ),
        ];
  return {
    chunks,
    plans: plans.slice(chunked).map((plan) => rowOf(plan)),
    works: works.map((work) => ({ shipmentId: work.shipmentId, changed: 1, work })),
    change: 1,
    appliedSeq: 0,
  };
}

function indexOf(plans: readonly ShipmentPlan[], works: readonly ShipmentWork[] = [], chunked = 0, now = NOON) {
  const index = new MemoryIndex({ now: () => now });
  index.load(material(plans, works, chunked));
  return index;
}

const idsOf = (index: MemoryIndex, query: Partial<ListQuery> = {}): ShipmentId[] => {
  const list = index.list({ ...EVERYTHING, ...query });
  return Array.from({ length: list.length }, (_gap, at) => list.idAt(at)).filter((id) => id !== undefined);
};

/** Everything that can be asked of an index, for comparing two. */
function answersOf(index: MemoryIndex, codes: readonly string[]) {
  const { version: _version, byStore, byTier, ...counted } = index.counted();
  const busy = (counts: Readonly<Record<string, number>>) => Object.values(counts).some((count) => count !== 0);
  return {
    list: idsOf(index),
    rows: idsOf(index).map((id) => index.row(id)),
    counted,
    byStore: [...byStore].filter(([, counts]) => busy(counts)),
    byTier: [...byTier].filter(([, counts]) => busy(counts)),
    found: codes.map((code) =>
      index
        .find(code)
        .map((posting) => (posting.kind === 'goods' ? { kind: 'goods', ids: [...posting.shipmentIds] } : posting)),
    ),
    searched: ['tm', '搪瓷', '10', 'abc-9 红'].map((text) => idsOf(index, { text })),
  };
}

type Step =
  | { readonly kind: 'plan'; readonly plan: ShipmentPlan }
  | { readonly kind: 'gone'; readonly plan: ShipmentPlan }
  | { readonly kind: 'work'; readonly number: string; readonly depth: number };

const NUMBERS = ['1', '2', '3', '10'];
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...NUMBERS)
      .chain(arbitraryOrder)
      .map((order): Step => ({ kind: 'plan', plan: planOf(order) })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...NUMBERS).map((number): Step => ({ kind: 'gone', plan: aPlan(number) })) },
  {
    weight: 3,
    arbitrary: fc
      .record({ number: fc.constantFrom(...NUMBERS), depth: fc.integer({ min: 1, max: 5 }) })
      .map((work): Step => ({ kind: 'work', ...work })),
  },
);

describe('the memory index', () => {
  it('equals one built from scratch after any increments, from chunks and from rows', () => {
    fc.assert(
      fc.property(
        fc.tuple(...NUMBERS.slice(0, 3).map(arbitraryOrder)),
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 0, max: 3 }),
        (orders, steps, chunked) => {
          const start = orders.map((order) => planOf(order));
          const plans = new Map(start.map((plan) => [plan.shipmentId, plan]));
          const works = new Map<ShipmentId, ShipmentWork>();
          const index = indexOf(start, [], chunked);
          // Asked in between, so that kept lists and searches must follow too.
          answersOf(index, []);
          let seq = 0;
          for (const one of steps) {
            if (one.kind === 'work') {
              const facts = packedFacts(aPlan(one.number), `TM000${one.number}`).slice(0, one.depth);
              seq += 1;
              const record: JournalRecord = aRecord(seq, facts);
              for (const [id, work] of foldRecord(record, (id) => works.get(id) ?? null).works) works.set(id, work);
              index.applyRecord(record);
            } else {
              if (one.kind === 'plan') plans.set(one.plan.shipmentId, one.plan);
              else plans.delete(one.plan.shipmentId);
              index.applyPlans([rowOf(one.plan, 2, one.kind === 'gone')]);
            }
            idsOf(index, { text: '搪瓷' });
          }
          const rebuilt = indexOf([...plans.values()], [...works.values()], plans.size);
          const codes = [...plans.values()].flatMap((plan) =>
            [...codesOfPlan(plan), ...codesOfWork(works.get(plan.shipmentId) ?? null)].map(({ code }) => code),
          );
          const asked = [...new Set([...codes, 'NOBODY', '6900000000017'])];
          expect(sorted(answersOf(index, asked))).toEqual(sorted(answersOf(rebuilt, asked)));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('finds a shipment by every code on its parcel, and goods by SKU and barcode', () => {
    const plan = aPlan('1001');
    const index = indexOf([plan, aPlan('1002')], [], 2);
    index.applyRecord(aRecord(1, packedFacts(plan, 'TM0001').slice(0, 3)));
    for (const raw of ['tm0001', plan.shipmentId, 'shop-a/1001', '1001', '#1001', ' #1001 '])
      expect(index.find(normaliseCode(raw))[0]).toMatchObject({ kind: 'parcel', shipmentId: plan.shipmentId });
    expect(index.find('TM0001')[0]).toMatchObject({ by: 'waybill' });
    expect(index.find('1001')[0]).toMatchObject({ by: 'order' });
    for (const code of ['MUG-RED', '6900000000017']) expect(index.find(code)[0]).toMatchObject({ kind: 'goods' });
    expect(index.find('NOBODY')).toEqual([]);
  });

  it('names the shipment that can be packed first when two shops count their orders alike', () => {
    const other: StoreId = storeId.parse('shop-b');
    const cancelled = planOf(anOrder('7', { life: 'cancelled', shipBy: addMs(NOON, 1) }));
    const open = planOf(anOrder('7', { storeId: other }));
    for (const chunked of [0, 2])
      expect(
        indexOf([cancelled, open], [], chunked)
          .find('7')
          .map((posting) => 'shipmentId' in posting && posting.shipmentId),
      ).toEqual([open.shipmentId, cancelled.shipmentId]);
  });

  it('offers of a popular piece the most urgent ready shipment that needs it, and those already begun', () => {
    const late = planOf(anOrder('1', { shipBy: addMs(NOON, 5_000) }));
    const soon = planOf(anOrder('2', { shipBy: addMs(NOON, 1_000) }));
    const sooner = planOf(anOrder('3', { shipBy: addMs(NOON, 500), lines: [aLine({ shippedQuantity: 1 })] }));
    const begun = planOf(anOrder('4', { shipBy: addMs(NOON, 9_000), lines: [aLine({ quantity: 2 })] }));
    const index = indexOf([late, soon, sooner, begun], [], 3);
    index.applyRecord(aRecord(1, [aFact(countedBody(begun))]));
    const [posting] = index.find('MUG-RED');
    expect(posting?.kind === 'goods' && [...posting.shipmentIds]).toEqual([begun.shipmentId, soon.shipmentId]);
  });

  it('lists the most urgent first: tier, then deadline, then age', () => {
    const vip = planOf(anOrder('1'), { tier: 1 });
    const promised = planOf(anOrder('2', { shipBy: addMs(NOON, 60_000) }));
    const old = planOf(anOrder('3', { createdAt: addMs(NOON, -1_000), paidAt: NOON }));
    const young = planOf(anOrder('4'));
    expect(idsOf(indexOf([young, old, promised, vip], [], 2))).toEqual(
      [vip, promised, old, young].map((plan) => plan.shipmentId),
    );
  });

  it('narrows by state, store and tier, and knows positions', () => {
    const ready = aPlan('1');
    const held = planOf(anOrder('2', { platformHold: '风险审核' }));
    const index = indexOf([ready, held], [], 1);
    expect(idsOf(index, { states: ['held'] })).toEqual([held.shipmentId]);
    expect(idsOf(index, { storeId: storeId.parse('shop-z') })).toEqual([]);
    expect(idsOf(index, { tier: 3 })).toHaveLength(2);
    const list = index.list({ ...EVERYTHING, states: ['ready'] });
    expect([list.positionOf(ready.shipmentId), list.positionOf(held.shipmentId)]).toEqual([0, -1]);
    expect(list.rowAt(0)?.standing.state).toBe('ready');
    expect(list.rowAt(1)).toBeUndefined();
  });

  it('answers with the same objects until something changes', () => {
    const index = indexOf([aPlan('1')]);
    const query = { ...EVERYTHING, text: '杯' };
    expect(index.list({ ...query })).toBe(index.list({ ...query }));
    expect(index.counted()).toBe(index.counted());
    const before = index.list(query);
    index.applyPlans([rowOf(aPlan('2'), 2)]);
    expect(index.list(query)).not.toBe(before);
  });

  it('finds words in numbers, goods, memo and waybill, all of them, and narrows as the text grows', () => {
    const memo = planOf(anOrder('55', { sellerMemo: '易碎 Fragile' }));
    const tea = planOf(anOrder('56', { lines: [aLine({ title: '红茶', sku: 'TEA-9' })] }));
    const index = indexOf([memo, tea], [], 1);
    expect(idsOf(index, { text: '5' })).toHaveLength(2);
    expect(idsOf(index, { text: '55' })).toEqual([memo.shipmentId]);
    expect(idsOf(index, { text: 'FRAG 55' })).toEqual([memo.shipmentId]);
    expect(idsOf(index, { text: 'tea 55' })).toEqual([]);
    index.applyRecord(aRecord(1, [aFact(boundBody(tea.shipmentId, 'YT7788'))]));
    expect(idsOf(index, { text: 'yt77' })).toEqual([tea.shipmentId]);
    expect(idsOf(index, { text: '   ' })).toHaveLength(2);
  });

  it('finds people by keyed tokens, in chunks and in rows, and only by whole ones', () => {
    const [a, b] = ['aaaabbbbccccdddd', '1111222233334444'];
    const first = { ...aPlan('1'), tokens: [a, b] };
    const second = { ...aPlan('2'), tokens: [b] };
    for (const chunked of [0, 1, 2]) {
      const index = indexOf([first, second], [], chunked);
      expect(idsOf(index, { text: '林小满', tokens: [a] })).toEqual([first.shipmentId]);
      expect(idsOf(index, { text: '林小满', tokens: [b] })).toHaveLength(2);
      // The end of one token and the beginning of the next are not a token.
      expect(idsOf(index, { text: '林小满', tokens: ['ccccdddd11112222'] })).toEqual([]);
    }
  });

  it('counts by increments: states, stores, tiers, unsent and parked deliveries', () => {
    const plan = aPlan('1');
    const index = indexOf([plan, aPlan('2')], [], 2);
    expect(index.counted()).toMatchObject({ total: 2, byState: { ready: 2, closed: 0 }, unsent: 0 });
    index.applyRecord(aRecord(1, packedFacts(plan, 'TM0001')));
    expect(index.counted().byState).toMatchObject({ ready: 1, closed: 1 });
    expect(index.counted().byStore.get(plan.storeId)).toMatchObject({ ready: 1, closed: 1 });
    expect(index.counted().byTier.get(3)).toMatchObject({ ready: 1, closed: 1 });
  });

  it('lets a waiting shipment become ready when its day comes, and tells of it', () => {
    let now: Instant = NOON;
    const index = new MemoryIndex({ now: () => now });
    const plan = planOf(anOrder('1', { notBefore: addMs(NOON, 1_000) }));
    index.load(material([plan], [], 1));
    const changes: unknown[] = [];
    index.subscribe((change) => changes.push(change.shipments));
    index.tick();
    expect([index.counted().byState.waiting, changes]).toEqual([1, []]);
    now = addMs(NOON, 1_000);
    index.tick();
    expect(index.counted().byState).toMatchObject({ waiting: 0, ready: 1 });
    expect(changes).toEqual([new Set([plan.shipmentId])]);
  });

  it('shows a proposed act at once, takes it back on refusal, and keeps it when the record comes', () => {
    const plan = planOf(anOrder('1', { lines: [aLine({ quantity: 2 })] }));
    const index = indexOf([plan], [], 1);
    const fact = aFact(countedBody(plan));
    const act = { shipmentId: plan.shipmentId, facts: [fact], gestureId: fact.gestureId };
    const refused = index.propose(act);
    expect(index.row(plan.shipmentId)?.standing.state).toBe('open');
    expect(index.expectedRevision(plan.shipmentId)).toBe(1);
    refused.takeBack();
    expect(index.row(plan.shipmentId)?.standing.state).toBe('ready');
    expect(index.expectedRevision(plan.shipmentId)).toBe(0);

    const kept = index.propose(act);
    const record = aRecord(1, [fact], { shipmentId: plan.shipmentId, number: 1 });
    index.applyRecord(record);
    kept.settle(record);
    kept.takeBack();
    expect(index.work(plan.shipmentId)?.parcels[0]?.counts).toHaveLength(1);
    expect(index.expectedRevision(plan.shipmentId)).toBe(1);
  });

  it('counts an act whose facts main chose as done when its record is applied, before or after the answer', () => {
    const plan = aPlan('1');
    const record = (seq: number, gesture: string): JournalRecord =>
      aRecord(
        seq,
        [
          aFact(seq === 1 ? boundBody(plan.shipmentId, 'TM0001') : printQueuedBody(plan.shipmentId, 'TM0001'), {
            gestureId: gestureId.parse(gesture),
          }),
        ],
        {
          shipmentId: plan.shipmentId,
          number: seq,
        },
      );
    const index = indexOf([plan], [], 1);
    const act = (gesture: string) => ({ shipmentId: plan.shipmentId, facts: [], gestureId: gestureId.parse(gesture) });
    const first = index.propose(act('g-1'));
    index.applyRecord(record(1, 'g-1'));
    first.settle(record(1, 'g-1'));
    expect(index.expectedRevision(plan.shipmentId)).toBe(1);
    const second = index.propose(act('g-2'));
    second.settle(record(2, 'other'));
    expect(index.expectedRevision(plan.shipmentId)).toBe(2);
    index.applyRecord(record(2, 'other'));
    expect(index.expectedRevision(plan.shipmentId)).toBe(2);
  });

  it('keeps a work whose plan has not come yet, and joins both when it does', () => {
    const plan = aPlan('1');
    const index = indexOf([]);
    index.applyRecord(aRecord(1, packedFacts(plan, 'TM0001')));
    expect(index.find('TM0001')).toEqual([]);
    index.applyPlans([rowOf(plan)]);
    expect(index.find('TM0001')[0]).toMatchObject({ kind: 'parcel', shipmentId: plan.shipmentId });
    expect(index.row(plan.shipmentId)?.standing.state).toBe('closed');
  });

  it('lists deliveries of all shipments with the oldest first', () => {
    const plan = aPlan('1');
    const index = indexOf([plan]);
    expect(index.deliveries()).toEqual([]);
    const where = { shipmentId: plan.shipmentId, parcelId: parcelIdAt(plan.shipmentId, 1) };
    const facts = packedFacts(plan, 'TM0001').slice(0, -1);
    index.applyRecord(
      aRecord(1, [
        ...facts,
        aFact({
          kind: 'parcel-closed',
          ...where,
          deliveries: [
            {
              deliveryId: 'd-1' as never,
              idempotencyKey: 'key-00000001',
              storeId: plan.storeId,
              orderKey: anOrder('1').orderKey,
              orderNo: anOrder('1').orderNo,
              ...where,
              carrier: 'manual',
              waybillNo: 'TM0001' as never,
              units: [{ lineId: aLine().lineId, quantity: 1 }],
              sequence: 1,
              notBefore: NOON,
            },
          ],
        }),
      ]),
    );
    expect(index.deliveries()).toMatchObject([{ shipmentId: plan.shipmentId, delivery: { state: 'waiting' } }]);
    expect(index.counted()).toMatchObject({ unsent: 1, parked: 0 });
    expect(jobId.parse('job-1')).toBe(index.work(plan.shipmentId)?.parcels[0]?.job?.jobId);
  });
});

/** Goods postings say which shipments, not in which order those already begun come. */
function sorted(answers: ReturnType<typeof answersOf>) {
  return {
    ...answers,
    byStore: [...answers.byStore].sort(),
    found: answers.found.map((postings) =>
      postings.map((posting) => ('ids' in posting ? { ...posting, ids: [...posting.ids].sort() } : posting)),
    ),
  };
}
