/** Every answer over the bridge is a value: success, or a typed refusal. Nothing is thrown across. */
import { z } from 'zod';
import { errorCode, type ErrorCode } from './error-codes';

/** Named values for the error's sentences; never personal data. */
export const errorParams = z.record(
  z.string(),
  z.union([z.string().max(500), z.number(), z.array(z.string().max(500)).max(200)]),
);
export type ErrorParams = z.infer<typeof errorParams>;

export const stationError = z.object({ code: errorCode, params: errorParams });
export type StationError = z.infer<typeof stationError>;

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: StationError };

/** The envelope around an area's answer, for checking on arrival. */
export const replySchema = <T extends z.ZodType>(answer: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: answer }),
    z.object({ ok: z.literal(false), error: stationError }),
  ]);

export const answered = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const refused = (
  code: ErrorCode,
  params: ErrorParams = {},
): { readonly ok: false; readonly error: StationError } => ({
  ok: false,
  error: { code, params },
});
