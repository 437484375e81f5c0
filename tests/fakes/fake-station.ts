/**
 * The station's main process as a window sees it, in memory: the real contract in front (every ask, answer and event is
 * checked), a journal that arbitrates, a printer that does what the test says.
 */
import { AREAS, type RawBridge, type StationApi } from '@shared/contract/station';
import type { CallDefinition } from '@shared/contract/define-area';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { ErrorCode } from '@shared/contract/error-codes';
import { journalArea } from '@shared/contract/journal';
import { packingArea } from '@shared/contract/packing';
import type { FactBody, FactDraft, JournalRecord } from '@shared/domain/fact';
import { jobId, poolId, printerId, waybillNo, type ParcelId, type ShipmentId } from '@shared/domain/ids';
import type { Person } from '@shared/domain/person';
import { isLabelOut, type PrintJobState } from '@shared/domain/print-job';
import { currentParcel } from '@shared/domain/shipment-work';
import type { Clock } from '@shared/units/instant';
import { createStationApi } from '../../renderer/services/station-api';
import { FakeJournal } from './fake-journal';

type Handler = (ask: unknown) => Promise<unknown>;
type Gesture = Pick<FactDraft, 'gestureId' | 'deviceId' | 'method'>;

export interface FakeStation {
  readonly station: StationApi;
  readonly bridge: RawBridge;
  readonly journal: FakeJournal;
  /** Names of calls in the order in which they arrived, as `area.call`. */
  readonly calls: string[];
  /** Answers a call from now on; what is not set is refused with `internal`. */
  answer(name: string, handler: Handler): void;
  /** Refuses the next such call. */
  refuseNext(name: string, code: ErrorCode): void;
  /** Holds answers back until `open`; calls still arrive and take effect. */
  holdAnswers(): { open: () => void };
  emit(area: string, event: string, carried: unknown): void;
  /** Which printer state follows a queued job; null leaves it queued. */
  printer: { next: readonly PrintJobState[] };
  /** Waybill numbers for labels to come. */
  addNumbers(numbers: readonly string[]): void;
  /** Moves the current job of a shipment by hand and closes the parcel when its label is out. */
  movePrint(id: ShipmentId, state: PrintJobState): void;
}

export interface FakeStationOptions {
  readonly clock: Clock;
  readonly person?: () => Person | null;
  readonly numbers?: readonly string[];
}

const definitionOf = (area: string, name: string): CallDefinition | undefined => {
  const areas: Record<string, { readonly calls: Record<string, CallDefinition> }> = AREAS;
  return areas[area]?.calls[name];
};

export function createFakeStation(options: FakeStationOptions): FakeStation {
  const person = options.person ?? (() => null);
  const journal = new FakeJournal(options.clock, person);
  const handlers = new Map<string, Handler>();
  const refusals = new Map<string, ErrorCode>();
  const listeners = new Map<string, Set<(carried: unknown) => void>>();
  const calls: string[] = [];
  let gate: Promise<void> = Promise.resolve();
  const bridge: RawBridge = {
    call: async (area, name, ask) => {
      const key = `${area}.${name}`;
      calls.push(key);
      const definition = definitionOf(area, name);
      const parsed = definition?.ask.safeParse(structuredClone(ask));
      if (parsed?.success !== true) return refused('bad-request', { call: key });
      const refusal = refusals.get(key);
      refusals.delete(key);
      const handler = handlers.get(key);
      const held = gate;
      const reply = refusal !== undefined ? refused(refusal) : ((await handler?.(parsed.data)) ?? refused('internal'));
      await held;
      return structuredClone(reply);
    },
    on: (area, name, listener) => {
      const key = `${area}!${name}`;
      const own = listeners.get(key) ?? new Set();
      listeners.set(key, own.add(listener));
      return () => own.delete(listener);
    },
  };
  const emit = (area: string, event: string, carried: unknown): void => {
    for (const listener of listeners.get(`${area}!${event}`) ?? []) listener(structuredClone(carried));
  };
  journal.onRecorded((record) => emit('journal', 'recorded', record));
  const printer: FakeStation['printer'] = { next: ['sending', 'sent'] };
  const numbers = [...(options.numbers ?? ['TM0001', 'TM0002', 'TM0003', 'TM0004'])];
  const bench = new FakeBench(journal, printer, numbers);
  bench.register(handlers);
  return {
    station: createStationApi(bridge, (event, where) => {
      throw new Error(`${event} at ${where}`);
    }),
    bridge,
    journal,
    calls,
    answer: (name, handler) => handlers.set(name, handler),
    refuseNext: (name, code) => refusals.set(name, code),
    holdAnswers: () => {
      let open = (): void => undefined;
      gate = new Promise((resolve) => {
        open = () => {
          gate = Promise.resolve();
          resolve();
        };
      });
      return { open };
    },
    emit,
    printer,
    addNumbers: (added) => numbers.push(...added),
    movePrint: (id, state) => bench.movePrint(id, state),
  };
}

/** Journal and packing calls. */
class FakeBench {
  private jobs = 0;

  constructor(
    private readonly journal: FakeJournal,
    private readonly printer: FakeStation['printer'],
    private readonly numbers: string[],
  ) {}

  register(handlers: Map<string, Handler>): void {
    handlers.set('journal.append', async (raw) => {
      const ask = journalArea.calls.append.ask.parse(raw);
      return this.journal.write(
        ask.facts.map((draft) => this.journal.complete(draft)),
        ask.expect,
      );
    });
    handlers.set('journal.readSince', async (raw) => {
      const ask = journalArea.calls.readSince.ask.parse(raw);
      return answered(this.journal.readSince(ask.afterSeq, ask.limit));
    });
    handlers.set('packing.complete', async (raw) => this.complete(raw));
    handlers.set('packing.printLabel', async (raw) => this.printLabel(raw));
    handlers.set('packing.reopen', async (raw) => {
      const ask = packingArea.calls.reopen.ask.parse(raw);
      const body: FactBody = {
        kind: 'parcel-reopened',
        shipmentId: ask.expect.shipmentId,
        parcelId: ask.parcelId,
        withdraws: [],
      };
      return this.journal.write([this.journal.factOf(body, ask, ask.factId)], ask.expect);
    });
    handlers.set('packing.resolvePrint', async (raw) => {
      const ask = packingArea.calls.resolvePrint.ask.parse(raw);
      return this.move(ask.shipmentId, ask.parcelId, ask.printed ? 'done' : 'failed', ask);
    });
  }

  movePrint(id: ShipmentId, state: PrintJobState): void {
    const parcel = currentParcel(this.journal.work(id));
    if (parcel === null) throw new Error('no parcel');
    this.move(id, parcel.parcelId, state, SYSTEM);
  }

  private complete(raw: unknown): Reply<JournalRecord> {
    const ask = packingArea.calls.complete.ask.parse(raw);
    const where = { shipmentId: ask.expect.shipmentId, parcelId: ask.parcelId };
    const parcel = currentParcel(this.journal.work(where.shipmentId));
    const facts = [
      ...(ask.counted === null ? [] : [this.journal.complete(ask.counted)]),
      this.journal.factOf({ kind: 'parcel-verified', ...where, units: ask.units }, ask, ask.verifiedFactId),
    ];
    if (parcel?.job && isLabelOut(parcel.job.state))
      return this.journal.write(
        [...facts, this.journal.factOf({ kind: 'parcel-closed', ...where, deliveries: [] }, ask)],
        ask.expect,
      );
    const label = this.labelFacts(where, ask);
    if (label === null) return refused('no-number-left');
    const reply = this.journal.write([...facts, ...label], ask.expect);
    if (reply.ok) this.run(where);
    return reply;
  }

  private printLabel(raw: unknown): Reply<JournalRecord> {
    const ask = packingArea.calls.printLabel.ask.parse(raw);
    const where = { shipmentId: ask.expect.shipmentId, parcelId: ask.parcelId };
    const label = this.labelFacts(where, ask);
    if (label === null) return refused('no-number-left');
    const reply = this.journal.write(label, ask.expect);
    if (reply.ok) this.run(where);
    return reply;
  }

  private labelFacts(where: { shipmentId: ShipmentId; parcelId: ParcelId }, act: Gesture) {
    const parcel = currentParcel(this.journal.work(where.shipmentId));
    const bound = parcel?.number?.waybillNo ?? this.numbers.shift();
    if (bound === undefined) return null;
    this.jobs += 1;
    const number = waybillNo.parse(bound);
    const binding = this.journal.factOf(
      { kind: 'number-bound', ...where, poolId: poolId.parse('pool-1'), carrier: 'manual', waybillNo: number },
      act,
    );
    const queued = this.journal.factOf(
      {
        kind: 'print-queued',
        ...where,
        jobId: jobId.parse(`job-${this.jobs}`),
        printerId: printerId.parse('printer-1'),
        waybillNo: number,
        templateId: 'waybill-76x130',
      },
      act,
    );
    return parcel?.number ? [queued] : [binding, queued];
  }

  /** The spooler's steps come after the answer, as records of their own. */
  private run(where: { shipmentId: ShipmentId; parcelId: ParcelId }): void {
    queueMicrotask(() => {
      for (const state of this.printer.next) this.move(where.shipmentId, where.parcelId, state, SYSTEM);
    });
  }

  private move(id: ShipmentId, parcel: ParcelId, state: PrintJobState, act: Gesture): Reply<JournalRecord> {
    const job = this.journal.work(id).parcels.find((own) => own.parcelId === parcel)?.job;
    if (!job) return refused('job-unknown');
    const where = { shipmentId: id, parcelId: parcel };
    const moved = this.journal.factOf({ kind: 'print-moved', ...where, jobId: job.jobId, state, code: '' }, act);
    const verified = this.journal.work(id).parcels.find((own) => own.parcelId === parcel)?.stage === 'verified';
    const facts =
      isLabelOut(state) && verified
        ? [moved, this.journal.factOf({ kind: 'parcel-closed', ...where, deliveries: [] }, act)]
        : [moved];
    return this.journal.write(facts, null);
  }
}

const SYSTEM: Gesture = {
  gestureId: 'spooler' as Gesture['gestureId'],
  deviceId: 'spooler' as Gesture['deviceId'],
  method: 'system',
};
