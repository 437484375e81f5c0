/** A TCP connection as a byte link. */
import { Socket } from 'node:net';
import { ByteLink } from './byte-link';
import type { CloseEvidence } from './transport';

export class TcpLink extends ByteLink {
  private readonly socket = new Socket();
  private isConnected = false;

  constructor(whenGone: () => void) {
    super(whenGone);
    this.socket.setNoDelay(true);
    this.socket.on('connect', () => {
      this.isConnected = true;
      this.wake();
    });
    this.socket.on('error', (error) => this.failed(error));
    this.socket.on('end', () => {
      if (this.ended === 'open') this.ended = 'by-peer';
      this.wake();
    });
    this.socket.on('data', (data) => this.received(data));
    this.socket.on('close', (hadError) => {
      if (this.ended === 'open') this.ended = hadError ? 'broken' : 'by-peer';
      this.gone();
    });
  }

  /** Resolves when the connection stands or cannot; false after the time limit. */
  async connect(host: string, port: number, timeoutMs: number): Promise<boolean> {
    this.socket.connect({ host, port });
    return this.until(() => this.isConnected || this.socket.destroyed, timeoutMs);
  }

  get isUsable(): boolean {
    return this.isConnected && this.ended === 'open' && !this.socket.destroyed;
  }

  get isClosed(): boolean {
    return this.socket.destroyed;
  }

  protected hand(chunk: Uint8Array, taken: () => void): void {
    this.socket.write(chunk, (error) => {
      if (error === null || error === undefined) taken();
      else this.wake();
    });
  }

  async endOrderly(timeoutMs: number): Promise<CloseEvidence> {
    if (this.ended === 'open') this.socket.end();
    await this.until(() => this.ended !== 'open' || this.socket.destroyed, timeoutMs);
    // The reset that a printer sends for bytes it never read arrives right behind its closing.
    if (this.ended === 'by-peer') await this.until(() => this.socket.destroyed, timeoutMs);
    const evidence = this.ended === 'broken' ? 'broken' : this.ended === 'by-peer' ? 'confirmed' : 'silent';
    if (!this.socket.destroyed) this.socket.destroy();
    return evidence;
  }

  discard(): void {
    if (!this.socket.destroyed) this.socket.resetAndDestroy();
  }
}
