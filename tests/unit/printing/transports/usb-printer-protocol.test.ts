import { describe, expect, it } from 'vitest';
import {
  choosePrinterInterface,
  parseDeviceId,
  parsePortStatus,
  type UsbConfigurationDescription,
} from '../../../../printing/transports/usb-printer-protocol';

const TEXT = 'MFG:Zebra Technologies;CMD:ZPL,EPL ;MDL:ZTC ZD421-203dpi;CLS:PRINTER;';
const bytes = (prefix: readonly number[], text = TEXT): Uint8Array =>
  Uint8Array.from([...prefix, ...Buffer.from(text)]);
const length = TEXT.length + 2;

describe('the device id of a USB printer', () => {
  it.each([
    ['big-endian, as the standard says', bytes([0, length])],
    ['little-endian', bytes([length, 0])],
    ['left out', bytes([])],
    ['wrong', bytes([0xff, 0xff])],
    ['right, with rubbish behind it', Uint8Array.from([...bytes([0, length]), 0x51, 0x52])],
  ])('is read when its length is %s', (_name, answer) => {
    expect(parseDeviceId(answer)).toMatchObject({
      maker: 'Zebra Technologies',
      model: 'ZTC ZD421-203dpi',
      commandSets: ['ZPL', 'EPL'],
    });
  });

  it('is read with the long names of the fields', () => {
    const text = 'MANUFACTURER:Gprinter;COMMAND SET:ESC/POS;MODEL:GP-58;';
    expect(parseDeviceId(bytes([0, text.length + 2], text))).toMatchObject({
      maker: 'Gprinter',
      model: 'GP-58',
      commandSets: ['ESC/POS'],
    });
  });

  it('is empty for an empty or meaningless answer', () => {
    for (const answer of [[], [0, 2], [0], [0, 9, 0, 0, 0]])
      expect(parseDeviceId(Uint8Array.from(answer))).toMatchObject({ maker: '', model: '', commandSets: [] });
  });
});

describe('the port status of a USB printer', () => {
  it.each([
    [0x18, { paperEmpty: false, selected: true, hasError: false }],
    [0x38, { paperEmpty: true, selected: true, hasError: false }],
    [0x10, { paperEmpty: false, selected: true, hasError: true }],
    [0x00, { paperEmpty: false, selected: false, hasError: true }],
  ])('%i is read bit by bit', (byte, status) => {
    expect(parsePortStatus(byte)).toEqual(status);
  });
});

describe('choosing the interface of a USB printer', () => {
  const alternate = (
    interfaceClass: number,
    interfaceProtocol: number,
    ends: readonly ('in' | 'out')[],
    alternateSetting = 0,
  ) => ({
    alternateSetting,
    interfaceClass,
    interfaceSubclass: 1,
    interfaceProtocol,
    endpoints: ends.map((direction, at) => ({
      endpointNumber: at + 1,
      direction,
      type: 'bulk' as const,
      packetSize: 64,
    })),
  });
  const configuration = (...interfaces: ReturnType<typeof alternate>[][]): UsbConfigurationDescription[] => [
    {
      configurationValue: 1,
      interfaces: interfaces.map((alternates, interfaceNumber) => ({ interfaceNumber, alternates })),
    },
  ];

  it('prefers one that answers', () => {
    const chosen = choosePrinterInterface(configuration([alternate(7, 1, ['out']), alternate(7, 2, ['out', 'in'], 1)]));
    expect(chosen).toEqual({
      configurationValue: 1,
      interfaceNumber: 0,
      alternateSetting: 1,
      outEndpoint: 1,
      inEndpoint: { endpointNumber: 2, packetSize: 64 },
    });
  });

  it('takes one that only listens, and does not listen to it', () => {
    const chosen = choosePrinterInterface(configuration([alternate(3, 0, ['in'])], [alternate(7, 1, ['out', 'in'])]));
    expect(chosen).toEqual({ configurationValue: 1, interfaceNumber: 1, alternateSetting: 0, outEndpoint: 1 });
  });

  it('finds none in a device that is no printer, speaks packets, or has no way out', () => {
    expect(choosePrinterInterface([])).toBeUndefined();
    expect(choosePrinterInterface(configuration([alternate(8, 80, ['out', 'in'])]))).toBeUndefined();
    expect(choosePrinterInterface(configuration([alternate(7, 3, ['out', 'in'])]))).toBeUndefined();
    expect(choosePrinterInterface(configuration([alternate(7, 2, ['in'])]))).toBeUndefined();
  });
});
