/**
 * Between spooler and journal. A step of a job is flushed before the spooler acts on it; the step that puts the label out of
 * our hands closes the parcel and creates its deliveries in the same record. A step that the disk refused is written as soon
 * as it takes records again, so that the record never stays behind what happened.
 */
import type { Fact } from '@shared/domain/fact';
import { jobId as jobIdSchema, orderKeyParts, type JobId } from '@shared/domain/ids';
import { isLabelOut, mayMovePrint, type PrintJobState } from '@shared/domain/print-job';
import { applyFact, type ParcelWork, type ShipmentWork } from '@shared/domain/shipment-work';
import { addMs, type Clock } from '@shared/units/instant';
import type { PrintJobView } from '@shared/contract/printing';
import type { JobTransition, JobView, JournalPort } from '../../printing/queue/print-job';
import type { Logger } from '../wiring/ports';
import type { Act, Arbiter } from './arbiter';
import type { PolicyOf, SpoolerPort } from './bench-ports';
import { closingBodies } from './plan-deliveries';

export interface PrintMovesDeps {
  readonly arbiter: Arbiter;
  readonly policyOf: PolicyOf;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly logger: Logger;
}

/** Thrown to the spooler where a step could not be written; it then does not act on it. */
export class StepNotWritten extends Error {}

/** Where a store is unknown by now (removed while its parcel was packed) deliveries wait this long. Milliseconds. */
const DEFAULT_WINDOW_MS = 20_000;

export class PrintMoves implements JournalPort {
  /** Jobs that belong to no parcel and need no record. */
  private readonly testPages = new Set<string>();
  /** Serialises the steps that are written late. */
  private catchingUp: Promise<void> = Promise.resolve();

  constructor(private readonly deps: PrintMovesDeps) {}

  /** Names a job as a test page, before the spooler gets it. */
  allowTestPage(jobId: JobId): void {
    this.testPages.add(jobId);
  }

  /** The spooler's step, flushed when this resolves. @throws StepNotWritten, also for a job that the journal does not know. */
  async record(step: JobTransition): Promise<void> {
    const job = this.deps.arbiter.state.job(jobIdSchema.parse(step.jobId));
    if (job === undefined) {
      // Its record was refused, so it must not print; only a test page prints without one.
      if (this.testPages.has(step.jobId)) return;
      throw new StepNotWritten('job-unknown');
    }
    // The record that completes a parcel holds "queued" already.
    if (job.state === step.to) return;
    const facts = this.moveFacts(this.deps.arbiter.programAct(), job, step.to, step.code ?? '');
    const reply = await this.deps.arbiter.record({ facts });
    if (!reply.ok) throw new StepNotWritten(reply.error.code);
  }

  /** The facts of a step: the move, and where the label is out and the parcel waits for it, its closing. */
  moveFacts(act: Act, job: PrintJobView, to: PrintJobState, code: string): Fact[] {
    const { arbiter } = this.deps;
    const { shipmentId, parcelId, jobId } = job;
    if (shipmentId === null || parcelId === null) return [];
    const moved = arbiter.factOf(act, { kind: 'print-moved', shipmentId, parcelId, jobId, state: to, code });
    const work = arbiter.state.work(shipmentId);
    const after = work === null ? null : applyFact(work, moved);
    const parcel = after?.ok ? after.value.parcels.find((each) => each.parcelId === parcelId) : undefined;
    if (!isLabelOut(to) || !after?.ok || parcel?.stage !== 'verified') return [moved];
    return [moved, ...this.closingFacts(act, after.value, parcel)];
  }

  /** Closes a verified parcel whose label is out; deliveries for what is not told yet. */
  closingFacts(act: Act, work: ShipmentWork, parcel: ParcelWork): Fact[] {
    const { arbiter, policyOf, clock, newId } = this.deps;
    const [count] = parcel.counts;
    const policy = count === undefined ? null : policyOf(orderKeyParts(count.orderKey).storeId);
    const bodies = closingBodies(work, parcel, policy?.tellAt ?? 'closed', {
      newId,
      nextSequence: (key) => arbiter.state.nextSequence(key),
      notBefore: addMs(clock.now(), policy?.withdrawWindowMs ?? DEFAULT_WINDOW_MS),
    });
    return bodies.map((body) => arbiter.factOf(act, body));
  }

  /** At start: jobs that were queued expire, jobs whose bytes may have left become unknown. Nothing is sent. */
  async restore(spooler: SpoolerPort): Promise<void> {
    const open = [...this.deps.arbiter.state.allJobs()].filter(
      (job) => job.state === 'queued' || job.state === 'sending',
    );
    await spooler.restore(
      open.map((job) => ({
        jobId: job.jobId,
        destinationId: job.printerId,
        state: job.state,
        queuedAtMs: job.queuedAt,
      })),
    );
  }

  /** Writes what the spooler did while the disk refused. Call it when the disk takes records again. */
  catchUp(spooler: SpoolerPort): Promise<void> {
    this.catchingUp = this.catchingUp.then(async () => {
      for (const view of spooler.listJobs()) await this.catchUpOne(view);
    });
    return this.catchingUp;
  }

  private async catchUpOne(view: JobView): Promise<void> {
    const job = this.deps.arbiter.state.job(jobIdSchema.parse(view.jobId));
    if (job === undefined || job.state === view.state || !mayMovePrint(job.state, view.state)) return;
    if (view.code !== 'journal-unwritable') return; // its own record is still on the way
    const facts = this.moveFacts(this.deps.arbiter.programAct(), job, view.state, view.code);
    const reply = await this.deps.arbiter.record({ facts });
    if (!reply.ok) this.deps.logger.warn('print-step-still-unwritten', { jobId: view.jobId, code: reply.error.code });
  }
}
