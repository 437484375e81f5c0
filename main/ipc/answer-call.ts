/** One call of the contract from arrival to answer, without Electron: validated in, validated out, never thrown. */
import type { z } from 'zod';
import type { CallDefinition } from '@shared/contract/define-area';
import { refused, type Reply } from '@shared/contract/envelope';
import type { ErrorCode } from '@shared/contract/error-codes';
import type { CallContext, Logger } from '../wiring/ports';

/**
 * A handler whose ask is not known by type here: `answerCall` has validated it against the definition that the handler was
 * registered with, and only then hands it over.
 */
export type ErasedHandler = (ask: never, context: CallContext) => Promise<Reply<unknown>> | Reply<unknown>;

/** Codes that any call may be refused with, beside those its definition lists. */
const GENERAL_CODES: ReadonlySet<ErrorCode> = new Set([
  'bad-request',
  'bad-answer',
  'unknown-sender',
  'internal',
  'not-allowed',
  'not-signed-in',
  'vault-locked',
]);

/**
 * Answers one call. @param name `area.call`, for the log. Refuses with `bad-request` (path of the first problem, never the value), `internal` when the handler throws (logged), and
 * `bad-answer` when what it answered does not fit the contract.
 */
export async function answerCall(
  name: string,
  definition: CallDefinition,
  handler: ErasedHandler,
  ask: unknown,
  context: CallContext,
  logger: Logger,
): Promise<Reply<unknown>> {
  const parsed = definition.ask.safeParse(ask);
  if (!parsed.success) {
    const problem = describeProblem(parsed.error);
    logger.warn('call-with-bad-request', { call: name, ...problem });
    return refused('bad-request', problem);
  }
  const reply = await runHandler(name, handler, parsed.data, context, logger);
  if (!reply.ok) {
    const { code } = reply.error;
    if (!GENERAL_CODES.has(code) && !definition.refuses.includes(code)) {
      logger.warn('refusal-outside-contract', { call: name, code });
    }
    return reply;
  }
  const answer = definition.answer.safeParse(reply.value);
  if (answer.success) return { ok: true, value: answer.data };
  const problem = describeProblem(answer.error);
  logger.warn('bad-answer', { call: name, ...problem });
  return refused('bad-answer', problem);
}

async function runHandler(
  name: string,
  handler: ErasedHandler,
  ask: unknown,
  context: CallContext,
  logger: Logger,
): Promise<Reply<unknown>> {
  try {
    return await handler(ask as never, context);
  } catch (error) {
    logger.error('handler-failed', error, { call: name });
    return refused('internal');
  }
}

/** Where the first problem is and of what kind; zod's own sentence is left out because it may quote the value. */
function describeProblem(error: z.ZodError): { readonly path: string; readonly problem: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { path: '', problem: 'invalid' };
  return { path: issue.path.map(String).join('.').slice(0, 300), problem: issue.code };
}
