/** A TCP connection whose every event is listened to for its whole life, so that no device can take the process down. */
import { Socket } from 'node:net';

/** An answer longer than this is no answer to our question. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** One connection from its first event to its last. Every event of the socket has a listener for its whole life. */
export class TcpConnection {
  readonly socket = new Socket();
  connected = false;
  /** Set once the link cannot carry anything any more. */
  ended: 'open' | 'by-peer' | 'broken' = 'open';
  lastError: Error | undefined;
  answer: Uint8Array = new Uint8Array(0);
  private readonly waiters = new Set<() => void>();

  /** @param whenGone called once, after the socket has closed for whatever reason. */
  constructor(whenGone: () => void) {
    this.socket.setNoDelay(true);
    this.socket.on('connect', () => {
      this.connected = true;
      this.wake();
    });
    this.socket.on('error', (error) => {
      this.lastError = error;
      this.ended = 'broken';
    });
    this.socket.on('end', () => {
      if (this.ended === 'open') this.ended = 'by-peer';
      this.wake();
    });
    this.socket.on('data', (data) => {
      const joined = new Uint8Array(Math.min(MAX_ANSWER_BYTES, this.answer.length + data.length));
      joined.set(this.answer);
      joined.set(data.subarray(0, joined.length - this.answer.length), this.answer.length);
      this.answer = joined;
      this.wake();
    });
    this.socket.on('close', (hadError) => {
      if (this.ended === 'open') this.ended = hadError ? 'broken' : 'by-peer';
      this.wake();
      whenGone();
    });
  }

  /** True while bytes can be sent. */
  get isUsable(): boolean {
    return this.connected && this.ended === 'open' && !this.socket.destroyed;
  }

  private wake(): void {
    for (const waiter of [...this.waiters]) waiter();
  }

  /** Resolves when `isMet` is true, checked at every event of the socket, or false after the time limit. */
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

  /** Hands a chunk to the system. Resolves when it took it, false when the link ended or nothing moved for the limit. */
  async write(chunk: Uint8Array, timeoutMs: number): Promise<boolean> {
    let taken = false;
    this.socket.write(chunk, (error) => {
      taken = error === null || error === undefined;
      this.wake();
    });
    await this.until(() => taken || this.ended === 'broken' || this.socket.destroyed, timeoutMs);
    return taken;
  }
}
