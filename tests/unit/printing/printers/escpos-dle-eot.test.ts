import { describe, expect, it } from 'vitest';
import {
  escposDleEotProtocol,
  parseErrorByte,
  parseOfflineByte,
  parsePaperByte,
  parsePrinterByte,
} from '../../../../printing/printers/status/escpos-dle-eot';
import { statusAskingOf } from '../../../../printing/printers/status/status-protocols';
import { vectorOf } from '../../../oracles/courier-vectors';
import { shippedPrinter } from '../../../oracles/test-label-maker';

const PARSERS: Readonly<Record<string, (byte: number) => object>> = {
  '1': parsePrinterByte,
  '2': parseOfflineByte,
  '3': parseErrorByte,
  '4': parsePaperByte,
};
const expected = Object.entries(vectorOf('escpos-dle-eot-decode').expected as Record<string, object>);

describe('DLE EOT', () => {
  it.each(expected)('agrees with the vector for %s', (key, fields) => {
    const [n = '', hex = ''] = key.split(':');
    expect(PARSERS[n]?.(parseInt(hex, 16))).toEqual(fields);
  });

  it.each([
    [[0x12, 0x12, 0x12], []],
    [[0x1a, 0x32, 0x72], ['paper-out']],
    [[0x1a, 0x16, 0x12], ['head-open']],
    [[0x1a, 0x52, 0x12], ['fault']],
    [[0x1a, 0x12, 0x12], ['offline']],
  ])('%j means %j', (bytes, attention) => {
    expect(escposDleEotProtocol.parse(Uint8Array.from(bytes))).toEqual({
      ok: true,
      value: { attention, labelsWaiting: 0 },
    });
  });

  it('waits for all three answers and refuses what is none', () => {
    expect(escposDleEotProtocol.isComplete(Uint8Array.from([0x12, 0x12]))).toBe(false);
    for (const bytes of [
      [0x12, 0x12],
      [0x12, 0x12, 0xff],
      [0x12, 0x12, 0x12, 0x12],
    ])
      expect(escposDleEotProtocol.parse(Uint8Array.from(bytes))).toMatchObject({ error: { code: 'status-garbled' } });
  });
});

describe('how a printer is asked', () => {
  it('follows from its capabilities', async () => {
    expect(statusAskingOf(await shippedPrinter('zebra-zd421-203'))).toMatchObject({ answers: 'always' });
    const receipt = await shippedPrinter('generic-escpos-80');
    expect(statusAskingOf(receipt)?.protocol).toBe(escposDleEotProtocol);
    const never = { ...receipt, status: { ...receipt.status, answers: 'never' as const } };
    expect(statusAskingOf(never)).toBeUndefined();
    expect(statusAskingOf({ ...receipt, status: { ...receipt.status, protocol: 'none' } })).toBeUndefined();
  });
});
