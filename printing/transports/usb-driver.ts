/**
 * The seam to npm `usb` 3 (libusb-like, through nusb). Two of its habits shape this file: its `connect` and `disconnect` events raise an
 * unhandled error on a machine without USB and would end the program, so presence is asked for instead; and its plain transfers
 * give up after one second, so the ones with a limit of their own are used.
 */
import type * as usbModule from 'usb';
import type { UsbConfigurationDescription } from './usb-printer-protocol';

export interface UsbDevicePort {
  /** Differs between two plugs of one device. */
  readonly handle: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string | null;
  readonly productName: string | null;
  readonly configurations: readonly UsbConfigurationDescription[];
  open(): Promise<void>;
  close(): Promise<void>;
  /** Selects configuration, interface and alternate; takes the interface away from the system's own printer driver on Linux. */
  claim(configurationValue: number, interfaceNumber: number, alternateSetting: number): Promise<void>;
  transferOut(endpointNumber: number, data: Uint8Array, timeoutMs: number): Promise<void>;
  /** @returns nothing when nothing came within the limit. */
  transferIn(endpointNumber: number, length: number, timeoutMs: number): Promise<Uint8Array | undefined>;
  /** A class request to the interface, device to host. */
  classRequestIn(request: number, value: number, index: number, length: number): Promise<Uint8Array>;
}

export interface UsbDriver {
  /** Devices that are plugged in now. @throws Error on a machine without USB. */
  listDevices(): Promise<readonly UsbDevicePort[]>;
}

type NativeDevice = Awaited<ReturnType<typeof usbModule.usb.getDevices>>[number];

/** A read that fails sooner than this did not fail because nothing came. */
const EARLY_FAILURE_PART = 0.5;
const CONTROL_TIMEOUT_MS = 1000;

const portOf = (device: NativeDevice): UsbDevicePort => ({
  handle: device.handle,
  vendorId: device.vendorId,
  productId: device.productId,
  serialNumber: device.serialNumber,
  productName: device.productName,
  configurations: device.configurations,
  open: async () => device.open(),
  close: async () => device.close(),
  claim: async (configurationValue, interfaceNumber, alternateSetting) => {
    // The system has already selected the only configuration of an ordinary printer, and refuses to do so again.
    if (device.configurations.length > 1) await device.selectConfiguration(configurationValue);
    try {
      await device.claimInterface(interfaceNumber);
    } catch (cause) {
      if (process.platform !== 'linux') throw cause;
      // "busy (errno 16)": the kernel's usblp holds the printer.
      await device.detachKernelDriver(interfaceNumber);
      await device.claimInterface(interfaceNumber);
    }
    if (alternateSetting !== 0) await device.selectAlternateInterface(interfaceNumber, alternateSetting);
  },
  transferOut: async (endpointNumber, data, timeoutMs) => {
    const written = await device.nativeTransferOut(endpointNumber, timeoutMs, data);
    if (written !== data.length) throw new Error(`the device took ${written} of ${data.length} bytes`);
  },
  transferIn: async (endpointNumber, length, timeoutMs) => {
    const startedAt = performance.now();
    try {
      return (await device.nativeTransferIn(endpointNumber, timeoutMs, length)) ?? undefined;
    } catch (cause) {
      if (performance.now() - startedAt < timeoutMs * EARLY_FAILURE_PART) throw cause;
      return undefined;
    }
  },
  classRequestIn: async (request, value, index, length) =>
    (await device.nativeControlTransferIn(
      { requestType: 'class', recipient: 'interface', request, value, index },
      CONTROL_TIMEOUT_MS,
      length,
    )) ?? new Uint8Array(0),
});

/** Loads the driver. @throws Error when it does not load on this system. */
export const loadUsbDriver = async (): Promise<UsbDriver> => {
  const { usb } = await import('usb');
  return { listDevices: async () => (await usb.getDevices()).map(portOf) };
};
