/** Asks the station through a window's own bridge, as the page does. */
import type { Page } from 'playwright';

export interface BridgeReply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly params: Readonly<Record<string, unknown>> };
}

/** What the tests need to know of the page's `window.station`. */
export interface Bridge {
  call(area: string, name: string, ask: unknown): Promise<BridgeReply>;
  on(area: string, name: string, listener: (carried: unknown) => void): () => void;
}
export type PageWithBridge = typeof globalThis & { station: Bridge };

/** Calls `area.name` from inside a window. */
export const callStation = (window: Page, area: string, name: string, ask: unknown): Promise<BridgeReply> =>
  window.evaluate(([area, name, ask]) => (globalThis as PageWithBridge).station.call(area, name, ask), [
    area,
    name,
    ask,
  ] as const);

/** The value of a call that must succeed. @throws Error with the refusal's code */
export async function valueOf(window: Page, area: string, name: string, ask: unknown): Promise<unknown> {
  const reply = await callStation(window, area, name, ask);
  if (!reply.ok) throw new Error(`${area}.${name} was refused: ${reply.error?.code ?? 'no code'}`);
  return reply.value;
}
