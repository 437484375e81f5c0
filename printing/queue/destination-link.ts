/**
 * What the spooler does with one printer's link: open it, ask how the printer is, send, close. Every call has a time limit of
 * its own here, behind the limits that the transport keeps, so that no driver can hold the queue.
 */
import { ok, refuse, type Result } from '@shared/language/result';
import type { AttentionReason, PrinterStatus } from '../printers/status/printer-status';
import type { CloseEvidence, SendFailure, SendProgress, TransportFailure } from '../transports/transport';
import { within, type PrintClock } from './print-clock';
import type { Destination, SpoolerLimits } from './print-job';

/** What asking told. `cannot-tell`: this printer has never answered and is not expected to. */
export type StatusAnswer =
  | { readonly kind: 'told'; readonly status: PrinterStatus }
  | { readonly kind: 'cannot-tell' }
  /** It answers normally, and now it does not. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'lost'; readonly failure: TransportFailure };

export class DestinationLink {
  /** Undefined before the printer was asked for the first time. */
  canTell: boolean | undefined;
  attention: readonly AttentionReason[] = [];
  private freshUntilMs = 0;

  constructor(
    private readonly destination: Destination,
    private readonly clock: PrintClock,
    private readonly limits: SpoolerLimits,
  ) {
    if (destination.status === undefined) this.canTell = false;
  }

  async open(): Promise<Result<void, TransportFailure>> {
    const opened = await within(this.clock, this.limits.transportMs, this.destination.transport.open());
    return opened === 'late' ? refuse({ code: 'connect-timeout' }) : opened;
  }

  /** Asks the printer, unless it has just told. A printer that stays silent at the first question is not asked again. */
  async ask(mayBeFresh: boolean): Promise<StatusAnswer> {
    const { status, transport } = this.destination;
    if (status === undefined || this.canTell === false) return { kind: 'cannot-tell' };
    if (mayBeFresh && this.attention.length === 0 && this.clock.now() < this.freshUntilMs)
      return { kind: 'told', status: { attention: [], labelsWaiting: 0 } };
    const { protocol, timeoutMs } = status;
    const asked = transport.ask(protocol.question, (answer) => protocol.isComplete(answer), timeoutMs);
    const answer = await within(this.clock, this.limits.transportMs, asked);
    if (answer !== 'late' && !answer.ok && answer.error.code !== 'no-answer') {
      this.freshUntilMs = 0;
      return { kind: 'lost', failure: answer.error };
    }
    const parsed = answer === 'late' || !answer.ok ? undefined : protocol.parse(answer.value);
    return parsed?.ok === true ? this.told(parsed.value) : this.silence();
  }

  private told(status: PrinterStatus): StatusAnswer {
    this.canTell = true;
    this.attention = status.attention;
    this.freshUntilMs = status.labelsWaiting === 0 ? this.clock.now() + this.limits.statusFreshMs : 0;
    return { kind: 'told', status };
  }

  /** The link is thrown away, or a late answer would be taken for the answer to the next question. */
  private async silence(): Promise<StatusAnswer> {
    this.freshUntilMs = 0;
    await this.close();
    if (this.destination.status?.answers === 'maybe' && this.canTell === undefined) {
      this.canTell = false;
      const reopened = await this.open();
      return reopened.ok ? { kind: 'cannot-tell' } : { kind: 'lost', failure: reopened.error };
    }
    this.attention = ['no-answer'];
    return { kind: 'silent' };
  }

  /** Sends a job. A transport that shows no progress for the guard's limit is closed, and the job's fate is uncertain. */
  async send(
    bytes: Uint8Array,
    onProgress: (progress: SendProgress) => void,
  ): Promise<Result<SendProgress, SendFailure>> {
    this.freshUntilMs = 0;
    let flushedBytes = 0;
    let cancel: () => void = () => undefined;
    const stalled = new Promise<Result<SendProgress, SendFailure>>((resolve) => {
      const guard = (): void => {
        cancel();
        cancel = this.clock.after(this.limits.transportMs, () =>
          resolve(refuse({ code: 'write-stalled', flushedBytes, mayHaveLeft: true })),
        );
      };
      guard();
      this.onEachProgress = (progress) => {
        if (progress.flushedBytes > flushedBytes) guard();
        flushedBytes = progress.flushedBytes;
        onProgress(progress);
      };
    });
    const sending = this.destination.transport.send(bytes, (progress) => this.onEachProgress(progress));
    try {
      return await Promise.race([sending, stalled]);
    } finally {
      cancel();
      this.onEachProgress = () => undefined;
    }
  }

  private onEachProgress: (progress: SendProgress) => void = () => undefined;

  async close(): Promise<CloseEvidence> {
    const closed = await within(this.clock, this.limits.transportMs, this.destination.transport.close());
    return closed === 'late' ? 'silent' : closed;
  }

  /** Opens and asks: whether the printer would print now. @param mayBeFresh an answer from just before is good enough. */
  async checkReady(mayBeFresh: boolean): Promise<Result<StatusAnswer, TransportFailure>> {
    const opened = await this.open();
    if (!opened.ok) return opened;
    const first = await this.ask(mayBeFresh);
    if (first.kind !== 'lost') return ok(first);
    // A link that was kept warm may have been dropped by the printer meanwhile: once, a new one is tried.
    const again = await this.open();
    if (!again.ok) return again;
    const second = await this.ask(false);
    return second.kind === 'lost' ? refuse(second.failure) : ok(second);
  }
}
