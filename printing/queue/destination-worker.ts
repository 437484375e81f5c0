/**
 * One loop per printer. It alone uses the link, so a job's bytes are never mixed with another's, and every step of it ends within a
 * time limit, so no job can block the queue for good.
 */
import type { Result } from '@shared/language/result';
import type { DeviceState, TransportFailure } from '../transports/transport';
import { DestinationLink, type StatusAnswer } from './destination-link';
import { InFlightJobs, showAttention } from './in-flight-jobs';
import type { Job, JobLedger } from './job-ledger';
import { within, type PrintClock } from './print-clock';
import type { Destination, DestinationView, JobCode, SentEvidence, SpoolerLimits } from './print-job';

export type ProducedBytes = Promise<Result<Uint8Array, { readonly code: string }>>;

interface Queued {
  readonly job: Job;
  readonly bytes: ProducedBytes;
}

export interface DestinationWorkerOptions {
  readonly destination: Destination;
  readonly ledger: JobLedger;
  readonly clock: PrintClock;
  readonly limits: SpoolerLimits;
  readonly reportFault: (fault: Error) => void;
  readonly onView: (view: DestinationView) => void;
}

export class DestinationWorker {
  private readonly link: DestinationLink;
  private queue: Queued[] = [];
  private readonly inFlight: InFlightJobs;
  private isStopping = false;
  private statusWanted = false;
  private isWarm = false;
  private wake: () => void = () => undefined;
  private readonly loop: Promise<void>;
  private readonly stopListening: () => void;

  constructor(private readonly options: DestinationWorkerOptions) {
    const { destination, ledger, clock, limits } = options;
    this.link = new DestinationLink(destination, clock, limits);
    this.inFlight = new InFlightJobs(ledger, clock, limits);
    this.stopListening = options.destination.transport.onState(() => this.publish());
    this.loop = this.run();
  }

  get view(): DestinationView {
    return {
      id: this.options.destination.id,
      state: this.deviceState,
      canTell: this.link.canTell,
      queued: this.queue.length,
      inFlight: this.inFlight.size,
    };
  }

  private get deviceState(): DeviceState {
    const { attention } = this.link;
    return attention.length > 0
      ? { kind: 'needs-attention', why: attention }
      : this.options.destination.transport.state;
  }

  enqueue(job: Job, bytes: ProducedBytes): void {
    this.queue.push({ job, bytes });
    this.publish();
    this.wake();
  }

  /** Lets the loop see that something outside has changed (a job was withdrawn). */
  nudge(): void {
    this.wake();
  }

  /** Asks the printer how it is at the next free moment, also without a job; the answer comes as a view. */
  wantStatus(): void {
    this.statusWanted = true;
    this.wake();
  }

  /** Ends the loop behind the step under way, at the latest after its limits. Queued jobs stay as they are. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.loop;
    this.stopListening();
    await this.link.close();
  }

  /** Jobs that never came to their turn. */
  takeQueued(): readonly Job[] {
    const jobs = this.queue.map(({ job }) => job);
    this.queue = [];
    return jobs;
  }

  private publish(): void {
    this.options.onView(this.view);
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      try {
        await this.step();
      } catch (cause) {
        this.options.reportFault(cause instanceof Error ? cause : new Error(String(cause)));
        await this.pause(this.options.limits.attentionPollMs);
      }
    }
  }

  /** Waits for the span or for something to do, whichever comes first. */
  private async pause(spanMs: number): Promise<void> {
    if (this.isStopping) return;
    await new Promise<void>((resolve) => {
      const cancel = this.options.clock.after(spanMs, resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
    });
    this.wake = () => undefined;
  }

  private async step(): Promise<void> {
    await this.expireOld();
    this.queue = this.queue.filter(({ job }) => job.state === 'queued');
    const { maxInFlight = 1 } = this.options.destination;
    const [head] = this.queue;
    if (head !== undefined && this.inFlight.size < maxInFlight) return this.printNext(head);
    if (this.inFlight.size > 0) return this.watch();
    if (this.statusWanted) return this.refreshStatus();
    return this.rest();
  }

  private async expireOld(): Promise<void> {
    const nowMs = this.options.clock.now();
    for (const { job } of this.queue)
      if (job.state === 'queued' && job.expiresAtMs <= nowMs)
        await this.options.ledger.move(job, { kind: 'waited-too-long' }, { code: 'waited-too-long' });
  }

  /** Nothing to do: the link is closed, at once or after its warm time, and the loop sleeps until it is woken. */
  private async rest(): Promise<void> {
    const { keepWarmMs = 0 } = this.options.destination;
    if (!this.isWarm) return this.pause(60_000);
    if (keepWarmMs > 0 && this.link.canTell === true) {
      await this.pause(keepWarmMs);
      if (this.queue.length > 0 || this.isStopping || this.statusWanted) return;
    }
    this.isWarm = false;
    await this.link.close();
  }

  private async refreshStatus(): Promise<void> {
    this.statusWanted = false;
    const ready = await this.link.checkReady(false);
    this.isWarm = ready.ok;
    this.publish();
  }

  private async printNext({ job, bytes: producing }: Queued): Promise<void> {
    const { limits, clock } = this.options;
    const bytes = await within(clock, limits.produceMs, producing);
    if (bytes === 'late' || !bytes.ok) return this.fail(job, 'document-not-made');
    job.totalBytes = bytes.value.length;
    const ready = await this.link.checkReady(this.inFlight.size === 0);
    this.isWarm = true;
    if (!ready.ok) return this.failBeforeBytes(job, ready.error);
    if (ready.value.kind === 'told' && this.inFlight.size > 0) await this.takeAnswer(ready.value);
    if (!(await this.mayStart(job, ready.value))) return;
    const started = await this.options.ledger.move(job, { kind: 'start' });
    if (!started.ok) {
      if (started.error.code === 'journal-unwritable') this.giveUpUnrecorded(job, 'failed');
      return;
    }
    this.publish();
    await this.sendJob(job, bytes.value);
  }

  private async failBeforeBytes(job: Job, failure: TransportFailure): Promise<void> {
    this.link.attention = [];
    await this.fail(job, failure.code);
    this.publish();
  }

  private async fail(job: Job, code: JobCode): Promise<void> {
    const moved = await this.options.ledger.move(job, { kind: 'stopped-before-bytes' }, { code });
    if (!moved.ok && moved.error.code === 'journal-unwritable') this.giveUpUnrecorded(job, 'failed');
  }

  private giveUpUnrecorded(job: Job, to: 'failed' | 'unknown'): void {
    this.options.ledger.moveUnrecorded(job, to, 'journal-unwritable');
  }

  /** A printer that would not print keeps the job queued, with the reason; it is asked again after a while. */
  private async mayStart(job: Job, answer: StatusAnswer): Promise<boolean> {
    const why = answer.kind === 'told' ? answer.status.attention : answer.kind === 'silent' ? this.link.attention : [];
    showAttention(this.options.ledger, job, why);
    this.publish();
    const waitMs = job.expiresAtMs - this.options.clock.now();
    if (why.length > 0) await this.pause(Math.max(0, Math.min(waitMs, this.options.limits.attentionPollMs)));
    return why.length === 0 && waitMs > 0;
  }

  private async sendJob(job: Job, bytes: Uint8Array): Promise<void> {
    try {
      const sent = await this.link.send(bytes, (progress) => {
        job.flushedBytes = progress.flushedBytes;
        this.options.ledger.publish(job);
      });
      if (sent.ok) return await this.judgeSent(job);
      if (!sent.error.mayHaveLeft) return await this.failBeforeBytes(job, sent.error);
      await this.loseTrack(job, sent.error.code);
      await this.link.close();
    } finally {
      // Whatever happened between the first byte and here, no job stays in "sending".
      if (job.state === 'sending') await this.loseTrack(job, 'fault');
      this.publish();
    }
  }

  private async loseTrack(job: Job, code: JobCode): Promise<void> {
    const moved = await this.options.ledger.move(job, { kind: 'lost-track' }, { code });
    if (!moved.ok && moved.error.code === 'journal-unwritable') this.giveUpUnrecorded(job, 'unknown');
  }

  /** All bytes are taken by the system. What the printer does next decides whether the job counts as sent. */
  private async judgeSent(job: Job): Promise<void> {
    const answer = await this.link.ask(false);
    if (answer.kind === 'lost') return this.loseTrack(job, 'link-lost');
    if (answer.kind === 'silent') return this.loseTrack(job, 'no-answer');
    if (answer.kind === 'told') {
      if (!(await this.markSent(job, 'printer-answered'))) return;
      this.inFlight.add(job);
      return this.takeAnswer(answer);
    }
    this.isWarm = false;
    const closed = await this.link.close();
    if (closed === 'broken') return this.loseTrack(job, 'link-lost');
    await this.markSent(job, closed === 'confirmed' ? 'printer-closed' : 'handed-over');
  }

  private async markSent(job: Job, evidence: SentEvidence): Promise<boolean> {
    const moved = await this.options.ledger.move(job, { kind: 'all-bytes-taken' }, { evidence });
    if (!moved.ok) this.giveUpUnrecorded(job, 'unknown');
    return moved.ok;
  }

  /** Watches sent jobs until the printer has nothing left, or the time for watching is over: then they stay as they are. */
  private async watch(): Promise<void> {
    await this.pause(this.options.limits.confirmPollMs);
    const answer = await this.link.ask(false);
    if (answer.kind === 'told') {
      await this.takeAnswer(answer);
      this.inFlight.forgetOld();
    } else this.inFlight.forgetAll();
    this.publish();
  }

  /** What the printer tells is news for the jobs it has, and for the one that is next. */
  private async takeAnswer({ status }: Extract<StatusAnswer, { kind: 'told' }>): Promise<void> {
    const [next] = this.queue;
    if (next !== undefined) showAttention(this.options.ledger, next.job, status.attention);
    await this.inFlight.take(status);
  }
}
