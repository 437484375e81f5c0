import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryId, factId, jobId, orderKeyParts, printerId, shipmentId, waybillNo, poolId } from '@shared/domain/ids';
import type { PrintJobState } from '@shared/domain/print-job';
import { shipmentState, stopReason, type ShipmentPlan, type StopReason } from '@shared/domain/shipment';
import {
  isComplete,
  isPackable,
  labelSituation,
  shipmentStanding,
  stopsNow,
  unitsToPack,
} from '@shared/domain/shipment-state';
import {
  emptyWork,
  parcelIdAt,
  type DeliveryWork,
  type ParcelWork,
  type ShipmentWork,
} from '@shared/domain/shipment-work';
import { addMs } from '@shared/units/instant';
import { aLine, anOrder, NOON } from '../../../../builders/orders';
import { planOf } from '../../../../builders/plans';

const plan = planOf(anOrder('1', { lines: [aLine({ quantity: 2 })] }));
const [planned] = plan.lines;
if (planned === undefined) throw new Error('no line');
const id = plan.shipmentId;

const parcel = (over: Partial<ParcelWork> = {}): ParcelWork => ({
  parcelId: parcelIdAt(id, 1),
  stage: 'open',
  counts: [],
  number: null,
  job: null,
  verifiedAt: null,
  closedAt: null,
  parked: false,
  ...over,
});
const counts = (quantity: number): ParcelWork['counts'] => [
  { factId: factId.parse('f'), at: NOON, orderKey: planned.orderKey, lineId: planned.lineId, quantity },
];
const number: ParcelWork['number'] = {
  waybillNo: waybillNo.parse('WB000001'),
  carrier: 'manual',
  poolId: poolId.parse('p'),
};
const job = (state: PrintJobState): ParcelWork['job'] => ({
  jobId: jobId.parse('j'),
  printerId: printerId.parse('p'),
  state,
  code: '',
});
const delivery = (over: Partial<DeliveryWork> = {}): DeliveryWork => ({
  deliveryId: deliveryId.parse('d'),
  idempotencyKey: 'key-0001',
  ...orderKeyParts(planned.orderKey),
  orderKey: planned.orderKey,
  shipmentId: id,
  parcelId: parcelIdAt(id, 1),
  carrier: 'manual',
  waybillNo: waybillNo.parse('WB000001'),
  units: [{ lineId: planned.lineId, quantity: 2 }],
  sequence: 1,
  state: 'waiting',
  attempts: 0,
  notBefore: NOON,
  createdAt: NOON,
  lastCode: null,
  ...over,
});
const work = (over: Partial<ShipmentWork> = {}): ShipmentWork => ({ ...emptyWork(id), ...over });
const stateOf = (of: ShipmentPlan, done: ShipmentWork | null = null) => shipmentStanding(of, done, NOON).state;
const shippedAtShop = (units: number): ShipmentPlan => ({ ...plan, lines: [{ ...planned, shippedAtShop: units }] });

describe('how far the hands have come', () => {
  it('walks waiting → ready → open → verified → labelled → closed', () => {
    expect(stateOf({ ...plan, notBefore: addMs(NOON, 1) })).toBe('waiting');
    expect(stateOf({ ...plan, notBefore: NOON })).toBe('ready');
    expect(stateOf(plan)).toBe('ready');
    expect(stateOf(plan, work({ parcels: [parcel({ counts: counts(1) })] }))).toBe('open');
    expect(stateOf(plan, work({ parcels: [parcel({ stage: 'verified', counts: counts(2) })] }))).toBe('verified');
    const labelled = parcel({ stage: 'verified', counts: counts(2), number, job: job('sent') });
    expect(stateOf(plan, work({ parcels: [labelled] }))).toBe('labelled');
    expect(stateOf(plan, work({ parcels: [{ ...labelled, stage: 'closed' }] }))).toBe('closed');
  });

  it('label first is labelled before the first piece and open behind it', () => {
    const first = parcel({ number, job: job('sent') });
    expect(stateOf(plan, work({ parcels: [first] }))).toBe('labelled');
    expect(stateOf(plan, work({ parcels: [{ ...first, counts: counts(1) }] }))).toBe('open');
  });

  it('a parcel that hands are on is not sent back to waiting', () => {
    const later = { ...plan, notBefore: addMs(NOON, 1) };
    expect(stateOf(later, work({ parcels: [parcel({ counts: counts(1) })] }))).toBe('open');
  });
});

describe('the label', () => {
  it.each<[PrintJobState, string]>([
    ['queued', 'printing'],
    ['sending', 'printing'],
    ['sent', 'out'],
    ['seen-printing', 'out'],
    ['done', 'out'],
    ['failed', 'missing'],
    ['expired', 'missing'],
    ['unknown', 'unknown'],
  ])('with a job %s is %s', (state, situation) => {
    expect(labelSituation(work({ parcels: [parcel({ stage: 'verified', number, job: job(state) })] }))).toBe(situation);
  });

  it('is none before it is due and missing once the parcel is verified', () => {
    expect(labelSituation(null)).toBe('none');
    expect(labelSituation(work({ parcels: [parcel()] }))).toBe('none');
    expect(labelSituation(work({ parcels: [parcel({ stage: 'verified' })] }))).toBe('missing');
  });
});

describe('units to pack', () => {
  it('leave out what the shop counts beyond our own deliveries (I1)', () => {
    const [line] = shippedAtShop(1).lines;
    if (line === undefined) throw new Error('no line');
    expect(unitsToPack(line, null)).toBe(1);
    const ours = (state: DeliveryWork['state'], quantity = 1, attempts = 1) =>
      work({ deliveries: [delivery({ state, attempts, units: [{ lineId: line.lineId, quantity }] })] });
    expect(unitsToPack(line, ours('acknowledged'))).toBe(2);
    expect(unitsToPack(line, ours('unknown'))).toBe(2);
    expect(unitsToPack(line, ours('waiting', 1, 0))).toBe(1);
    expect(unitsToPack(line, ours('withdrawn', 1, 0))).toBe(1);
    expect(unitsToPack({ ...line, due: 0 }, null)).toBe(0);
    expect(unitsToPack({ ...line, shippedAtShop: 9 }, null)).toBe(0);
  });

  it('make a shipment whose units others shipped end as shipped elsewhere, and one without any as cancelled', () => {
    expect(stopsNow(shippedAtShop(2), null)).toEqual(['shipped-elsewhere']);
    expect(stateOf(shippedAtShop(2))).toBe('cancelled');
    const nothingDue = { ...plan, lines: [{ ...planned, due: 0 }] };
    expect(stopsNow(nothingDue, null)).toEqual(['cancelled']);
    expect(stopsNow({ ...nothingDue, stops: ['cancelled'] }, null)).toEqual(['cancelled']);
  });

  it('are all in the box only when every line has enough', () => {
    const two = planOf(anOrder('1', { lines: [aLine({ quantity: 2 }), aLine({ lineId: 'line-2' as never })] }));
    expect(isComplete(plan, work({ parcels: [parcel({ counts: counts(1) })] }))).toBe(false);
    expect(isComplete(plan, work({ parcels: [parcel({ counts: counts(2) })] }))).toBe(true);
    expect(isComplete(two, work({ parcels: [parcel({ counts: counts(2) })] }))).toBe(false);
    expect(isComplete({ ...plan, lines: [] }, null)).toBe(false);
  });
});

describe('what speaks against shipping', () => {
  it.each<[StopReason, string]>([
    ['unpaid', 'held'],
    ['refund-under-way', 'held'],
    ['platform-hold', 'held'],
    ['needs-a-look', 'held'],
    ['cancelled', 'cancelled'],
    ['refunded', 'cancelled'],
    ['shipped-elsewhere', 'cancelled'],
  ])('%s makes it %s, also a half-packed or verified one, with the reason', (stop, state) => {
    const stopped = { ...plan, stops: [stop] };
    for (const done of [
      null,
      work({ parcels: [parcel({ counts: counts(1) })] }),
      work({ parcels: [parcel({ stage: 'verified', counts: counts(2) })] }),
    ]) {
      const standing = shipmentStanding(stopped, done, NOON);
      expect(standing.state).toBe(state);
      expect(standing.reasons).toEqual([{ kind: 'stop', stop }]);
      expect(isPackable(standing.state)).toBe(false);
    }
  });

  it('after a number is bound an ending stop is an exception for a person', () => {
    const done = work({ parcels: [parcel({ stage: 'verified', counts: counts(2), number })] });
    expect(shipmentStanding({ ...plan, stops: ['cancelled'] }, done, NOON)).toMatchObject({
      state: 'exception',
      reasons: [{ kind: 'stopped-after-label', stop: 'cancelled' }],
    });
    expect(stateOf({ ...plan, stops: ['platform-hold'] }, done)).toBe('held');
  });

  it('a station’s hold stands beside the platform’s', () => {
    const held = work({ holds: [{ factId: factId.parse('h'), reason: 'support asks' }] });
    expect(shipmentStanding({ ...plan, stops: ['unpaid'] }, held, NOON).reasons).toEqual([
      { kind: 'stop', stop: 'unpaid' },
      { kind: 'station-hold', reason: 'support asks' },
    ]);
  });
});

describe('after closing', () => {
  const closed = parcel({ stage: 'closed', counts: counts(2), number, job: job('sent') });

  it('our own shipment shown by the shop changes nothing', () => {
    const told = work({ parcels: [closed], deliveries: [delivery({ state: 'shown', attempts: 1 })] });
    expect(stateOf(shippedAtShop(2), told)).toBe('closed');
  });

  it('a parked delivery is an exception with its code', () => {
    const parked = work({
      parcels: [closed],
      deliveries: [delivery({ state: 'parked', attempts: 1, lastCode: 'order-cancelled' })],
    });
    expect(shipmentStanding(plan, parked, NOON)).toMatchObject({
      state: 'exception',
      reasons: [{ kind: 'delivery-parked', code: 'order-cancelled' }],
    });
  });

  it.each<StopReason>(['cancelled', 'refunded', 'refund-under-way'])('a late %s is an exception', (stop) => {
    expect(stateOf({ ...plan, stops: [stop] }, work({ parcels: [closed] }))).toBe('exception');
  });

  it('units that were taken out again come first', () => {
    const taken = work({ parcels: [closed], exception: 'confirmed-units-taken-out' });
    expect(shipmentStanding({ ...plan, stops: ['cancelled'] }, taken, NOON).reasons).toEqual([
      { kind: 'confirmed-units-taken-out' },
    ]);
  });
});

describe('grouped shipments', () => {
  it('are over, whatever else is true', () => {
    expect(stateOf({ ...plan, stops: ['unpaid'] }, work({ groupedInto: [shipmentId.parse('x')] }))).toBe('cancelled');
  });
});

describe('a standing', () => {
  it('is always one of the states of the design, and never packable while anything speaks against it', () => {
    const anyWork = fc
      .record({
        stage: fc.constantFrom<ParcelWork['stage']>('open', 'verified', 'closed'),
        counted: fc.nat({ max: 3 }),
        bound: fc.boolean(),
        jobState: fc.option(fc.constantFrom<PrintJobState>('queued', 'sending', 'sent', 'failed', 'unknown')),
        held: fc.boolean(),
      })
      .map(({ stage, counted, bound, jobState, held }) =>
        work({
          parcels: [
            parcel({
              stage,
              counts: counted === 0 ? [] : counts(counted),
              number: bound ? number : null,
              job: jobState === null ? null : job(jobState),
            }),
          ],
          holds: held ? [{ factId: factId.parse('h'), reason: 'r' }] : [],
        }),
      );
    fc.assert(
      fc.property(fc.option(anyWork), fc.subarray(stopReason.options), fc.nat({ max: 3 }), (done, stops, shipped) => {
        const standing = shipmentStanding({ ...shippedAtShop(shipped), stops }, done, NOON);
        expect(shipmentState.options).toContain(standing.state);
        if (stops.length > 0 || (done?.holds.length ?? 0) > 0) expect(isPackable(standing.state)).toBe(false);
      }),
    );
  });
});
