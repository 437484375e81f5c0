/** A bench session over a memory index and a fake station, with the test's hand on the scanner. */
import { deviceId, gestureId, stationId } from '@shared/domain/ids';
import type { LabelOrder } from '@shared/contract/packing';
import type { ShipmentPlan } from '@shared/domain/shipment';
import { normaliseCode, type Verdict } from '@shared/domain/scan-verdict';
import { ok, type Result } from '@shared/language/result';
import { factId } from '@shared/domain/ids';
import { BenchSession } from '../../renderer/index-memory/bench-session';
import type { BenchSound } from '../../renderer/index-memory/bench-types';
import { MemoryIndex } from '../../renderer/index-memory/memory-index';
import { RecordStream } from '../../renderer/index-memory/record-stream';
import type { Scan } from '../../renderer/scanning/scan';
import { aPerson } from '../builders/people';
import { createFakeStation, type FakeStation } from './fake-station';
import { createManualClock, type ManualClock } from './manual-clock';

export interface BenchSessionRig {
  readonly index: MemoryIndex;
  readonly session: BenchSession;
  readonly fake: FakeStation;
  readonly clock: ManualClock;
  readonly sounds: BenchSound[];
  /** What the shop was asked again for. */
  readonly readAgain: ShipmentPlan[];
  scan(code: string): Verdict;
  aScan(code: string): Scan;
  settle(): Promise<void>;
}

export interface BenchSessionRigOptions {
  readonly plans: readonly ShipmentPlan[];
  readonly numbers?: readonly string[];
  readonly labelOrders?: (plan: ShipmentPlan) => Promise<Result<LabelOrder[], 'order-unknown'>>;
  /** Another window of the same station, to share its journal. */
  readonly beside?: BenchSessionRig;
}

const labelOrdersOf = async (plan: ShipmentPlan): Promise<Result<LabelOrder[], never>> =>
  ok(
    plan.orders.map((order) => ({
      ...order,
      storeId: plan.storeId,
      sealedContact: new Uint8Array(40),
      lines: plan.lines.map(({ sku, title, variantTitle, due }) => ({ sku, title, variantTitle, quantity: due })),
    })),
  );

export function createBenchSessionRig(options: BenchSessionRigOptions): BenchSessionRig {
  const clock = options.beside?.clock ?? createManualClock();
  const person = aPerson('packer');
  const fake =
    options.beside?.fake ??
    createFakeStation({ clock, person: () => person, ...(options.numbers && { numbers: options.numbers }) });
  const index = new MemoryIndex(clock);
  index.load({
    chunks: [],
    plans: options.plans.map((plan) => ({ shipmentId: plan.shipmentId, changed: 1, plan, gone: false, source: null })),
    works: [],
    change: 1,
    appliedSeq: 0,
  });
  const stream = new RecordStream({
    readSince: fake.station.journal.readSince,
    apply: (record) => index.applyRecord(record),
    timers: clock,
  });
  fake.station.journal.on.recorded((record) => stream.offer(record));
  void stream.begin(0);
  const readAgain: ShipmentPlan[] = [];
  const prefix = options.beside === undefined ? 'a' : 'b';
  let drawn = 0;
  const session = new BenchSession({
    host: { index, accept: (record) => stream.offer(record), catchUp: () => stream.catchUp() },
    journal: fake.station.journal,
    packing: fake.station.packing,
    labelOrders: options.labelOrders ?? labelOrdersOf,
    person: () => person,
    stationId: () => stationId.parse('station-1'),
    clock,
    ids: {
      factId: () => factId.parse(`${prefix}-fact-${(drawn += 1)}`),
      gestureId: () => gestureId.parse(`${prefix}-gesture-${(drawn += 1)}`),
    },
    handsBusy: () => undefined,
    readAgain: (plan) => readAgain.push(plan),
  });
  const sounds: BenchSound[] = [];
  session.onSound((sound) => sounds.push(sound));
  let sequence = 0;
  const aScan = (raw: string): Scan => {
    sequence += 1;
    return {
      gestureId: gestureId.parse(`${prefix}-scan-${sequence}`),
      deviceId: deviceId.parse('keyboard-wedge'),
      raw,
      code: normaliseCode(raw),
      at: clock.now(),
      sequence,
    };
  };
  return {
    index,
    session,
    fake,
    clock,
    sounds,
    readAgain,
    aScan,
    scan: (code) => session.scan(aScan(code)),
    settle: () => clock.settle(),
  };
}
