/**
 * The label as an independent renderer draws it and two independent readers read it. Law: whatever a customer's data holds, the codes
 * carry exactly the waybill number and the order code, no other code appears, and nothing leaves the label.
 */
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WaybillDocumentInput } from '../../../printing/documents/waybill-document';
import type { LabelMaker, MadeLabel } from '../../../printing/label-maker';
import type { PrinterCapability } from '../../../printing/printers/capabilities';
import { buildWaybillDocument } from '../../builders/waybill-document-builder';
import { inspectZpl, pngOfBitmap, readCodes, textsOf, type DecodedCode } from '../../oracles/label-oracle';
import { openTestLabelMaker, shippedPrinter } from '../../oracles/test-label-maker';

let maker: LabelMaker;
let printer: PrinterCapability;
beforeAll(async () => {
  maker = await openTestLabelMaker();
  printer = await shippedPrinter('generic-zpl-203');
});

const make = (document: WaybillDocumentInput, on: PrinterCapability = printer): MadeLabel => {
  const made = maker.make({ jobId: 'job', document, templateId: 'waybill-76x130', printer: on });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};

const inspect = async (label: MadeLabel, on: PrinterCapability = printer) => {
  const labels = await inspectZpl(label.bytes, { widthMm: 76, heightMm: 130, dotsPerMm: on.dotsPerMm });
  const [only] = labels;
  if (only === undefined || labels.length !== 1) throw new Error(`${labels.length} labels were drawn`);
  return only;
};

const expectExactly = (codes: readonly DecodedCode[], document: WaybillDocumentInput): void => {
  for (const reader of ['zxing', 'zbar'] as const) {
    expect(textsOf(codes, reader, 'Code128')).toEqual([document.waybillNumber]);
    expect(textsOf(codes, reader, 'QRCode')).toEqual([document.orderCode]);
  }
  expect(codes).toHaveLength(4);
};

/** Dots of ink in the outer margin of a picture. */
const inkInMargin = (png: Buffer, marginX: number, marginY: number): number => {
  const { width, height, data } = PNG.sync.read(png);
  let ink = 0;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const isMargin = x < marginX || x >= width - marginX || y < marginY || y >= height - marginY;
      if (isMargin && (data[(y * width + x) * 4] ?? 255) < 128) ink += 1;
    }
  return ink;
};

const person = (name: string, address = '四川省成都市武侯区示例大道 1200 号') => ({
  name,
  phone: '138****0000',
  address,
});

const UGLY: readonly (readonly [string, Partial<WaybillDocumentInput>])[] = [
  ['ordinary data', {}],
  ['digits only', { waybillNumber: '75300000000001', orderCode: '4200000000000000001' }],
  [
    'every field empty that may be',
    { serviceName: '', sortCode: '', remark: '', storeName: '', lines: [], courierName: '' },
  ],
  ['an address of 500 characters', { recipient: person('林小满', '四川省成都市武侯区示例大道'.repeat(39)) }],
  ['an address of 500 letters without a blank', { recipient: person('A', 'W'.repeat(500)) }],
  [
    'printer commands',
    { recipient: person('^FS^XZ~JA^XA', '^XZ\n~HS ^FO0,0^GB608,1040,608^FS _5E "quoted" \\ {{x}}') },
  ],
  ['control bytes', { recipient: person('a\u0000b\u0002c\u0003d\u001be\u007f', 'x\u0008y\u000cz\u0085\u2028end') }],
  ['right-to-left text and marks', { recipient: person('محمد \u202Eabc\u202C שלום', 'شارع 12 \u200F القاهرة') }],
  ['rare planes and emoji', { recipient: person('𠮷𪚥𬺰 😀👩‍👩‍👧', '㐂㒵 𝔘𝔫𝔦 🇨🇳 e\u0301\u0302\u0303') }],
  ['half surrogates', { recipient: person('\uD800x\uDC00', '\uDFFF\uD842') }],
  [
    'a long remark and a hundred lines',
    {
      remark: '易碎品请轻放，'.repeat(60),
      lines: Array.from({ length: 100 }, (_, at) => ({
        sku: `SKU-${at}-${'X'.repeat(60)}`,
        title: '很长的货品名称'.repeat(12),
        quantity: 999,
      })),
    },
  ],
  [
    'a long store and courier',
    { storeName: '青木家居'.repeat(40), courierName: '顺丰'.repeat(60), sortCode: '571-A01-08 '.repeat(20) },
  ],
  ['a waybill number with a command sign', { waybillNumber: 'AB>5123456' }],
  ['an order code with printer commands', { orderCode: 'A^FS~JA_5E,"' }],
];

describe('the 76 by 130 mm waybill label', () => {
  it.each(UGLY)('carries exactly its two codes with %s', async (_name, changes) => {
    const document = buildWaybillDocument(changes);
    const label = make(document);
    const { png, codes } = await inspect(label);
    expectExactly(codes, document);
    expect(inkInMargin(png, 8, 16)).toBe(0);
  });

  it.each(['zebra-zd421-203', 'generic-zpl-300', 'zebra-zd421-300'])('is the same label on %s', async (id) => {
    const other = await shippedPrinter(id);
    const document = buildWaybillDocument();
    const { png, codes } = await inspect(make(document, other), other);
    expectExactly(codes, document);
    const { width, height } = PNG.sync.read(png);
    expect([width, height]).toEqual([76 * other.dotsPerMm, 130 * other.dotsPerMm]);
  });

  it('carries its codes as dots for a printer that is not trusted with barcodes', async () => {
    const untrusted = { ...printer, nativeBarcodes: false };
    const document = buildWaybillDocument();
    const label = make(document, untrusted);
    expect(label.trace.join()).not.toMatch(/\^B[CQ]/);
    expectExactly((await inspect(label, untrusted)).codes, document);
  });

  it('carries an order code beyond ASCII as UTF-8', async () => {
    const { codes } = await inspect(make(buildWaybillDocument({ orderCode: '订单-000417-ü' })));
    // zbarimg guesses the character set of such codes and guesses wrongly; zxing follows the standard.
    expect(textsOf(codes, 'zxing', 'QRCode')).toEqual(['订单-000417-ü']);
    for (const reader of ['zxing', 'zbar'] as const)
      expect(textsOf(codes, reader, 'Code128')).toEqual(['SF1234567890123']);
  });

  it('looks the same in the preview as on paper', async () => {
    const document = buildWaybillDocument();
    const preview = maker.preview({ jobId: 'job', document, templateId: 'waybill-76x130', printer });
    if (!preview.ok) throw new Error(preview.error.code);
    expectExactly(await readCodes(pngOfBitmap(preview.value.bitmap)), document);
    const paper = PNG.sync.read((await inspect(make(document))).png);
    const shown = PNG.sync.read(pngOfBitmap(preview.value.bitmap));
    let different = 0;
    for (let at = 0; at < shown.data.length; at += 4)
      if ((shown.data[at] ?? 0) < 128 !== (paper.data[at] ?? 0) < 128) different += 1;
    // The codes are drawn by the printer's own encoder there, which may choose another mask or other sets; text must not differ.
    expect(different).toBeLessThan(shown.width * shown.height * 0.03);
  });

  it('reports the characters that it cannot draw, and the texts that it had to cut', () => {
    const { report } = make(buildWaybillDocument({ recipient: person('𠮷㐂a\u0007', 'W'.repeat(900)) }));
    expect(report.missing).toEqual([0x3402, 0x20bb7]);
    expect(report.removed).toBe(1);
    expect(report.truncated).toMatchObject([{ name: 'recipient-address', total: 900 }]);
    expect(report.truncated[0]?.shown).toBeLessThan(900);
  });

  it('shows all of a 240-character address', () => {
    const { report } = make(buildWaybillDocument({ recipient: person('林小满', '四川省成都市武侯区示'.repeat(24)) }));
    expect(report.truncated).toEqual([]);
  });

  it('keeps personal data out of trace and report', () => {
    const { trace, report } = make(buildWaybillDocument({ recipient: person('秘密人', '秘密街 77') }));
    expect(`${trace.join()}${JSON.stringify(report)}`).not.toMatch(/秘密|138|SF1234567890123|TM-2026/);
  });

  it('is made of the same bytes each time', () => {
    const document = buildWaybillDocument();
    expect(make(document).bytes).toEqual(make(document).bytes);
  });

  it.each([
    [
      'a number that Code 128 cannot carry',
      { waybillNumber: '顺丰123' },
      { name: 'waybill-code', code: 'barcode-not-encodable', at: 0 },
    ],
    [
      'a number too long for the label',
      { waybillNumber: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
      { name: 'waybill-code', code: 'barcode-too-wide' },
    ],
    [
      'an order code too long for the label',
      { orderCode: '订'.repeat(300) },
      { name: 'order-code', code: 'barcode-too-wide' },
    ],
  ])('is refused for %s', (_name, changes, error) => {
    const request = { jobId: 'job', document: buildWaybillDocument(changes), templateId: 'waybill-76x130', printer };
    expect(maker.make(request)).toEqual({ ok: false, error });
  });

  it('is refused for an unknown template, a document of the wrong shape, or a printer that is too narrow', () => {
    const request = { jobId: 'job', document: buildWaybillDocument(), templateId: 'waybill-76x130', printer };
    expect(maker.make({ ...request, templateId: 'nothing' })).toMatchObject({ error: { code: 'template-unknown' } });
    expect(maker.make({ ...request, document: { ...request.document, lines: [{ sku: 1 }] } })).toMatchObject({
      error: { code: 'document-invalid', paths: ['lines.0.sku', 'lines.0.title', 'lines.0.quantity'] },
    });
    expect(maker.make({ ...request, printer: { ...printer, maxWidthDots: 384 } })).toEqual({
      ok: false,
      error: { code: 'label-wider-than-printer', widthDots: 608, maxWidthDots: 384 },
    });
  });
});

describe('any label', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 120 });
  const hostileText = fc.oneof(
    anyText,
    fc
      .array(fc.constantFrom('^FS', '^XZ', '~JA', '_5E', '"', '\\', '\u202e', '\u0000', '省', ' ', 'A1', '，'), {
        maxLength: 60,
      })
      .map((parts) => parts.join('')),
  );
  const anyDocument = fc.record({
    waybillNumber: fc.stringMatching(/^[A-Z0-9-]{4,18}$/),
    orderCode: fc.stringMatching(/^[ -~]{1,40}$/).filter((text) => text.trim() === text),
    texts: fc.array(hostileText, { minLength: 8, maxLength: 8 }),
    quantity: fc.integer({ min: 1, max: 99999 }),
  });

  it('carries exactly its two codes and stays inside', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument, async ({ waybillNumber, orderCode, texts, quantity }) => {
        const [name = '', address = '', sender = '', title = '', sku = '', remark = '', storeName = '', sortCode = ''] =
          texts;
        const lines = [{ sku, title, quantity }];
        const document = buildWaybillDocument({
          ...{ waybillNumber, orderCode, remark, storeName, sortCode, lines },
          recipient: person(name, address),
          sender: person(sender, address),
        });
        const { png, codes } = await inspect(make(document));
        expectExactly(codes, document);
        expect(inkInMargin(png, 8, 16)).toBe(0);
      }),
      { numRuns: 40, seed: 20260301 },
    );
  });
});
