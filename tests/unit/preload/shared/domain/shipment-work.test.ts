import { describe, expect, it } from 'vitest';
import type { FactBody, PlannedDelivery } from '@shared/domain/fact';
import { deliveryId, factId, jobId, orderKeyParts, shipmentId, waybillNo } from '@shared/domain/ids';
import type { PrintJobState } from '@shared/domain/print-job';
import { applyRecord } from '@shared/domain/apply-record';
import {
  applyFact,
  countedByLine,
  currentParcel,
  emptyWork,
  mayHaveTakenEffect,
  parcelIdAt,
  shipmentsOf,
  toldByLine,
  type ShipmentWork,
} from '@shared/domain/shipment-work';
import { aFact, boundBody, countedBody, printQueuedBody, unitsOf } from '../../../../builders/facts';
import { aLine, anOrder, NOON } from '../../../../builders/orders';
import { planOf } from '../../../../builders/plans';

const plan = planOf(anOrder('1', { lines: [aLine({ quantity: 2 })] }));
const id = plan.shipmentId;
const p1 = parcelIdAt(id, 1);
const where = { shipmentId: id, parcelId: p1 };
const NUMBER = 'WB000001';
const [line] = unitsOf(plan);
if (line === undefined) throw new Error('the plan has no line');
const ref = `${line.orderKey}|${line.lineId}`;

/** Folds bodies; a refusal ends the fold and is answered. */
function fold(bodies: readonly FactBody[], from: ShipmentWork = emptyWork(id)): ShipmentWork | string {
  let work = from;
  for (const body of bodies) {
    const next = applyFact(work, aFact(body));
    if (!next.ok) return next.error;
    work = next.value;
  }
  return work;
}

function standing(bodies: readonly FactBody[], from?: ShipmentWork): ShipmentWork {
  const work = fold(bodies, from);
  if (typeof work === 'string') throw new Error(work);
  return work;
}

const count = (quantity = 2): FactBody => countedBody(plan, 0, quantity);
const verified = (quantity = 2): FactBody => ({ kind: 'parcel-verified', ...where, units: [{ ...line, quantity }] });
const bound = boundBody(id, NUMBER);
const queued = (job = 'job-1'): FactBody => printQueuedBody(id, NUMBER, job);
const moved = (state: PrintJobState, job = 'job-1'): FactBody => ({
  kind: 'print-moved',
  ...where,
  jobId: jobId.parse(job),
  state,
  code: '',
});
const delivery = (quantity: number, sequence = 1): PlannedDelivery => ({
  deliveryId: deliveryId.parse(`delivery-${sequence}`),
  idempotencyKey: `key-000${sequence}`,
  ...orderKeyParts(line.orderKey),
  orderKey: line.orderKey,
  ...where,
  carrier: 'manual',
  waybillNo: waybillNo.parse(NUMBER),
  units: [{ lineId: line.lineId, quantity }],
  sequence,
  notBefore: NOON,
});
const closed = (...deliveries: PlannedDelivery[]): FactBody => ({ kind: 'parcel-closed', ...where, deliveries });
const reopened = (...withdraws: string[]): FactBody => ({
  kind: 'parcel-reopened',
  ...where,
  withdraws: withdraws.map((each) => deliveryId.parse(each)),
});
const deliveryMoved = (
  state: 'under-way' | 'acknowledged' | 'shown' | 'waiting',
  sequence = 1,
  attempt = 1,
): FactBody => ({
  kind: 'delivery-moved',
  deliveryId: deliveryId.parse(`delivery-${sequence}`),
  orderKey: line.orderKey,
  shipmentId: id,
  state,
  attempt,
  code: '',
  notBefore: NOON,
});

const PACKED: FactBody[] = [count(), verified(), bound, queued(), moved('sending'), moved('sent')];
const CLOSED: FactBody[] = [...PACKED, closed(delivery(2))];

describe('the walk of a parcel', () => {
  it('goes from the first piece to closed with one waiting delivery', () => {
    const work = standing(CLOSED);
    expect(currentParcel(work)).toMatchObject({
      parcelId: p1,
      stage: 'closed',
      number: { waybillNo: NUMBER },
      job: { state: 'sent' },
      closedAt: NOON,
    });
    expect(work.deliveries).toMatchObject([{ state: 'waiting', attempts: 0, sequence: 1, lastCode: null }]);
  });

  it('label first: number and label may come before the first piece', () => {
    const work = standing([bound, queued(), moved('sending'), moved('sent'), count(), verified(), closed(delivery(2))]);
    expect(currentParcel(work)?.stage).toBe('closed');
  });

  it('changes nothing in the work that it began from', () => {
    const before = standing([count(1)]);
    const frozen = structuredClone(before);
    fold([count(1), verified(), bound], before);
    expect(before).toEqual(frozen);
  });
});

describe('counting', () => {
  it('adds pieces of a line up and takes back only the last one', () => {
    const first = aFact(count(1));
    const second = aFact(count(1));
    const both = applyFact(applied(emptyWork(id), first), second);
    if (!both.ok) throw new Error(both.error);
    expect(countedByLine(currentParcel(both.value)).get(ref)).toBe(2);
    const undo = (fact: typeof first): FactBody => ({ kind: 'count-undone', ...where, undoes: fact.factId });
    expect(fold([undo(first)], both.value)).toBe('nothing-to-undo');
    const one = standing([undo(second)], both.value);
    expect(countedByLine(currentParcel(one)).get(ref)).toBe(1);
    expect(fold([undo(second)], one)).toBe('nothing-to-undo');
    expect(currentParcel(standing([undo(first)], one))?.counts).toEqual([]);
  });

  it('does not go on in a verified or closed parcel, and takes nothing back there', () => {
    const fact = aFact(count());
    const work = standing([verified()], applied(emptyWork(id), fact));
    expect(fold([count(1)], work)).toBe('parcel-not-open');
    expect(fold([{ kind: 'count-undone', ...where, undoes: fact.factId }], work)).toBe('parcel-not-open');
    expect(fold([...CLOSED, count(1)])).toBe('parcel-not-open');
  });

  it('counts released units like scanned ones', () => {
    const released: FactBody = {
      kind: 'units-released',
      ...where,
      ...line,
      quantity: 1,
      reason: 'code torn',
      releasedBy: aFact(count()).personId ?? ('' as never),
    };
    expect(fold([count(1), released, verified(2)])).toMatchObject({ parcels: [{ stage: 'verified' }] });
  });

  it('ends the putting aside of a parcel', () => {
    const parked: FactBody = { kind: 'parcel-parked', ...where };
    expect(currentParcel(standing([count(1), parked]))?.parked).toBe(true);
    expect(currentParcel(standing([count(1), parked, count(1)]))?.parked).toBe(false);
    expect(fold([...CLOSED, parked])).toBe('parcel-not-open');
  });
});

describe('further parcels', () => {
  const second = { ...count(1), parcelId: parcelIdAt(id, 2) } as FactBody;

  it('begin only when the one before is closed, under the id of their place', () => {
    expect(fold([count(1), second])).toBe('parcel-out-of-turn');
    expect(fold([second])).toBe('parcel-out-of-turn');
    expect(fold([{ ...count(1), parcelId: 'anything' } as FactBody])).toBe('parcel-out-of-turn');
    expect(standing([...CLOSED, second]).parcels).toHaveLength(2);
  });

  it('do not touch what the first one told', () => {
    const work = standing([...CLOSED, deliveryMoved('under-way'), second]);
    expect([...toldByLine(work, p1).values()]).toEqual([2]);
    expect([...toldByLine(work, parcelIdAt(id, 2)).values()]).toEqual([]);
  });
});

describe('verifying', () => {
  it.each([[1], [3]])('refuses %i units where 2 were counted (I6)', (quantity) => {
    expect(fold([count(), verified(quantity)])).toBe('units-differ-from-counts');
  });

  it('refuses what was never counted, and adds a line up that is named twice', () => {
    expect(fold([verified()])).toBe('units-differ-from-counts');
    const twice: FactBody = {
      kind: 'parcel-verified',
      ...where,
      units: [
        { ...line, quantity: 1 },
        { ...line, quantity: 1 },
      ],
    };
    expect(fold([count(), twice])).toMatchObject({ parcels: [{ stage: 'verified' }] });
    expect(fold([count(1), twice])).toBe('units-differ-from-counts');
  });

  it('refuses while a hold stands, and goes on when it is gone (I4)', () => {
    const hold = aFact({ kind: 'hold-placed', shipmentId: id, reason: 'refund asked' });
    const held = applied(standing([count()]), hold);
    expect(fold([verified()], held)).toBe('shipment-held');
    expect(fold([bound, queued()], held)).toBe('shipment-held');
    const release = (releases: string): FactBody => ({
      kind: 'hold-released',
      shipmentId: id,
      releases: factId.parse(releases),
      releasedBy: hold.personId ?? ('' as never),
      reason: 'kept',
    });
    expect(fold([release('another')], held)).toBe('not-held');
    expect(fold([release(hold.factId), verified()], held)).toMatchObject({ holds: [] });
  });
});

describe('numbers and labels', () => {
  it('a parcel gets one number, ever, and only before it is closed (I7)', () => {
    expect(fold([bound, boundBody(id, 'WB000002')])).toBe('number-already-bound');
    expect(fold([...CLOSED, boundBody(id, 'WB000002')])).toBe('number-already-bound');
  });

  it('no label without the parcel’s own number', () => {
    expect(fold([count(), queued()])).toBe('number-missing');
    expect(fold([bound, printQueuedBody(id, 'WB000002')])).toBe('number-missing');
  });

  it('no second label while one is under way, unknown or out (I8)', () => {
    for (const states of [[], ['sending'], ['sending', 'sent'], ['sending', 'done']] as PrintJobState[][])
      expect(fold([bound, queued(), ...states.map((state) => moved(state)), queued('job-2')])).toBe('job-under-way');
    expect(fold([bound, queued(), moved('sending'), moved('unknown'), queued('job-2')])).toBe('job-unknown');
  });

  it('a new label after one that failed or expired, or that a person declared not printed', () => {
    for (const states of [
      ['failed'],
      ['expired'],
      ['sending', 'failed'],
      ['sending', 'unknown', 'failed'],
    ] as PrintJobState[][])
      expect(fold([bound, queued(), ...states.map((state) => moved(state)), queued('job-2')])).toMatchObject({
        parcels: [{ job: { jobId: 'job-2', state: 'queued' } }],
      });
  });

  it.each<[PrintJobState, PrintJobState]>([
    ['sent', 'failed'],
    ['sent', 'queued'],
    ['sent', 'expired'],
    ['seen-printing', 'failed'],
    ['done', 'failed'],
    ['done', 'unknown'],
    ['unknown', 'expired'],
    ['unknown', 'queued'],
    ['failed', 'sending'],
    ['expired', 'sending'],
    ['sending', 'expired'],
    ['sending', 'queued'],
  ])('a job never goes from %s to %s', (from, to) => {
    const way: Record<string, PrintJobState[]> = {
      sent: ['sending', 'sent'],
      'seen-printing': ['sending', 'seen-printing'],
      done: ['sending', 'done'],
      unknown: ['sending', 'unknown'],
      failed: ['failed'],
      expired: ['expired'],
      sending: ['sending'],
    };
    const steps = (way[from] ?? []).map((state) => moved(state));
    expect(fold([bound, queued(), ...steps, moved(to)])).toBe('job-move-refused');
  });

  it('another parcel’s job moves nothing', () => {
    expect(fold([bound, queued(), moved('sending', 'job-9')])).toBe('job-move-refused');
  });

  it('no label on a closed parcel', () => {
    expect(fold([...CLOSED, queued('job-2')])).toBe('parcel-not-open');
  });
});

describe('closing', () => {
  it('needs a verified parcel, a number and a label that is out', () => {
    expect(fold([count(), closed()])).toBe('parcel-not-verified');
    expect(fold([count(), verified(), closed()])).toBe('number-missing');
    expect(fold([count(), verified(), bound, closed()])).toBe('label-not-out');
    expect(fold([count(), verified(), bound, queued(), moved('sending'), moved('unknown'), closed()])).toBe(
      'label-not-out',
    );
    expect(fold([...CLOSED, closed()])).toBe('parcel-not-verified');
  });

  it('tells no unit twice and none that is not in the box (I1, I6)', () => {
    expect(fold([...PACKED, closed(delivery(3))])).toBe('units-told-already');
    expect(fold([...PACKED, closed(delivery(2), delivery(1, 2))])).toBe('units-told-already');
    expect(fold([...PACKED, closed(delivery(1), delivery(1, 2))])).toMatchObject({ parcels: [{ stage: 'closed' }] });
    const elsewhere = { ...delivery(2), parcelId: parcelIdAt(id, 2) };
    expect(fold([...PACKED, closed(elsewhere)])).toBe('units-told-already');
  });

  it('for stores that are told earlier finds nothing left to tell', () => {
    const created: FactBody = { kind: 'deliveries-created', ...where, deliveries: [delivery(2)] };
    expect(fold([count(), created])).toBe('parcel-not-verified');
    expect(fold([count(), verified(), created])).toBe('number-missing');
    const early: FactBody[] = [count(), verified(), bound, created, queued(), moved('sending'), moved('sent')];
    expect(fold([...early, closed(delivery(1, 2))])).toBe('units-told-already');
    expect(standing([...early, closed()]).deliveries).toHaveLength(1);
  });
});

describe('reopening', () => {
  it('keeps counts, number and label, and withdraws what has not gone out', () => {
    const work = standing([...CLOSED, reopened('delivery-1')]);
    expect(currentParcel(work)).toMatchObject({
      stage: 'open',
      verifiedAt: null,
      closedAt: null,
      number: { waybillNo: NUMBER },
      job: { state: 'sent' },
    });
    expect(currentParcel(work)?.counts).toHaveLength(1);
    expect(work.deliveries).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('cannot take back what may have reached the shop', () => {
    for (const state of ['under-way', 'acknowledged'] as const)
      expect(fold([...CLOSED, deliveryMoved(state), reopened('delivery-1')])).toBe('delivery-final');
    const triedOnce = [...CLOSED, deliveryMoved('under-way'), deliveryMoved('waiting'), reopened('delivery-1')];
    expect(fold(triedOnce)).toBe('delivery-final');
  });

  it('is refused for an open parcel and while its label is printing', () => {
    expect(fold([count(), reopened()])).toBe('parcel-not-closed');
    expect(fold([count(), verified(), bound, queued(), reopened()])).toBe('job-under-way');
    expect(fold([count(), verified(), bound, queued(), moved('sending'), reopened()])).toBe('job-under-way');
    expect(fold([count(), verified(), reopened()])).toMatchObject({ parcels: [{ stage: 'open' }] });
  });

  it('and closing again tells withdrawn units anew, under a delivery of its own', () => {
    const work = standing([...CLOSED, reopened('delivery-1'), verified(), closed(delivery(2, 2))]);
    expect(work.deliveries.map((each) => each.state)).toEqual(['withdrawn', 'waiting']);
  });

  it('with units that went out and are missing now is an exception until they are back', () => {
    const undone = aFact(count(1));
    const two = applied(standing([count(1)]), undone);
    const out = standing(
      [
        verified(),
        bound,
        queued(),
        moved('sending'),
        moved('sent'),
        closed(delivery(2)),
        deliveryMoved('acknowledged'),
        reopened(),
      ],
      two,
    );
    const less = standing([{ kind: 'count-undone', ...where, undoes: undone.factId }, verified(1)], out);
    expect(less.exception).toBe('confirmed-units-taken-out');
    const back = standing([reopened(), count(1), verified(2)], less);
    expect(back.exception).toBeNull();
  });

  it('keeps the exception of one parcel when the next one is verified', () => {
    const undone = aFact(count(1));
    const two = applied(standing([count(1)]), undone);
    const out = standing(
      [
        verified(),
        bound,
        queued(),
        moved('sending'),
        moved('sent'),
        closed(delivery(2)),
        deliveryMoved('acknowledged'),
        reopened(),
        { kind: 'count-undone', ...where, undoes: undone.factId },
        verified(1),
        closed(),
      ],
      two,
    );
    const second = { shipmentId: id, parcelId: parcelIdAt(id, 2) };
    const next = standing(
      [
        { ...countedBody(plan, 0, 1), ...second },
        { kind: 'parcel-verified', ...second, units: [{ ...line, quantity: 1 }] },
      ],
      out,
    );
    expect(next.exception).toBe('confirmed-units-taken-out');
  });
});

describe('deliveries', () => {
  it('remember the highest attempt and the last code that was one', () => {
    const coded = { ...deliveryMoved('waiting', 1, 3), code: 'offline' } as FactBody;
    const work = standing([...CLOSED, deliveryMoved('under-way', 1, 3), coded, deliveryMoved('acknowledged', 1, 1)]);
    expect(work.deliveries).toMatchObject([{ state: 'acknowledged', attempts: 3, lastCode: 'offline' }]);
  });

  it('that are shown or withdrawn move no more, and unknown ones never did', () => {
    expect(fold([...CLOSED, deliveryMoved('shown'), deliveryMoved('waiting')])).toBe('delivery-final');
    expect(fold([...CLOSED, reopened('delivery-1'), deliveryMoved('under-way')])).toBe('delivery-final');
    expect(fold([deliveryMoved('under-way')])).toBe('delivery-unknown');
  });

  it('may have taken effect from the first attempt on', () => {
    expect(mayHaveTakenEffect({ state: 'waiting', attempts: 0 })).toBe(false);
    expect(mayHaveTakenEffect({ state: 'waiting', attempts: 1 })).toBe(true);
    expect(mayHaveTakenEffect({ state: 'withdrawn', attempts: 0 })).toBe(false);
    for (const state of ['under-way', 'acknowledged', 'shown', 'unknown', 'parked'] as const)
      expect(mayHaveTakenEffect({ state, attempts: 1 })).toBe(true);
  });
});

describe('grouping', () => {
  const merged = shipmentId.parse('merged');
  const other = shipmentId.parse('other');
  const merge: FactBody = { kind: 'shipments-merged', shipmentId: merged, sources: [id, other] };
  const parts = [shipmentId.parse('a'), shipmentId.parse('b')] as const;
  const split: FactBody = {
    kind: 'shipment-split',
    shipmentId: id,
    parts: parts.map((part) => ({ shipmentId: part, links: [line] })),
  };

  it('takes the sources out of hand, not the shipment that they became', () => {
    expect(shipmentsOf(merge)).toEqual([merged, id, other]);
    const source = standing([merge]);
    expect(source.groupedInto).toEqual([merged]);
    expect(fold([count()], source)).toBe('shipment-grouped');
    expect(standing([merge], emptyWork(merged)).groupedInto).toEqual([]);
  });

  it('is refused where hands or numbers are on it already', () => {
    expect(fold([count(1), merge])).toBe('parcel-not-open');
    expect(fold([bound, split])).toBe('parcel-not-open');
  });

  it('of a split goes to its parts', () => {
    expect(standing([split]).groupedInto).toEqual(parts);
  });

  it('undone gives every source its own life back, unless a part is being packed', () => {
    const undo: FactBody = {
      kind: 'grouping-undone',
      shipmentId: merged,
      undoes: factId.parse('f'),
      members: [id, other],
    };
    expect(shipmentsOf(undo)).toEqual([merged, id, other]);
    expect(standing([undo], standing([merge])).groupedInto).toEqual([]);
    expect(fold([count(1), undo])).toBe('parcel-not-open');
  });
});

describe('a record', () => {
  it('applies whole or not at all, over several shipments, and raises the one revision', () => {
    const other = planOf(anOrder('2'));
    const works = new Map<string, ShipmentWork>();
    const good = applyRecord((each) => works.get(each) ?? null, {
      facts: [aFact(count()), aFact(countedBody(other))],
      revision: { shipmentId: id, number: 7 },
    });
    if (!good.ok) throw new Error(good.error);
    expect(good.value.get(id)?.revision).toBe(7);
    expect(good.value.get(other.shipmentId)?.revision).toBe(0);
    expect(works.size).toBe(0);
    const bad = applyRecord(() => null, { facts: [aFact(count()), aFact(closed())], revision: null });
    expect(bad).toEqual({ ok: false, error: 'parcel-not-verified' });
  });

  it('skips facts of a newer schema and keeps the rest', () => {
    const result = applyRecord(() => null, {
      facts: [aFact(closed(), { schema: 2 }), aFact(count())],
      revision: null,
    });
    expect(result.ok && currentParcel(result.value.get(id) ?? null)?.counts).toHaveLength(1);
  });

  it.each<FactBody>([
    { kind: 'audited', action: 'a', subject: 's' },
    { kind: 'number-voided', waybillNo: waybillNo.parse(NUMBER), reason: 'torn' },
  ])('about no shipment changes none: $kind', (body) => {
    expect(shipmentsOf(body)).toEqual([]);
    expect(fold([body])).toEqual(emptyWork(id));
  });
});

function applied(work: ShipmentWork, fact: ReturnType<typeof aFact>): ShipmentWork {
  const next = applyFact(work, fact);
  if (!next.ok) throw new Error(next.error);
  return next.value;
}
