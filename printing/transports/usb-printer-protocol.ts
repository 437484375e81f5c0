/**
 * USB printer class: device id, port status, and which interface to talk to. Pure. Source: USB Device Class Definition for Printing
 * Devices 1.1, sections 4.2 and 5; tolerances as CUPS' usb backend needs them.
 */

/** Class 07, subclass 01; protocol 01 one way, 02 two way. 03 (IEEE 1284.4) wraps the bytes in packets and is not spoken here. */
const PRINTER_CLASS = 0x07;
const PRINTER_SUBCLASS = 0x01;
const ONE_WAY = 0x01;
const TWO_WAY = 0x02;

export interface PrinterDeviceId {
  /** The text as the device gave it: `MFG:…;MDL:…;CMD:…;`. */
  readonly text: string;
  readonly maker: string;
  readonly model: string;
  /** What the device says it speaks; clones are often wrong about it. */
  readonly commandSets: readonly string[];
}

const fieldOf = (fields: ReadonlyMap<string, string>, ...keys: readonly string[]): string =>
  keys.map((key) => fields.get(key)).find((value) => value !== undefined) ?? '';

/**
 * Reads the answer to GET_DEVICE_ID: two bytes of length (big-endian, itself included), then text. Devices that send the length
 * little-endian, wrong, or not at all are read too.
 */
export const parseDeviceId = (answer: Uint8Array): PrinterDeviceId => {
  const bigEndian = ((answer[0] ?? 0) << 8) | (answer[1] ?? 0);
  const littleEndian = ((answer[1] ?? 0) << 8) | (answer[0] ?? 0);
  const isLength = (value: number): boolean => value > 2 && value <= answer.length;
  const end = isLength(bigEndian) ? bigEndian : isLength(littleEndian) ? littleEndian : answer.length;
  const isText = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x20 && byte < 0x7f;
  const hasNoLength = isText(answer[0]) && isText(answer[1]) && !isLength(bigEndian) && !isLength(littleEndian);
  const bytes = answer.subarray(hasNoLength ? 0 : 2, end);
  const text = String.fromCharCode(...bytes.filter((byte) => isText(byte)));
  const fields = new Map<string, string>();
  for (const part of text.split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0) fields.set(part.slice(0, colon).trim().toUpperCase(), part.slice(colon + 1).trim());
  }
  return {
    text,
    maker: fieldOf(fields, 'MFG', 'MANUFACTURER'),
    model: fieldOf(fields, 'MDL', 'MODEL'),
    commandSets: fieldOf(fields, 'CMD', 'COMMAND SET')
      .split(',')
      .map((set) => set.trim())
      .filter((set) => set !== ''),
  };
};

export interface UsbPortStatus {
  readonly paperEmpty: boolean;
  readonly selected: boolean;
  readonly hasError: boolean;
}

/** Reads the byte of GET_PORT_STATUS: bit 3 no error, bit 4 selected, bit 5 paper empty; 18 is normal. Clones often answer a constant. */
export const parsePortStatus = (byte: number): UsbPortStatus => ({
  paperEmpty: (byte & 0x20) !== 0,
  selected: (byte & 0x10) !== 0,
  hasError: (byte & 0x08) === 0,
});

/** The part of a USB descriptor that choosing an interface needs. */
export interface UsbConfigurationDescription {
  readonly configurationValue: number;
  readonly interfaces: readonly {
    readonly interfaceNumber: number;
    readonly alternates: readonly {
      readonly alternateSetting: number;
      readonly interfaceClass: number;
      readonly interfaceSubclass: number;
      readonly interfaceProtocol: number;
      readonly endpoints: readonly {
        readonly endpointNumber: number;
        readonly direction: 'in' | 'out';
        readonly type: 'bulk' | 'interrupt' | 'isochronous';
        readonly packetSize: number;
      }[];
    }[];
  }[];
}

export interface UsbPrinterInterface {
  readonly configurationValue: number;
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  readonly outEndpoint: number;
  /** Absent for a printer that only listens. */
  readonly inEndpoint?: { readonly endpointNumber: number; readonly packetSize: number };
}

type Alternate = UsbConfigurationDescription['interfaces'][number]['alternates'][number];

const isPrinter = ({ interfaceClass, interfaceSubclass, interfaceProtocol }: Alternate): boolean =>
  interfaceClass === PRINTER_CLASS &&
  interfaceSubclass === PRINTER_SUBCLASS &&
  (interfaceProtocol === ONE_WAY || interfaceProtocol === TWO_WAY);

/** Every way to talk to a device as a printer, two-way interfaces first. */
const candidatesOf = (configurations: readonly UsbConfigurationDescription[]) =>
  configurations
    .flatMap(({ configurationValue, interfaces }) =>
      interfaces.flatMap(({ interfaceNumber, alternates }) =>
        alternates.filter(isPrinter).map((alternate) => ({ configurationValue, interfaceNumber, alternate })),
      ),
    )
    .sort((left, right) => right.alternate.interfaceProtocol - left.alternate.interfaceProtocol);

/** Chooses the interface to print through. @returns undefined when the device is no printer that we can speak to. */
export const choosePrinterInterface = (
  configurations: readonly UsbConfigurationDescription[],
): UsbPrinterInterface | undefined => {
  for (const { configurationValue, interfaceNumber, alternate } of candidatesOf(configurations)) {
    const bulk = alternate.endpoints.filter(({ type }) => type === 'bulk');
    const out = bulk.find(({ direction }) => direction === 'out');
    const back = bulk.find(({ direction }) => direction === 'in');
    if (out === undefined) continue;
    const { alternateSetting } = alternate;
    const chosen = { configurationValue, interfaceNumber, alternateSetting, outEndpoint: out.endpointNumber };
    if (back === undefined || alternate.interfaceProtocol === ONE_WAY) return chosen;
    return { ...chosen, inEndpoint: { endpointNumber: back.endpointNumber, packetSize: back.packetSize } };
  }
  return undefined;
};
