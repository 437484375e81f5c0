/** What crosses between main and the label worker; checked on arrival in the worker, which is the side that must not die. */
import { z } from 'zod';
import type { Result } from '@shared/language/result';
import type { LabelRefusal, MadeLabel } from './label-maker';
import { printerCapability } from './printers/capabilities';

/** Handed over as workerData. Paths are absolute. */
export const rasterWorkerData = z.strictObject({ fontPath: z.string().min(1), templatesFolder: z.string().min(1) });
export type RasterWorkerData = z.output<typeof rasterWorkerData>;

/** The document is checked by the label maker, whose refusal names the paths that are wrong. */
export const makeMessage = z.strictObject({
  /** Counted up by the sender: pairs answers with questions. */
  requestNo: z.number().int().min(0),
  request: z.strictObject({
    jobId: z.string().min(1),
    document: z.unknown(),
    templateId: z.string(),
    printer: printerCapability,
  }),
});
export type MakeMessage = z.output<typeof makeMessage>;

export type WorkerFailure =
  { readonly code: 'request-invalid' } | { readonly code: 'label-fault'; readonly message: string };

export type WorkerAnswer =
  /** Sent once, when font and templates are open. */
  | { readonly kind: 'ready'; readonly templateIds: readonly string[] }
  | {
      readonly kind: 'answer';
      readonly requestNo: number;
      readonly result: Result<MadeLabel, LabelRefusal | WorkerFailure>;
    };
