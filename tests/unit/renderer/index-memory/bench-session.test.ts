import { describe, expect, it } from 'vitest';
import { lineId } from '@shared/domain/ids';
import { refuse } from '@shared/language/result';
import { aLine, anOrder } from '../../../builders/orders';
import { planOf } from '../../../builders/plans';
import { createBenchSessionRig } from '../../../fakes/bench-session-rig';

const two = planOf(
  anOrder('1001', {
    lines: [
      aLine({ quantity: 2 }),
      aLine({ lineId: lineId.parse('line-2'), sku: 'TEA', title: '红茶', barcodes: ['6900000000024'] }),
    ],
  }),
);
const other = planOf(anOrder('2002', { lines: [aLine({ sku: 'CUP', barcodes: ['6900000000031'] })] }));
const MUG = '6900000000017';
const TEA = '6900000000024';
const CUP = '6900000000031';

const parcelOf = (rig: ReturnType<typeof createBenchSessionRig>, plan = two) =>
  rig.index.work(plan.shipmentId)?.parcels.at(-1);

describe('packing one parcel', () => {
  it('goes from the first code to the closed parcel and is then free for the next one', async () => {
    const rig = createBenchSessionRig({ plans: [two, other] });
    expect(rig.session.view().phase).toBe('idle');
    expect(rig.scan('1001').kind).toBe('opened');
    expect(rig.session.view()).toMatchObject({ phase: 'scanning', open: two.shipmentId });
    expect(rig.scan(MUG).kind).toBe('counted');
    expect(rig.scan(TEA).kind).toBe('counted');
    expect(rig.scan(MUG)).toMatchObject({ kind: 'counted', completes: true });
    expect(rig.session.view().phase).toBe('completing');
    await rig.settle();
    expect(parcelOf(rig)).toMatchObject({ stage: 'closed', number: { waybillNo: 'TM0001' } });
    expect(rig.session.view()).toMatchObject({
      phase: 'closed',
      open: null,
      shown: two.shipmentId,
      lastClosed: two.shipmentId,
      pending: 0,
      trouble: null,
    });
    expect(rig.sounds).toEqual(['opened', 'good', 'good', 'good', 'done']);
    expect(rig.scan(CUP)).toMatchObject({ kind: 'opened', shipmentId: other.shipmentId });
    await rig.settle();
    expect(parcelOf(rig, other)?.stage).toBe('closed');
  });

  it('shows counts before the journal answers and sends many scans with one chain of revisions', async () => {
    const rig = createBenchSessionRig({ plans: [two] });
    const held = rig.fake.holdAnswers();
    rig.scan('1001');
    rig.scan(MUG);
    rig.scan(MUG);
    rig.scan(TEA);
    await rig.settle();
    expect(rig.session.view().pending).toBe(3);
    expect(parcelOf(rig)?.counts.map((count) => count.quantity)).toEqual([1, 1, 1]);
    expect(rig.fake.journal.records.map((record) => record.revision?.number ?? null).slice(0, 3)).toEqual([1, 2, 3]);
    held.open();
    await rig.settle();
    expect(rig.session.view()).toMatchObject({ pending: 0, phase: 'closed' });
  });

  it('fetches label data and asks the shop again when a shipment is opened, once', async () => {
    let reads = 0;
    const rig = createBenchSessionRig({
      plans: [two],
      labelOrders: async () => {
        reads += 1;
        return refuse('order-unknown');
      },
    });
    rig.scan('1001');
    rig.scan(MUG);
    rig.scan('1001');
    await rig.settle();
    expect(reads).toBe(1);
    expect(rig.readAgain.map((plan) => plan.shipmentId)).toEqual([two.shipmentId]);
  });

  it('tells the four refusals apart and changes nothing with them', async () => {
    const held = planOf(anOrder('3003', { platformHold: '风险审核' }));
    const rig = createBenchSessionRig({ plans: [two, other, held] });
    rig.scan('1001');
    rig.scan(MUG);
    rig.scan(MUG);
    await rig.settle();
    const before = rig.fake.journal.records.length;
    expect(rig.scan(CUP).kind).toBe('not-in-this-shipment');
    expect(rig.scan(MUG).kind).toBe('already-complete');
    expect(rig.scan('NOBODY').kind).toBe('unknown-code');
    rig.session.command('park', null);
    expect(rig.scan('3003')).toMatchObject({ kind: 'stopped', reasons: [{ kind: 'stop', stop: 'platform-hold' }] });
    await rig.settle();
    expect(rig.sounds.slice(-5)).toEqual([
      'not-in-this-shipment',
      'already-complete',
      'unknown-code',
      'parked',
      'stopped',
    ]);
    expect(rig.fake.journal.records.length).toBe(before + 1);
  });

  it('prints first where the store works label first, and closes without a second label', async () => {
    const plan = planOf(anOrder('1001'), { orderOfWork: 'label-first' });
    const rig = createBenchSessionRig({ plans: [plan] });
    rig.scan('1001');
    rig.session.command('print', rig.aScan('TM-PRINT'));
    await rig.settle();
    expect(parcelOf(rig, plan)).toMatchObject({ stage: 'open', job: { state: 'sent' } });
    rig.scan('TM0001');
    rig.scan(MUG);
    await rig.settle();
    expect(parcelOf(rig, plan)?.stage).toBe('closed');
    expect(rig.fake.journal.records.flatMap((record) => record.facts.map((fact) => fact.body.kind))).toEqual([
      'number-bound',
      'print-queued',
      'print-moved',
      'print-moved',
      'units-counted',
      'parcel-verified',
      'parcel-closed',
    ]);
  });
});

describe('taking things back', () => {
  it('undoes the last count, one at a time, and has nothing to undo at the end', async () => {
    const rig = createBenchSessionRig({ plans: [two] });
    rig.scan('1001');
    rig.scan(MUG);
    rig.scan(TEA);
    rig.session.command('undo', rig.aScan('TM-UNDO'));
    expect(parcelOf(rig)?.counts).toHaveLength(1);
    rig.session.undoLast();
    await rig.settle();
    expect(parcelOf(rig)?.counts).toEqual([]);
    const before = rig.fake.journal.records.length;
    rig.session.undoLast();
    await rig.settle();
    expect(rig.fake.journal.records.length).toBe(before);
    expect(rig.sounds.at(-1)).toBe('already-complete');
  });

  it('opens the last closed parcel again with its counts and number, and closes it without a new label', async () => {
    const rig = createBenchSessionRig({ plans: [other] });
    rig.scan(CUP);
    await rig.settle();
    rig.session.command('reopen', rig.aScan('TM-REOPEN'));
    await rig.settle();
    expect(rig.session.view()).toMatchObject({ open: other.shipmentId, lastClosed: null, phase: 'scanning' });
    rig.session.undoLast();
    rig.scan(CUP);
    await rig.settle();
    expect(rig.session.view().phase).toBe('closed');
    const kinds = rig.fake.journal.records.flatMap((record) => record.facts.map((fact) => fact.body.kind));
    expect(kinds.filter((kind) => kind === 'print-queued')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'parcel-closed')).toHaveLength(2);
  });

  it('parks a half-packed parcel, keeps its counts, and takes it up again', async () => {
    const rig = createBenchSessionRig({ plans: [two, other] });
    rig.scan('1001');
    rig.scan(MUG);
    rig.session.command('next', null);
    expect(rig.session.view().open).toBe(two.shipmentId);
    rig.session.command('park', rig.aScan('TM-PARK'));
    expect(rig.session.view().open).toBeNull();
    rig.scan('2002');
    rig.session.command('next', null);
    rig.scan('1001');
    await rig.settle();
    expect(rig.session.view().open).toBe(two.shipmentId);
    expect(parcelOf(rig)?.counts).toHaveLength(1);
  });

  it('shows a closed parcel from a list and reopens that one', async () => {
    const rig = createBenchSessionRig({ plans: [two, other] });
    rig.scan(CUP);
    await rig.settle();
    rig.scan('1001');
    rig.session.leave();
    expect(rig.session.openFromList(other.shipmentId)).toBe(true);
    expect(rig.session.view()).toMatchObject({ open: null, shown: other.shipmentId, lastClosed: other.shipmentId });
    rig.scan('1001');
    rig.scan(MUG);
    expect(rig.session.openFromList(other.shipmentId)).toBe(false);
  });
});

describe('when something is in the way', () => {
  it('takes a refused count back and says why', async () => {
    const rig = createBenchSessionRig({ plans: [two] });
    rig.scan('1001');
    rig.fake.refuseNext('journal.append', 'disk-full');
    rig.scan(MUG);
    expect(parcelOf(rig)?.counts).toHaveLength(1);
    await rig.settle();
    expect(parcelOf(rig)).toBeUndefined();
    expect(rig.session.view()).toMatchObject({
      phase: 'trouble',
      trouble: { code: 'disk-full', shipmentId: two.shipmentId },
    });
    expect(rig.sounds.at(-1)).toBe('trouble');
    rig.scan(MUG);
    await rig.settle();
    expect(rig.session.view()).toMatchObject({ phase: 'scanning', trouble: null });
  });

  it('does not hide the first refusal behind those that follow from it', async () => {
    const rig = createBenchSessionRig({ plans: [two] });
    rig.scan('1001');
    rig.fake.refuseNext('journal.append', 'disk-full');
    rig.scan(MUG);
    rig.scan(TEA);
    await rig.settle();
    expect(rig.session.view().trouble?.code).toBe('disk-full');
    expect(parcelOf(rig)).toBeUndefined();
    rig.scan(MUG);
    rig.scan(TEA);
    await rig.settle();
    expect(parcelOf(rig)?.counts).toHaveLength(2);
  });

  it('keeps the last count when there is no number, and completes by the print command once there is one', async () => {
    const numbers: string[] = [];
    const rig = createBenchSessionRig({ plans: [other], numbers });
    rig.scan(CUP);
    await rig.settle();
    expect(rig.session.view().trouble?.code).toBe('no-number-left');
    expect(parcelOf(rig, other)).toMatchObject({ stage: 'open', counts: [{ quantity: 1 }] });
    rig.fake.addNumbers(['TM0099']);
    rig.session.command('print', rig.aScan('TM-PRINT'));
    await rig.settle();
    expect(parcelOf(rig, other)).toMatchObject({ stage: 'closed', number: { waybillNo: 'TM0099' } });
    expect(rig.session.view().phase).toBe('closed');
  });

  it('keeps the last count when the label data cannot be read', async () => {
    const rig = createBenchSessionRig({ plans: [other], labelOrders: async () => refuse('order-unknown') });
    rig.scan(CUP);
    await rig.settle();
    expect(rig.session.view().trouble?.code).toBe('contact-unreadable');
    expect(parcelOf(rig, other)?.counts).toHaveLength(1);
  });

  it('says "packed, no label" when the print failed, and prints again on the command', async () => {
    const rig = createBenchSessionRig({ plans: [other] });
    rig.fake.printer.next = ['sending', 'failed'];
    rig.scan(CUP);
    await rig.settle();
    expect(rig.session.view()).toMatchObject({ phase: 'trouble', open: other.shipmentId, trouble: null });
    expect(rig.index.row(other.shipmentId)?.standing).toMatchObject({ state: 'verified', label: 'missing' });
    expect(rig.sounds.at(-1)).toBe('trouble');
    rig.fake.printer.next = ['sending', 'sent'];
    rig.session.command('print', rig.aScan('TM-PRINT'));
    await rig.settle();
    expect(rig.session.view().phase).toBe('closed');
    expect(parcelOf(rig, other)?.number?.waybillNo).toBe('TM0001');
  });

  it('asks a person about a label whose fate is unknown, and does as told', async () => {
    const rig = createBenchSessionRig({ plans: [other] });
    rig.fake.printer.next = ['sending', 'unknown'];
    rig.scan(CUP);
    await rig.settle();
    expect(rig.session.view().phase).toBe('trouble');
    expect(rig.index.row(other.shipmentId)?.standing.label).toBe('unknown');
    rig.session.command('print-yes', rig.aScan('TM-YES'));
    await rig.settle();
    expect(rig.session.view().phase).toBe('closed');
  });

  it('leaves a verified parcel without label behind only by a word, and lists still show it', async () => {
    const rig = createBenchSessionRig({ plans: [two, other] });
    rig.fake.printer.next = [];
    rig.scan(CUP);
    await rig.settle();
    expect(rig.session.view().phase).toBe('label-printing');
    expect(rig.scan('1001').kind).toBe('not-in-this-shipment');
    rig.session.command('next', rig.aScan('TM-NEXT'));
    expect(rig.scan('1001').kind).toBe('opened');
    expect(rig.index.counted().byState.verified).toBe(1);
  });

  it('says at once that the shipment in hand was stopped by its shop', () => {
    const rig = createBenchSessionRig({ plans: [two] });
    rig.scan('1001');
    const stopped = planOf(anOrder('1001', { life: 'cancelled' }));
    rig.index.applyPlans([{ shipmentId: two.shipmentId, changed: 2, plan: stopped, gone: false, source: null }]);
    expect(rig.sounds.at(-1)).toBe('stopped');
    expect(rig.scan(MUG).kind).toBe('stopped');
  });
});

describe('what a lead allows', () => {
  const line = other.lines[0];
  if (line === undefined) throw new Error('no line');
  const missing = { orderKey: line.orderKey, lineId: line.lineId, quantity: 1 };

  it('lets a unit go unscanned with a reason and completes the parcel that is full then', async () => {
    const rig = createBenchSessionRig({ plans: [other] });
    rig.scan('2002');
    await rig.session.release(missing, '条码破损', { badge: 'TB-LEAD' });
    await rig.settle();
    expect(parcelOf(rig, other)?.stage).toBe('closed');
    expect(rig.fake.journal.records[0]?.facts[0]?.body).toMatchObject({ kind: 'units-released', reason: '条码破损' });
  });

  it('shows nothing of a release that main refuses', async () => {
    const rig = createBenchSessionRig({ plans: [other] });
    rig.scan('2002');
    rig.fake.refuseNext('journal.append', 'lead-needed');
    await rig.session.release(missing, '条码破损', null);
    expect(parcelOf(rig, other)).toBeUndefined();
    expect(rig.session.view().trouble?.code).toBe('lead-needed');
  });

  it('holds a shipment and lets it go again', async () => {
    const rig = createBenchSessionRig({ plans: [other] });
    await rig.session.placeHold(other.shipmentId, '等客户确认');
    expect(rig.scan('2002')).toMatchObject({ kind: 'stopped', reasons: [{ kind: 'station-hold' }] });
    const [hold] = rig.index.work(other.shipmentId)?.holds ?? [];
    if (hold === undefined) throw new Error('no hold');
    await rig.session.releaseHold(other.shipmentId, hold.factId, '已确认', null);
    expect(rig.scan('2002').kind).toBe('opened');
  });
});

describe('two windows on one shipment', () => {
  it('let one of two acts stand, and show both the same afterwards', async () => {
    const first = createBenchSessionRig({ plans: [two] });
    const second = createBenchSessionRig({ plans: [two], beside: first });
    first.scan('1001');
    second.scan('1001');
    await first.settle();
    // Both act on the same revision before either has heard of the other.
    first.scan(TEA);
    second.scan(TEA);
    await first.settle();
    expect(second.session.view().trouble?.code).toBe('revision-moved');
    expect(first.session.view().trouble).toBeNull();
    expect(parcelOf(second)?.counts).toEqual(parcelOf(first)?.counts);
    expect(second.scan(TEA).kind).toBe('already-complete');
    expect(second.scan(MUG).kind).toBe('counted');
    await first.settle();
    expect(parcelOf(first)?.counts).toHaveLength(2);
  });
});
