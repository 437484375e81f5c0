/**
 * The only way from a label to a printer. It promises: the journal knows of a job before its first byte leaves; a job whose bytes
 * may have reached paper is never sent again by itself; the same job id is the same job; nothing old prints after a restart.
 */
import type { PrintJobState } from '@shared/domain/print-job';
import { ok, refuse, type Result } from '@shared/language/result';
import { DestinationWorker } from './destination-worker';
import { createJobLedger, viewOf, type Job, type MoveRefusal } from './job-ledger';
import { isSettled } from './job-states';
import type { PrintClock } from './print-clock';
import {
  DEFAULT_LIMITS,
  type Destination,
  type DestinationView,
  type JobRequest,
  type JobView,
  type JournalPort,
  type SpoolerLimits,
} from './print-job';

export type SubmitRefusal = { readonly code: 'destination-unknown' | 'journal-unwritable' | 'spooler-stopped' };
export type ResolveRefusal = MoveRefusal | { readonly code: 'job-unknown' };

/** A job as the journal had it when the program ended. */
export interface RestoredJob {
  readonly jobId: string;
  readonly destinationId: string;
  readonly state: PrintJobState;
  readonly queuedAtMs: number;
}

export interface SpoolerOptions {
  readonly journal: JournalPort;
  readonly clock: PrintClock;
  readonly limits?: Partial<SpoolerLimits>;
  /** Faults of this program, for the log. Must not throw. */
  readonly reportFault: (fault: Error) => void;
}

export interface Spooler {
  /** Adds a printer, or puts another in its place: jobs still queued for the old one fail as `destination-removed`. */
  addDestination(destination: Destination): Promise<void>;
  removeDestination(destinationId: string): Promise<void>;
  /**
   * Queues a job. Resolves when the journal has it. `recorded: true` says that the caller's own record already holds "queued" (the record
   * that completes a parcel does).
   */
  submit(request: JobRequest, options?: { readonly recorded: boolean }): Promise<Result<JobView, SubmitRefusal>>;
  /** Takes over the jobs of the run before: "sending" becomes unknown, "queued" expires, both on the record. Nothing is sent. */
  restore(jobs: readonly RestoredJob[]): Promise<void>;
  findJob(jobId: string): JobView | undefined;
  listJobs(): readonly JobView[];
  /** A person holds the label: the job is done. */
  confirmPrinted(jobId: string): Promise<Result<JobView, ResolveRefusal>>;
  /** A person says that no label came: the job has failed, and a new job may be made for the parcel. */
  declareNotPrinted(jobId: string): Promise<Result<JobView, ResolveRefusal>>;
  /** Withdraws a job that is still queued. */
  withdraw(jobId: string): Promise<Result<JobView, ResolveRefusal>>;
  /** Asks a printer how it is; the answer comes through subscribeDestinations. */
  wantStatus(destinationId: string): void;
  listDestinations(): readonly DestinationView[];
  /** Every change of every job. @returns the cancel function. */
  subscribe(listener: (job: JobView) => void): () => void;
  subscribeDestinations(listener: (view: DestinationView) => void): () => void;
  /** Resolves with the job once it is neither queued nor sending. */
  settled(jobId: string): Promise<JobView | undefined>;
  /** Ends all loops behind the step under way. Queued jobs stay queued in the journal and expire at the next start. */
  stop(): Promise<void>;
}

class SpoolerImplementation implements Spooler {
  private readonly limits: SpoolerLimits;
  private readonly ledger: ReturnType<typeof createJobLedger>;
  private readonly workers = new Map<string, DestinationWorker>();
  private readonly submissions = new Map<string, Promise<Result<JobView, SubmitRefusal>>>();
  private readonly viewListeners = new Set<(view: DestinationView) => void>();
  private isStopped = false;

  constructor(private readonly options: SpoolerOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    const { journal, clock, reportFault } = options;
    this.ledger = createJobLedger({ journal, clock, journalLimitMs: this.limits.journalMs, reportFault });
  }

  async addDestination(destination: Destination): Promise<void> {
    await this.removeDestination(destination.id);
    const { clock, reportFault } = this.options;
    const { ledger, limits } = this;
    const onView = (view: DestinationView): void => this.tell(view);
    this.workers.set(
      destination.id,
      new DestinationWorker({ destination, ledger, clock, limits, reportFault, onView }),
    );
  }

  private tell(view: DestinationView): void {
    for (const listener of [...this.viewListeners]) {
      try {
        listener(view);
      } catch (cause) {
        this.options.reportFault(cause instanceof Error ? cause : new Error(String(cause)));
      }
    }
  }

  async removeDestination(destinationId: string): Promise<void> {
    const worker = this.workers.get(destinationId);
    if (worker === undefined) return;
    this.workers.delete(destinationId);
    await worker.stop();
    for (const job of worker.takeQueued())
      await this.ledger.move(job, { kind: 'stopped-before-bytes' }, { code: 'destination-removed' });
  }

  async submit(request: JobRequest, { recorded } = { recorded: false }): Promise<Result<JobView, SubmitRefusal>> {
    const known = this.findJob(request.jobId);
    const underWay = this.submissions.get(request.jobId);
    if (underWay !== undefined) return underWay;
    if (known !== undefined) return ok(known);
    const submission = this.submitNew(request, recorded);
    this.submissions.set(request.jobId, submission);
    try {
      return await submission;
    } finally {
      this.submissions.delete(request.jobId);
    }
  }

  private async submitNew(request: JobRequest, recorded: boolean): Promise<Result<JobView, SubmitRefusal>> {
    if (this.isStopped) return refuse({ code: 'spooler-stopped' });
    const { jobId, destinationId } = request;
    if (!this.workers.has(destinationId)) return refuse({ code: 'destination-unknown' });
    const producing = this.produce(request);
    const atMs = this.options.clock.now();
    if (!recorded && !(await this.ledger.record({ jobId, destinationId, to: 'queued', atMs })))
      return refuse({ code: 'journal-unwritable' });
    const job = this.adopt({ jobId, destinationId, state: 'queued', queuedAtMs: atMs });
    const worker = this.workers.get(destinationId);
    // The printer may have been removed while the journal was written.
    if (worker === undefined)
      await this.ledger.move(job, { kind: 'stopped-before-bytes' }, { code: 'destination-removed' });
    else worker.enqueue(job, producing);
    this.ledger.publish(job);
    return ok(viewOf(job));
  }

  /** Begins to make the bytes; whatever goes wrong becomes a refusal that the job's turn will find. */
  private async produce(request: JobRequest): Promise<Result<Uint8Array, { readonly code: string }>> {
    try {
      return await request.produce();
    } catch (cause) {
      this.options.reportFault(cause instanceof Error ? cause : new Error(String(cause)));
      return refuse({ code: 'document-not-made' });
    }
  }

  private adopt({ jobId, destinationId, state, queuedAtMs }: RestoredJob): Job {
    const job: Job = {
      jobId,
      destinationId,
      queuedAtMs,
      expiresAtMs: queuedAtMs + this.limits.queuedMs,
      state,
      attention: [],
      code: undefined,
      evidence: undefined,
      totalBytes: 0,
      flushedBytes: 0,
      steps: Promise.resolve(),
    };
    this.ledger.jobs.set(jobId, job);
    return job;
  }

  async restore(jobs: readonly RestoredJob[]): Promise<void> {
    for (const restored of jobs) {
      if (this.ledger.jobs.has(restored.jobId)) continue;
      const job = this.adopt(restored);
      const wasOpen = !isSettled(job.state);
      const moved = await this.ledger.move(job, { kind: 'restored' }, wasOpen ? { code: 'restarted' } : {});
      // The journal cannot be written: memory still must not show an old job as one that will print.
      if (!moved.ok)
        this.ledger.moveUnrecorded(job, job.state === 'queued' ? 'expired' : 'unknown', 'journal-unwritable');
    }
  }

  findJob(jobId: string): JobView | undefined {
    const job = this.ledger.jobs.get(jobId);
    return job === undefined ? undefined : viewOf(job);
  }

  listJobs(): readonly JobView[] {
    return [...this.ledger.jobs.values()].map(viewOf);
  }

  async confirmPrinted(jobId: string): Promise<Result<JobView, ResolveRefusal>> {
    return this.resolve(jobId, 'person-confirms', 'person-confirmed');
  }

  async declareNotPrinted(jobId: string): Promise<Result<JobView, ResolveRefusal>> {
    return this.resolve(jobId, 'person-denies', 'person-denied');
  }

  async withdraw(jobId: string): Promise<Result<JobView, ResolveRefusal>> {
    return this.resolve(jobId, 'withdrawn', 'withdrawn');
  }

  private async resolve(
    jobId: string,
    kind: 'person-confirms' | 'person-denies' | 'withdrawn',
    code: 'person-confirmed' | 'person-denied' | 'withdrawn',
  ): Promise<Result<JobView, ResolveRefusal>> {
    const job = this.ledger.jobs.get(jobId);
    if (job === undefined) return refuse({ code: 'job-unknown' });
    const moved = await this.ledger.move(job, { kind }, { code });
    this.workers.get(job.destinationId)?.nudge();
    return moved.ok ? ok(viewOf(job)) : moved;
  }

  wantStatus(destinationId: string): void {
    this.workers.get(destinationId)?.wantStatus();
  }

  listDestinations(): readonly DestinationView[] {
    return [...this.workers.values()].map((worker) => worker.view);
  }

  subscribe(listener: (job: JobView) => void): () => void {
    return this.ledger.subscribe(listener);
  }

  subscribeDestinations(listener: (view: DestinationView) => void): () => void {
    this.viewListeners.add(listener);
    return () => this.viewListeners.delete(listener);
  }

  async settled(jobId: string): Promise<JobView | undefined> {
    const known = this.findJob(jobId);
    if (known === undefined || isSettled(known.state)) return known;
    return new Promise((resolve) => {
      const cancel = this.subscribe((job) => {
        if (job.jobId !== jobId || !isSettled(job.state)) return;
        cancel();
        resolve(job);
      });
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all([...this.workers.values()].map(async (worker) => worker.stop()));
    this.workers.clear();
  }
}

/** Makes a spooler without printers. Call `restore` with the journal's open jobs before the first `submit`. */
export const createSpooler = (options: SpoolerOptions): Spooler => new SpoolerImplementation(options);
