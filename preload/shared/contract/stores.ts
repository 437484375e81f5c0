import { z } from 'zod';
import { instant } from '../units/instant';
import { storeId } from '../domain/ids';
import { gatewayFailure } from '../domain/gateway-failure';
import { storePolicy } from '../domain/store';
import { call, defineArea, event } from './define-area';

/** How a Medusa shop is reached. Its secret key travels beside it, once, and is kept in the vault. */
export const medusaConnection = z.object({
  kind: z.literal('medusa'),
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** Stock location whose stock the fulfilments use; null: the only one there is. */
  locationId: z.string().max(100).nullable(),
  lookBackDays: z.number().int().min(1).max(365),
  pollSeconds: z.number().int().min(1).max(3600),
});
export type MedusaConnection = z.infer<typeof medusaConnection>;

export const storeSecret = z.union([
  z.object({ apiKey: z.string().min(8).max(500) }),
  z.object({ email: z.string().min(3).max(200), password: z.string().min(1).max(200) }),
]);
export type StoreSecret = z.infer<typeof storeSecret>;

/** How old the station's knowledge of a store is, and why. */
export const freshness = z.object({
  storeId,
  state: z.enum(['never', 'pulling', 'fresh', 'silent', 'refused', 'offline', 'no-worker']),
  /** Last moment at which the shop's answer was caught up with and applied. */
  caughtUpAt: instant.nullable(),
  failure: gatewayFailure.nullable(),
  failingSince: instant.nullable(),
  /** Orders that could not be read in the last pulls. */
  unreadable: z.array(z.object({ orderNo: z.string().max(100), why: z.string().max(300) })).max(200),
  /** Shop's clock minus this machine's, milliseconds; null when unknown. */
  clockSkewMs: z.number().nullable(),
});
export type Freshness = z.infer<typeof freshness>;

export const storeView = z.object({
  policy: storePolicy,
  connection: medusaConnection,
  hasSecret: z.boolean(),
  freshness,
});
export type StoreView = z.infer<typeof storeView>;

export const storesArea = defineArea(
  'stores',
  {
    list: call({ ask: z.null(), answer: z.array(storeView), refuses: [] }),
    /** A missing secret keeps the stored one. */
    save: call({
      ask: z.object({ policy: storePolicy, connection: medusaConnection, secret: storeSecret.nullable() }),
      answer: z.null(),
      refuses: ['not-allowed', 'vault-locked', 'settings-not-saved'],
    }),
    remove: call({
      ask: z.object({ storeId }),
      answer: z.null(),
      refuses: ['not-allowed', 'store-unknown', 'settings-not-saved'],
    }),
    /** Tries a connection without saving it; answers what was found. */
    test: call({
      ask: z.object({ connection: medusaConnection, secret: storeSecret.nullable(), storeId: storeId.nullable() }),
      answer: z.object({
        latencyMs: z.number(),
        openOrders: z.number().int(),
        firstOrders: z.array(z.string().max(100)).max(10),
      }),
      refuses: ['not-allowed', 'store-unreachable', 'store-refused', 'vault-locked'],
    }),
    pullNow: call({ ask: z.object({ storeId }), answer: z.null(), refuses: ['store-unknown'] }),
  },
  { freshnessChanged: event({ carries: freshness }) },
);
