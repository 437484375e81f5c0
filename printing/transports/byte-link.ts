/**
 * One connection to a device from its first event to its last, whatever carries it. Subclasses listen to every event of their
 * carrier for its whole life, so that no device can take the process down.
 */
import type { CloseEvidence } from './transport';

/** An answer longer than this is no answer to our question. */
const MAX_ANSWER_BYTES = 64 * 1024;

export abstract class ByteLink {
  /** `by-peer`: the device ended it in an orderly way. Once not open, a link never carries anything again. */
  ended: 'open' | 'by-peer' | 'broken' = 'open';
  lastError: Error | undefined;
  /** What the device has sent since `forgetAnswer`. */
  answer: Uint8Array = new Uint8Array(0);
  private readonly waiters = new Set<() => void>();

  /** @param whenGone called when the carrier has closed, for whatever reason. */
  constructor(private readonly whenGone: () => void) {}

  /** True while bytes can be sent. */
  abstract get isUsable(): boolean;
  /** True when the carrier has closed for good. */
  abstract get isClosed(): boolean;
  /** Gives a chunk to the system; `taken` is called when the system has it, or not at all. Must not throw. */
  protected abstract hand(chunk: Uint8Array, taken: () => void): void;
  /** Closes in an orderly way and tells what that showed. */
  abstract endOrderly(timeoutMs: number): Promise<CloseEvidence>;
  /** Closes at once and throws away what the system still holds, so that nothing prints later. */
  abstract discard(): void;
  /** Called when an answer is about to be waited for: carriers that must be asked for input begin to. */
  protected listen(): void {
    // Most carriers push what they receive.
  }

  protected failed(error: Error): void {
    this.lastError = error;
    this.ended = 'broken';
    this.wake();
  }

  protected received(data: Uint8Array): void {
    const joined = new Uint8Array(Math.min(MAX_ANSWER_BYTES, this.answer.length + data.length));
    joined.set(this.answer);
    joined.set(data.subarray(0, joined.length - this.answer.length), this.answer.length);
    this.answer = joined;
    this.wake();
  }

  protected gone(): void {
    this.wake();
    this.whenGone();
  }

  protected wake(): void {
    for (const waiter of [...this.waiters]) waiter();
  }

  forgetAnswer(): void {
    this.answer = new Uint8Array(0);
    this.listen();
  }

  /** Resolves when `isMet` is true, checked at every event of the link, or false after the time limit. */
  async until(isMet: () => boolean, timeoutMs: number): Promise<boolean> {
    if (isMet()) return true;
    return new Promise<boolean>((resolve) => {
      const finish = (met: boolean): void => {
        clearTimeout(timer);
        this.waiters.delete(check);
        resolve(met);
      };
      const check = (): void => {
        if (isMet()) finish(true);
      };
      const timer = setTimeout(() => finish(isMet()), timeoutMs);
      this.waiters.add(check);
    });
  }

  /** Hands a chunk over. Resolves true when the system took it, false when the link ended or nothing moved for the limit. */
  async write(chunk: Uint8Array, timeoutMs: number): Promise<boolean> {
    let isTaken = false;
    this.hand(chunk, () => {
      isTaken = true;
      this.wake();
    });
    await this.until(() => isTaken || this.ended === 'broken' || this.isClosed, timeoutMs);
    return isTaken;
  }
}
