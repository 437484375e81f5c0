/**
 * What Medusa means by an answer that is not 2xx. Observed in 2.21.2: its own refusals are JSON `{type, message, code?}`, where
 * `type` is one of a closed list and `message` free text; a 401 has only `{message}`. A page that is not JSON never gets here.
 */
import { z } from 'zod';
import type { GatewayFailure, GatewayFailureCode } from '@shared/domain/gateway-failure';
import type { HttpAnswer } from '../http-gateway';

const envelope = z.object({
  message: z.string(),
  type: z.string().max(100).optional(),
  code: z.string().max(100).nullish(),
});

/** Failures by status, when the answer is Medusa's own. Others below 500 are refusals for good. */
const BY_STATUS: Readonly<Record<number, GatewayFailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  // Medusa's `conflict`: another workflow holds the same rows; the call may be repeated after reading back.
  409: 'server-error',
  429: 'throttled',
};

/**
 * Reads an answer with a status of 400 or more. JSON that is not Medusa's envelope is a gateway in between and proves nothing.
 * Only the error's type is kept: its message may quote what we sent.
 */
export function readFailure(answer: HttpAnswer): GatewayFailure {
  const { status, retryAt } = answer;
  const parsed = envelope.safeParse(answer.body);
  if (status === 429) return { code: 'throttled', status, detail: 'too-often', notBefore: retryAt };
  if (!parsed.success || (parsed.data.type === undefined && status !== 401)) {
    return { code: 'bad-gateway', status, detail: 'not-the-shops-format', notBefore: retryAt };
  }
  const code = BY_STATUS[status] ?? (status >= 500 ? 'server-error' : 'refused');
  return { code, status, detail: parsed.data.type ?? 'unauthorized', notBefore: retryAt };
}
