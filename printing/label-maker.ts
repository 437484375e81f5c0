/**
 * From a document to the bytes of one printer language, in one call. Runs in a worker thread of main (raster-worker.ts), and the
 * same code runs in-process in tests, in the preview and in benchmarks.
 */
import { deflateSync } from 'node:zlib';
import type { ZodError } from 'zod';
import { ok, refuse, type Result } from '@shared/language/result';
import { buildWaybillPage } from './documents/build-page';
import type { LabelTemplate } from './documents/label-template';
import { buildPackingSlipPage } from './documents/build-packing-slip-page';
import { packingSlipDocument } from './documents/packing-slip-document';
import { waybillDocument } from './documents/waybill-document';
import { encodeZpl, zplTrace } from './encoders/zpl/encode-zpl';
import { makeReceiptJob, receiptTrace } from './escpos-receipt';
import type { Bitmap, DotPage } from './layout/dot-page';
import type { Page } from './layout/page';
import { placePage, type LayoutReport, type OutsidePage, type PlacedPage } from './layout/place-page';
import type { PrinterCapability } from './printers/capabilities';
import { drawPage, flattenPage, type DrawRefusal } from './raster/draw-page';
import { createGlyphCache } from './raster/glyph-cache';
import { openLabelFont } from './raster/label-font';

/** The template that is built in: a roll has no fixed length, so no template file can describe it. */
export const PACKING_SLIP = 'packing-slip';

export interface LabelRequest {
  readonly jobId: string;
  /**
   * A WaybillDocumentInput, or a PackingSlipInput for the template `packing-slip`. It has crossed a process border, so it is
   * checked here and refused as `document-invalid`.
   */
  readonly document: unknown;
  /** A template of resources/label-templates, or PACKING_SLIP, which is as wide as the printer. */
  readonly templateId: string;
  readonly printer: PrinterCapability;
}

export interface MadeLabel {
  readonly jobId: string;
  readonly bytes: Uint8Array;
  /** The job in words, a line per command; safe to log: element names and sizes, never a person's data. */
  readonly trace: readonly string[];
  readonly report: LayoutReport;
}

/** Why no label was made. Nothing of it holds a person's data. */
export type LabelRefusal =
  | { readonly code: 'template-unknown'; readonly templateId: string }
  | { readonly code: 'document-invalid'; readonly paths: readonly string[] }
  | { readonly code: 'label-wider-than-printer'; readonly widthDots: number; readonly maxWidthDots: number }
  | OutsidePage
  | DrawRefusal;

export interface LabelMaker {
  /** Makes the bytes of one label. Same request, same bytes. */
  make(request: LabelRequest): Result<MadeLabel, LabelRefusal>;
  /** Draws the label as one picture at the printer's resolution, barcodes as dots: for previews. */
  preview(request: LabelRequest): Result<{ readonly bitmap: Bitmap; readonly report: LayoutReport }, LabelRefusal>;
}

export interface LabelMakerOptions {
  /** The font file's bytes; opening it takes some 20 ms. */
  readonly fontBytes: Uint8Array;
  /** Templates by id, already parsed. */
  readonly templates: ReadonlyMap<string, LabelTemplate>;
}

interface Encoded {
  readonly bytes: Uint8Array;
  readonly trace: readonly string[];
}

const encode = (page: DotPage, { language, zpl }: PrinterCapability): Encoded => {
  if (language === 'escpos') {
    const receipt = makeReceiptJob(flattenPage(page));
    return { bytes: receipt.bytes, trace: receiptTrace(receipt.commands) };
  }
  const compression = zpl?.z64
    ? ({ kind: 'z64', deflate: (bytes: Uint8Array) => deflateSync(bytes, { level: 6 }) } as const)
    : ({ kind: 'acs' } as const);
  const job = encodeZpl(page, { compression, qrDropDots: zpl?.qrDropDots ?? 0 });
  return { bytes: job.bytes, trace: zplTrace(job.commands) };
};

const invalid = (error: ZodError): Result<never, LabelRefusal> =>
  refuse({ code: 'document-invalid', paths: error.issues.map((issue) => issue.path.map(String).join('.')) });

const pageOf = (request: LabelRequest, templates: ReadonlyMap<string, LabelTemplate>): Result<Page, LabelRefusal> => {
  const { document, templateId, printer } = request;
  if (templateId === PACKING_SLIP) {
    const slip = packingSlipDocument.safeParse(document);
    if (!slip.success) return invalid(slip.error);
    return ok(buildPackingSlipPage(slip.data, printer.maxWidthDots / printer.dotsPerMm));
  }
  const template = templates.get(templateId);
  if (template === undefined) return refuse({ code: 'template-unknown', templateId });
  const waybill = waybillDocument.safeParse(document);
  return waybill.success ? ok(buildWaybillPage(template, waybill.data)) : invalid(waybill.error);
};

/** Opens the font and readies a maker. Keeps a glyph cache, so make one and keep it. @throws Error for bytes that are no font. */
export const createLabelMaker = ({ fontBytes, templates }: LabelMakerOptions): LabelMaker => {
  const font = openLabelFont(fontBytes);
  const glyphs = createGlyphCache(font);

  const placed = (request: LabelRequest): Result<PlacedPage, LabelRefusal> => {
    const page = pageOf(request, templates);
    return page.ok ? placePage(page.value, font) : page;
  };

  const drawn = (request: LabelRequest): Result<{ page: DotPage; report: LayoutReport }, LabelRefusal> => {
    const page = placed(request);
    if (!page.ok) return page;
    const dots = drawPage(page.value, request.printer, glyphs, font.advanceOf);
    if (!dots.ok) return dots;
    const { maxWidthDots } = request.printer;
    const { widthDots } = dots.value;
    if (widthDots > maxWidthDots) return refuse({ code: 'label-wider-than-printer', widthDots, maxWidthDots });
    return ok({ page: dots.value, report: page.value.report });
  };

  return {
    make: (request) => {
      const label = drawn(request);
      if (!label.ok) return label;
      return ok({ jobId: request.jobId, report: label.value.report, ...encode(label.value.page, request.printer) });
    },
    preview: (request) => {
      const label = drawn(request);
      return label.ok ? ok({ bitmap: flattenPage(label.value.page), report: label.value.report }) : label;
    },
  };
};
