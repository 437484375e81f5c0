/** A printer on USB, spoken to by the printer class. On Windows it needs the WinUSB driver in place of the printer's own. */
import { ok, refuse, type Result } from '@shared/language/result';
import { ByteLink } from './byte-link';
import { createLinkTransport, transportFailure } from './link-transport';
import type { CloseEvidence, Transport, TransportFailure } from './transport';
import { loadUsbDriver, type UsbDevicePort, type UsbDriver } from './usb-driver';
import {
  choosePrinterInterface,
  parseDeviceId,
  parsePortStatus,
  type PrinterDeviceId,
  type UsbPortStatus,
  type UsbPrinterInterface,
} from './usb-printer-protocol';

export interface UsbPrinterOptions {
  readonly vendorId: number;
  readonly productId: number;
  /** Tells two printers of one model apart; without it the first one is taken. */
  readonly serialNumber?: string;
  /** Default 3,000. */
  readonly openTimeoutMs?: number;
  readonly writeStallTimeoutMs?: number;
  readonly closeTimeoutMs?: number;
  /** How often an idle printer is looked for, so that unplugging is noticed; default 1,000. */
  readonly presencePollMs?: number;
  /** By default npm `usb`, loaded when the printer is opened. */
  readonly loadDriver?: () => Promise<UsbDriver>;
}

export interface UsbPrinterFound {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string | null;
  readonly productName: string | null;
}

const GET_DEVICE_ID = 0;
const GET_PORT_STATUS = 1;
/** Longest single wait for input; after it the loop looks whether anybody still listens. */
const READ_TIMEOUT_MS = 200;
/** A printer that was asked is listened to for so long. */
const LISTEN_MS = 10_000;

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));

/** Resolves `late` after the limit; what the driver says later is ignored. */
const limited = async <T>(promise: Promise<T>, timeoutMs: number): Promise<T | 'late'> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

class UsbLink extends ByteLink {
  private isShut = false;
  private listenUntilMs = 0;
  private isListening = false;
  private readonly presence: NodeJS.Timeout;

  constructor(
    private readonly device: UsbDevicePort,
    private readonly through: UsbPrinterInterface,
    private readonly limits: { readonly stallMs: number; readonly presencePollMs: number },
    driver: UsbDriver,
    whenGone: () => void,
  ) {
    super(whenGone);
    this.presence = setInterval(() => void this.lookForDevice(driver), limits.presencePollMs);
    this.presence.unref();
  }

  private async lookForDevice(driver: UsbDriver): Promise<void> {
    try {
      const devices = await driver.listDevices();
      if (!devices.some(({ handle }) => handle === this.device.handle)) this.breakOff(new Error('the device is gone'));
    } catch (cause) {
      this.breakOff(asError(cause));
    }
  }

  private breakOff(error: Error): void {
    if (this.isShut) return;
    this.failed(error);
    this.discard();
  }

  get isUsable(): boolean {
    return !this.isShut && this.ended === 'open';
  }

  get isClosed(): boolean {
    return this.isShut;
  }

  protected hand(chunk: Uint8Array, taken: () => void): void {
    // The driver's own limit lies behind ours, so that a stall is told as a stall and not as a broken link.
    const sent = this.device.transferOut(this.through.outEndpoint, chunk, this.limits.stallMs + 1000);
    sent.then(taken, (cause: unknown) => this.breakOff(asError(cause)));
  }

  protected override listen(): void {
    this.listenUntilMs = performance.now() + LISTEN_MS;
    if (this.isListening || this.through.inEndpoint === undefined) return;
    this.isListening = true;
    void this.readWhileListening(this.through.inEndpoint).finally(() => (this.isListening = false));
  }

  private async readWhileListening({ endpointNumber, packetSize }: { endpointNumber: number; packetSize: number }) {
    while (this.isUsable && performance.now() < this.listenUntilMs) {
      try {
        const data = await this.device.transferIn(endpointNumber, packetSize, READ_TIMEOUT_MS);
        if (data !== undefined && data.length > 0) this.received(data);
      } catch (cause) {
        return this.breakOff(asError(cause));
      }
    }
  }

  async endOrderly(timeoutMs: number): Promise<CloseEvidence> {
    const wasBroken = this.ended === 'broken';
    await this.shut(timeoutMs);
    return wasBroken ? 'broken' : 'silent';
  }

  discard(): void {
    void this.shut(this.limits.stallMs);
  }

  /** Closing also ends transfers under way. A device that cannot be closed any more is gone anyway. */
  private async shut(timeoutMs: number): Promise<void> {
    if (this.isShut) return;
    this.isShut = true;
    if (this.ended === 'open') this.ended = 'by-peer';
    clearInterval(this.presence);
    this.gone();
    try {
      await limited(this.device.close(), timeoutMs);
    } catch (cause) {
      this.lastError ??= asError(cause);
    }
  }
}

const matches =
  ({ vendorId, productId, serialNumber }: UsbPrinterOptions) =>
  (device: UsbDevicePort): boolean =>
    device.vendorId === vendorId &&
    device.productId === productId &&
    (serialNumber === undefined || device.serialNumber === serialNumber);

interface OpenedPrinter {
  readonly driver: UsbDriver;
  readonly device: UsbDevicePort;
  readonly through: UsbPrinterInterface;
}

/** Finds, opens and claims the printer. @returns refusals `driver-missing`, `not-reachable`, `device-held`. */
const openPrinter = async (options: UsbPrinterOptions): Promise<Result<OpenedPrinter, TransportFailure>> => {
  let driver: UsbDriver;
  try {
    driver = await (options.loadDriver ?? loadUsbDriver)();
  } catch (cause) {
    return refuse(transportFailure('driver-missing', asError(cause)));
  }
  let device: UsbDevicePort | undefined;
  try {
    device = (await driver.listDevices()).find(matches(options));
  } catch (cause) {
    return refuse(transportFailure('not-reachable', asError(cause)));
  }
  const through = device === undefined ? undefined : choosePrinterInterface(device.configurations);
  if (device === undefined || through === undefined) return refuse({ code: 'not-reachable' });
  try {
    await device.open();
    await device.claim(through.configurationValue, through.interfaceNumber, through.alternateSetting);
    return ok({ driver, device, through });
  } catch (cause) {
    return refuse(transportFailure('device-held', asError(cause)));
  }
};

const connectUsb = async (
  options: UsbPrinterOptions,
  whenGone: () => void,
): Promise<Result<ByteLink, TransportFailure>> => {
  const opened = await limited(openPrinter(options), options.openTimeoutMs ?? 3000);
  if (opened === 'late') return refuse({ code: 'connect-timeout' });
  if (!opened.ok) return opened;
  const { driver, device, through } = opened.value;
  const { writeStallTimeoutMs: stallMs = 30_000, presencePollMs = 1000 } = options;
  return ok(new UsbLink(device, through, { stallMs, presencePollMs }, driver, whenGone));
};

/** Makes the transport; neither the driver nor the device is touched before `open`. */
export const createUsbPrinterTransport = (options: UsbPrinterOptions): Transport =>
  createLinkTransport({
    kind: 'usb',
    writeStallTimeoutMs: options.writeStallTimeoutMs ?? 30_000,
    closeTimeoutMs: options.closeTimeoutMs ?? 1500,
    chunkBytes: 16 * 1024,
    connect: async (whenGone) => connectUsb(options, whenGone),
  });

/** USB printers that are plugged in. Empty on a machine without USB or without the driver. */
export const listUsbPrinters = async (
  loadDriver: () => Promise<UsbDriver> = loadUsbDriver,
): Promise<readonly UsbPrinterFound[]> => {
  try {
    const devices = await (await loadDriver()).listDevices();
    return devices
      .filter(({ configurations }) => choosePrinterInterface(configurations) !== undefined)
      .map(({ vendorId, productId, serialNumber, productName }) => ({
        vendorId,
        productId,
        serialNumber,
        productName,
      }));
  } catch {
    // No /sys/bus/usb, no permission, no driver: for a list of what can be used these are all "none".
    return [];
  }
};

/** Device id and port status of a printer that nobody holds open. @returns the refusals of opening, or `no-answer`. */
export const identifyUsbPrinter = async (
  options: UsbPrinterOptions,
): Promise<Result<{ readonly id: PrinterDeviceId; readonly port: UsbPortStatus }, TransportFailure>> => {
  const opened = await limited(openPrinter(options), options.openTimeoutMs ?? 3000);
  if (opened === 'late') return refuse({ code: 'connect-timeout' });
  if (!opened.ok) return opened;
  const { device, through } = opened.value;
  const index = (through.interfaceNumber << 8) | through.alternateSetting;
  try {
    const id = parseDeviceId(await device.classRequestIn(GET_DEVICE_ID, 0, index, 1024));
    const status = await device.classRequestIn(GET_PORT_STATUS, 0, through.interfaceNumber, 1);
    return ok({ id, port: parsePortStatus(status[0] ?? 0) });
  } catch (cause) {
    return refuse(transportFailure('no-answer', asError(cause)));
  } finally {
    await limited(
      device.close().catch(() => undefined),
      options.closeTimeoutMs ?? 1500,
    );
  }
};
