import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { createRawTcpTransport } from '../../../printing/transports/raw-tcp-transport';
import { createSerialTransport } from '../../../printing/transports/serial-transport';
import { describeTransport, type TransportRig } from '../../driver-suites/transport-suite';

/** Waits for something that has no event of its own, such as a file appearing. @throws Error after five seconds. */
const eventually = async (isThere: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500; turn += 1) {
    if (isThere()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('waited five seconds in vain');
};

class TcpRig implements TransportRig {
  readonly moreThanFits = 24 * 1024 * 1024;
  private server: Server = createServer();
  private port = 0;
  private chunks: Buffer[] = [];
  private isReading = true;
  private readonly sockets = new Set<Socket>();

  async plugIn(): Promise<void> {
    this.chunks = [];
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => this.sockets.delete(socket));
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('data', (data) => {
        this.chunks.push(data);
        if (!this.isReading) socket.pause();
      });
    });
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  transport({
    openTimeoutMs,
    ...limits
  }: {
    openTimeoutMs: number;
    writeStallTimeoutMs: number;
    closeTimeoutMs: number;
  }) {
    return createRawTcpTransport({ host: '127.0.0.1', port: this.port, connectTimeoutMs: openTimeoutMs, ...limits });
  }

  received(): Uint8Array {
    return Buffer.concat(this.chunks);
  }

  async untilReceived(bytes: number): Promise<void> {
    await eventually(() => this.received().length >= bytes);
  }

  say(bytes: Uint8Array): void {
    for (const socket of this.sockets) socket.write(bytes);
  }

  stopReading(): void {
    this.isReading = false;
    for (const socket of this.sockets) socket.pause();
  }

  async unplug(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }

  async stop(): Promise<void> {
    if (this.server.listening) await this.unplug();
  }
}

/** Two pseudo terminals joined by socat: one is the station's port, the other the device. Ending socat is unplugging. */
class SerialRig implements TransportRig {
  readonly moreThanFits = 4 * 1024 * 1024;
  private readonly folder = mkdtempSync(join(tmpdir(), 'serial-rig-'));
  private socat: ChildProcess | undefined;
  private device: SerialPort | undefined;
  private chunks: Buffer[] = [];

  private get stationPath(): string {
    return join(this.folder, 'station');
  }

  async plugIn(): Promise<void> {
    this.chunks = [];
    const devicePath = join(this.folder, 'device');
    const pty = (link: string): string => `pty,raw,echo=0,link=${link}`;
    this.socat = spawn('socat', [pty(this.stationPath), pty(devicePath)], { stdio: 'ignore' });
    await eventually(() => existsSync(this.stationPath) && existsSync(devicePath));
    const device = new SerialPort({ path: devicePath, baudRate: 115_200, autoOpen: false });
    device.on('error', () => undefined);
    device.on('data', (data: Buffer) => this.chunks.push(data));
    await new Promise<void>((resolve, reject) => device.open((error) => (error === null ? resolve() : reject(error))));
    this.device = device;
  }

  transport({
    openTimeoutMs,
    writeStallTimeoutMs,
    closeTimeoutMs,
  }: {
    openTimeoutMs: number;
    writeStallTimeoutMs: number;
    closeTimeoutMs: number;
  }) {
    return createSerialTransport({
      path: this.stationPath,
      baudRate: 115_200,
      ...{ openTimeoutMs, writeStallTimeoutMs, closeTimeoutMs },
    });
  }

  received(): Uint8Array {
    return Buffer.concat(this.chunks);
  }

  async untilReceived(bytes: number): Promise<void> {
    await eventually(() => this.received().length >= bytes);
  }

  say(bytes: Uint8Array): void {
    this.device?.write(Buffer.from(bytes));
  }

  /** socat itself stops: nothing is moved between the two ends any more. */
  stopReading(): void {
    this.socat?.kill('SIGSTOP');
  }

  async unplug(): Promise<void> {
    const { socat, device } = this;
    if (socat === undefined) return;
    this.socat = undefined;
    const ended = new Promise((resolve) => socat.once('exit', resolve));
    socat.kill('SIGKILL');
    await ended;
    if (device?.isOpen === true) await new Promise<void>((resolve) => device.close(() => resolve()));
    for (const name of ['station', 'device']) rmSync(join(this.folder, name), { force: true });
  }

  async stop(): Promise<void> {
    await this.unplug();
    rmSync(this.folder, { recursive: true });
  }
}

describeTransport('raw TCP', async () => {
  const rig = new TcpRig();
  await rig.plugIn();
  return rig;
});

describeTransport('serial', async () => {
  const rig = new SerialRig();
  await rig.plugIn();
  return rig;
});
