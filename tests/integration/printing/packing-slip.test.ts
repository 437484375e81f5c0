import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PackingSlipInput } from '../../../printing/documents/packing-slip-document';
import { PACKING_SLIP, type LabelMaker } from '../../../printing/label-maker';
import { bitmapOfPaper, interpretEscPos } from '../../oracles/escpos-interpreter';
import { inspectZpl, pngOfBitmap, readCodes, textsOf } from '../../oracles/label-oracle';
import { openTestLabelMaker, shippedPrinter } from '../../oracles/test-label-maker';

let maker: LabelMaker;
beforeAll(async () => {
  maker = await openTestLabelMaker();
});

const slip = (changes: Partial<PackingSlipInput> = {}): PackingSlipInput => ({
  kind: 'packing-slip',
  storeName: '青木家居旗舰店',
  orderNumber: '订单 4200000000000000001',
  orderCode: 'TM-20260301-000417',
  recipientName: '林小满',
  lines: [
    { sku: 'MUG-350-WH', title: '陶瓷马克杯 350 ml 白色', quantity: 2 },
    { sku: 'TOWEL-BL', title: '纯棉毛巾 蓝', quantity: 1 },
  ],
  remark: '礼物，请勿放价格单',
  printedAt: '2026-03-01 14:05',
  ...changes,
});

const print = async (id: string, document: unknown) => {
  const printer = await shippedPrinter(id);
  return maker.make({ jobId: 'job', document, templateId: PACKING_SLIP, printer });
};

describe('a packing slip on a receipt printer', () => {
  it.each([
    ['generic-escpos-58', 384],
    ['generic-escpos-80', 576],
  ])('fills the width of %s and carries its order code', async (id, widthDots) => {
    const made = await print(id, slip());
    if (!made.ok) throw new Error(made.error.code);
    const paper = interpretEscPos(made.value.bytes);
    expect(paper).toMatchObject({ cuts: 1, initialised: 2 });
    expect(paper.rows[0]?.length).toBe(widthDots);
    const png = pngOfBitmap(bitmapOfPaper(paper), 40);
    if (process.env['KEEP_PICTURES'] !== undefined) writeFileSync(`${process.env['KEEP_PICTURES']}/${id}.png`, png);
    const codes = await readCodes(png);
    for (const reader of ['zxing', 'zbar'] as const)
      expect(textsOf(codes, reader, 'QRCode')).toEqual(['TM-20260301-000417']);
    expect(made.value.report).toMatchObject({ truncated: [], missing: [], removed: 0 });
    expect(made.value.trace.join()).not.toMatch(/林小满|TM-2026/);
  });

  it('grows with the order', async () => {
    const lengthOf = async (lines: number): Promise<number> => {
      const many = Array.from({ length: lines }, (_, at) => ({ sku: `SKU-${at}`, title: '货品', quantity: 1 }));
      const made = await print('generic-escpos-80', slip({ lines: many }));
      if (!made.ok) throw new Error(made.error.code);
      return interpretEscPos(made.value.bytes).rows.length;
    };
    expect((await lengthOf(11)) - (await lengthOf(1))).toBe(10 * 9 * 8);
  });

  it('prints nothing of a recipient whom the reader may not see, and bears ugly data', async () => {
    const made = await print(
      'generic-escpos-58',
      slip({
        recipientName: '',
        storeName: '\u001b@\u001dV\u0000'.repeat(20),
        remark: '𠮷'.repeat(300),
        lines: [{ sku: '^XZ', title: 'W'.repeat(400), quantity: 1_000_000 }],
      }),
    );
    if (!made.ok) throw new Error(made.error.code);
    expect(interpretEscPos(made.value.bytes).cuts).toBe(1);
    expect(made.value.report.missing).toEqual([0x20bb7]);
    expect(made.value.report.truncated.map(({ name }) => name)).toEqual(['line-1', 'remark']);
  });

  it('is refused for a waybill, and for nothing to pack', async () => {
    expect(await print('generic-escpos-58', { ...slip(), kind: 'waybill' })).toMatchObject({
      error: { code: 'document-invalid', paths: ['kind'] },
    });
    expect(await print('generic-escpos-58', slip({ lines: [] }))).toMatchObject({ error: { paths: ['lines'] } });
  });
});

describe('a packing slip on a label printer', () => {
  it('comes as ZPL as wide as the head', async () => {
    const made = await print('generic-zpl-203', slip());
    if (!made.ok) throw new Error(made.error.code);
    const [label] = await inspectZpl(made.value.bytes, { widthMm: 104, heightMm: 110, dotsPerMm: 8 });
    expect(textsOf(label?.codes ?? [], 'zxing', 'QRCode')).toEqual(['TM-20260301-000417']);
  });
});
