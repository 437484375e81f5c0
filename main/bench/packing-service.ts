/**
 * From the last scan to the closed parcel, as the contract's packing area promises it.
 *
 * The walk: the completing scan writes one flushed record (last count, verified, number bound, print job queued) while the
 * label is being drawn; only then does the spooler get the job. Before its first byte the spooler's step is flushed too
 * (print-moves.ts). When the label is out, one record closes the parcel and creates its deliveries. Where the label is out
 * already, nothing prints and the completing record closes. What goes wrong: no number, no printer, an unreadable contact are
 * told before anything is written; a label that cannot be drawn or a printer that refuses leaves "packed, no label".
 */
import type { z } from 'zod';
import { refused, type Reply } from '@shared/contract/envelope';
import type { LabelOrder, packingArea } from '@shared/contract/packing';
import type { Fact, FactBody, JournalRecord } from '@shared/domain/fact';
import { jobId as jobIdSchema, orderKeyOf, orderKeyParts, type JobId } from '@shared/domain/ids';
import { hasRight, type Person } from '@shared/domain/person';
import { isLabelOut, maySafelyPrintAgain } from '@shared/domain/print-job';
import { applyFact, currentParcel, emptyWork, type ParcelWork, type ShipmentWork } from '@shared/domain/shipment-work';
import { ok, refuse, type Result } from '@shared/language/result';
import { addMs, type Clock } from '@shared/units/instant';
import type { Logger } from '../wiring/ports';
import type { Act, Arbiter } from './arbiter';
import type { LabelPort, SpoolerPort } from './bench-ports';
import { fillWaybill } from './fill-waybill';
import { planDeliveries } from './plan-deliveries';
import { prepareLabel, type PreparedLabel, type PrepareDeps } from './prepare-label';
import type { PrintMoves } from './print-moves';

type Calls = (typeof packingArea)['calls'];
type CompleteAsk = z.output<Calls['complete']['ask']>;
type PrintAsk = z.output<Calls['printLabel']['ask']>;
type ResolveAsk = z.output<Calls['resolvePrint']['ask']>;
type ReopenAsk = z.output<Calls['reopen']['ask']>;
type RecordReply = Reply<JournalRecord>;

export interface PackingDeps extends PrepareDeps {
  readonly arbiter: Arbiter;
  readonly moves: PrintMoves;
  readonly labels: LabelPort;
  readonly spooler: SpoolerPort;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly logger: Logger;
}

export const WAYBILL_TEMPLATE = 'waybill-76x130';

/** A job that the record queues, and its label. */
interface Queued {
  readonly jobId: JobId;
  readonly label: PreparedLabel;
  readonly waybillNo: string;
  readonly carrier: string;
}

/** Facts of one record in the making, with the work as it will be behind them. */
class RecordDraft {
  readonly facts: Fact[] = [];
  queued: Queued | null = null;
  refusal: RecordReply | null = null;

  constructor(public work: ShipmentWork) {}

  add(fact: Fact): void {
    if (this.refusal !== null) return;
    const next = applyFact(this.work, fact);
    if (next.ok) this.work = next.value;
    else this.refusal = refused('rule-refused', { rule: next.error });
    this.facts.push(fact);
  }

  parcel(): ParcelWork | null {
    return currentParcel(this.work);
  }
}

export class PackingService {
  constructor(private readonly deps: PackingDeps) {}

  /** The scan that completes a parcel. */
  async complete(ask: CompleteAsk, person: Person | null): Promise<RecordReply> {
    const allowed = this.packer(person);
    if (!allowed.ok) return allowed.error;
    const again = this.deps.arbiter.recordWith(ask.verifiedFactId);
    if (again !== null) return again;
    const misfit = misfitOfComplete(ask);
    if (misfit !== null) return refused('bad-request', { problem: misfit });
    const act: Act = { ...ask, personId: allowed.value.personId };
    const draft = this.draftFor(ask.expect.shipmentId);
    const where = { shipmentId: ask.expect.shipmentId, parcelId: ask.parcelId };
    const { arbiter } = this.deps;
    // A window that lost the first answer may send a count again that is written already.
    if (ask.counted !== null && !arbiter.isKnown(ask.counted.factId))
      draft.add(arbiter.factOf({ ...ask.counted, personId: act.personId }, ask.counted.body, ask.counted.factId));
    draft.add(arbiter.factOf(act, { kind: 'parcel-verified', ...where, units: ask.units }, ask.verifiedFactId));
    if (draft.refusal !== null) return this.refusalOf(ask.expect, draft.refusal);
    this.labelOrClose(draft, act, ask.orders);
    this.tellAtVerified(draft, act);
    return this.write(draft, ask.expect);
  }

  /**
   * What the verified parcel still needs: its label, or where that is out already its closing. While a job is under way or its
   * fate unknown nothing is added: the job's own step, or a person's word, closes the parcel.
   */
  private labelOrClose(draft: RecordDraft, act: Act, orders: readonly LabelOrder[]): void {
    const parcel = draft.parcel();
    if (parcel === null) return;
    if (parcel.job === null || maySafelyPrintAgain(parcel.job.state)) this.queueLabel(draft, act, orders);
    else if (isLabelOut(parcel.job.state))
      for (const fact of this.deps.moves.closingFacts(act, draft.work, parcel)) draft.add(fact);
  }

  /** Binds a number if there is none and prints. */
  async printLabel(ask: PrintAsk, person: Person | null): Promise<RecordReply> {
    const allowed = this.packer(person);
    if (!allowed.ok) return allowed.error;
    if (!ordersFit(ask.orders)) return refused('bad-request', { problem: 'order-key-differs' });
    const draft = this.draftFor(ask.expect.shipmentId);
    const job = draft.work.parcels.find((parcel) => parcel.parcelId === ask.parcelId)?.job ?? null;
    if (job !== null && !maySafelyPrintAgain(job.state)) {
      return this.refusalOf(ask.expect, refused('job-state-differs', { state: job.state }));
    }
    if (ask.parcelId !== (draft.parcel()?.parcelId ?? ask.parcelId))
      return refused('rule-refused', { rule: 'parcel-out-of-turn' });
    this.queueLabel(draft, { ...ask, personId: allowed.value.personId }, ask.orders, ask.parcelId);
    return this.write(draft, ask.expect);
  }

  /** A person's word about a job whose fate is unknown. */
  async resolvePrint(ask: ResolveAsk, person: Person | null): Promise<RecordReply> {
    if (person === null) return refused('not-signed-in');
    if (!hasRight(person.role, 'resolve-print')) return refused('not-allowed');
    const { arbiter, moves, spooler } = this.deps;
    const job = arbiter.state.job(ask.jobId);
    if (job === undefined || job.shipmentId !== ask.shipmentId || job.parcelId !== ask.parcelId)
      return refused('job-unknown');
    if (job.state !== 'unknown') return refused('job-state-differs', { state: job.state });
    const act: Act = { ...ask, personId: person.personId };
    const facts = ask.printed
      ? moves.moveFacts(act, job, 'done', 'declared-printed')
      : moves.moveFacts(act, job, 'failed', 'declared-not-printed');
    const reply = await arbiter.record({ facts, raises: ask.shipmentId });
    // The spooler may not know the job any more (after a restart); the record is what counts.
    if (reply.ok) await (ask.printed ? spooler.confirmPrinted(ask.jobId) : spooler.declareNotPrinted(ask.jobId));
    return reply;
  }

  /** Opens a packed box again and takes back what has not gone out. */
  async reopen(ask: ReopenAsk, person: Person | null): Promise<RecordReply> {
    const allowed = this.packer(person);
    if (!allowed.ok) return allowed.error;
    const { arbiter } = this.deps;
    const again = arbiter.recordWith(ask.factId);
    if (again !== null) return again;
    const work = arbiter.state.work(ask.expect.shipmentId);
    if (currentParcel(work)?.parcelId !== ask.parcelId) return refused('rule-refused', { rule: 'parcel-out-of-turn' });
    const withdraws = (work?.deliveries ?? [])
      .filter((each) => each.parcelId === ask.parcelId && each.state === 'waiting' && each.attempts === 0)
      .map((each) => each.deliveryId);
    const body: FactBody = {
      kind: 'parcel-reopened',
      shipmentId: ask.expect.shipmentId,
      parcelId: ask.parcelId,
      withdraws,
    };
    const act: Act = { ...ask, personId: allowed.value.personId };
    return arbiter.record({ facts: [arbiter.factOf(act, body, ask.factId)], expect: ask.expect });
  }

  private packer(person: Person | null): Result<Person, RecordReply> {
    if (person === null) return refuse(refused('not-signed-in'));
    return hasRight(person.role, 'pack') ? ok(person) : refuse(refused('not-allowed'));
  }

  private draftFor(id: CompleteAsk['expect']['shipmentId']): RecordDraft {
    return new RecordDraft(this.deps.arbiter.state.work(id) ?? emptyWork(id));
  }

  /** "Another window was first" explains a broken rule better than the rule does. */
  private refusalOf(expect: CompleteAsk['expect'], refusal: RecordReply): RecordReply {
    const revision = this.deps.arbiter.state.work(expect.shipmentId)?.revision ?? 0;
    return revision === expect.revision ? refusal : refused('revision-moved', { revision });
  }

  /** Adds number and print job for the parcel. Refuses before anything is written where one of them cannot be had. */
  private queueLabel(draft: RecordDraft, act: Act, orders: readonly LabelOrder[], id?: ParcelWork['parcelId']): void {
    const { arbiter, newId } = this.deps;
    const parcel = draft.parcel();
    const parcelId = id ?? parcel?.parcelId;
    const label = prepareLabel(this.deps, orders);
    if (!label.ok || parcelId === undefined) {
      draft.refusal = label.ok ? refused('rule-refused', { rule: 'parcel-not-open' }) : label;
      return;
    }
    const { policy, printer } = label.value;
    const bound = parcel?.parcelId === parcelId ? parcel.number : null;
    const number = bound ?? arbiter.state.numbers.nextFree(policy.poolId);
    if (number === null) {
      draft.refusal = refused('no-number-left', { poolId: policy.poolId });
      return;
    }
    const where = { shipmentId: draft.work.shipmentId, parcelId };
    const { waybillNo, carrier } = number;
    if (bound === null)
      draft.add(arbiter.factOf(act, { kind: 'number-bound', ...where, poolId: policy.poolId, carrier, waybillNo }));
    const jobId = jobIdSchema.parse(newId());
    const { printerId } = printer;
    const templateId = WAYBILL_TEMPLATE;
    draft.add(arbiter.factOf(act, { kind: 'print-queued', ...where, jobId, printerId, waybillNo, templateId }));
    draft.queued = { jobId, label: label.value, waybillNo, carrier };
  }

  /** Stores that are told when a parcel is verified get their deliveries in the record that verifies it. */
  private tellAtVerified(draft: RecordDraft, act: Act): void {
    const parcel = draft.parcel();
    const [count] = parcel?.counts ?? [];
    if (draft.refusal !== null || parcel?.stage !== 'verified' || count === undefined) return;
    const policy = this.deps.policyOf(orderKeyParts(count.orderKey).storeId);
    if (policy?.tellAt !== 'verified') return;
    const deliveries = planDeliveries(draft.work, parcel, {
      newId: this.deps.newId,
      nextSequence: (key) => this.deps.arbiter.state.nextSequence(key),
      notBefore: addMs(this.deps.clock.now(), policy.withdrawWindowMs),
    });
    if (deliveries.length === 0) return;
    const { shipmentId } = draft.work;
    draft.add(
      this.deps.arbiter.factOf(act, { kind: 'deliveries-created', shipmentId, parcelId: parcel.parcelId, deliveries }),
    );
  }

  /** Writes the record; the label is drawn meanwhile, and the spooler gets it only when the record is flushed. */
  private async write(draft: RecordDraft, expect: CompleteAsk['expect']): Promise<RecordReply> {
    if (draft.refusal !== null) return this.refusalOf(expect, draft.refusal);
    const written = this.deps.arbiter.record({ facts: draft.facts, expect });
    const { queued } = draft;
    if (queued === null) return written;
    const label = this.draw(queued);
    const reply = await written;
    if (reply.ok) await this.submit(queued, label);
    return reply;
  }

  private async draw({
    jobId,
    label,
    waybillNo,
    carrier,
  }: Queued): Promise<Result<Uint8Array, { readonly code: string }>> {
    const { orders, recipient, policy, printer } = label;
    const document = fillWaybill({ orders, recipient, policy, waybillNo, carrier, at: this.deps.clock.now() });
    const made = await this.deps.labels.make({
      jobId,
      document,
      templateId: WAYBILL_TEMPLATE,
      printer: printer.capability,
    });
    if (made.ok) return ok(made.value.bytes);
    this.deps.logger.warn('label-not-made', { jobId, code: made.error.code });
    return refuse({ code: made.error.code });
  }

  private async submit(queued: Queued, label: Promise<Result<Uint8Array, { readonly code: string }>>): Promise<void> {
    const { spooler, moves, logger } = this.deps;
    const { jobId } = queued;
    const destinationId = queued.label.printer.printerId;
    const submitted = await spooler.submit({ jobId, destinationId, produce: () => label }, { recorded: true });
    if (submitted.ok) return;
    logger.warn('job-not-taken', { jobId, code: submitted.error.code });
    // The printer was removed in between: no byte left, and the parcel is "packed, no label".
    await moves
      .record({
        jobId,
        destinationId,
        from: 'queued',
        to: 'failed',
        atMs: this.deps.clock.now(),
        code: 'destination-removed',
      })
      .catch((error: unknown) => logger.error('print-step-unwritten', error, { jobId }));
  }
}

/** Every order's key must be its store's and number's, because deliveries take the key apart again. */
const ordersFit = (orders: readonly LabelOrder[]): boolean =>
  orders.every((order) => order.orderKey === orderKeyOf(order.storeId, order.orderNo));

function misfitOfComplete(ask: CompleteAsk): string | null {
  const { counted, expect } = ask;
  if (!ordersFit(ask.orders)) return 'order-key-differs';
  const keys = new Set(ask.orders.map((order) => order.orderKey));
  if (ask.units.some((unit) => !keys.has(unit.orderKey))) return 'units-of-another-order';
  if (counted === null) return null;
  const { body } = counted;
  const fits = body.kind === 'units-counted' && body.shipmentId === expect.shipmentId && body.parcelId === ask.parcelId;
  return fits ? null : 'counted-fact-differs';
}
