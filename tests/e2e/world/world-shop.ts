/** A shop of a test's world, real or simulated: orders are made and looked at by its own interface, never through the program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CATALOGUE } from '../../../main/simulators/medusa-shop/catalogue';
import { PROJECT_ROOT } from '../../../scripts/places.mjs';
import type { MedusaRig, RigSku } from '../../rigs/medusa-rig';
import { PRODUCTS } from '../../rigs/medusa/shop-config.mjs';

export type Sku = RigSku;

export interface OrderedLine {
  readonly sku: Sku;
  readonly quantity: number;
}

export interface WorldOrder {
  /** The platform's own number; the label's QR carries it. */
  readonly id: string;
  /** What a person reads and scans. */
  readonly displayNo: string;
  readonly lines: readonly (OrderedLine & { readonly id: string })[];
}

const shownShipment = z.object({
  id: z.string(),
  canceled: z.boolean(),
  shipped: z.boolean(),
  numbers: z.array(z.string()),
  units: z.array(z.object({ lineId: z.string(), quantity: z.number() })),
});
/** One fulfilment as the shop itself shows it. */
export type ShownShipment = Readonly<z.infer<typeof shownShipment>>;

export interface WorldShop {
  readonly baseUrl: string;
  readonly secretKey: string;
  readonly locationId: string;
  barcodeOf(sku: Sku): string;
  addOrder(lines: readonly OrderedLine[]): Promise<WorldOrder>;
  cancel(orderId: string): Promise<void>;
  /** Gives all money back. */
  refund(orderId: string): Promise<void>;
  told(orderId: string): Promise<readonly ShownShipment[]>;
  stop(): Promise<void>;
}

function barcodeIn(articles: readonly { readonly sku: string; readonly barcode: string }[], sku: Sku): string {
  const found = articles.find((article) => article.sku === sku);
  if (found === undefined) throw new Error(`the shop does not sell ${sku}`);
  return found.barcode;
}

/** The real Medusa of a rig as a shop of the world. */
export function realShop(rig: MedusaRig): WorldShop {
  return {
    baseUrl: rig.baseUrl,
    secretKey: rig.secretKey,
    locationId: rig.locationId,
    barcodeOf: (sku) => barcodeIn(PRODUCTS, sku),
    addOrder: async (lines) => {
      const order = await rig.createOrder({ lines, via: 'staff' });
      return { id: order.id, displayNo: String(order.displayId), lines: z.array(rigLine).parse(order.lines) };
    },
    cancel: (id) => rig.cancelOrder(id),
    refund: (id) => rig.refund(id),
    told: async (id) => z.array(shownShipment).parse(await rig.told(id)),
    stop: () => rig.stop(),
  };
}

const rigLine = z.object({
  id: z.string(),
  sku: z.enum(['TEA-LJ-100', 'CUP-RU-01', 'TOWEL-BM-3', 'LAMP-DESK-W', 'SOCK-42-BK']),
  quantity: z.number(),
});

const announced = z.object({
  control: z.string(),
  simulators: z.array(
    z.looseObject({
      name: z.string(),
      baseUrl: z.string().optional(),
      secretKey: z.string().optional(),
      locationId: z.string().optional(),
    }),
  ),
});

const shownOrder = z.object({
  id: z.string(),
  displayId: z.string(),
  lines: z.array(rigLine),
  fulfillments: z.array(shownShipment),
});

export interface SimulatedShop extends WorldShop {
  /** Makes many orders of one piece each, for a full queue. */
  addManyOrders(count: number): Promise<void>;
  /** A command of the shop's control endpoint, such as `POST /faults`. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}

/** Starts the built simulators (out/main/simulators.cjs) under plain Node; they end with this process. */
export async function startSimulatedShop(): Promise<SimulatedShop> {
  const program = join(PROJECT_ROOT, 'out', 'main', 'simulators.cjs');
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    once(child, 'close').then(() => {
      throw new Error('the simulators did not start');
    }),
  ]);
  const { control, simulators } = announced.parse(JSON.parse(line));
  const { baseUrl, secretKey, locationId, name } = simulators.find((one) => one.baseUrl !== undefined) ?? { name: '' };
  if (baseUrl === undefined || secretKey === undefined || locationId === undefined) throw new Error('no shop came up');
  const command = commander(`${control}/${name}`);
  return {
    baseUrl,
    secretKey,
    locationId,
    ...simulatedCalls(command),
    control: command,
    stop: async () => {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

type Command = SimulatedShop['control'];

const commander =
  (base: string): Command =>
  async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };

function simulatedCalls(
  command: Command,
): Pick<SimulatedShop, 'barcodeOf' | 'addOrder' | 'addManyOrders' | 'cancel' | 'refund' | 'told'> {
  return {
    barcodeOf: (sku) => barcodeIn(CATALOGUE, sku),
    addOrder: async (lines) => {
      const made = z.object({ orders: z.array(shownOrder).min(1) }).parse(await command('POST', '/orders', { lines }));
      const [order] = made.orders;
      if (order === undefined) throw new Error('the shop made no order');
      return { id: order.id, displayNo: order.displayId, lines: order.lines };
    },
    addManyOrders: async (count) => void (await command('POST', '/orders', { template: 'single', count })),
    cancel: async (id) => void (await command('POST', `/orders/${id}/cancel`, {})),
    refund: async (id) => void (await command('POST', `/orders/${id}/refund`, {})),
    told: async (id) => {
      const { orders } = z
        .object({ orders: z.array(z.looseObject({ id: z.string() })) })
        .parse(await command('GET', '/orders'));
      return shownOrder.parse(orders.find((order) => order.id === id)).fulfillments;
    },
  };
}
