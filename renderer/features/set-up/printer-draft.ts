/** A printer as a person types it. */
import { printerSettings, type PrinterSettings } from '@shared/contract/printing';

/** The models in resources/printers; a test compares this list with that folder. */
export const PRINTER_MODELS = [
  'generic-zpl-203',
  'generic-zpl-300',
  'zebra-zd421-203',
  'zebra-zd421-300',
  'generic-escpos-80',
  'generic-escpos-58',
] as const;
export type PrinterModel = (typeof PRINTER_MODELS)[number];

export interface PrinterDraft {
  readonly printerId: string;
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly model: PrinterModel;
}

/** 9100 is the port on which label printers take raw data. */
export const NEW_PRINTER: PrinterDraft = { printerId: '', name: '', host: '', port: '9100', model: 'generic-zpl-203' };

const isModel = (model: string): model is PrinterModel => PRINTER_MODELS.some((known) => known === model);

export function draftOfPrinter(settings: PrinterSettings): PrinterDraft {
  return {
    printerId: settings.printerId,
    name: settings.name,
    host: settings.transport.host,
    port: String(settings.transport.port),
    model: isModel(settings.model) ? settings.model : 'generic-zpl-203',
  };
}

export type PrinterField = 'name' | 'host' | 'port';
export type ParsedPrinter =
  | { readonly ok: true; readonly settings: PrinterSettings }
  | { readonly ok: false; readonly problems: ReadonlySet<PrinterField> };

/** @param freshId id for a printer that has none yet. */
export function parsePrinter(draft: PrinterDraft, freshId: string): ParsedPrinter {
  const parsed = printerSettings.safeParse({
    printerId: draft.printerId === '' ? freshId : draft.printerId,
    name: draft.name.trim(),
    documents: ['waybill', 'test-page'],
    transport: {
      kind: 'tcp',
      host: draft.host.trim(),
      port: draft.port.trim() === '' ? Number.NaN : Number(draft.port),
    },
    model: draft.model,
  });
  if (parsed.success) return { ok: true, settings: parsed.data };
  const problems = new Set<PrinterField>();
  for (const { path } of parsed.error.issues) {
    const last = path.at(-1);
    if (last === 'name' || last === 'host' || last === 'port') problems.add(last);
  }
  return { ok: false, problems };
}
