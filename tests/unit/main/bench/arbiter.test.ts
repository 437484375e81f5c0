import { afterEach, describe, expect, it } from 'vitest';
import type { FactBody, FactDraft } from '@shared/domain/fact';
import { factId, personId, poolId, waybillNo } from '@shared/domain/ids';
import { countedByLine, currentParcel, parcelIdAt } from '@shared/domain/shipment-work';
import { aDraft, countedBody, unitsOf } from '../../../builders/facts';
import { aPerson } from '../../../builders/people';
import { aPlan } from '../../../builders/plans';
import { LEAD, openBenchRig, PACKER, type BenchRig } from '../../../fakes/bench-rig';

const plan = aPlan('1001');
const id = plan.shipmentId;
const expectAt = (revision: number) => ({ shipmentId: id, revision });
const ask = (facts: FactDraft[], revision: number | null = 0) => ({
  expect: revision === null ? null : expectAt(revision),
  facts,
  approval: null,
});
const [unit] = unitsOf(plan);
if (unit === undefined) throw new Error('the plan has no units');
const release: FactBody = {
  kind: 'units-released',
  shipmentId: id,
  parcelId: parcelIdAt(id, 1),
  ...unit,
  reason: 'label torn',
  releasedBy: personId.parse('whoever-the-page-says'),
};

let rig: BenchRig;
const open = async (): Promise<BenchRig> => (rig = await openBenchRig());
afterEach(() => rig.close());

describe('an append', () => {
  it('is answered flushed, with header, number and the raised revision', async () => {
    const { arbiter, clock } = await open();
    const reply = await arbiter.append(ask([aDraft(countedBody(plan))]), PACKER);
    expect(reply).toMatchObject({
      ok: true,
      value: {
        seq: 1,
        revision: { shipmentId: id, number: 1 },
        facts: [{ stationId: 'station-1', personId: PACKER.personId, at: clock.now(), schema: 1 }],
      },
    });
    const again = await rig.restart();
    expect(again.state.work(id)?.revision).toBe(1);
    await again.close();
  });

  it('of the same fact ids again answers with the first record and writes nothing, also after a restart', async () => {
    const { arbiter } = await open();
    const draft = aDraft(countedBody(plan));
    const [first, second] = await Promise.all([
      arbiter.append(ask([draft]), PACKER),
      arbiter.append(ask([draft]), PACKER),
    ]);
    const third = await arbiter.append(ask([draft]), PACKER);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    rig = await rig.restart();
    expect(await rig.arbiter.append(ask([draft]), PACKER)).toEqual(first);
    expect(rig.journal.headSeq()).toBe(1);
  });

  it('that repeats only some of its facts is refused', async () => {
    const { arbiter } = await open();
    const draft = aDraft(countedBody(plan));
    await arbiter.append(ask([draft]), PACKER);
    const mixed = await arbiter.append(ask([draft, aDraft(countedBody(plan))], 1), PACKER);
    expect(mixed).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  it('names the revision now when another window was first', async () => {
    const { arbiter } = await open();
    const [first, second] = await Promise.all([
      arbiter.append(ask([aDraft(countedBody(plan))]), PACKER),
      arbiter.append(ask([aDraft(countedBody(plan))]), PACKER),
    ]);
    expect(first.ok).toBe(true);
    expect(second).toEqual({ ok: false, error: { code: 'revision-moved', params: { revision: 1 } } });
  });

  it('that breaks a rule is refused with the rule', async () => {
    const { arbiter } = await open();
    const undo = aDraft({
      kind: 'count-undone',
      shipmentId: id,
      parcelId: parcelIdAt(id, 1),
      undoes: factId.parse('nothing'),
    });
    expect(await arbiter.append(ask([undo]), PACKER)).toEqual({
      ok: false,
      error: { code: 'rule-refused', params: { rule: 'nothing-to-undo' } },
    });
  });

  it('is all or nothing', async () => {
    const { arbiter, state } = await open();
    const facts = [
      aDraft(countedBody(plan)),
      aDraft({ kind: 'number-voided', waybillNo: waybillNo.parse('NOBODYS1'), reason: 'test' }),
    ];
    expect((await arbiter.append(ask(facts), LEAD)).ok).toBe(false);
    expect(state.work(id)).toBeNull();
  });

  it('about a shipment needs the revision that its writer saw, and speaks of no other shipment', async () => {
    const { arbiter } = await open();
    const blind = await arbiter.append(ask([aDraft(countedBody(plan))], null), PACKER);
    expect(blind).toMatchObject({ ok: false, error: { code: 'bad-request', params: { problem: 'revision-missing' } } });
    const other = await arbiter.append(ask([aDraft(countedBody(aPlan('2002')))]), PACKER);
    expect(other).toMatchObject({ ok: false, error: { params: { problem: 'facts-of-another-shipment' } } });
  });

  it('is refused without a person, and without the right', async () => {
    const { arbiter } = await open();
    const facts = [aDraft(countedBody(plan))];
    expect(await arbiter.append(ask(facts), null)).toMatchObject({ error: { code: 'not-signed-in' } });
    expect(await arbiter.append(ask(facts), aPerson('finance'))).toMatchObject({ error: { code: 'not-allowed' } });
  });

  it.each<FactBody>([
    { kind: 'parcel-verified', shipmentId: id, parcelId: parcelIdAt(id, 1), units: [unit] },
    { kind: 'parcel-closed', shipmentId: id, parcelId: parcelIdAt(id, 1), deliveries: [] },
    { kind: 'parcel-reopened', shipmentId: id, parcelId: parcelIdAt(id, 1), withdraws: [] },
    {
      kind: 'numbers-imported',
      poolId: poolId.parse('pool-1'),
      carrier: 'manual',
      numbers: [waybillNo.parse('FREE0001')],
    },
    {
      kind: 'number-bound',
      shipmentId: id,
      parcelId: parcelIdAt(id, 1),
      poolId: poolId.parse('pool-1'),
      carrier: 'manual',
      waybillNo: waybillNo.parse('FREE0001'),
    },
  ])('never takes a fact that only the program writes: $kind', async (body) => {
    const { arbiter } = await open();
    const numbers = body.kind === 'numbers-imported';
    const reply = await arbiter.append(ask([aDraft(body)], numbers ? null : 0), aPerson('administrator'));
    expect(reply).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });
});

describe("a lead's word", () => {
  it('is asked for when a packer releases units, and filled in from the badge, not from the page', async () => {
    const { arbiter } = await open();
    const alone = await arbiter.append(ask([aDraft(release)]), PACKER);
    expect(alone).toMatchObject({ ok: false, error: { code: 'lead-needed' } });
    const reply = await arbiter.append({ ...ask([aDraft(release)]), approval: { badge: 'LEAD-BADGE' } }, PACKER);
    expect(reply).toMatchObject({
      ok: true,
      value: { facts: [{ personId: PACKER.personId, body: { releasedBy: LEAD.personId } }] },
    });
  });

  it('does not come from a wrong badge or from another packer', async () => {
    const { arbiter } = await open();
    const wrong = await arbiter.append({ ...ask([aDraft(release)]), approval: { badge: 'NO-SUCH' } }, PACKER);
    expect(wrong).toMatchObject({ error: { code: 'lead-needed', params: { why: 'approval-wrong' } } });
    const packer = await arbiter.append({ ...ask([aDraft(release)]), approval: { badge: 'PACKER-BADGE' } }, PACKER);
    expect(packer).toMatchObject({ error: { code: 'not-allowed' } });
  });

  it('is the own word of a lead who is signed in', async () => {
    const { arbiter } = await open();
    const reply = await arbiter.append(ask([aDraft(release)]), LEAD);
    expect(reply).toMatchObject({ ok: true, value: { facts: [{ body: { releasedBy: LEAD.personId } }] } });
  });
});

describe('a disk that refuses', () => {
  it('leaves no trace in memory of what it refused, however much was staged on top', async () => {
    const { arbiter, state, fault } = await open();
    await arbiter.append(ask([aDraft(countedBody(plan))]), PACKER);
    await rig.importNumbers('FREE0001');
    fault.code = 'EIO';
    const voided = aDraft({ kind: 'number-voided', waybillNo: waybillNo.parse('FREE0001'), reason: 'torn' });
    const replies = await Promise.all([
      arbiter.append(ask([aDraft(countedBody(plan))], 1), PACKER),
      arbiter.append(ask([aDraft(countedBody(plan))], 2), PACKER),
      arbiter.append(ask([voided], null), LEAD),
    ]);
    expect(replies.map((reply) => (reply.ok ? 'written' : reply.error.code))).toEqual(Array(3).fill('disk-failed'));
    expect(state.work(id)?.revision).toBe(1);
    expect([...countedByLine(currentParcel(state.work(id))).values()]).toEqual([1]);
    expect(state.numbers.list()).toMatchObject([{ free: 1, voided: 0 }]);
    delete fault.code;
    const after = await arbiter.append(ask([aDraft(countedBody(plan))], 1), PACKER);
    expect(after).toMatchObject({ ok: true, value: { seq: 3 } });
  });
});
