/**
 * The laws of the arbiter, under any interleaving of two windows, program and a disk that fails at times:
 * a number belongs to one parcel, ever (I7); no unit of a parcel is told twice (I1); revisions only rise, by one;
 * and what memory says is exactly what a new program folds from the disk.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactBody } from '@shared/domain/fact';
import { deviceId, gestureId, jobId, poolId, printerId, waybillNo, type ShipmentId } from '@shared/domain/ids';
import type { PrintJobState } from '@shared/domain/print-job';
import type { ShipmentPlan } from '@shared/domain/shipment';
import {
  countedByLine,
  currentParcel,
  parcelIdAt,
  toldByLine,
  type ParcelWork,
  type ShipmentWork,
} from '@shared/domain/shipment-work';
import type { Act } from '../../../../main/bench/arbiter';
import { closingBodies } from '../../../../main/bench/plan-deliveries';
import { aPlan } from '../../../builders/plans';
import { countedBody, unitsOf } from '../../../builders/facts';
import { openBenchRig, PACKER, type BenchRig } from '../../../fakes/bench-rig';

const PLANS = [aPlan('1'), aPlan('2')] as const;
const NUMBERS = ['NUMB0001', 'NUMB0002', 'NUMB0003'].map((number) => waybillNo.parse(number));
const numberAt = (index: number) => NUMBERS[index % NUMBERS.length] ?? waybillNo.parse('NUMB0001');
const where = (id: ShipmentId) => ({ shipmentId: id, parcelId: parcelIdAt(id, 1) });

interface Scene {
  readonly rig: BenchRig;
  readonly plan: ShipmentPlan;
  readonly work: ShipmentWork | null;
  readonly parcel: ParcelWork | null;
  /** 0…2, for choices within a step. */
  readonly choice: number;
}

const STATES: readonly PrintJobState[] = ['sending', 'sent', 'failed', 'unknown', 'done'];

/** What each step would write from the state at its moment, sensible or not; null where it has nothing to say. */
const STEPS: Readonly<Record<string, (scene: Scene) => FactBody[] | null>> = {
  count: ({ plan }) => [countedBody(plan)],
  undo: ({ plan, parcel }) => {
    const last = parcel?.counts.at(-1);
    return last === undefined ? null : [{ kind: 'count-undone', ...where(plan.shipmentId), undoes: last.factId }];
  },
  verify: ({ plan, parcel }) => [
    {
      kind: 'parcel-verified',
      ...where(plan.shipmentId),
      units: unitsOf(plan).map((unit) => ({ ...unit, quantity: Math.max(1, parcel?.counts.length ?? 0) })),
    },
  ],
  // Any number, also one that is taken or voided: the arbiter must say no.
  bind: ({ plan, choice }) => [
    {
      kind: 'number-bound',
      ...where(plan.shipmentId),
      poolId: poolId.parse('pool-1'),
      carrier: 'manual',
      waybillNo: numberAt(choice),
    },
  ],
  print: ({ rig, plan, parcel, choice }) => [
    {
      kind: 'print-queued',
      ...where(plan.shipmentId),
      jobId: jobId.parse(rig.newId()),
      printerId: printerId.parse('p'),
      waybillNo: parcel?.number?.waybillNo ?? numberAt(choice),
      templateId: 't',
    },
  ],
  move: ({ plan, parcel, rig }) => {
    const state = STATES[rig.records.length % STATES.length] ?? 'sent';
    return parcel?.job
      ? [{ kind: 'print-moved', ...where(plan.shipmentId), jobId: parcel.job.jobId, state, code: '' }]
      : null;
  },
  sent: ({ plan, parcel }) =>
    parcel?.job
      ? [{ kind: 'print-moved', ...where(plan.shipmentId), jobId: parcel.job.jobId, state: 'sent', code: '' }]
      : null,
  close: ({ rig, work, parcel }) =>
    work === null || parcel === null
      ? null
      : closingBodies(work, parcel, 'closed', {
          newId: rig.newId,
          nextSequence: (key) => rig.state.nextSequence(key),
          notBefore: rig.clock.now(),
        }),
  reopen: ({ plan, work }) => [
    {
      kind: 'parcel-reopened',
      ...where(plan.shipmentId),
      withdraws: (work?.deliveries ?? [])
        .filter((each) => each.state === 'waiting' && each.attempts === 0)
        .map((each) => each.deliveryId),
    },
  ],
  tell: ({ rig, plan, work }) => {
    const waiting = work?.deliveries.find((each) => each.state === 'waiting');
    if (waiting === undefined) return null;
    const { deliveryId, orderKey } = waiting;
    const moved = {
      deliveryId,
      orderKey,
      shipmentId: plan.shipmentId,
      attempt: 1,
      code: '',
      notBefore: rig.clock.now(),
    };
    return [{ kind: 'delivery-moved', ...moved, state: 'acknowledged' }];
  },
  void: ({ choice }) => [{ kind: 'number-voided', waybillNo: numberAt(choice), reason: 'torn' }],
};

interface Step {
  readonly kind: string;
  readonly of: 0 | 1;
  readonly choice: number;
  readonly diskFails: boolean;
}

const diskFails = fc.integer({ min: 0, max: 19 }).map((chance) => chance === 0);
const of = fc.constantFrom<0 | 1>(0, 1);
const choice = fc.nat({ max: 2 });
const oneStep = fc
  .record({ kind: fc.constantFrom(...Object.keys(STEPS)), of, choice, diskFails })
  .map((step) => [step]);
/** What a packer does, so that the runs get somewhere. */
const wholeWalk = fc
  .record({ of, choice, diskFails })
  .map((step) => ['count', 'verify', 'bind', 'print', 'sent', 'close'].map((kind): Step => ({ ...step, kind })));
const anySteps: fc.Arbitrary<Step[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: oneStep }, { weight: 2, arbitrary: wholeWalk }), {
    minLength: 4,
    maxLength: 30,
  })
  .map((parts) => parts.flat());

function sceneOf(rig: BenchRig, step: Step): Scene {
  const plan = PLANS[step.of];
  const work = rig.state.work(plan.shipmentId);
  return { rig, plan, work, parcel: currentParcel(work), choice: step.choice };
}

const ACT: Act = {
  personId: PACKER.personId,
  gestureId: gestureId.parse('g'),
  deviceId: deviceId.parse('d'),
  method: 'scan',
};

/** Lets one step write as its window or the program would. */
function take(rig: BenchRig, step: Step): Promise<unknown> {
  const scene = sceneOf(rig, step);
  const bodies = STEPS[step.kind]?.(scene) ?? null;
  if (step.diskFails) rig.fault.code = 'EIO';
  else delete rig.fault.code;
  if (bodies === null) return Promise.resolve();
  const expectation = { shipmentId: scene.plan.shipmentId, revision: scene.work?.revision ?? 0 };
  return rig.arbiter.record({
    facts: bodies.map((body) => rig.arbiter.factOf(ACT, body)),
    expect: step.kind === 'void' ? null : expectation,
  });
}

/** Units told beyond what is in a verified or closed box. */
function toldTooOften(work: ShipmentWork): number {
  if (work.exception !== null) return 0;
  return work.parcels
    .filter((parcel) => parcel.stage !== 'open')
    .flatMap((parcel) => {
      const counted = countedByLine(parcel);
      return [...toldByLine(work, parcel.parcelId)].map(([ref, told]) => Math.max(0, told - (counted.get(ref) ?? 0)));
    })
    .reduce((sum, excess) => sum + excess, 0);
}

function checkLaws(rig: BenchRig): void {
  const works = PLANS.map((plan) => rig.state.work(plan.shipmentId)).filter((work) => work !== null);
  const bound = works.flatMap((work) => work.parcels.flatMap((parcel) => parcel.number?.waybillNo ?? []));
  expect(new Set(bound).size).toBe(bound.length);
  for (const work of works) expect(toldTooOften(work)).toBe(0);
}

function checkRevisions(rig: BenchRig): void {
  const revisions = new Map<string, number>();
  for (const { revision } of rig.records) {
    if (revision === null) continue;
    expect(revision.number).toBe((revisions.get(revision.shipmentId) ?? 0) + 1);
    revisions.set(revision.shipmentId, revision.number);
  }
}

let closedParcels = 0;

async function run(steps: readonly Step[], together: boolean): Promise<void> {
  const rig = await openBenchRig();
  await rig.importNumbers(...NUMBERS);
  const pending: Promise<unknown>[] = [];
  for (const step of steps) {
    const written = take(rig, step);
    pending.push(written);
    if (!together) await written;
    checkLaws(rig);
  }
  await Promise.all(pending);
  checkLaws(rig);
  checkRevisions(rig);
  const again = await rig.restart();
  for (const { shipmentId } of PLANS) expect(again.state.work(shipmentId)).toEqual(rig.state.work(shipmentId));
  expect(again.state.numbers.list()).toEqual(rig.state.numbers.list());
  closedParcels += rig.records.filter((record) =>
    record.facts.some((fact) => fact.body.kind === 'parcel-closed'),
  ).length;
  await again.close();
}

describe('the arbiter under any interleaving', () => {
  it('keeps numbers, deliveries and revisions single, and memory equal to disk', async () => {
    await fc.assert(fc.asyncProperty(anySteps, fc.boolean(), run), { numRuns: 150 });
    // The runs must get somewhere, or the laws would hold for nothing.
    expect(closedParcels).toBeGreaterThan(30);
  }, 120_000);

  it('would notice a unit that is told twice', async () => {
    const rig = await openBenchRig();
    await rig.importNumbers(...NUMBERS);
    const [{ shipmentId }] = PLANS;
    for (const kind of ['count', 'verify', 'bind', 'print', 'sent', 'close'])
      await take(rig, { kind, of: 0, choice: 0, diskFails: false });
    const work = rig.state.work(shipmentId);
    expect(work?.deliveries).toHaveLength(1);
    expect(work === null ? 0 : toldTooOften(work)).toBe(0);
    expect(work === null ? 0 : toldTooOften({ ...work, deliveries: [...work.deliveries, ...work.deliveries] })).toBe(1);
    await rig.close();
  });
});
