import { describe, expect, it } from 'vitest';
import { encodeZpl, zplTrace } from '../../../../../printing/encoders/zpl/encode-zpl';
import type { DotItem } from '../../../../../printing/layout/dot-page';

const textOf = (items: readonly DotItem[]): string =>
  Buffer.from(
    encodeZpl({ widthDots: 608, heightDots: 1040, items }, { compression: { kind: 'acs' }, qrDropDots: 10 }).bytes,
  ).toString('latin1');

const place = { name: 'x', xDots: 24, yDots: 80 };

describe('the ZPL encoder', () => {
  it('frames every label with its size, origin, character set, mode and one copy', () => {
    expect(textOf([])).toBe('^XA\n^CI28\n^PW608\n^LL1040\n^LH0,0\n^MMT\n^PQ1\n^XZ\n');
  });

  it('writes a picture with the uncompressed counts', () => {
    const bitmap = { widthDots: 16, heightDots: 2, bytesPerRow: 2, bits: Uint8Array.from([0x80, 0x01, 0xff, 0xff]) };
    expect(textOf([{ kind: 'bitmap', ...place, bitmap }])).toContain('^FO24,80\n^GFA,4,4,2,8001JF\n^FS\n');
  });

  it('lets the printer draw a Code 128 with automatic sets and without text', () => {
    const item: DotItem = {
      kind: 'code128',
      ...place,
      data: '75300000000001',
      moduleDots: 2,
      heightDots: 120,
      widthDots: 224,
    };
    expect(textOf([item])).toContain('^FO24,80\n^BY2,3,120\n^BCN,120,N,N,N,A\n^FH_^FD75300000000001^FS\n');
  });

  it('lifts a QR code by the bar height that firmware adds, and sets that height', () => {
    const item: DotItem = { kind: 'qr', ...place, data: 'TM-1', moduleDots: 5, sideDots: 105 };
    expect(textOf([item])).toContain('^BY2,3,10\n^FO24,70\n^BQN,2,5\n^FH_^FDMA,TM-1^FS\n');
  });

  it('cannot be led out of a field by data', () => {
    const data = 'A^FS^XZ~JA_5E';
    const text = textOf([{ kind: 'code128', ...place, data, moduleDots: 2, heightDots: 50, widthDots: 300 }]);
    expect(text).toContain('^FDA_5EFS_5EXZ_7EJA_5F5E^FS');
    expect(text.match(/\^XZ/g)).toHaveLength(1);
    expect(text).not.toContain('~');
  });

  it('is pure ASCII', () => {
    const bytes = Buffer.from(textOf([{ kind: 'qr', ...place, data: '订单\u0007', moduleDots: 5, sideDots: 105 }]));
    expect(bytes.every((byte) => byte === 0x0a || (byte >= 0x20 && byte < 0x7f))).toBe(true);
    expect(bytes.toString()).toContain('_E8_AE_A2_E5_8D_95_07');
  });

  it('explains each command without the data in it', () => {
    const item: DotItem = { kind: 'qr', ...place, name: 'order-code', data: 'SECRET-1', moduleDots: 5, sideDots: 105 };
    const { commands } = encodeZpl(
      { widthDots: 608, heightDots: 1040, items: [item] },
      { compression: { kind: 'acs' }, qrDropDots: 0 },
    );
    const trace = zplTrace(commands);
    expect(trace).toHaveLength(commands.length);
    expect(trace.join('\n')).toContain('order-code: QR model 2, module 5 dots');
    expect(trace.join('\n')).not.toContain('SECRET');
  });
});
