/** Journal, bench, spooler and label maker as the station has them, with a printer sink on TCP behind. */
import { createCipheriv, randomBytes } from 'node:crypto';
import type { LabelOrder } from '@shared/contract/packing';
import type { Fact, FactDraft, JournalRecord } from '@shared/domain/fact';
import { deviceId, factId, gestureId, printerId, type ShipmentId } from '@shared/domain/ids';
import type { OrderSnapshot } from '@shared/domain/order';
import { SEALED_FORMAT, sealedBinding } from '@shared/domain/sealed-format';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { StorePolicy } from '@shared/domain/store';
import { currentParcel, parcelIdAt } from '@shared/domain/shipment-work';
import { ok, refuse } from '@shared/language/result';
import type { LabelPort } from '../../../main/bench/bench-ports';
import { PackingService } from '../../../main/bench/packing-service';
import { PrintMoves } from '../../../main/bench/print-moves';
import { systemPrintClock } from '../../../printing/queue/print-clock';
import { createSpooler, type Spooler } from '../../../printing/queue/spooler';
import { createRawTcpTransport } from '../../../printing/transports/raw-tcp-transport';
import { aDraft, countedBody, unitsOf } from '../../builders/facts';
import { anOrder } from '../../builders/orders';
import { planOf } from '../../builders/plans';
import { aPolicy } from '../../builders/policies';
import { openBenchRig, PACKER, silentLogger, type BenchRig } from '../../fakes/bench-rig';
import { openTestLabelMaker, shippedPrinter } from '../../oracles/test-label-maker';
import { startPrinterSink, type PrinterSink, type PrinterSinkOptions } from '../../rigs/printer-sink';

const CONTACT_KEY = randomBytes(32);

/** Seals a contact as the ingest worker does. */
export function sealContact(order: OrderSnapshot, key: Uint8Array = CONTACT_KEY): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(sealedBinding('contact', order.orderKey)));
  const body = Buffer.concat([cipher.update(JSON.stringify(order.contact), 'utf8'), cipher.final()]);
  return Uint8Array.from(Buffer.concat([Buffer.from([SEALED_FORMAT]), nonce, body, cipher.getAuthTag()]));
}

export const labelOrderOf = (order: OrderSnapshot): LabelOrder => ({
  orderKey: order.orderKey,
  orderNo: order.orderNo,
  storeId: order.storeId,
  displayNo: order.displayNo,
  sealedContact: sealContact(order),
  lines: order.lines.map(({ sku, title, variantTitle, quantity }) => ({ sku, title, variantTitle, quantity })),
});

export interface PackingRig {
  bench: BenchRig;
  readonly sink: PrinterSink;
  packing: PackingService;
  moves: PrintMoves;
  spooler: Spooler;
  /** Replaced by tests that let labels fail or vaults lock. */
  readonly knobs: {
    label: 'fine' | 'fails';
    vault: 'open' | 'locked';
    printer: 'set' | 'not-set';
    policy: StorePolicy;
  };
  restart(): Promise<void>;
  close(): Promise<void>;
}

const PRINTER = printerId.parse('printer-1');

export async function openPackingRig(
  options: { policy?: Partial<StorePolicy>; sink?: PrinterSinkOptions } = {},
): Promise<PackingRig> {
  const sink = await startPrinterSink(options.sink);
  const maker = await openTestLabelMaker();
  const capability = await shippedPrinter('generic-zpl-203');
  const knobs: PackingRig['knobs'] = {
    label: 'fine',
    vault: 'open',
    printer: 'set',
    policy: aPolicy(options.policy),
  };
  const labels: LabelPort = {
    make: async (request) => (knobs.label === 'fails' ? refuse({ code: 'label-worker-died' }) : maker.make(request)),
  };
  const build = async (bench: BenchRig) => {
    const { arbiter, clock, newId } = bench;
    const policyOf = (id: string): StorePolicy | null => (id === knobs.policy.storeId ? knobs.policy : null);
    const moves = new PrintMoves({ arbiter, policyOf, clock, newId, logger: silentLogger });
    const spooler = createSpooler({
      journal: moves,
      clock: systemPrintClock,
      limits: { confirmPollMs: 20, attentionPollMs: 30 },
      reportFault: () => undefined,
    });
    const transport = createRawTcpTransport({
      host: sink.host,
      port: sink.port,
      closeTimeoutMs: 300,
      writeStallTimeoutMs: 300,
      connectTimeoutMs: 500,
    });
    await spooler.addDestination({ id: PRINTER, transport });
    await moves.restore(spooler);
    const packing = new PackingService({
      arbiter,
      moves,
      spooler,
      labels,
      clock,
      newId,
      policyOf,
      logger: silentLogger,
      printers: {
        printerFor: () =>
          knobs.printer === 'set' ? ok({ printerId: PRINTER, capability }) : refuse('printer-not-set'),
      },
      vault: {
        fieldKeys: () =>
          knobs.vault === 'open'
            ? { contact: Uint8Array.from(CONTACT_KEY), money: new Uint8Array(32), search: new Uint8Array(32) }
            : null,
      },
    });
    return { bench, moves, spooler, packing };
  };
  const bench = await openBenchRig();
  await bench.importNumbers('WB000001', 'WB000002', 'WB000003');
  const rig: PackingRig = {
    sink,
    knobs,
    ...(await build(bench)),
    restart: async () => {
      await rig.spooler.stop();
      Object.assign(rig, await build(await rig.bench.restart()));
    },
    close: async () => {
      await rig.spooler.stop();
      await rig.bench.close();
      await sink.stop();
    },
  };
  return rig;
}

/** An order with its plan, and the calls that a window would make for it. */
export function aCase(number: string, changes: Partial<OrderSnapshot> = {}) {
  const order = anOrder(number, changes);
  const plan = planOf(order);
  const id = plan.shipmentId;
  const parcel = parcelIdAt(id, 1);
  const act = {
    gestureId: gestureId.parse(`g-${number}`),
    deviceId: deviceId.parse('scanner'),
    method: 'scan' as const,
  };
  const expectNow = (rig: PackingRig) => ({ shipmentId: id, revision: rig.bench.state.work(id)?.revision ?? 0 });
  let verified = 0;
  return {
    order,
    plan,
    id,
    parcel,
    act,
    expectNow,
    completeAsk: (rig: PackingRig, over: { counted?: FactDraft | null; units?: ReturnType<typeof unitsOf> } = {}) => ({
      ...act,
      expect: expectNow(rig),
      parcelId: parcel,
      counted: over.counted === undefined ? aDraft(countedBody(plan)) : over.counted,
      verifiedFactId: factId.parse(`verified-${number}-${(verified += 1)}`),
      units: over.units ?? unitsOf(plan),
      orders: [labelOrderOf(order)],
    }),
    printAsk: (rig: PackingRig) => ({
      ...act,
      expect: expectNow(rig),
      parcelId: parcel,
      orders: [labelOrderOf(order)],
    }),
    reopenAsk: (rig: PackingRig) => ({
      ...act,
      expect: expectNow(rig),
      parcelId: parcel,
      factId: factId.parse(`reopened-${number}-${(verified += 1)}`),
    }),
    resolveAsk: (rig: PackingRig, printed: boolean) => ({
      ...act,
      shipmentId: id,
      parcelId: parcel,
      jobId: jobOf(rig, id),
      printed,
    }),
  };
}

function jobOf(rig: PackingRig, id: ShipmentId) {
  const job = currentParcel(rig.bench.state.work(id))?.job;
  if (!job) throw new Error('no job');
  return job.jobId;
}

export const kindsOf = (record: JournalRecord | undefined): string[] =>
  (record?.facts ?? []).map(({ body }: Fact) =>
    body.kind === 'print-moved' ? `print-moved ${body.state}` : body.kind,
  );

export const parcelNow = (rig: PackingRig, plan: ShipmentPlan) => currentParcel(rig.bench.state.work(plan.shipmentId));

export { PACKER };
