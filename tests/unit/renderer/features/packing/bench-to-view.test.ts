import { describe, expect, it } from 'vitest';
import { lineId } from '@shared/domain/ids';
import { addMs } from '@shared/units/instant';
import { packingView, type BenchFacts } from '../../../../../renderer/features/packing/bench-to-view';
import { wishOf } from '../../../../../renderer/features/packing/printer-wish';
import { bandOf } from '../../../../../renderer/features/packing/band';
import { createTexts } from '../../../../../renderer/i18n/i18n';
import { findStop, StopGate } from '../../../../../renderer/state/stop-gate';
import { aLine, anOrder } from '../../../../builders/orders';
import { planOf } from '../../../../builders/plans';
import { createBenchSessionRig } from '../../../../fakes/bench-session-rig';

const { t } = createTexts('en');
const MUG = '6900000000017';
const TEA = '6900000000024';
const CUP = '6900000000031';
const two = planOf(
  anOrder('1001', {
    lines: [
      aLine({ quantity: 2 }),
      aLine({ lineId: lineId.parse('line-2'), sku: 'TEA', title: 'Tea', variantTitle: '', barcodes: [TEA] }),
    ],
  }),
);
const other = planOf(
  anOrder('2002', { lines: [aLine({ sku: 'CUP', title: 'Cup', variantTitle: '', barcodes: [CUP] })] }),
);
const refunded = planOf(
  anOrder('3003', { payment: 'refund-under-way', lines: [aLine({ sku: 'POT', barcodes: ['6900000000048'] })] }),
);

function aBench(options: { readonly plans?: readonly (typeof two)[]; readonly numbers?: readonly string[] } = {}) {
  const rig = createBenchSessionRig({
    plans: options.plans ?? [two, other, refunded],
    ...(options.numbers && { numbers: options.numbers }),
  });
  const gate = new StopGate();
  const row = rig.index.row.bind(rig.index);
  const look = (over: Partial<BenchFacts> = {}) =>
    packingView({
      t,
      now: rig.clock.now(),
      bench: rig.session.view(),
      row,
      stop: gate.standing(findStop(rig.session.view(), row)),
      note: null,
      dismissed: null,
      ready: 3,
      exceptions: 0,
      storeOf: () => ({ name: 'Shop A', staleAfterMinutes: 60 }),
      printerName: () => 'Bench 1',
      printerWish: () => null,
      inputMethodIsOn: false,
      mayRelease: false,
      ...over,
    });
  const band = () => bandOf(t, 'en', look());
  return { rig, gate, look, band };
}

describe('the packing screen', () => {
  it('asks for a scan while nothing is in hand', () => {
    const { look, band } = aBench();
    expect(look()).toMatchObject({ moment: { kind: 'idle', ready: 3, last: null }, parcel: null, canUndo: false });
    expect(band()).toMatchObject({ tone: 'calm', now: 'Scan anything' });
  });

  it('says how many pieces are missing, and marks the line that was counted last', () => {
    const { rig, look, band } = aBench();
    rig.scan('1001');
    expect(band()).toMatchObject({ tone: 'calm', now: '3 pieces to go' });
    rig.scan(MUG);
    expect(look()).toMatchObject({
      moment: { kind: 'counting' },
      parcel: { displayNos: ['#1001'], storeName: 'Shop A', counted: 1, due: 3 },
      canUndo: true,
      canPark: true,
    });
    expect(look().lastRef).toBe(look().parcel?.lines[0]?.ref);
    expect(band()).toMatchObject({ tone: 'ok', now: '2 pieces to go' });
  });

  it('tells its refusals apart by headline, colour and shape, and names what came and what is expected', () => {
    const { rig, band } = aBench();
    const headlines = new Set<string>();
    rig.scan('1001');
    rig.scan(MUG);
    rig.scan(CUP);
    expect(band()).toMatchObject({ tone: 'stop', icon: 'wrong', came: 'Cup', expected: ['搪瓷杯 红色', 'Tea'] });
    headlines.add(band().now);
    rig.scan('no such code');
    expect(band()).toMatchObject({ tone: 'warn', icon: 'question' });
    expect(band().detail).toContain('NO SUCH CODE');
    headlines.add(band().now);
    rig.scan(MUG);
    rig.scan(MUG);
    expect(band()).toMatchObject({ tone: 'warn', icon: 'warn' });
    headlines.add(band().now);
    expect(headlines.size).toBe(3);
    // The fourth is "stopped", which fills the screen: see below.
  });

  it('fills the screen with a stop that later scans do not clear, until it is acknowledged', () => {
    const { rig, gate, look } = aBench();
    rig.scan('3003');
    expect(look().moment).toMatchObject({ kind: 'stopped', displayNo: '#3003', labelIsOut: false });
    const stop = findStop(rig.session.view(), (id) => rig.index.row(id));
    expect(stop?.isInHand).toBe(false);
    if (stop !== null) gate.acknowledge(stop);
    expect(look().moment.kind).toBe('idle');
    rig.scan('3003');
    expect(look().moment.kind, 'the same order scanned again is a new stop').toBe('stopped');
  });

  it('clears a refusal when a person says so', () => {
    const { rig, look } = aBench();
    rig.scan('1001');
    rig.scan(MUG);
    rig.scan(CUP);
    expect(look().verdict?.kind).toBe('not-in-this-shipment');
    expect(look({ dismissed: rig.session.view().verdict }).verdict).toBeNull();
  });

  it('shows the finished parcel with its number, until the next scan', async () => {
    const { rig, look, band } = aBench();
    for (const code of ['1001', MUG, MUG, TEA]) rig.scan(code);
    expect(look().moment.kind).toBe('printing');
    await rig.settle();
    expect(look().moment).toMatchObject({
      kind: 'done',
      parcel: { displayNo: '#1001', waybillNo: 'TM0001', printedNow: true },
    });
    expect(look().canReopen).toBe(true);
    rig.scan('nobody knows me');
    expect(look().moment).toMatchObject({ kind: 'idle', last: { waybillNo: 'TM0001' } });
    expect(band().icon).toBe('question');
    rig.scan(CUP);
    await rig.settle();
    expect(look().moment).toMatchObject({ kind: 'done', parcel: { displayNo: '#2002' } });
  });

  it('says "packed, no label" with what to do when no number is left, and offers to print', async () => {
    const { rig, look } = aBench({ numbers: [] });
    for (const code of ['1001', MUG, MUG, TEA]) rig.scan(code);
    await rig.settle();
    const { moment } = look();
    expect(moment).toMatchObject({ kind: 'no-label', canPrint: true });
    if (moment.kind === 'no-label') expect(moment.why).toBe(t('error.no-number-left.happened'));
  });

  it('says what the printer wants while its label is waited for', async () => {
    const { rig, look } = aBench();
    rig.fake.printer.next = [];
    for (const code of ['1001', MUG, MUG, TEA]) rig.scan(code);
    await rig.settle();
    expect(look().moment).toMatchObject({ kind: 'printing', waybillNo: 'TM0001', wanted: null });
    const printerWish = () => wishOf(t, { state: 'needs-attention', attention: 'paper-out' });
    const view = look({ printerWish });
    expect(view.moment).toMatchObject({ wanted: { what: 'Out of paper' } });
    expect(bandOf(t, 'en', view)).toMatchObject({ tone: 'warn', now: 'Out of paper' });
    expect(wishOf(t, { state: 'busy', attention: null })).toBeNull();
    expect(wishOf(t, { state: 'lost', attention: null })?.what).toBe(t('attention.unreachable'));
  });

  it('asks what the printer did when nobody knows, and only then', async () => {
    const { rig, look } = aBench();
    rig.fake.printer.next = ['sending', 'unknown'];
    for (const code of ['1001', MUG, MUG, TEA]) rig.scan(code);
    await rig.settle();
    expect(look().moment).toMatchObject({ kind: 'print-unknown', printerName: 'Bench 1', waybillNo: 'TM0001' });
  });

  it('shows in red that the store has not been read for longer than its policy allows', () => {
    const { rig, look } = aBench();
    rig.scan('1001');
    expect(look().parcel?.isStale).toBe(false);
    expect(look({ now: addMs(two.knownAt, 60 * 60_000 + 1) }).parcel?.isStale).toBe(true);
  });

  it('lets a lead release what is missing, and anybody else only with a lead’s badge; never an untouched or full parcel', async () => {
    const { rig, look } = aBench();
    rig.scan('1001');
    expect(look({ mayRelease: true }).release).toBe('no');
    rig.scan(MUG);
    expect(look({ mayRelease: true }).release).toBe('alone');
    expect(look().release).toBe('with-badge');
    rig.scan(MUG);
    rig.scan(TEA);
    await rig.settle();
    expect(look({ mayRelease: true }).release).toBe('no');
  });

  it('offers undo only while there is something to undo', () => {
    const { rig, look } = aBench();
    rig.scan('1001');
    expect(look().canUndo).toBe(false);
    rig.scan(MUG);
    rig.session.undoLast();
    expect(look({ note: 'undone' })).toMatchObject({
      canUndo: false,
      verdict: { kind: 'undone' },
      parcel: { counted: 0 },
    });
  });
});
