/**
 * A label printer that exists only on this machine: it takes ZPL on a TCP port as a real one does on 9100, answers `~HS`, and
 * keeps what it "printed" as pictures. While it is out of paper, open or paused, formats wait in its buffer.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { DrawPicture } from './picture-thread';
import { canPrint, hostStatus, READY, type PrinterFlags } from './printer-state';
import { labelSizeDots, ZplStream, type ZplPiece } from './zpl-stream';

export interface PrintedLabel {
  /** 1, 2, 3 … in the order of printing. */
  readonly id: number;
  /** Epoch milliseconds. */
  readonly printedAtMs: number;
  readonly bytes: number;
  readonly zpl: Buffer;
  /** Drawn when it is first asked for, once; null where there is nothing to draw. */
  picture(): Promise<Buffer | null>;
}

export interface VirtualPrinterOptions {
  /** 0: any free port. */
  readonly port: number;
  /** 8 for 203 dpi, 12 for 300 dpi. */
  readonly dotsPerMm: number;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly draw: DrawPicture;
  /** Oldest labels beyond this many are forgotten. */
  readonly keptLabels?: number;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

export class VirtualPrinter {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly buffer: Buffer[] = [];
  private printed: PrintedLabel[] = [];
  private nextId = 1;
  private flags: PrinterFlags = READY;
  private lastLengthDots = 1039;

  constructor(private readonly options: VirtualPrinterOptions) {
    this.server = createServer((socket) => this.serve(socket));
  }

  /** Starts listening on this machine only. @returns the port. Rejects when the port is taken. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Newest first. */
  labels(): readonly PrintedLabel[] {
    return [...this.printed].reverse();
  }

  label(id: number): PrintedLabel | null {
    return this.printed.find((label) => label.id === id) ?? null;
  }

  clear(): void {
    this.printed = [];
  }

  state(): PrinterFlags & { readonly waiting: number } {
    return { ...this.flags, waiting: this.buffer.length };
  }

  /** Opens the head, takes the paper out, … and what was waiting prints once all is well again. */
  setState(flags: PrinterFlags): void {
    this.flags = flags;
    this.printWaiting();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    const stream = new ZplStream();
    this.sockets.add(socket);
    socket.on('data', (chunk) => {
      for (const piece of stream.push(chunk)) this.take(piece, socket);
    });
    // A sender that goes away is everyday life for a printer.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }

  private take(piece: ZplPiece, socket: Socket): void {
    switch (piece.kind) {
      case 'status':
        socket.write(hostStatus(this.flags, this.buffer.length, this.lastLengthDots), 'latin1');
        break;
      case 'identity':
        socket.write(`\x02TALLYMAN-VIRTUAL,V1.0,${this.options.dotsPerMm},8192KB,0\x03\r\n`, 'latin1');
        break;
      case 'cancel-all':
        this.buffer.length = 0;
        break;
      case 'format':
        this.buffer.push(piece.bytes);
        this.printWaiting();
        break;
    }
  }

  private printWaiting(): void {
    while (canPrint(this.flags)) {
      const zpl = this.buffer.shift();
      if (zpl === undefined) return;
      this.lastLengthDots = labelSizeDots(zpl.toString('latin1')).lengthDots ?? this.lastLengthDots;
      this.printed.push({
        id: this.nextId,
        printedAtMs: this.options.nowMs(),
        bytes: zpl.length,
        zpl,
        picture: once(() => this.options.draw(zpl, this.options.dotsPerMm)),
      });
      this.nextId += 1;
      this.printed = this.printed.slice(-(this.options.keptLabels ?? 200));
    }
  }
}
