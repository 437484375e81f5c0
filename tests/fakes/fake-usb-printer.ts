/** A USB printer in memory, at the seam of the USB driver: it can be unplugged, held by another program, or take nothing. */
import type { UsbDevicePort, UsbDriver } from '../../printing/transports/usb-driver';
import type { UsbConfigurationDescription } from '../../printing/transports/usb-printer-protocol';

export const USB_PRINTER_CONFIGURATION: UsbConfigurationDescription = {
  configurationValue: 1,
  interfaces: [
    {
      interfaceNumber: 0,
      alternates: [
        {
          alternateSetting: 0,
          interfaceClass: 7,
          interfaceSubclass: 1,
          interfaceProtocol: 2,
          endpoints: [
            { endpointNumber: 1, direction: 'out', type: 'bulk', packetSize: 64 },
            { endpointNumber: 2, direction: 'in', type: 'bulk', packetSize: 64 },
          ],
        },
      ],
    },
  ],
};

const DEVICE_ID = 'MFG:Zebra;MDL:Rig;CMD:ZPL;';

export class FakeUsbPrinter {
  readonly chunks: Uint8Array[] = [];
  isReading = true;
  isHeldElsewhere = false;
  private plugs = 0;
  private device: FakeUsbDevice | undefined;

  plugIn(): void {
    this.plugs += 1;
    this.chunks.length = 0;
    this.isReading = true;
    this.device = new FakeUsbDevice(this, `plug-${this.plugs}`);
  }

  unplug(): void {
    this.device?.pull();
    this.device = undefined;
  }

  say(bytes: Uint8Array): void {
    this.device?.say(bytes);
  }

  readonly driver: UsbDriver = {
    listDevices: async () => (this.device === undefined ? [] : [this.device]),
  };
}

class FakeUsbDevice implements UsbDevicePort {
  readonly vendorId = 0x0a5f;
  readonly productId = 1;
  readonly serialNumber = 'S1';
  readonly productName = 'Rig';
  readonly configurations = [USB_PRINTER_CONFIGURATION];
  private isOpen = false;
  private isPulled = false;
  private readonly said: Uint8Array[] = [];
  private readonly wakers = new Set<() => void>();

  constructor(
    private readonly printer: FakeUsbPrinter,
    readonly handle: string,
  ) {}

  pull(): void {
    this.isPulled = true;
    this.wake();
  }

  say(bytes: Uint8Array): void {
    this.said.push(bytes);
    this.wake();
  }

  private wake(): void {
    for (const waker of [...this.wakers]) waker();
  }

  private async until(isMet: () => boolean, timeoutMs: number): Promise<void> {
    if (isMet() || this.isPulled || !this.isOpen) return;
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.wakers.delete(check);
        resolve();
      };
      const check = (): void => {
        if (isMet() || this.isPulled || !this.isOpen) finish();
      };
      const timer = setTimeout(finish, timeoutMs);
      this.wakers.add(check);
    });
  }

  async open(): Promise<void> {
    if (this.isPulled) throw new Error('no such device');
    this.isOpen = true;
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.wake();
  }

  async claim(): Promise<void> {
    if (this.printer.isHeldElsewhere) throw Object.assign(new Error('busy (errno 16)'), { code: 'EBUSY' });
  }

  async transferOut(_endpoint: number, data: Uint8Array, timeoutMs: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.until(() => this.printer.isReading, timeoutMs);
    if (this.isPulled || !this.isOpen || !this.printer.isReading) throw new Error('transfer failed');
    this.printer.chunks.push(data.slice());
  }

  async transferIn(_endpoint: number, _length: number, timeoutMs: number): Promise<Uint8Array | undefined> {
    await this.until(() => this.said.length > 0, timeoutMs);
    if (this.isPulled || !this.isOpen) throw new Error('transfer failed');
    return this.said.shift();
  }

  async classRequestIn(request: number): Promise<Uint8Array> {
    if (request === 1) return Uint8Array.from([0x18]);
    const text = Buffer.from(DEVICE_ID);
    return Uint8Array.from([0, text.length + 2, ...text]);
  }
}
