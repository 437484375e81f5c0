/** A serial port (RS-232, USB-COM). The driver is loaded only when a port is opened, so that a station without one starts faster. */
import type { SerialPort } from 'serialport';
import { ok, refuse, type Result } from '@shared/language/result';
import { ByteLink } from './byte-link';
import { createLinkTransport, transportFailure } from './link-transport';
import type { CloseEvidence, Transport, TransportFailure } from './transport';

export interface SerialOptions {
  /** `/dev/ttyUSB0`, `COM3`. */
  readonly path: string;
  /** Default 9,600. */
  readonly baudRate?: number;
  readonly dataBits?: 7 | 8;
  readonly parity?: 'none' | 'even' | 'odd';
  readonly stopBits?: 1 | 2;
  /** Hardware flow control, without which a slow printer loses bytes of a long label; default true. */
  readonly rtscts?: boolean;
  /** Default 3,000. */
  readonly openTimeoutMs?: number;
  /** Longest time without the port taking a byte; default 30,000. */
  readonly writeStallTimeoutMs?: number;
  readonly closeTimeoutMs?: number;
}

class SerialLink extends ByteLink {
  constructor(
    private readonly port: SerialPort,
    whenGone: () => void,
  ) {
    super(whenGone);
    port.on('error', (error: Error) => this.failed(error));
    port.on('data', (data: Uint8Array) => this.received(data));
    port.on('close', (error: Error | null | undefined) => {
      if (this.ended === 'open') this.ended = error === null || error === undefined ? 'by-peer' : 'broken';
      if (error !== null && error !== undefined) this.lastError = error;
      this.gone();
    });
  }

  get isUsable(): boolean {
    return this.port.isOpen && this.ended === 'open';
  }

  get isClosed(): boolean {
    return !this.port.isOpen;
  }

  /** "Taken" means that the port has sent it: a write alone would only fill the driver's buffer. */
  protected hand(chunk: Uint8Array, taken: () => void): void {
    this.port.write(Buffer.from(chunk), (error) => {
      if (error !== null && error !== undefined) return this.failed(error);
      this.port.drain((drainError) => {
        if (drainError === null || drainError === undefined) taken();
        else this.failed(drainError);
      });
    });
  }

  /** A serial line has no orderly end that the device could confirm. */
  async endOrderly(timeoutMs: number): Promise<CloseEvidence> {
    const wasBroken = this.ended === 'broken';
    if (this.port.isOpen) this.port.close(() => this.wake());
    await this.until(() => !this.port.isOpen && !this.port.closing, timeoutMs);
    return wasBroken ? 'broken' : 'silent';
  }

  discard(): void {
    if (this.ended === 'open') this.ended = 'broken';
    if (!this.port.isOpen) return;
    // What the driver still holds is thrown away first; a port that has gone answers both with an error, which changes nothing.
    this.port.flush(() => {
      if (this.port.isOpen) this.port.close(() => this.wake());
    });
  }
}

/** "Cannot lock port" and "Access denied" mean that another program has it; anything else, that it is not there. */
const openFailure = (error: Error): TransportFailure =>
  transportFailure(/lock|access|busy|permission/i.test(error.message) ? 'device-held' : 'not-reachable', error);

/** Loads the driver and makes a closed port. @returns refusal for a missing driver or for settings that it does not take. */
const makePort = async (options: SerialOptions): Promise<Result<SerialPort, TransportFailure>> => {
  const { path, baudRate = 9600, dataBits = 8, parity = 'none', stopBits = 1, rtscts = true } = options;
  try {
    const driver = await import('serialport');
    return ok(new driver.SerialPort({ path, baudRate, dataBits, parity, stopBits, rtscts, autoOpen: false }));
  } catch (cause) {
    return refuse(transportFailure('driver-missing', cause instanceof Error ? cause : undefined));
  }
};

const openPort = async (options: SerialOptions, whenGone: () => void): Promise<Result<ByteLink, TransportFailure>> => {
  const made = await makePort(options);
  if (!made.ok) return made;
  const port = made.value;
  const link = new SerialLink(port, whenGone);
  const { openTimeoutMs = 3000 } = options;
  const error = await new Promise<Error | null | 'late'>((resolve) => {
    const timer = setTimeout(() => resolve('late'), openTimeoutMs);
    port.open((cause) => {
      clearTimeout(timer);
      resolve(cause);
    });
  });
  if (error === null) return ok(link);
  link.discard();
  return refuse(error === 'late' ? { code: 'connect-timeout' } : openFailure(error));
};

/** Makes the transport; the port is not touched before `open`. */
export const createSerialTransport = (options: SerialOptions): Transport =>
  createLinkTransport({
    kind: 'serial',
    writeStallTimeoutMs: options.writeStallTimeoutMs ?? 30_000,
    closeTimeoutMs: options.closeTimeoutMs ?? 1500,
    // A tenth of a second at 115,200 baud: progress is seen and a stall is noticed.
    chunkBytes: 1024,
    connect: async (whenGone) => openPort(options, whenGone),
  });
