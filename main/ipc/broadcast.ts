/** Tells every window that is alive, after the carried value was checked against the contract. */
import { eventChannel } from '@shared/contract/channel-names';
import type { EventDefinition } from '@shared/contract/define-area';
import { AREAS } from '@shared/contract/station';
import type { Broadcast, Logger } from '../wiring/ports';

/** A window as far as telling it something goes. */
export interface Listener {
  send(channel: string, carried: unknown): void;
}

/**
 * Makes the broadcast. A value that does not fit the contract is not sent and logged, because a window could not use it
 * and the mistake is ours. @param listeners windows alive now
 */
export function createBroadcast(listeners: () => readonly Listener[], logger: Logger): Broadcast {
  return (area, event, carried) => {
    const events: Readonly<Record<string, EventDefinition>> = AREAS[area].events;
    const parsed = events[event]?.carries.safeParse(carried);
    if (parsed?.success !== true) {
      const path = parsed?.error.issues[0]?.path.map(String).join('.') ?? '';
      logger.error('broadcast-does-not-fit-contract', new Error('value not sent'), { area, event, path });
      return;
    }
    const channel = eventChannel(area, event);
    for (const listener of listeners()) listener.send(channel, parsed.data);
  };
}
