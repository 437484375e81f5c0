/** What can go wrong at the practice shop, on command. A fault meets matching requests until its `times` are used up. */
import { z } from 'zod';

const match = {
  method: z.enum(['GET', 'POST']).optional(),
  /** A regular expression over the path without its query. */
  path: z.string().max(300).optional(),
  /** How many requests meet it; until it is cleared when left out. */
  times: z.number().int().min(1).max(1_000_000).optional(),
};

export const faultRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slow'), ms: z.number().int().min(1).max(600_000), ...match }),
  /** The work is done, a gateway's page with 504 goes back. */
  z.strictObject({ kind: z.literal('gateway-timeout'), ...match }),
  /** The work is done, half of the answer goes back. */
  z.strictObject({ kind: z.literal('truncated'), ...match }),
  /** Nothing is done, an HTML page goes back. */
  z.strictObject({ kind: z.literal('html'), status: z.number().int().min(200).max(599).default(502), ...match }),
  /** Nothing is done, Medusa's own 500 goes back. */
  z.strictObject({ kind: z.literal('server-error'), ...match }),
  z.strictObject({
    kind: z.literal('throttle'),
    retryAfterSeconds: z.number().int().min(0).max(3_600).default(2),
    ...match,
  }),
  z.strictObject({ kind: z.literal('drop-before'), ...match }),
  z.strictObject({ kind: z.literal('drop-after'), ...match }),
  z.strictObject({ kind: z.literal('hang'), ...match }),
]);
export type ShopFault = z.infer<typeof faultRequest>;

export interface FaultList {
  add(fault: ShopFault): void;
  clear(): void;
  list(): readonly ShopFault[];
  /** The first fault that meets this request, used up by one. */
  take(method: string, path: string): ShopFault | null;
}

export function keepFaults(): FaultList {
  let faults: { readonly fault: ShopFault; left: number }[] = [];
  return {
    add: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear: () => (faults = []),
    list: () => faults.map(({ fault }) => fault),
    take: (method, path) => {
      const found = faults.find(
        ({ fault }) => (fault.method ?? method) === method && new RegExp(fault.path ?? '').test(path),
      );
      if (found === undefined) return null;
      found.left--;
      faults = faults.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
}
