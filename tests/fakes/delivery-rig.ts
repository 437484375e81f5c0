/** The delivery runner on a real bench and journal, with a shop whose answers a test gives one by one. */
import type { ConfirmShipment, DeliveryOutcome } from '@shared/domain/delivery';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import type { PlannedDelivery } from '@shared/domain/fact';
import { deliveryId, deviceId, gestureId, type DeliveryId, type StoreId } from '@shared/domain/ids';
import type { ShipmentPlan } from '@shared/domain/shipment';
import { currentParcel } from '@shared/domain/shipment-work';
import { ok, refuse, type Result } from '@shared/language/result';
import { addMs } from '@shared/units/instant';
import { deliveryLedgerOf } from '../../main/bench/delivery-ledger';
import { planDeliveries } from '../../main/bench/plan-deliveries';
import { DeliveryRunner } from '../../main/deliveries/delivery-runner';
import type { DeliveryShop } from '../../main/deliveries/delivery-ports';
import { packedFacts } from '../builders/facts';
import { openBenchRig, PACKER, silentLogger, type BenchRig } from './bench-rig';

export interface Call {
  readonly order: ConfirmShipment;
  readonly attempt: number;
  readonly signal: AbortSignal;
  answer(outcome: DeliveryOutcome): void;
  fail(error: Error): void;
}

export interface FakeShop extends DeliveryShop {
  readonly calls: Call[];
  /** Calls that were not answered yet. */
  readonly open: Call[];
  shown: Result<boolean, GatewayFailure>;
  looks: number;
}

export function aShop(): FakeShop {
  const calls: Call[] = [];
  const open: Call[] = [];
  const shop: FakeShop = {
    calls,
    open,
    shown: ok(true),
    looks: 0,
    confirmShipment: (order, attempt, signal) =>
      new Promise((resolve, reject) => {
        const done = (): void => void open.splice(open.indexOf(call), 1);
        const call: Call = {
          order,
          attempt,
          signal,
          answer: (outcome) => {
            done();
            resolve(outcome);
          },
          fail: (error) => {
            done();
            reject(error);
          },
        };
        signal.addEventListener('abort', () => call.fail(new Error('aborted')));
        calls.push(call);
        open.push(call);
      }),
    isShown: async () => {
      shop.looks += 1;
      return shop.shown;
    },
  };
  return shop;
}

export const noAnswer: Result<boolean, GatewayFailure> = refuse({
  code: 'offline',
  status: null,
  detail: '',
  notBefore: null,
});

export interface DeliveryRig {
  readonly bench: BenchRig;
  readonly runner: DeliveryRunner;
  /** Packs a plan up to its closed parcel; its deliveries wait. @param split tells so many units in deliveries of one each. @returns their ids. */
  pack(plan: ShipmentPlan, number: string, waitMs?: number, split?: number): Promise<DeliveryId[]>;
  stateOf(id: DeliveryId | undefined): string;
  /** Time passes, and what follows from it is flushed. */
  pass(spanMs: number): Promise<void>;
  restart(shops: ReadonlyMap<StoreId, FakeShop> | FakeShop): Promise<DeliveryRig>;
}

/** The same units in deliveries of one unit each, in order. */
const inOnes = (whole: PlannedDelivery, parts: number, newId: () => string): PlannedDelivery[] =>
  Array.from({ length: parts }, (_, at) => ({
    ...whole,
    deliveryId: deliveryId.parse(newId()),
    idempotencyKey: newId(),
    units: whole.units.map((unit) => ({ ...unit, quantity: 1 })),
    sequence: whole.sequence + at,
  }));

export async function openDeliveryRig(
  shops: ReadonlyMap<StoreId, FakeShop> | FakeShop | null,
  existing?: BenchRig,
): Promise<DeliveryRig> {
  const bench = existing ?? (await openBenchRig());
  const runner = new DeliveryRunner({
    ledger: deliveryLedgerOf(bench.arbiter),
    shopOf: (store) => (shops === null || 'calls' in shops ? shops : (shops.get(store) ?? null)),
    clock: bench.clock,
    timers: bench.clock,
    random: () => 0,
    logger: silentLogger,
  });
  // What is flushed, not what is staged: a refused record must never be seen here.
  const flushed = new Map<DeliveryId, string>();
  for (const delivery of bench.state.allDeliveries()) flushed.set(delivery.deliveryId, delivery.state);
  bench.arbiter.subscribe((record) => {
    for (const { body } of record.facts) {
      if (body.kind === 'delivery-moved') flushed.set(body.deliveryId, body.state);
      if (body.kind === 'parcel-closed') body.deliveries.forEach((each) => flushed.set(each.deliveryId, 'waiting'));
      if (body.kind === 'parcel-reopened') body.withdraws.forEach((id) => flushed.set(id, 'withdrawn'));
    }
    runner.onRecord(record);
  });
  await runner.start();
  const rig: DeliveryRig = {
    bench,
    runner,
    pack: async (plan, number, waitMs = 20_000, split = 1) => {
      await bench.importNumbers(number);
      const act = {
        personId: PACKER.personId,
        gestureId: gestureId.parse('g'),
        deviceId: deviceId.parse('d'),
        method: 'scan' as const,
      };
      const bodies = packedFacts(plan, number).map((fact) => fact.body);
      const job = bodies.find((body) => body.kind === 'print-queued');
      const written = bodies.slice(0, -1).map((body) => {
        if (body.kind === 'print-queued' || body.kind === 'print-moved')
          return bench.arbiter.factOf(act, { ...body, jobId: `job-${number}` as typeof body.jobId });
        return bench.arbiter.factOf(act, body);
      });
      if (job === undefined) throw new Error('no job');
      const packed = await bench.arbiter.record({ facts: written, raises: plan.shipmentId });
      if (!packed.ok) throw new Error(JSON.stringify(packed.error));
      const work = bench.state.work(plan.shipmentId);
      const parcel = currentParcel(work);
      if (work === null || parcel === null) throw new Error('no parcel');
      const planned = planDeliveries(work, parcel, {
        newId: bench.newId,
        nextSequence: (key) => bench.state.nextSequence(key),
        notBefore: addMs(bench.clock.now(), waitMs),
      });
      const deliveries = split === 1 ? planned : planned.flatMap((each) => inOnes(each, split, bench.newId));
      const closed = await bench.arbiter.record({
        facts: [
          bench.arbiter.factOf(bench.arbiter.programAct(), {
            kind: 'parcel-closed',
            shipmentId: plan.shipmentId,
            parcelId: parcel.parcelId,
            deliveries,
          }),
        ],
      });
      if (!closed.ok) throw new Error(JSON.stringify(closed.error));
      return deliveries.map((each) => each.deliveryId);
    },
    stateOf: (id) => (id === undefined ? 'none' : (flushed.get(id) ?? 'none')),
    pass: async (spanMs) => {
      await bench.clock.advance(spanMs);
      // "Nothing happened" counts only when what might have been on its way through the disk has come out.
      for (let round = 0; round < 3; round += 1) {
        const barrier = { kind: 'audited' as const, action: 'barrier', subject: '' };
        await bench.arbiter.record({ facts: [bench.arbiter.factOf(bench.arbiter.programAct(), barrier)] });
        await bench.clock.settle();
      }
    },
    restart: async (next) => {
      await runner.stop();
      return openDeliveryRig(next, await bench.restart());
    },
  };
  return rig;
}
