/**
 * A label printer on a TCP port, as good or as bad as a test wants it. Real sockets; it knows only the outside of ZPL: labels between ^XA
 * and ^XZ, and ~HS. What comes out of it is in `papers`.
 */
import { createServer, type Server, type Socket } from 'node:net';

export type SinkBehaviour =
  | { readonly kind: 'ok' }
  /** Takes so many bytes a second. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** Accepts the connection and never reads from it. */
  | { readonly kind: 'never-reads' }
  /** Answers until a label begins, then neither reads nor answers any more: a printer that hangs over its work. */
  | { readonly kind: 'hangs-at-label' }
  /** Closes the connection in an orderly way once it has read so many bytes. */
  | { readonly kind: 'closes-after'; readonly bytes: number }
  /** Cuts the connection hard once it has read so many bytes. */
  | { readonly kind: 'resets-after'; readonly bytes: number }
  /** Nobody listens on the port. */
  | { readonly kind: 'refuses' };

export interface SinkStatus {
  readonly paperOut: boolean;
  readonly headOpen: boolean;
  readonly paused: boolean;
}

export interface PrinterSinkOptions {
  readonly behaviour?: SinkBehaviour;
  /** Default 0: any free port. */
  readonly port?: number;
  /** How it answers ~HS: always, never, or not while something is wrong. Default `never`. */
  readonly answersStatus?: 'always' | 'never' | 'unless-troubled';
  readonly status?: Partial<SinkStatus>;
  /** A second connection is cut at once. */
  readonly oneConnectionOnly?: boolean;
  /** Time that one label takes on paper; default 0. While a label prints, ~HS tells of it. */
  readonly printMs?: number;
}

export interface SinkJob {
  /** From ^XA to ^XZ. */
  readonly bytes: Uint8Array;
  /** When its first bytes arrived; questions before it do not count. */
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

export interface PrinterSink {
  readonly host: string;
  readonly port: number;
  /** Every whole label that arrived. */
  readonly jobs: readonly SinkJob[];
  /** Labels that came out on paper, in order; a reprint is there twice. */
  readonly papers: readonly Uint8Array[];
  /** All bytes of all connections, status questions too. */
  readonly receivedBytes: number;
  readonly connections: number;
  readonly questions: number;
  /** Changes what is wrong with the printer; labels that waited come out once nothing is. */
  setStatus(status: Partial<SinkStatus>): void;
  setBehaviour(behaviour: Exclude<SinkBehaviour, { kind: 'refuses' }>): void;
  setAnswersStatus(answers: 'always' | 'never' | 'unless-troubled'): void;
  /** The printer prints its last label once more by itself, as some do when power or paper comes back. */
  reprintLast(): void;
  /** Cuts all connections; the port keeps listening. */
  cutConnections(): void;
  /** Resolves when the condition holds, checked at every event of the sink. @throws Error after the time limit. */
  until(condition: (sink: PrinterSink) => boolean, timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

const FINE: SinkStatus = { paperOut: false, headOpen: false, paused: false };

class Sink implements PrinterSink {
  readonly host = '127.0.0.1';
  port = 0;
  readonly jobs: SinkJob[] = [];
  readonly papers: Uint8Array[] = [];
  receivedBytes = 0;
  connections = 0;
  questions = 0;
  private waitingLabels: Uint8Array[] = [];
  private isPrinting = false;
  private status: SinkStatus;
  private behaviour: SinkBehaviour;
  private answers: 'always' | 'never' | 'unless-troubled';
  private readonly sockets = new Set<Socket>();
  private readonly checks = new Set<() => void>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly server: Server;

  constructor(private readonly options: PrinterSinkOptions) {
    this.status = { ...FINE, ...options.status };
    this.behaviour = options.behaviour ?? { kind: 'ok' };
    this.answers = options.answersStatus ?? 'never';
    this.server = createServer((socket) => this.accept(socket));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port ?? 0, this.host, resolve);
    });
    const address = this.server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
    if (this.behaviour.kind === 'refuses') await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    this.connections += 1;
    socket.on('error', () => this.sockets.delete(socket));
    if (this.options.oneConnectionOnly === true && this.sockets.size > 0) {
      socket.resetAndDestroy();
      return this.changed();
    }
    this.sockets.add(socket);
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.changed();
    });
    this.changed();
    if (this.behaviour.kind === 'never-reads') return void socket.pause();
    const connection = { pending: '', startedAtMs: 0, read: 0 };
    socket.on('data', (data) => this.take(socket, connection, data));
  }

  private take(
    socket: Socket,
    connection: { pending: string; startedAtMs: number; read: number },
    arrived: Buffer,
  ): void {
    const { behaviour } = this;
    // A printer that goes after so many bytes has not seen the ones behind them.
    const data = 'bytes' in behaviour ? arrived.subarray(0, Math.max(0, behaviour.bytes - connection.read)) : arrived;
    connection.read += data.length;
    this.receivedBytes += data.length;
    connection.pending += data.toString('latin1');
    if (connection.startedAtMs === 0 && connection.pending.includes('^X')) connection.startedAtMs = Date.now();
    if (behaviour.kind === 'hangs-at-label' && connection.pending.includes('^XA')) {
      socket.pause();
      return this.changed();
    }
    this.parse(socket, connection);
    if (behaviour.kind === 'closes-after' && connection.read >= behaviour.bytes) socket.destroy();
    if (behaviour.kind === 'resets-after' && connection.read >= behaviour.bytes) socket.resetAndDestroy();
    if (behaviour.kind === 'slow') this.slowDown(socket, (data.length / behaviour.bytesPerSecond) * 1000);
    if (behaviour.kind === 'never-reads') socket.pause();
    this.changed();
  }

  private slowDown(socket: Socket, pauseMs: number): void {
    socket.pause();
    this.later(pauseMs, () => socket.resume());
  }

  private later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, delayMs);
    this.timers.add(timer);
  }

  /** Takes whole labels and questions off the front of what has arrived. */
  private parse(socket: Socket, connection: { pending: string; startedAtMs: number }): void {
    for (;;) {
      const question = connection.pending.indexOf('~HS');
      const start = connection.pending.indexOf('^XA');
      if (question >= 0 && (start < 0 || question < start)) {
        connection.pending = connection.pending.slice(question + 3);
        this.answer(socket);
        continue;
      }
      const end = connection.pending.indexOf('^XZ');
      if (start < 0) {
        // Bytes outside of a label mean nothing; the beginning of a command may be cut in two.
        connection.pending = connection.pending.slice(-2);
        return;
      }
      if (end < start) return;
      const bytes = Uint8Array.from(Buffer.from(connection.pending.slice(start, end + 3), 'latin1'));
      connection.pending = connection.pending.slice(end + 3);
      this.jobs.push({ bytes, startedAtMs: connection.startedAtMs, finishedAtMs: Date.now() });
      connection.startedAtMs = 0;
      this.waitingLabels.push(bytes);
      this.printNext();
    }
  }

  private get isTroubled(): boolean {
    return this.status.paperOut || this.status.headOpen || this.status.paused;
  }

  private printNext(): void {
    const [label] = this.waitingLabels;
    if (label === undefined || this.isPrinting || this.isTroubled) return;
    this.isPrinting = true;
    const comesOut = (): void => {
      this.isPrinting = false;
      if (!this.isTroubled) {
        this.waitingLabels.shift();
        this.papers.push(label);
      }
      this.changed();
      this.printNext();
    };
    if (this.options.printMs === undefined) comesOut();
    else this.later(this.options.printMs, comesOut);
  }

  private answer(socket: Socket): void {
    this.questions += 1;
    if (this.answers === 'never' || (this.answers === 'unless-troubled' && this.isTroubled)) return;
    const { paperOut, headOpen, paused } = this.status;
    const flag = (holds: boolean): string => (holds ? '1' : '0');
    const waiting = String(this.waitingLabels.length).padStart(3, '0');
    const lines = [
      `014,${flag(paperOut)},${flag(paused)},1039,${waiting},0,0,0,000,0,0,0`,
      `000,0,${flag(headOpen)},0,1,2,4,0,00000000,1,000`,
      '0000,1',
    ];
    socket.write(lines.map((line) => `\u0002${line}\u0003\r\n`).join(''), 'latin1');
  }

  setStatus(status: Partial<SinkStatus>): void {
    this.status = { ...this.status, ...status };
    this.printNext();
    this.changed();
  }

  setBehaviour(behaviour: SinkBehaviour): void {
    this.behaviour = behaviour;
  }

  setAnswersStatus(answers: 'always' | 'never' | 'unless-troubled'): void {
    this.answers = answers;
  }

  reprintLast(): void {
    const last = this.papers.at(-1);
    if (last !== undefined) this.papers.push(last);
    this.changed();
  }

  cutConnections(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  private changed(): void {
    for (const check of [...this.checks]) check();
  }

  async until(condition: (sink: PrinterSink) => boolean, timeoutMs = 10_000): Promise<void> {
    if (condition(this)) return;
    await new Promise<void>((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.checks.delete(check);
        settle();
      };
      const check = (): void => {
        if (condition(this)) finish(resolve);
      };
      const timer = setTimeout(() => {
        const seen = `${this.jobs.length} labels, ${this.papers.length} papers, ${this.receivedBytes} bytes`;
        finish(() => reject(new Error(`the printer sink waited ${timeoutMs} ms in vain: ${seen}`)));
      }, timeoutMs);
      this.checks.add(check);
    });
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    for (const socket of this.sockets) socket.destroy();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Starts a printer on 127.0.0.1. Stop it at the end of the test. */
export const startPrinterSink = async (options: PrinterSinkOptions = {}): Promise<PrinterSink> => {
  const sink = new Sink(options);
  await sink.listen();
  return sink;
};
