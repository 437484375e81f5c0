/** Jobs that a printer has taken whole and not yet reported done, oldest first. */
import type { PrinterStatus } from '../printers/status/printer-status';
import type { Job, JobLedger } from './job-ledger';
import type { PrintClock } from './print-clock';
import type { SpoolerLimits } from './print-job';

interface InFlight {
  readonly job: Job;
  readonly sentAtMs: number;
  /** Moves on while the printer waits for a person, but not beyond the time that a queued job may wait. */
  watchUntilMs: number;
}

/** Shows on a job why the printer keeps it waiting; the same reasons again are no news. */
export const showAttention = (ledger: JobLedger, job: Job, why: Job['attention']): void => {
  if (job.attention.join() === why.join()) return;
  job.attention = why;
  ledger.publish(job);
};

export class InFlightJobs {
  private jobs: InFlight[] = [];
  /** Answers in a row by which the printer has less to print than we have in flight. */
  private idleAnswers = 0;

  constructor(
    private readonly ledger: JobLedger,
    private readonly clock: PrintClock,
    private readonly limits: SpoolerLimits,
  ) {}

  get size(): number {
    return this.jobs.length;
  }

  add(job: Job): void {
    const sentAtMs = this.clock.now();
    this.jobs.push({ job, sentAtMs, watchUntilMs: sentAtMs + this.limits.confirmMs });
    this.idleAnswers = 0;
  }

  /** Stops watching jobs whose time for watching is over; they keep their state. */
  forgetOld(): void {
    const nowMs = this.clock.now();
    this.jobs = this.jobs.filter(({ watchUntilMs }) => watchUntilMs > nowMs);
  }

  /** Stops watching all jobs; they keep their state. */
  forgetAll(): void {
    this.jobs = [];
  }

  /**
   * Reads one answer of the printer. It may answer before it has begun with the label, so that two idle answers in a row are
   * needed, one when it was seen printing. Fewer labels waiting than jobs in flight, as often, means that the oldest are done.
   */
  async take(status: PrinterStatus): Promise<void> {
    this.heedAttention(status.attention);
    const open = this.jobs.length;
    const left = status.attention.length > 0 ? open : Math.min(open, status.labelsWaiting);
    this.idleAnswers = left < open ? this.idleAnswers + 1 : 0;
    const [oldest] = this.jobs;
    if (status.labelsWaiting > 0 && oldest?.job.state === 'sent')
      await this.ledger.move(oldest.job, { kind: 'printing-seen' });
    const wasSeen = oldest?.job.state === 'seen-printing';
    if (left >= open || this.idleAnswers < (wasSeen ? 1 : 2)) return;
    const done = this.jobs.slice(0, open - left);
    this.jobs = this.jobs.slice(open - left);
    this.idleAnswers = 0;
    for (const { job } of done) await this.ledger.move(job, { kind: 'reported-done' });
  }

  private heedAttention(why: PrinterStatus['attention']): void {
    const { clock, limits } = this;
    for (const flight of this.jobs) {
      showAttention(this.ledger, flight.job, why);
      if (why.length > 0)
        flight.watchUntilMs = Math.min(clock.now() + limits.confirmMs, flight.sentAtMs + limits.queuedMs);
    }
  }
}
