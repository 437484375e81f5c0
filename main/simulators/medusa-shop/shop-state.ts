/** What the practice shop remembers: its orders with their fulfilments, in memory and, if asked for, in a file. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const simLine = z.object({
  id: z.string(),
  sku: z.string(),
  quantity: z.number(),
  fulfilled: z.number(),
  shipped: z.number(),
});

const simFulfillment = z.object({
  id: z.string(),
  createdAt: z.number(),
  shippedAt: z.number().nullable(),
  canceledAt: z.number().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  units: z.array(z.object({ lineId: z.string(), quantity: z.number() })),
  numbers: z.array(z.string()),
});
export type SimFulfillment = z.infer<typeof simFulfillment>;

const simOrder = z.object({
  id: z.string(),
  /** Digits; written as a JSON number, also when it is longer than a double can hold. */
  displayId: z.string().regex(/^\d{1,30}$/),
  status: z.string(),
  version: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
  canceledAt: z.number().nullable(),
  /** Yuan. */
  shipping: z.number(),
  capturedAt: z.number().nullable(),
  /** Yuan, one per refund. */
  refunds: z.array(z.number()),
  lines: z.array(simLine),
  fulfillments: z.array(simFulfillment),
  address: z.object({
    firstName: z.string(),
    lastName: z.string(),
    phone: z.string(),
    province: z.string(),
    city: z.string(),
    district: z.string(),
    street: z.string(),
    postcode: z.string(),
  }),
  metadata: z.record(z.string(), z.unknown()),
  /** Raw words shown instead of the computed ones, to play a shop that knows more states than we do. */
  shownPayment: z.string().nullable(),
  shownFulfillment: z.string().nullable(),
  shownCurrency: z.string(),
});
export type SimOrder = z.infer<typeof simOrder>;

const stateFile = z.object({ version: z.literal(1), nextNumber: z.number(), orders: z.array(simOrder) });

export interface ShopState {
  /** Orders by id; ids sort in the order of their making, as Medusa's do. */
  readonly orders: Map<string, SimOrder>;
  /** Draws the next number of this shop; each is used once. */
  nextNumber(): number;
  /** Writes the state down, if it is kept. */
  save(): void;
}

/**
 * Opens the state. @param file null keeps it in memory only. @throws Error for a file that is there but cannot be read: it is not
 * overwritten, because a demo that silently forgets its orders teaches the wrong thing.
 */
export function openShopState(file: string | null): ShopState {
  const kept = file === null ? null : readState(file);
  const orders = new Map((kept?.orders ?? []).map((order) => [order.id, order]));
  let next = kept?.nextNumber ?? 1;
  return {
    orders,
    nextNumber: () => next++,
    save: () => {
      if (file === null) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.part`, JSON.stringify({ version: 1, nextNumber: next, orders: [...orders.values()] }));
      renameSync(`${file}.part`, file);
    },
  };
}

function readState(file: string): z.infer<typeof stateFile> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return stateFile.parse(JSON.parse(text));
}
