import { afterEach, describe, expect, it } from 'vitest';
import { jobId } from '@shared/domain/ids';
import { aDraft, countedBody, unitsOf } from '../../builders/facts';
import { aLine } from '../../builders/orders';
import { aPerson } from '../../builders/people';
import { aCase, kindsOf, openPackingRig, PACKER, parcelNow, type PackingRig } from './packing-rig';

let rig: PackingRig;
const open = async (...args: Parameters<typeof openPackingRig>): Promise<PackingRig> =>
  (rig = await openPackingRig(...args));
afterEach(() => rig.close());

const lastKinds = (): string[] => kindsOf(rig.bench.records.at(-1));
const allKinds = (): string[][] => rig.bench.records.slice(1).map((record) => kindsOf(record));
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

describe('the scan that completes a parcel', () => {
  it('writes one record, prints the number, then closes with one delivery in one record', async () => {
    const { packing, bench, sink } = await open();
    const one = aCase('1001');
    const reply = await packing.complete(one.completeAsk(rig), PACKER);
    expect(reply.ok && kindsOf(reply.value)).toEqual([
      'units-counted',
      'parcel-verified',
      'number-bound',
      'print-queued',
    ]);
    await sink.until(({ papers }) => papers.length === 1);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    await expect
      .poll(allKinds)
      .toEqual([
        ['units-counted', 'parcel-verified', 'number-bound', 'print-queued'],
        ['print-moved sending'],
        ['print-moved sent', 'parcel-closed'],
      ]);
    expect(text(sink.papers[0])).toContain('WB000001');
    const [delivery] = bench.state.work(one.id)?.deliveries ?? [];
    expect(delivery).toMatchObject({
      orderKey: 'shop-a/1001',
      orderNo: '1001',
      storeId: 'shop-a',
      waybillNo: 'WB000001',
      carrier: 'manual',
      state: 'waiting',
      sequence: 1,
      attempts: 0,
      units: [{ lineId: 'line-1', quantity: 1 }],
      notBefore: bench.clock.now() + 20_000,
    });
    expect(delivery?.idempotencyKey).not.toBe(delivery?.deliveryId);
  });

  it('has its "sending" record flushed before the printer sees a byte', async () => {
    const { packing, bench, sink } = await open();
    let headAtFirstByte = -1;
    const seen = sink.until(({ receivedBytes }) => {
      if (receivedBytes > 0 && headAtFirstByte < 0) headAtFirstByte = bench.journal.headSeq();
      return receivedBytes > 0;
    });
    const one = aCase('1001');
    await packing.complete(one.completeAsk(rig), PACKER);
    await seen;
    expect(headAtFirstByte).toBeGreaterThanOrEqual(3); // import, completing record, sending
  });

  it('repeated, also at the same moment, is one record and one label', async () => {
    const { packing, sink } = await open();
    const one = aCase('1001');
    const ask = one.completeAsk(rig);
    const [first, second] = await Promise.all([packing.complete(ask, PACKER), packing.complete(ask, PACKER)]);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    const third = await packing.complete(ask, PACKER);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(sink.papers).toHaveLength(1);
  });

  it('of two windows at once is done once; the other learns that the revision moved', async () => {
    const { packing, sink } = await open();
    const one = aCase('1001');
    const asks = [one.completeAsk(rig), one.completeAsk(rig)];
    const replies = await Promise.all(asks.map((ask) => packing.complete(ask, PACKER)));
    expect(replies.map((reply) => (reply.ok ? 'done' : reply.error.code))).toEqual(['done', 'revision-moved']);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    expect(sink.papers).toHaveLength(1);
  });

  it('whose last count is on its way by itself counts it once', async () => {
    const { packing, bench } = await open();
    const one = aCase('1001');
    const counted = aDraft(countedBody(one.plan));
    const alone = bench.arbiter.append({ expect: one.expectNow(rig), facts: [counted], approval: null }, PACKER);
    await alone;
    const both = await packing.complete(one.completeAsk(rig, { counted }), PACKER);
    expect(both.ok && kindsOf(both.value)).toEqual(['parcel-verified', 'number-bound', 'print-queued']);
    expect(parcelNow(rig, one.plan)?.counts).toHaveLength(1);
  });

  it('gives two parcels at once two numbers', async () => {
    const { packing, bench } = await open();
    const cases = [aCase('1001'), aCase('1002')];
    await Promise.all(cases.map((one) => packing.complete(one.completeAsk(rig), PACKER)));
    for (const one of cases) await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    expect(cases.map((one) => parcelNow(rig, one.plan)?.number?.waybillNo)).toEqual(['WB000001', 'WB000002']);
    expect(bench.state.numbers.list()).toMatchObject([{ free: 1, used: 2 }]);
  });

  it.each([
    ['no-number-left', { policy: { poolId: 'empty' as never } }, (): void => undefined],
    ['printer-not-set', {}, (): void => void (rig.knobs.printer = 'not-set')],
    ['vault-locked', {}, (): void => void (rig.knobs.vault = 'locked')],
  ])('is refused as %s before anything is written', async (code, options, upset) => {
    const { packing, bench } = await open(options);
    upset();
    const one = aCase('1001');
    expect(await packing.complete(one.completeAsk(rig), PACKER)).toMatchObject({ ok: false, error: { code } });
    expect(bench.state.work(one.id)).toBeNull();
    expect(bench.journal.headSeq()).toBe(1);
  });

  it('is refused where the contact belongs to another order', async () => {
    const { packing, bench } = await open();
    const one = aCase('1001');
    const other = aCase('1002');
    const ask = one.completeAsk(rig);
    const [mine] = ask.orders;
    const [theirs] = other.completeAsk(rig).orders;
    if (mine === undefined || theirs === undefined) throw new Error('no order');
    const swapped = { ...ask, orders: [{ ...mine, sealedContact: theirs.sealedContact }] };
    expect(await packing.complete(swapped, PACKER)).toMatchObject({ error: { code: 'contact-unreadable' } });
    expect(bench.journal.headSeq()).toBe(1);
  });

  it('is refused where the units differ from what was counted (I6), and for a person without the right', async () => {
    const { packing } = await open();
    const one = aCase('1001', { lines: [aLine({ quantity: 2 })] });
    expect(await packing.complete(one.completeAsk(rig), PACKER)).toMatchObject({
      error: { code: 'rule-refused', params: { rule: 'units-differ-from-counts' } },
    });
    expect(await packing.complete(one.completeAsk(rig), aPerson('support'))).toMatchObject({
      error: { code: 'not-allowed' },
    });
    expect(await packing.complete(one.completeAsk(rig), null)).toMatchObject({ error: { code: 'not-signed-in' } });
  });

  it('is refused while the shipment is held (I4)', async () => {
    const { packing, bench } = await open();
    const one = aCase('1001');
    const hold = aDraft({ kind: 'hold-placed', shipmentId: one.id, reason: 'support asks' });
    await bench.arbiter.append({ expect: one.expectNow(rig), facts: [hold], approval: null }, PACKER);
    expect(await packing.complete(one.completeAsk(rig), PACKER)).toMatchObject({
      error: { code: 'rule-refused', params: { rule: 'shipment-held' } },
    });
  });

  it('writes nothing and prints nothing when the disk refuses', async () => {
    const { packing, bench, sink } = await open();
    bench.fault.code = 'ENOSPC';
    const one = aCase('1001');
    expect(await packing.complete(one.completeAsk(rig), PACKER)).toMatchObject({ error: { code: 'disk-full' } });
    expect(bench.state.work(one.id)).toBeNull();
    expect(bench.state.numbers.list()).toMatchObject([{ free: 3, used: 0 }]);
    expect(sink.connections).toBe(0);
    delete bench.fault.code;
    expect((await packing.complete(one.completeAsk(rig), PACKER)).ok).toBe(true);
    await expect.poll(lastKinds).toEqual(['print-moved sent', 'parcel-closed']);
    expect(sink.papers).toHaveLength(1);
    expect(rig.spooler.listJobs()).toHaveLength(1);
  });

  it('never lets a job print whose record the journal does not hold', async () => {
    await open();
    const step = {
      jobId: 'never-written',
      destinationId: 'printer-1',
      from: 'queued',
      to: 'sending',
      atMs: 0,
    } as const;
    await expect(rig.moves.record(step)).rejects.toThrow('job-unknown');
    rig.moves.allowTestPage(jobId.parse('never-written'));
    await expect(rig.moves.record(step)).resolves.toBeUndefined();
  });
});

describe('packed, no label', () => {
  it('is what a label that cannot be drawn leaves; printing again uses the same number', async () => {
    const { packing, sink, bench } = await open();
    rig.knobs.label = 'fails';
    const one = aCase('1001');
    expect((await packing.complete(one.completeAsk(rig), PACKER)).ok).toBe(true);
    await expect.poll(() => parcelNow(rig, one.plan)?.job?.state).toBe('failed');
    expect(parcelNow(rig, one.plan)?.stage).toBe('verified');
    expect(bench.state.work(one.id)?.deliveries).toEqual([]);
    rig.knobs.label = 'fine';
    const again = await packing.printLabel(one.printAsk(rig), PACKER);
    expect(again.ok && kindsOf(again.value)).toEqual(['print-queued']);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    expect(text(sink.papers[0])).toContain('WB000001');
    expect(bench.state.numbers.list()).toMatchObject([{ free: 2, used: 1 }]);
  });

  it('is what a printer that refuses the connection leaves', async () => {
    const { packing } = await open({ sink: { behaviour: { kind: 'refuses' } } });
    const one = aCase('1001');
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.job?.state).toBe('failed');
    expect(parcelNow(rig, one.plan)?.stage).toBe('verified');
  });

  it('with a job of unknown fate prints again only after a person said that nothing came', async () => {
    const { packing, sink, bench } = await open({ sink: { behaviour: { kind: 'resets-after', bytes: 500 } } });
    const one = aCase('1001');
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.job?.state).toBe('unknown');
    expect(await packing.printLabel(one.printAsk(rig), PACKER)).toMatchObject({ error: { code: 'job-state-differs' } });
    sink.setBehaviour({ kind: 'ok' });
    const denied = await packing.resolvePrint(one.resolveAsk(rig, false), PACKER);
    expect(denied.ok && denied.value.facts[0]?.body).toMatchObject({ state: 'failed', code: 'declared-not-printed' });
    expect(denied.ok && denied.value.facts[0]?.personId).toBe(PACKER.personId);
    expect(await packing.resolvePrint(one.resolveAsk(rig, true), PACKER)).toMatchObject({
      error: { code: 'job-state-differs' },
    });
    await packing.printLabel(one.printAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    expect(bench.state.work(one.id)?.deliveries).toHaveLength(1);
  });

  it('whose label a person holds in the hand closes at once, in one record', async () => {
    const { packing } = await open({ sink: { behaviour: { kind: 'resets-after', bytes: 500 } } });
    const one = aCase('1001');
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.job?.state).toBe('unknown');
    const said = await packing.resolvePrint(one.resolveAsk(rig, true), PACKER);
    expect(said.ok && kindsOf(said.value)).toEqual(['print-moved done', 'parcel-closed']);
    expect(rig.spooler.listJobs()[0]?.state).toBe('done');
  });
});

describe('label first', () => {
  it('prints before the first piece; the completing scan prints nothing and closes in its own record', async () => {
    const { packing, sink, bench } = await open({ policy: { orderOfWork: 'label-first' } });
    const one = aCase('1001');
    const printed = await packing.printLabel(one.printAsk(rig), PACKER);
    expect(printed.ok && kindsOf(printed.value)).toEqual(['number-bound', 'print-queued']);
    await expect.poll(() => parcelNow(rig, one.plan)?.job?.state).toBe('sent');
    await expect.poll(lastKinds).toEqual(['print-moved sent']);
    const closed = await packing.complete(one.completeAsk(rig), PACKER);
    expect(closed.ok && kindsOf(closed.value)).toEqual(['units-counted', 'parcel-verified', 'parcel-closed']);
    expect(bench.state.work(one.id)?.deliveries).toHaveLength(1);
    expect(sink.papers).toHaveLength(1);
    expect(await packing.printLabel(one.printAsk(rig), PACKER)).toMatchObject({ error: { code: 'job-state-differs' } });
  });

  it('verified while the label is still printing closes when the label is out', async () => {
    const { packing } = await open({ sink: { behaviour: { kind: 'slow', bytesPerSecond: 20_000 } } });
    const one = aCase('1001');
    await packing.printLabel(one.printAsk(rig), PACKER);
    const verified = await packing.complete(one.completeAsk(rig), PACKER);
    expect(verified.ok && kindsOf(verified.value)).toEqual(['units-counted', 'parcel-verified']);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage, { timeout: 10_000 }).toBe('closed');
    await expect.poll(lastKinds).toEqual(['print-moved sent', 'parcel-closed']);
  });
});

describe('reopening', () => {
  it('in the window withdraws the delivery; closing again tells the same units once, prints nothing', async () => {
    const { packing, bench, sink } = await open();
    const one = aCase('1001');
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    const reopened = await packing.reopen(one.reopenAsk(rig), PACKER);
    expect(reopened.ok).toBe(true);
    expect(bench.state.work(one.id)?.deliveries).toMatchObject([{ state: 'withdrawn' }]);
    const again = await packing.complete(one.completeAsk(rig, { counted: null }), PACKER);
    expect(again.ok && kindsOf(again.value)).toEqual(['parcel-verified', 'parcel-closed']);
    expect(bench.state.work(one.id)?.deliveries).toMatchObject([
      { state: 'withdrawn', sequence: 1 },
      { state: 'waiting', sequence: 2, waybillNo: 'WB000001' },
    ]);
    expect(sink.papers).toHaveLength(1);
  });

  it('after the shop was called keeps the delivery, and closing again makes none for its units (I1)', async () => {
    const { packing, bench } = await open();
    const one = aCase('1001', { lines: [aLine({ quantity: 1 })] });
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    const [delivery] = bench.state.work(one.id)?.deliveries ?? [];
    if (delivery === undefined) throw new Error('no delivery');
    const { deliveryId, orderKey } = delivery;
    const moved = { deliveryId, orderKey, shipmentId: one.id, attempt: 1, code: '', notBefore: bench.clock.now() };
    const { arbiter } = bench;
    await arbiter.record({
      facts: [arbiter.factOf(arbiter.programAct(), { kind: 'delivery-moved', ...moved, state: 'under-way' })],
    });
    await packing.reopen(one.reopenAsk(rig), PACKER);
    expect(bench.state.work(one.id)?.deliveries).toMatchObject([{ state: 'under-way' }]);
    // One more piece goes in: only that one is told.
    const more = aDraft(countedBody(one.plan));
    const units = unitsOf(one.plan).map((unit) => ({ ...unit, quantity: 2 }));
    await packing.complete(one.completeAsk(rig, { counted: more, units }), PACKER);
    expect(bench.state.work(one.id)?.deliveries).toMatchObject([
      { state: 'under-way', units: [{ quantity: 1 }] },
      { state: 'waiting', units: [{ quantity: 1 }], sequence: 2 },
    ]);
  });

  it('keeps a delivery that was tried and waits for its next attempt: the first may have landed', async () => {
    const { packing, bench } = await open();
    const one = aCase('1001');
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    const [delivery] = bench.state.work(one.id)?.deliveries ?? [];
    if (delivery === undefined) throw new Error('no delivery');
    const { deliveryId, orderKey } = delivery;
    const moved = {
      deliveryId,
      orderKey,
      shipmentId: one.id,
      attempt: 1,
      code: 'offline',
      notBefore: bench.clock.now(),
    };
    const { arbiter } = bench;
    await arbiter.record({
      facts: [arbiter.factOf(arbiter.programAct(), { kind: 'delivery-moved', ...moved, state: 'waiting' })],
    });
    expect((await packing.reopen(one.reopenAsk(rig), PACKER)).ok).toBe(true);
    expect(bench.state.work(one.id)?.deliveries).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    const again = await packing.complete(one.completeAsk(rig, { counted: null }), PACKER);
    expect(again.ok && kindsOf(again.value)).toEqual(['parcel-verified', 'parcel-closed']);
    expect(bench.state.work(one.id)?.deliveries).toHaveLength(1);
  });

  it('is refused while the label is printing', async () => {
    const { packing } = await open({ sink: { behaviour: { kind: 'never-reads' } } });
    const one = aCase('1001');
    rig.knobs.label = 'fine';
    await packing.complete(one.completeAsk(rig), PACKER);
    expect(await packing.reopen(one.reopenAsk(rig), PACKER)).toMatchObject({
      error: { code: 'rule-refused', params: { rule: 'job-under-way' } },
    });
  });
});

describe('stores that are told earlier', () => {
  it('at verified get their delivery with the completing record, and none again at closing', async () => {
    const { packing, bench } = await open({ policy: { tellAt: 'verified' } });
    const one = aCase('1001');
    const reply = await packing.complete(one.completeAsk(rig), PACKER);
    expect(reply.ok && kindsOf(reply.value)).toEqual([
      'units-counted',
      'parcel-verified',
      'number-bound',
      'print-queued',
      'deliveries-created',
    ]);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    expect(bench.state.work(one.id)?.deliveries).toHaveLength(1);
  });

  it('at labelled get it when the label is out', async () => {
    const { packing } = await open({ policy: { tellAt: 'labelled' } });
    const one = aCase('1001');
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, one.plan)?.stage).toBe('closed');
    await expect.poll(lastKinds).toEqual(['print-moved sent', 'deliveries-created', 'parcel-closed']);
  });
});

describe('a restart', () => {
  it('expires a job that was queued and makes one that was sending unknown, on the record; nothing prints', async () => {
    const { packing, sink, bench } = await open({ sink: { behaviour: { kind: 'never-reads' } } });
    const sending = aCase('1001');
    const queued = aCase('1002');
    await packing.complete(sending.completeAsk(rig), PACKER);
    await expect.poll(() => parcelNow(rig, sending.plan)?.job?.state).toBe('sending');
    await packing.complete(queued.completeAsk(rig), PACKER);
    // The program ends here: its memory is gone, the journal is what it is.
    await bench.journal.close();
    sink.setBehaviour({ kind: 'ok' });
    await rig.restart();
    expect(parcelNow(rig, sending.plan)?.job).toMatchObject({ state: 'unknown', code: 'restarted' });
    expect(parcelNow(rig, queued.plan)?.job).toMatchObject({ state: 'expired', code: 'restarted' });
    expect(sink.papers).toHaveLength(0);
    const printed = await rig.packing.printLabel(queued.printAsk(rig), PACKER);
    expect(printed.ok).toBe(true);
    await expect.poll(() => parcelNow(rig, queued.plan)?.stage).toBe('closed');
    expect((await rig.packing.resolvePrint(sending.resolveAsk(rig, true), PACKER)).ok).toBe(true);
    expect(parcelNow(rig, sending.plan)?.stage).toBe('closed');
  });

  it('finds out what the printer did while the disk refused as soon as it takes records again', async () => {
    const { packing, bench, sink, moves } = await open();
    const one = aCase('1001');
    bench.arbiter.subscribe((record) => {
      if (kindsOf(record).includes('print-moved sending')) bench.fault.code = 'EIO';
    });
    await packing.complete(one.completeAsk(rig), PACKER);
    await expect.poll(() => rig.spooler.listJobs()[0]?.state, { timeout: 10_000 }).toBe('unknown');
    expect(parcelNow(rig, one.plan)?.job?.state).toBe('sending');
    delete bench.fault.code;
    await moves.catchUp(rig.spooler);
    expect(parcelNow(rig, one.plan)?.job).toMatchObject({ state: 'unknown', code: 'journal-unwritable' });
    expect(sink.papers.length).toBeLessThanOrEqual(1);
  });
});
