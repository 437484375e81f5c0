/** What one printer model can do: data in resources/printers, one JSON file a model. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ok, refuse, type Result } from '@shared/language/result';

export const printerCapability = z.strictObject({
  schema: z.literal('tallyman.printer'),
  version: z.literal(1),
  /** Equals the file's name without `.json`. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  maker: z.string().min(1).max(60),
  model: z.string().min(1).max(60),
  language: z.enum(['zpl', 'escpos']),
  /** What the maker calls the resolution, and what it is: "203 dpi" heads have 8 dots a millimetre. */
  dpi: z.number().int().min(100).max(1200),
  dotsPerMm: z.number().min(4).max(48),
  /** Width of the print head. */
  maxWidthDots: z.number().int().min(100).max(5000),
  /** False: barcodes are sent as dots. */
  nativeBarcodes: z.boolean(),
  zpl: z
    .strictObject({
      /** Reads pictures as zlib streams; many clones do not. */
      z64: z.boolean(),
      /** Dots by which ^BQ draws below its origin (the bar height of ^BY), 0…20; 0 for clones that do not. */
      qrDropDots: z.number().int().min(0).max(20),
    })
    .optional(),
  status: z.strictObject({
    protocol: z.enum(['zpl-host-status', 'escpos-dle-eot', 'none']),
    /**
     * always: silence means trouble. maybe: silence at the first question means that it cannot tell. never: is not asked.
     */
    answers: z.enum(['always', 'maybe', 'never']),
    answerTimeoutMs: z.number().int().min(50).max(10_000),
  }),
  /** Sources and doubts, for people. */
  notes: z.string().max(1000).optional(),
});
export type PrinterCapability = z.output<typeof printerCapability>;

export interface CapabilityProblem {
  readonly file: string;
  /** Where in the file; empty when the file as a whole is wrong. */
  readonly path: string;
  readonly message: string;
}

const parseFile = (file: string, text: string): Result<PrinterCapability, readonly CapabilityProblem[]> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return refuse([{ file, path: '', message: cause instanceof Error ? cause.message : 'is not JSON' }]);
  }
  const parsed = printerCapability.safeParse(value);
  if (!parsed.success)
    return refuse(
      parsed.error.issues.map((issue) => ({ file, path: issue.path.map(String).join('.'), message: issue.message })),
    );
  if (`${parsed.data.id}.json` !== file) return refuse([{ file, path: 'id', message: 'is not the name of the file' }]);
  if (parsed.data.language === 'zpl' && parsed.data.zpl === undefined)
    return refuse([{ file, path: 'zpl', message: 'is missing for a ZPL printer' }]);
  return ok(parsed.data);
};

export interface LoadedCapabilities {
  readonly printers: ReadonlyMap<string, PrinterCapability>;
  /** Files that were left out, and why. One bad file never takes the others away. */
  readonly problems: readonly CapabilityProblem[];
}

/** Reads every `*.json` of a folder. @throws the file system's error when the folder itself cannot be read. */
export const loadPrinterCapabilities = async (folder: string): Promise<LoadedCapabilities> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const printers = new Map<string, PrinterCapability>();
  const problems: CapabilityProblem[] = [];
  for (const file of files) {
    const parsed = parseFile(file, await readFile(join(folder, file), 'utf8'));
    if (parsed.ok) printers.set(parsed.value.id, parsed.value);
    else problems.push(...parsed.error);
  }
  return { printers, problems };
};
