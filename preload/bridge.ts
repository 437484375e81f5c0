/**
 * The one door between a sandboxed page and the main process. It carries names only: what may be asked and what may be heard
 * is what CHANNELS lists. Types and validation are on both sides of it, never in it.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { callChannel, CHANNELS, eventChannel, FEED_PORT_CHANNEL } from './shared/contract/channel-names';
import type { RawBridge } from './shared/contract/station';

const calls = new Set<string>();
const events = new Set<string>();
for (const [area, names] of Object.entries(CHANNELS)) {
  for (const name of names.calls) calls.add(callChannel(area, name));
  for (const name of names.events) events.add(eventChannel(area, name));
}

const refusedWith = (code: string) => ({ ok: false, error: { code, params: {} } });

const bridge: RawBridge = {
  async call(area, name, ask) {
    const channel = callChannel(area, name);
    if (!calls.has(channel)) return refusedWith('bad-request');
    try {
      const reply: unknown = await ipcRenderer.invoke(channel, ask);
      return reply;
    } catch {
      // Main is going down, or the ask cannot be cloned; its message may quote data and stays here.
      return refusedWith('internal');
    }
  },
  on(area, name, listener) {
    const channel = eventChannel(area, name);
    if (!events.has(channel)) return () => undefined;
    const relay = (_event: IpcRendererEvent, carried: unknown): void => {
      listener(carried);
    };
    ipcRenderer.on(channel, relay);
    return () => {
      ipcRenderer.removeListener(channel, relay);
    };
  },
};

contextBridge.exposeInMainWorld('station', bridge);

// Ports cannot pass through contextBridge: the page receives the feed's port as a window message of its own origin.
ipcRenderer.on(FEED_PORT_CHANNEL, (event) => {
  window.postMessage({ channel: FEED_PORT_CHANNEL }, window.location.origin, event.ports);
});
