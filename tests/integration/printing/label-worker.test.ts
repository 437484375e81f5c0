import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabelWorkerClient, type LabelWorkerClient } from '../../../printing/label-worker-client';
import { PACKING_SLIP } from '../../../printing/label-maker';
import type { PrinterCapability } from '../../../printing/printers/capabilities';
import type { RasterWorkerData } from '../../../printing/raster-worker-messages';
import { buildWaybillDocument } from '../../builders/waybill-document-builder';
import { openTestLabelMaker, resourcePath, shippedPrinter } from '../../oracles/test-label-maker';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const data: RasterWorkerData = {
  fontPath: resourcePath('fonts/wqy-microhei.ttc'),
  templatesFolder: resourcePath('label-templates'),
};
let folder: string;
let printer: PrinterCapability;
const started: Worker[] = [];
const faults: Error[] = [];
let client: LabelWorkerClient;

const startWorker = (workerData: RasterWorkerData): Worker => {
  const worker = new Worker(join(folder, 'raster-worker.cjs'), { workerData });
  started.push(worker);
  return worker;
};

/** The worker is bundled as the station's build does it: everything inside, CommonJS, Node 18. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'label-worker-'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { '@shared': join(ROOT, 'preload/shared') } },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(ROOT, 'printing/raster-worker.ts'),
      outDir: folder,
      target: 'node18',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'raster-worker.cjs' } },
    },
  });
  printer = await shippedPrinter('generic-zpl-203');
  client = createLabelWorkerClient({
    startWorker: () => startWorker(data),
    reportFault: (fault) => faults.push(fault),
  });
});
afterAll(async () => {
  await client.stop();
  rmSync(folder, { recursive: true });
});

const request = (jobId: string, changes = {}) => ({
  jobId,
  document: buildWaybillDocument(changes),
  templateId: 'waybill-76x130',
  printer,
});

describe('the label worker', () => {
  it('makes the same bytes as the maker in-process', async () => {
    const made = await client.make(request('a'));
    const here = (await openTestLabelMaker()).make(request('a'));
    if (!made.ok || !here.ok) throw new Error('no label was made');
    expect(made.value.jobId).toBe('a');
    expect(Buffer.from(made.value.bytes).equals(Buffer.from(here.value.bytes))).toBe(true);
    expect(made.value.trace).toEqual(here.value.trace);
    expect(made.value.report).toEqual(here.value.report);
  });

  it('makes a receipt, whose library is inside the bundle too', async () => {
    const document = {
      kind: 'packing-slip',
      ...{ storeName: '青木家居', orderNumber: '42', orderCode: 'TM-42', printedAt: '2026-03-01 14:05' },
      lines: [{ sku: 'MUG', title: '马克杯', quantity: 1 }],
    };
    const receipt = {
      jobId: 'slip',
      document,
      templateId: PACKING_SLIP,
      printer: await shippedPrinter('generic-escpos-58'),
    };
    const made = await client.make(receipt);
    if (!made.ok) throw new Error(made.error.code);
    expect([...made.value.bytes.slice(0, 2)]).toEqual([0x1b, 0x40]);
  });

  it('pairs answers with questions that come at once', async () => {
    const ids = Array.from({ length: 20 }, (_, at) => `job-${at}`);
    const made = await Promise.all(
      ids.map(async (id) => client.make(request(id, { waybillNumber: `SF${1000 + id.length}` }))),
    );
    expect(made.map((each) => each.ok && each.value.jobId)).toEqual(ids);
    expect(started).toHaveLength(1);
  });

  it('refuses a document that is none, and one that cannot cross threads', async () => {
    expect(await client.make({ ...request('a'), document: 'hello' })).toMatchObject({
      error: { code: 'document-invalid' },
    });
    expect(await client.make({ ...request('a'), document: { lines: () => undefined } })).toEqual({
      ok: false,
      error: { code: 'request-invalid' },
    });
    expect(await client.make({ ...request('a'), printer: { ...printer, dotsPerMm: Number.NaN } })).toEqual({
      ok: false,
      error: { code: 'request-invalid' },
    });
  });

  it('answers for a worker that dies, and starts another', async () => {
    const fragile = createLabelWorkerClient({ startWorker: () => startWorker(data), reportFault: () => undefined });
    // The thread has only just been started, so it cannot have answered before it is ended.
    const waiting = fragile.make(request('a'));
    await started.at(-1)?.terminate();
    expect(await waiting).toEqual({ ok: false, error: { code: 'label-worker-died' } });
    expect(await fragile.make(request('b'))).toMatchObject({ ok: true, value: { jobId: 'b' } });
    await fragile.stop();
  });

  it('does not wait for ever, and reports a worker that cannot start', async () => {
    const broken = createLabelWorkerClient({
      startWorker: () => startWorker({ ...data, fontPath: '/nowhere/font.ttc' }),
      reportFault: (fault) => faults.push(fault),
    });
    expect(await broken.make(request('a'))).toEqual({ ok: false, error: { code: 'label-worker-died' } });
    expect(faults.at(-1)?.message).toContain('ENOENT');
    const late = createLabelWorkerClient({
      startWorker: () => startWorker(data),
      timeoutMs: 1,
      reportFault: () => undefined,
    });
    expect(await late.make(request('a'))).toEqual({ ok: false, error: { code: 'label-worker-late' } });
    await late.stop();
  });
});
