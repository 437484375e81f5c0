import { describe, expect, it } from 'vitest';
import {
  createUsbPrinterTransport,
  identifyUsbPrinter,
  listUsbPrinters,
} from '../../../printing/transports/usb-printer-transport';
import { describeTransport, type TransportLimits, type TransportRig } from '../../driver-suites/transport-suite';
import { FakeUsbPrinter } from '../../fakes/fake-usb-printer';

const IDS = { vendorId: 0x0a5f, productId: 1 };

const untilTrue = async (isTrue: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500 && !isTrue(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  if (!isTrue()) throw new Error('waited five seconds in vain');
};

class UsbRig implements TransportRig {
  readonly moreThanFits = 4 * 1024 * 1024;
  readonly printer = new FakeUsbPrinter();

  transport({ openTimeoutMs, writeStallTimeoutMs, closeTimeoutMs }: TransportLimits) {
    const loadDriver = async () => this.printer.driver;
    return createUsbPrinterTransport({
      ...IDS,
      ...{ openTimeoutMs, writeStallTimeoutMs, closeTimeoutMs, loadDriver },
      presencePollMs: 20,
    });
  }

  received(): Uint8Array {
    return Buffer.concat(this.printer.chunks);
  }

  async untilReceived(bytes: number): Promise<void> {
    await untilTrue(() => this.received().length >= bytes);
  }

  say(bytes: Uint8Array): void {
    this.printer.say(bytes);
  }

  stopReading(): void {
    this.printer.isReading = false;
  }

  async unplug(): Promise<void> {
    this.printer.unplug();
  }

  async plugIn(): Promise<void> {
    this.printer.plugIn();
  }

  async stop(): Promise<void> {
    this.printer.unplug();
  }
}

describeTransport('USB printer', async () => {
  const rig = new UsbRig();
  await rig.plugIn();
  return rig;
});

describe('a USB printer', () => {
  it('is held by another program', async () => {
    const printer = new FakeUsbPrinter();
    printer.plugIn();
    printer.isHeldElsewhere = true;
    const transport = createUsbPrinterTransport({ ...IDS, loadDriver: async () => printer.driver });
    expect(await transport.open()).toEqual({ ok: false, error: { code: 'device-held', systemCode: 'EBUSY' } });
  });

  it('is told apart by its serial number', async () => {
    const printer = new FakeUsbPrinter();
    printer.plugIn();
    const loadDriver = async () => printer.driver;
    const other = createUsbPrinterTransport({ ...IDS, serialNumber: 'S2', loadDriver });
    expect(await other.open()).toEqual({ ok: false, error: { code: 'not-reachable' } });
    const right = createUsbPrinterTransport({ ...IDS, serialNumber: 'S1', loadDriver });
    expect(await right.open()).toMatchObject({ ok: true });
    await right.close();
  });

  it('says who it is and how it is', async () => {
    const printer = new FakeUsbPrinter();
    printer.plugIn();
    const loadDriver = async () => printer.driver;
    expect(await listUsbPrinters(loadDriver)).toEqual([{ ...IDS, serialNumber: 'S1', productName: 'Rig' }]);
    expect(await identifyUsbPrinter({ ...IDS, loadDriver })).toMatchObject({
      ok: true,
      value: {
        id: { maker: 'Zebra', model: 'Rig', commandSets: ['ZPL'] },
        port: { hasError: false, paperEmpty: false },
      },
    });
  });

  it('cannot be used when the driver does not load', async () => {
    const loadDriver = async () => Promise.reject(new Error('no binary for this system'));
    const transport = createUsbPrinterTransport({ ...IDS, loadDriver });
    expect(await transport.open()).toEqual({ ok: false, error: { code: 'driver-missing' } });
    expect(await listUsbPrinters(loadDriver)).toEqual([]);
  });
});

describe('the real USB driver on a machine without such a printer', () => {
  it('finds none, and neither throws nor takes the process down', async () => {
    expect(await listUsbPrinters()).toEqual([]);
    const transport = createUsbPrinterTransport({ vendorId: 0xfffe, productId: 0xfffe });
    expect(await transport.open()).toMatchObject({ ok: false, error: { code: 'not-reachable' } });
    expect(await identifyUsbPrinter({ vendorId: 0xfffe, productId: 0xfffe })).toMatchObject({ ok: false });
    expect(await transport.close()).toBe('silent');
  });
});
