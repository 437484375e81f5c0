import { describe, expect, it } from 'vitest';
import type { FactBody } from '@shared/domain/fact';
import { lineId } from '@shared/domain/ids';
import { judgeScan, normaliseCode, type Posting, type ScanLookup } from '@shared/domain/scan-verdict';
import type { ShipmentPlan } from '@shared/domain/shipment';
import { applyFact, emptyWork, parcelIdAt, type ShipmentWork } from '@shared/domain/shipment-work';
import { addMs } from '@shared/units/instant';
import { aFact, boundBody, countedBody, packedFacts, unitsOf } from '../../../../builders/facts';
import { aLine, anOrder, NOON } from '../../../../builders/orders';
import { planOf } from '../../../../builders/plans';

const MUG = '6900000000017';
const BOWL = '6900000000024';
const mug = aLine({ quantity: 2 });
const bowl = aLine({ lineId: lineId.parse('line-2'), sku: 'BOWL', title: '大碗', variantTitle: '', barcodes: [BOWL] });

/** The memory index by its contract: waybill, order number and goods codes. */
class Bench implements ScanLookup {
  private readonly plans = new Map<string, ShipmentPlan>();
  private readonly works = new Map<string, ShipmentWork>();

  add(plan: ShipmentPlan, bodies: readonly FactBody[] = []): ShipmentPlan {
    this.plans.set(plan.shipmentId, plan);
    if (bodies.length > 0) this.works.set(plan.shipmentId, emptyWork(plan.shipmentId));
    for (const body of bodies) this.apply(plan, body);
    return plan;
  }

  apply(plan: ShipmentPlan, body: FactBody): void {
    const next = applyFact(this.works.get(plan.shipmentId) ?? emptyWork(plan.shipmentId), aFact(body));
    if (!next.ok) throw new Error(next.error);
    this.works.set(plan.shipmentId, next.value);
  }

  find(code: string): readonly Posting[] {
    const postings: Posting[] = [];
    for (const plan of this.plans.values()) {
      const number = this.works.get(plan.shipmentId)?.parcels[0]?.number?.waybillNo;
      if (number === code) postings.push({ kind: 'parcel', by: 'waybill', shipmentId: plan.shipmentId });
      if (plan.orders.some((order) => order.orderNo === code))
        postings.push({ kind: 'parcel', by: 'order', shipmentId: plan.shipmentId });
    }
    const goods = [...this.plans.values()].filter((plan) =>
      plan.lines.some((line) => line.barcodes.includes(code) || normaliseCode(line.sku) === code),
    );
    return goods.length === 0
      ? postings
      : [...postings, { kind: 'goods', shipmentIds: goods.map((plan) => plan.shipmentId) }];
  }

  plan(id: string): ShipmentPlan | undefined {
    return this.plans.get(id);
  }

  work(id: string): ShipmentWork | null {
    return this.works.get(id) ?? null;
  }

  scan(code: string, open: ShipmentPlan | null = null) {
    return judgeScan(this, open?.shipmentId ?? null, normaliseCode(code), NOON);
  }
}

const order = (no: string, changes: Parameters<typeof anOrder>[1] = {}, policy: Parameters<typeof planOf>[1] = {}) =>
  planOf(anOrder(no, { lines: [mug, bowl], ...changes }), policy);

describe('with nothing open', () => {
  it('an order number or waybill opens its shipment, in any case and with blanks around', () => {
    const bench = new Bench();
    const plan = bench.add(order('1001'), [boundBody(order('1001').shipmentId, 'WB000001')]);
    expect(bench.scan(' 1001\n')).toEqual({
      kind: 'opened',
      shipmentId: plan.shipmentId,
      by: 'order',
      count: null,
      completes: false,
    });
    expect(bench.scan('wb000001')).toMatchObject({ kind: 'opened', by: 'waybill' });
  });

  it('a piece opens the most urgent shipment that needs it and is counted at once', () => {
    const bench = new Bench();
    bench.add(order('late', { shipBy: addMs(NOON, 9_000) }));
    const soon = bench.add(order('soon', { shipBy: addMs(NOON, 5_000) }));
    expect(bench.scan(MUG)).toMatchObject({
      kind: 'opened',
      shipmentId: soon.shipmentId,
      by: 'goods',
      count: { counted: 1, due: 2 },
      completes: false,
    });
    const urgent = bench.add(order('urgent', {}, { tier: 1 }));
    expect(bench.scan(MUG)).toMatchObject({ shipmentId: urgent.shipmentId });
  });

  it('equal urgency goes by age', () => {
    const bench = new Bench();
    const shipBy = addMs(NOON, 5_000);
    bench.add(order('young', { shipBy, createdAt: addMs(NOON, 10) }));
    const old = bench.add(order('old', { shipBy, createdAt: NOON }));
    expect(bench.scan(MUG)).toMatchObject({ shipmentId: old.shipmentId });
  });

  it('a piece that completes a one-piece shipment says so', () => {
    const bench = new Bench();
    bench.add(planOf(anOrder('1', { lines: [bowl] })));
    expect(bench.scan(BOWL)).toMatchObject({ kind: 'opened', completes: true });
  });

  it('a SKU stands for the piece where there is no barcode', () => {
    const bench = new Bench();
    bench.add(order('1'));
    expect(bench.scan('bowl')).toMatchObject({ kind: 'opened', by: 'goods' });
  });

  it('a piece skips shipments that are stopped or full, and says stopped when nothing else needs it', () => {
    const bench = new Bench();
    const stopped = bench.add(order('1', { payment: 'unpaid' }, { tier: 1 }));
    expect(bench.scan(MUG)).toMatchObject({
      kind: 'stopped',
      shipmentId: stopped.shipmentId,
      reasons: [{ kind: 'stop', stop: 'unpaid' }],
    });
    const open = bench.add(order('2'));
    expect(bench.scan(MUG)).toMatchObject({ kind: 'opened', shipmentId: open.shipmentId });
  });

  it('a piece of shipments that are all full or packed is already complete', () => {
    const bench = new Bench();
    const plan = bench.add(order('1'), [countedBody(order('1'), 0, 2)]);
    expect(bench.scan(MUG)).toMatchObject({ kind: 'already-complete', shipmentId: plan.shipmentId });
  });

  it('a code that nobody knows, or an empty one, is unknown', () => {
    const bench = new Bench();
    bench.add(planOf(anOrder('1', { lines: [aLine({ sku: '' })] })));
    expect(bench.scan('nothing')).toEqual({ kind: 'unknown-code', code: 'NOTHING' });
    expect(bench.scan('   ')).toEqual({ kind: 'unknown-code', code: '' });
    const open = bench.add(planOf(anOrder('2', { lines: [aLine({ sku: '' })] })));
    expect(bench.scan('', open)).toEqual({ kind: 'unknown-code', code: '' });
  });

  it('a code of a packed or stopped shipment says which', () => {
    const bench = new Bench();
    const packed = order('1');
    bench.add(
      packed,
      packedFacts(packed, 'WB000001').map((fact) => fact.body),
    );
    expect(bench.scan('1')).toEqual({ kind: 'already-complete', shipmentId: packed.shipmentId, line: null });
    expect(bench.scan('WB000001')).toMatchObject({ kind: 'already-complete' });
    bench.add(order('2', { life: 'cancelled' }));
    expect(bench.scan('2')).toMatchObject({ kind: 'stopped', reasons: [{ kind: 'stop', stop: 'cancelled' }] });
    bench.add(order('3', { notBefore: addMs(NOON, 60_000) }));
    expect(bench.scan('3')).toMatchObject({ kind: 'stopped', reasons: [{ kind: 'not-before' }] });
  });
});

describe('with a shipment in hand', () => {
  it('each piece counts up its line until the last one completes', () => {
    const bench = new Bench();
    const plan = bench.add(order('1'), [countedBody(order('1'))]);
    expect(bench.scan(MUG, plan)).toMatchObject({ kind: 'counted', count: { counted: 2, due: 2 }, completes: false });
    bench.apply(plan, countedBody(plan));
    expect(bench.scan(BOWL, plan)).toMatchObject({ kind: 'counted', count: { counted: 1, due: 1 }, completes: true });
  });

  it('one too many is already complete, even where another shipment needs it', () => {
    const bench = new Bench();
    const plan = bench.add(order('1'), [countedBody(order('1'), 0, 2)]);
    bench.add(order('2'));
    expect(bench.scan(MUG, plan)).toMatchObject({
      kind: 'already-complete',
      shipmentId: plan.shipmentId,
      line: { sku: 'MUG-RED' },
    });
  });

  it('two lines with one code fill one after the other', () => {
    const bench = new Bench();
    const twin = planOf(anOrder('1', { lines: [aLine(), aLine({ lineId: lineId.parse('twin') })] }));
    const plan = bench.add(twin, [countedBody(twin)]);
    expect(bench.scan(MUG, plan)).toMatchObject({
      kind: 'counted',
      count: { line: { lineId: 'twin' } },
      completes: true,
    });
  });

  it('a stray piece names itself and what is expected', () => {
    const bench = new Bench();
    const plan = bench.add(planOf(anOrder('1', { lines: [mug] })), [
      countedBody(planOf(anOrder('1', { lines: [mug] }))),
    ]);
    bench.add(order('2'));
    expect(bench.scan(BOWL, plan)).toMatchObject({
      kind: 'not-in-this-shipment',
      shipmentId: plan.shipmentId,
      came: '大碗',
      expected: [{ sku: 'MUG-RED' }],
    });
  });

  it('a code of another parcel switches only while nothing is in the box', () => {
    const bench = new Bench();
    const plan = bench.add(order('1'));
    const other = bench.add(order('2'));
    expect(bench.scan('2', plan)).toMatchObject({ kind: 'opened', shipmentId: other.shipmentId });
    bench.apply(plan, countedBody(plan));
    expect(bench.scan('2', plan)).toMatchObject({
      kind: 'not-in-this-shipment',
      shipmentId: plan.shipmentId,
      came: '2',
    });
    bench.apply(plan, { kind: 'parcel-parked', shipmentId: plan.shipmentId, parcelId: parcelIdAt(plan.shipmentId, 1) });
    expect(bench.scan('2', plan)).toMatchObject({ kind: 'opened', shipmentId: other.shipmentId });
  });

  it('that was stopped meanwhile is stopped, verified or not', () => {
    const bench = new Bench();
    const plan = order('1');
    bench.add(plan, [countedBody(plan, 0, 2), countedBody(plan, 1)]);
    bench.add({ ...plan, stops: ['refund-under-way'] }, []);
    expect(bench.scan(MUG, plan)).toMatchObject({ kind: 'stopped', reasons: [{ stop: 'refund-under-way' }] });
    const where = { shipmentId: plan.shipmentId, parcelId: parcelIdAt(plan.shipmentId, 1) };
    bench.apply(plan, { kind: 'parcel-verified', ...where, units: unitsOf(plan) });
    expect(bench.scan(MUG, plan)).toMatchObject({ kind: 'stopped' });
  });

  it('that is verified takes no more, and its own code opens it again for its label', () => {
    const bench = new Bench();
    const plan = order('1');
    const where = { shipmentId: plan.shipmentId, parcelId: parcelIdAt(plan.shipmentId, 1) };
    bench.add(plan, [
      countedBody(plan, 0, 2),
      countedBody(plan, 1),
      { kind: 'parcel-verified', ...where, units: unitsOf(plan) },
    ]);
    expect(bench.scan(MUG, plan)).toMatchObject({ kind: 'already-complete' });
    expect(bench.scan('1', plan)).toMatchObject({ kind: 'opened', shipmentId: plan.shipmentId });
  });

  it('that is closed is out of the hand: the same piece belongs to the next shipment', () => {
    const bench = new Bench();
    const plan = planOf(anOrder('1', { lines: [bowl] }));
    bench.add(
      plan,
      packedFacts(plan, 'WB000001').map((fact) => fact.body),
    );
    const next = bench.add(planOf(anOrder('2', { lines: [bowl] })));
    expect(bench.scan(BOWL, plan)).toMatchObject({ kind: 'opened', shipmentId: next.shipmentId, completes: true });
  });

  it('units that the shop shipped itself are not asked for again (I1)', () => {
    const bench = new Bench();
    const plan = bench.add(order('1', { lines: [{ ...mug, shippedQuantity: 1 }, bowl] }), []);
    bench.apply(plan, countedBody(plan));
    expect(bench.scan(MUG, plan)).toMatchObject({ kind: 'already-complete' });
    expect(bench.scan(BOWL, plan)).toMatchObject({ kind: 'counted', completes: true });
  });
});
