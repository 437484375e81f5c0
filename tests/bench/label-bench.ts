/**
 * How long a waybill label takes, from document to bytes, against a peer in turns: node-thermal-printer turning a finished picture
 * of the same size into printer bytes, which is less work (no layout, no text). Also how small the bytes are against the raw picture.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ThermalPrinter, PrinterTypes } from 'node-thermal-printer';
import { PNG } from 'pngjs';
import type { WaybillDocumentInput } from '../../printing/documents/waybill-document';
import { createLabelMaker, type LabelMaker } from '../../printing/label-maker';
import { loadPrinterCapabilities, type PrinterCapability } from '../../printing/printers/capabilities';
import { loadLabelTemplates } from '../../printing/template-folder';

export interface Spread {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface LabelBenchFigures {
  /** Font opened, no glyph drawn yet. */
  readonly firstLabelMs: number;
  /** Label after label with different data, glyphs mostly warm: document to ZPL bytes. */
  readonly makeAcs: Spread;
  readonly makeZ64: Spread;
  /** Layout and drawing to one 1-bit picture, no encoding; barcodes as dots. */
  readonly raster: Spread;
  readonly peer: Spread;
  /** Ours ÷ peer, p50 of the same turns. */
  readonly ratioToPeer: number;
  /** ZPL bytes ÷ bytes of the raw 1-bit picture. */
  readonly bytesAcs: number;
  readonly bytesZ64: number;
  readonly labels: number;
}

export interface LabelBenchOptions {
  readonly labels: number;
  /** The project's resources folder; by default the one of this checkout. */
  readonly resources?: string;
}

const HAN =
  '的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开';

/** Invented, different for each label, the same in each run. */
const documentOf = (index: number): WaybillDocumentInput => {
  const han = (from: number, length: number): string =>
    Array.from({ length }, (_, at) => HAN[(from * 7 + at * 13) % HAN.length]).join('');
  return {
    kind: 'waybill',
    waybillNumber: `SF${String(1_000_000_000_000 + index)}`,
    orderCode: `TM-20260301-${String(index).padStart(6, '0')}`,
    courierName: '顺丰速运',
    serviceName: '标准快递',
    sortCode: `571-A${index % 90}-08`,
    storeName: '青木家居旗舰店',
    sender: { name: '青木仓', phone: '0571-00000000', address: '浙江省杭州市余杭区仓前街道示例路 88 号' },
    recipient: { name: han(index, 3), phone: '138****0000', address: han(index + 1, 34) },
    lines: [0, 1, 2].map((at) => ({ sku: `SKU-${index}-${at}`, title: han(index + at, 12), quantity: at + 1 })),
    remark: han(index + 5, 14),
    printedAt: '2026-03-01 14:05',
  };
};

const spreadOf = (samples: readonly number[]): Spread => {
  const sorted = [...samples].sort((left, right) => left - right);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
};

const timed = async (run: () => unknown): Promise<number> => {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
};

/** The peer gets the picture as PNG, which is the only form it takes. */
const peerRun = async (png: Buffer): Promise<void> => {
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: 'tcp://127.0.0.1:9' });
  await printer.printImageBuffer(png);
  printer.getBuffer();
};

const pngOf = (maker: LabelMaker, printer: PrinterCapability): Buffer => {
  const preview = maker.preview({ jobId: 'bench', document: documentOf(0), templateId: 'waybill-76x130', printer });
  if (!preview.ok) throw new Error(preview.error.code);
  const { widthDots, heightDots, bytesPerRow, bits } = preview.value.bitmap;
  const png = new PNG({ width: widthDots, height: heightDots });
  png.data.fill(0xff);
  for (let y = 0; y < heightDots; y += 1)
    for (let x = 0; x < widthDots; x += 1)
      if (((bits[y * bytesPerRow + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0)
        png.data.fill(0, (y * widthDots + x) * 4, (y * widthDots + x) * 4 + 3);
  return PNG.sync.write(png);
};

/** Runs the contenders in turns, label by label. @throws Error when a label is refused. */
export const runLabelBench = async ({ labels, resources }: LabelBenchOptions): Promise<LabelBenchFigures> => {
  const folder = resources ?? fileURLToPath(new URL('../../resources', import.meta.url));
  const { templates } = await loadLabelTemplates(`${folder}/label-templates`);
  const { printers } = await loadPrinterCapabilities(`${folder}/printers`);
  const acs = printers.get('generic-zpl-203');
  const z64 = printers.get('zebra-zd421-203');
  if (acs === undefined || z64 === undefined) throw new Error('a shipped printer is missing');
  const maker = createLabelMaker({ fontBytes: readFileSync(`${folder}/fonts/wqy-microhei.ttc`), templates });
  const sizes = { acs: 0, z64: 0 };
  const make = (index: number, printer: PrinterCapability): number => {
    const made = maker.make({
      jobId: `bench-${index}`,
      document: documentOf(index),
      templateId: 'waybill-76x130',
      printer,
    });
    if (!made.ok) throw new Error(made.error.code);
    return made.value.bytes.length;
  };
  const firstLabelMs = await timed(() => make(0, acs));
  for (let index = 0; index < 30; index += 1) make(index, z64);
  const png = pngOf(maker, acs);
  const samples = { acs: [] as number[], z64: [] as number[], raster: [] as number[], peer: [] as number[] };
  for (let index = 0; index < labels; index += 1) {
    samples.acs.push(await timed(() => (sizes.acs += make(index, acs))));
    samples.z64.push(await timed(() => (sizes.z64 += make(index, z64))));
    const request = { jobId: 'bench', document: documentOf(index), templateId: 'waybill-76x130', printer: acs };
    samples.raster.push(await timed(() => maker.preview(request)));
    samples.peer.push(await timed(async () => peerRun(png)));
  }
  const rawBytes = (608 / 8) * 1040;
  const [makeAcs, peer] = [spreadOf(samples.acs), spreadOf(samples.peer)];
  return {
    firstLabelMs,
    makeAcs,
    makeZ64: spreadOf(samples.z64),
    raster: spreadOf(samples.raster),
    peer,
    ratioToPeer: makeAcs.p50Ms / peer.p50Ms,
    bytesAcs: sizes.acs / labels / rawBytes,
    bytesZ64: sizes.z64 / labels / rawBytes,
    labels,
  };
};
