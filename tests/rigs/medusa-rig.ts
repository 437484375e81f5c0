/**
 * A real Medusa shop for tests. It runs in a process of its own (start.mjs), which ends with its standard input, so that neither a
 * failed nor a killed test leaves a database behind.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const started = z.object({
  ready: z.literal(true),
  baseUrl: z.string(),
  photoOrigin: z.string(),
  databaseUrl: z.string(),
  admin: z.object({ email: z.string(), password: z.string() }),
  adminToken: z.string(),
  seed: z.object({
    regionId: z.string(),
    salesChannelId: z.string(),
    locationId: z.string(),
    shippingOptionId: z.string(),
    publishableKey: z.string(),
    secretKey: z.string(),
    variants: z.record(z.string(), z.string()),
  }),
  cold: z.boolean(),
  startMs: z.number(),
});

/** SKUs that the rig sells; `node tests/rigs/medusa/start.mjs` prints their variant ids. */
export type RigSku = 'TEA-LJ-100' | 'CUP-RU-01' | 'TOWEL-BM-3' | 'LAMP-DESK-W' | 'SOCK-42-BK';

export interface RigOrderOptions {
  /** Default: one tea tin. */
  readonly lines?: readonly { readonly sku: RigSku; readonly quantity: number }[];
  /** Default true: the payment is captured, payment_status is `captured`. */
  readonly paid?: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly name?: { readonly first: string; readonly last: string };
  readonly phone?: string;
  readonly address?: { readonly province: string; readonly city: string; readonly street: string };
  /** `staff`: entered in the back office, 0.4–0.6 s. `store`: a buyer's cart and check-out over the store API, 1–1.5 s. */
  readonly via?: 'staff' | 'store';
}

export interface RigOrder {
  readonly id: string;
  readonly displayId: number;
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly quantity: number }[];
}

const rigOrder = z.object({
  id: z.string(),
  display_id: z.number(),
  items: z.array(z.object({ id: z.string(), variant_sku: z.string().nullable(), quantity: z.number() })),
});

/** What the shop itself says was shipped, for a test's independent check. */
export interface RigFulfillment {
  readonly id: string;
  readonly canceled: boolean;
  readonly shipped: boolean;
  readonly numbers: readonly string[];
  readonly units: readonly { readonly lineId: string; readonly quantity: number }[];
}

const toldOrder = z.object({
  order: z.object({
    fulfillments: z.array(
      z.object({
        id: z.string(),
        canceled_at: z.string().nullable(),
        shipped_at: z.string().nullable(),
        labels: z.array(z.object({ tracking_number: z.string() })),
        items: z.array(z.object({ line_item_id: z.string(), quantity: z.number() })),
      }),
    ),
  }),
});

export interface MedusaRig {
  readonly baseUrl: string;
  readonly photoOrigin: string;
  readonly databaseUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** A secret API key; the connector's credential of kind `secret-key`. */
  readonly secretKey: string;
  readonly locationId: string;
  readonly startMs: number;
  createOrder(options?: RigOrderOptions): Promise<RigOrder>;
  cancelOrder(orderId: string): Promise<void>;
  /** Refunds an amount in yuan, by default all that was captured. */
  refund(orderId: string, amount?: number): Promise<void>;
  readOrder(orderId: string, fields?: string): Promise<Readonly<Record<string, unknown>>>;
  told(orderId: string): Promise<readonly RigFulfillment[]>;
  /** Any call of the admin API, signed. Answers with status and parsed body. */
  adminCall(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
  stop(): Promise<void>;
}

/** Starts the shop: about 8 s with a warm cache, 50 s for a first template, 2 min more for a first installation. */
export async function startMedusa(): Promise<MedusaRig> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./medusa/start.mjs', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4000)));
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    once(child, 'close').then(() => {
      throw new Error(`the Medusa rig did not start:\n${complaint}`);
    }),
  ]);
  const shop = started.parse(JSON.parse(line));
  return {
    ...rigCalls(shop),
    stop: async () => {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
}

type Started = z.infer<typeof started>;

function rigCalls(shop: Started): Omit<MedusaRig, 'stop'> {
  const raw = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(shop.baseUrl + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await answer.text();
    const parsed: unknown = answer.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text;
    return { status: answer.status, body: parsed };
  };
  const adminCall = (method: string, path: string, body?: unknown) =>
    raw(method, path, body, { authorization: `Bearer ${shop.adminToken}` });
  const sure = async <T>(call: Promise<{ status: number; body: unknown }>, schema: z.ZodType<T>): Promise<T> => {
    const answer = await call;
    if (answer.status >= 300)
      throw new Error(`the rig's shop answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return schema.parse(answer.body);
  };
  const admin = <T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown) =>
    sure(adminCall(method, path, body), schema);
  const store = <T>(path: string, schema: z.ZodType<T>, body: unknown) =>
    sure(raw('POST', path, body, { 'x-publishable-api-key': shop.seed.publishableKey }), schema);
  const payments = async (orderId: string) => {
    const schema = z.object({
      order: z.object({
        payment_collections: z.array(
          z.object({ payments: z.array(z.object({ id: z.string(), amount: z.number() })).optional() }),
        ),
      }),
    });
    const read = await admin('GET', `/admin/orders/${orderId}?fields=id,*payment_collections.payments`, schema);
    return read.order.payment_collections.flatMap((one) => one.payments ?? []);
  };
  const anything = z.looseObject({});
  return {
    baseUrl: shop.baseUrl,
    photoOrigin: shop.photoOrigin,
    databaseUrl: shop.databaseUrl,
    admin: shop.admin,
    secretKey: shop.seed.secretKey,
    locationId: shop.seed.locationId,
    startMs: shop.startMs,
    adminCall,
    createOrder: async (options = {}) => {
      const id = await (options.via === 'store'
        ? buyInStore(shop, store, options)
        : enterByStaff(shop, admin, options));
      if (options.paid !== false && options.via === 'store') {
        for (const payment of await payments(id))
          await admin('POST', `/admin/payments/${payment.id}/capture`, anything, {});
      }
      if (options.metadata !== undefined && options.via === 'store') {
        await admin('POST', `/admin/orders/${id}`, anything, { metadata: options.metadata });
      }
      const { order } = await admin(
        'GET',
        `/admin/orders/${id}?fields=id,display_id,*items`,
        z.object({ order: rigOrder }),
      );
      const lines = order.items.map((item) => ({ id: item.id, sku: item.variant_sku ?? '', quantity: item.quantity }));
      return { id, displayId: order.display_id, lines };
    },
    cancelOrder: async (orderId) => void (await admin('POST', `/admin/orders/${orderId}/cancel`, anything, {})),
    refund: async (orderId, amount) => {
      for (const payment of await payments(orderId)) {
        await admin('POST', `/admin/payments/${payment.id}/refund`, anything, { amount: amount ?? payment.amount });
      }
    },
    readOrder: async (orderId, fields = 'id,status,version,updated_at,payment_status,fulfillment_status') =>
      (await admin('GET', `/admin/orders/${orderId}?fields=${fields}`, z.object({ order: anything }))).order,
    told: async (orderId) => {
      const fields = 'id,*fulfillments,*fulfillments.items,*fulfillments.labels';
      const { order } = await admin('GET', `/admin/orders/${orderId}?fields=${fields}`, toldOrder);
      return order.fulfillments.map((one) => ({
        id: one.id,
        canceled: one.canceled_at !== null,
        shipped: one.shipped_at !== null,
        numbers: one.labels.map((label) => label.tracking_number),
        units: one.items.map((item) => ({ lineId: item.line_item_id, quantity: item.quantity })),
      }));
    },
  };
}

type AdminCall = <T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown) => Promise<T>;
type StoreCall = <T>(path: string, schema: z.ZodType<T>, body: unknown) => Promise<T>;

const withId = z.object({ id: z.string() });

/** An order as staff enter it: a draft, turned into an order, marked as paid. */
async function enterByStaff(shop: Started, admin: AdminCall, options: RigOrderOptions): Promise<string> {
  const body = {
    region_id: shop.seed.regionId,
    sales_channel_id: shop.seed.salesChannelId,
    email: 'buyer@rig.test',
    currency_code: 'cny',
    items: itemsOf(shop, options),
    shipping_address: addressOf(options),
    shipping_methods: [{ name: '标准快递', shipping_option_id: shop.seed.shippingOptionId, amount: 8 }],
    ...(options.metadata === undefined ? {} : { metadata: options.metadata }),
  };
  const draft = z.object({ draft_order: z.object({ id: z.string(), total: z.number() }) });
  const { draft_order: made } = await admin('POST', '/admin/draft-orders', draft, body);
  await admin('POST', `/admin/draft-orders/${made.id}/convert-to-order`, z.looseObject({}), {});
  if (options.paid === false) return made.id;
  const collection = z.object({ payment_collection: withId });
  const { payment_collection: due } = await admin('POST', '/admin/payment-collections', collection, {
    order_id: made.id,
    amount: made.total,
  });
  await admin('POST', `/admin/payment-collections/${due.id}/mark-as-paid`, z.looseObject({}), { order_id: made.id });
  return made.id;
}

/** An order as a buyer places it: cart, shipping method, payment session, completion. */
async function buyInStore(shop: Started, store: StoreCall, options: RigOrderOptions): Promise<string> {
  const { cart } = await store('/store/carts', z.object({ cart: withId }), {
    region_id: shop.seed.regionId,
    email: 'buyer@rig.test',
    shipping_address: addressOf(options),
    items: itemsOf(shop, options),
  });
  const anything = z.looseObject({});
  await store(`/store/carts/${cart.id}/shipping-methods`, anything, { option_id: shop.seed.shippingOptionId });
  const collection = z.object({ payment_collection: withId });
  const { payment_collection: due } = await store('/store/payment-collections', collection, { cart_id: cart.id });
  await store(`/store/payment-collections/${due.id}/payment-sessions`, anything, { provider_id: 'pp_system_default' });
  const { order } = await store(`/store/carts/${cart.id}/complete`, z.object({ order: withId }), {});
  return order.id;
}

function itemsOf(shop: Started, options: RigOrderOptions) {
  const lines = options.lines ?? [{ sku: 'TEA-LJ-100', quantity: 1 }];
  return lines.map((line) => ({ variant_id: shop.seed.variants[line.sku], quantity: line.quantity }));
}

function addressOf(options: RigOrderOptions) {
  const name = options.name ?? { first: '样例', last: '林' };
  const place = options.address ?? { province: '浙江省', city: '杭州市', street: '样例大道 100 号 3 幢 502 室' };
  return {
    first_name: name.first,
    last_name: name.last,
    phone: options.phone ?? '13800000000',
    province: place.province,
    city: place.city,
    address_1: place.street,
    postal_code: '310000',
    country_code: 'cn',
  };
}
