/** How a call to an outside system failed, decided from a parsed answer, never from message text. */
import { z } from 'zod';
import { instant } from '../units/instant';

export const gatewayFailureCode = z.enum([
  'offline', // no connection could be made; nothing reached the other side
  'cut', // the connection ended or timed out after the request may have been sent: unknown whether it took effect
  'bad-gateway', // 502/503/504 or a page that is not the shop's own format: unknown whether it took effect
  'throttled', // the shop said "too often"; see notBefore
  'unauthorized', // login refused or expired
  'forbidden', // a permission is missing
  'refused', // the shop itself said no, in its own format, for good
  'not-found',
  'unreadable', // the right service answered something that its own format does not allow
  'server-error', // the shop's own format, 5xx: may be repeated after a read-back
]);
export type GatewayFailureCode = z.infer<typeof gatewayFailureCode>;

export const gatewayFailure = z.object({
  code: gatewayFailureCode,
  /** HTTP status where there was one. */
  status: z.number().int().nullable(),
  /** The shop's own error type or code (never its free text with personal data), at most 200 characters. */
  detail: z.string().max(200),
  notBefore: instant.nullable(),
});
export type GatewayFailure = z.infer<typeof gatewayFailure>;
