/** Connects every call that CHANNELS names with its handler: one channel per call, sender check first. */
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { callChannel, CHANNELS, type AreaName } from '@shared/contract/channel-names';
import type { CallDefinition } from '@shared/contract/define-area';
import { refused, type Reply } from '@shared/contract/envelope';
import { isTrustedSender } from '../security/trusted-sender';
import type { Logger } from '../wiring/ports';
import { answerCall, type ErasedHandler } from './answer-call';

/** An area's definition and what implements it. */
export interface AreaBinding {
  readonly calls: Readonly<Record<string, CallDefinition>>;
  readonly handlers: Readonly<Record<string, ErasedHandler>>;
}

export interface RegistrationContext {
  readonly origin: string;
  /** Ids of the windows that have the bridge, asked at every message. */
  readonly ownWindows: () => ReadonlySet<number>;
  /** May resolve later: a call that arrives before waits for it, and is refused with `internal` when it fails. */
  readonly bindingOf: (area: AreaName) => Promise<AreaBinding>;
  readonly logger: Logger;
}

/**
 * Registers every call of every area by its name alone, so that the first window can ask before schemas and handlers are
 * loaded. Senders that are not our own pages are refused with `unknown-sender` and see nothing else.
 */
export function registerAllCalls(context: RegistrationContext): void {
  for (const area of Object.keys(CHANNELS).filter(isArea)) {
    for (const name of CHANNELS[area].calls) {
      ipcMain.handle(callChannel(area, name), (event, ask: unknown) => receive(area, name, event, ask, context));
    }
  }
}

async function receive(
  area: AreaName,
  name: string,
  event: IpcMainInvokeEvent,
  ask: unknown,
  context: RegistrationContext,
): Promise<Reply<unknown>> {
  const { logger } = context;
  const call = `${area}.${name}`;
  const windowId = event.sender.id;
  if (!comesFromUs(event, context)) {
    logger.warn('call-from-unknown-sender', { call, windowId });
    return refused('unknown-sender');
  }
  try {
    const binding = await context.bindingOf(area);
    const [definition, handler] = [binding.calls[name], binding.handlers[name]];
    if (definition === undefined || handler === undefined) throw new Error('no handler');
    return await answerCall(call, definition, handler, ask, { windowId }, logger);
  } catch (error) {
    logger.error('call-not-served', error, { call });
    return refused('internal');
  }
}

const isArea = (name: string): name is AreaName => name in CHANNELS;

function comesFromUs(event: IpcMainInvokeEvent, context: RegistrationContext): boolean {
  const frame = event.senderFrame;
  if (frame === null) return false;
  const sender = { frameUrl: frame.url, isTopFrame: frame.parent === null, windowId: event.sender.id };
  return isTrustedSender(sender, context.origin, context.ownWindows());
}
