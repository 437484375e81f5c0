/** Hands a window one end of a message channel for the ingest worker, and main the other. */
import { MessageChannelMain, type WebContents } from 'electron';
import { FEED_PORT_CHANNEL } from '@shared/contract/channel-names';
import type { FeedPort } from '../wiring/ports';

/**
 * @param findPage the page of a window, null once it is gone
 * @returns opens a port to a window's worker; rejects when the window is gone
 */
export function createFeedPortOpener(
  findPage: (windowId: number) => WebContents | null,
): (windowId: number) => Promise<FeedPort> {
  return async (windowId) => {
    const page = findPage(windowId);
    if (page === null) throw new Error('the window is gone');
    const { port1: forPage, port2: ours } = new MessageChannelMain();
    page.postMessage(FEED_PORT_CHANNEL, null, [forPage]);
    return {
      postMessage: (message) => ours.postMessage(message),
      onMessage: (listener) => {
        ours.on('message', ({ data }: { data: unknown }) => listener(data));
        // Messages wait in the port until it is started, so none is lost before the listener is there.
        ours.start();
      },
      onClose: (listener) => {
        ours.on('close', listener);
      },
      close: () => ours.close(),
    };
  };
}
