/** What the windows and the ingest worker of one profile say to each other. All of them see every message. */
import { z } from 'zod';
import { instant } from '@shared/units/instant';
import { orderKey, shipmentId, storeId } from '@shared/domain/ids';
import { orderVersion } from '@shared/domain/order';
import { shipmentPlan } from '@shared/domain/shipment';

export const BENCH_CHANNEL = 'tallyman-bench';

const planRow = z.object({
  shipmentId,
  changed: z.number().int().min(1),
  plan: shipmentPlan,
  gone: z.boolean(),
  source: z.object({ version: orderVersion, readAt: instant, fingerprint: z.string() }).nullable(),
});

export const benchMessage = z.discriminatedUnion('kind', [
  /** The worker committed plans, after those up to `from`; a window that is not there yet reads the rest itself. */
  z.object({
    kind: z.literal('plans-changed'),
    from: z.number().int().min(0),
    to: z.number().int().min(1),
    rows: z.array(planRow),
  }),
  /** Hands are busy: sync gives way for a moment. */
  z.object({ kind: z.literal('hands-busy') }),
  /** A window wants these orders read again from their shop. */
  z.object({ kind: z.literal('read-orders'), orders: z.array(z.object({ orderKey, storeId })).max(100) }),
  /** The database cannot be written; `code` is a storage code, never content. */
  z.object({ kind: z.literal('ingest-trouble'), code: z.string().max(200) }),
]);
export type BenchMessage = z.infer<typeof benchMessage>;

/** A BroadcastChannel, as far as it is used here. */
export interface ChannelLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

export interface BenchChannel {
  post(message: BenchMessage): void;
  /** What is not understood is passed over: another build's window may be open during an update. @returns cancel. */
  listen(listener: (message: BenchMessage) => void): () => void;
  close(): void;
}

/** Types and checks a channel. @param channel by default the profile's own BroadcastChannel. */
export function openBenchChannel(channel: ChannelLike = new BroadcastChannel(BENCH_CHANNEL)): BenchChannel {
  const listeners = new Set<(message: BenchMessage) => void>();
  channel.addEventListener('message', (event) => {
    const parsed = benchMessage.safeParse(event.data);
    if (parsed.success) for (const listener of [...listeners]) listener(parsed.data);
  });
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => channel.close(),
  };
}
