/**
 * One play of calls to a shop that speaks Medusa's admin API, with every answer noted. Played at the practice shop and at a real
 * Medusa, the two notes must be the same: that is how the simulator's facts stay facts.
 */
import { z } from 'zod';

export interface PlayedShop {
  readonly baseUrl: string;
  readonly secretKey: string;
  readonly locationId: string;
  createOrder(quantity: number): Promise<{ readonly id: string; readonly lineId: string }>;
  cancelOrder(id: string): Promise<void>;
  /** Yuan. */
  refund(id: string, amount: number): Promise<void>;
}

/** What was said at one step: refusals in full, successes as the state that they led to. */
export type PlayNote = readonly [step: string, status: number, said: unknown];

const shown = z.object({
  order: z.object({
    status: z.string(),
    version: z.number(),
    updated_at: z.string(),
    payment_status: z.string(),
    fulfillment_status: z.string(),
    items: z.array(
      z.object({
        quantity: z.number(),
        detail: z.object({ fulfilled_quantity: z.number(), shipped_quantity: z.number() }),
      }),
    ),
    fulfillments: z.array(
      z.object({
        id: z.string(),
        canceled_at: z.string().nullable(),
        shipped_at: z.string().nullable(),
        metadata: z.unknown(),
        items: z.array(z.object({ quantity: z.number() })),
        labels: z.array(z.object({ tracking_number: z.string() })),
      }),
    ),
  }),
});
const listed = z.object({
  orders: z.array(z.object({ id: z.string(), updated_at: z.string() })),
  count: z.number(),
  limit: z.number(),
});
const FIELDS =
  'id,status,version,updated_at,payment_status,fulfillment_status,*items,*items.detail,*fulfillments,*fulfillments.items,*fulfillments.labels';

/** Plays everything, on orders of its own. */
export async function playShop(shop: PlayedShop): Promise<readonly PlayNote[]> {
  const notes: PlayNote[] = [];
  const names = new Map<string, string>([[shop.locationId, 'LOCATION']]);
  /** The two shops differ in ids and in what their goods are called, and in nothing else. */
  const plain = (text: string): string =>
    [...names]
      .reduce((said, [id, name]) => said.replaceAll(id, name), text)
      .replace(/(item LINE) - .* \(.*\)/, '$1 - GOODS');

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const signed = {
      authorization: `Basic ${Buffer.from(`${shop.secretKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    };
    const answer = await fetch(shop.baseUrl + path, {
      method,
      headers: { ...signed, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: answer.status,
      body: isJson ? (JSON.parse(text) as unknown) : `page: ${/<pre>([^<]*)/.exec(text)?.[1] ?? text}`,
    };
  }
  /** Notes a call; of a success only its status, because the state is read by `look`. */
  async function note(step: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    const answer = await call(method, path, body, headers);
    const said = answer.status < 300 ? 'done' : (JSON.parse(plain(JSON.stringify(answer.body))) as unknown);
    notes.push([step, answer.status, said]);
    return answer;
  }
  /** Notes the order's state, and returns its live fulfilments' ids. */
  async function look(step: string, id: string): Promise<readonly string[]> {
    const { order } = shown.parse((await call('GET', `/admin/orders/${id}?fields=${FIELDS}`)).body);
    const fulfillments = order.fulfillments.map((one) => ({
      canceled: one.canceled_at !== null,
      shipped: one.shipped_at !== null,
      metadata: one.metadata,
      units: one.items.map((item) => item.quantity),
      numbers: one.labels.map((label) => label.tracking_number),
    }));
    const { status, version, payment_status: payment, fulfillment_status: fulfilment } = order;
    const items = order.items.map(({ quantity, detail }) => [
      quantity,
      detail.fulfilled_quantity,
      detail.shipped_quantity,
    ]);
    notes.push([step, 200, { status, version, payment, fulfilment, items, fulfillments }]);
    return order.fulfillments.map((one) => one.id);
  }

  const first = await shop.createOrder(3);
  names.set(first.id, 'ORDER').set(first.lineId, 'LINE');
  const order = `/admin/orders/${first.id}`;
  const one = [{ id: first.lineId, quantity: 1 }];

  await note('no signature', 'GET', '/admin/orders', undefined, { authorization: '' });
  await note('wrong key', 'GET', '/admin/orders', undefined, {
    authorization: `Basic ${Buffer.from('sk_x:').toString('base64')}`,
  });
  await note('key as bearer', 'GET', '/admin/orders', undefined, { authorization: `Bearer ${shop.secretKey}` });
  await note(
    'wrong login',
    'POST',
    '/auth/user/emailpass',
    { email: 'nobody@rig.test', password: 'x' },
    { authorization: '' },
  );
  await note('unknown order', 'GET', '/admin/orders/order_nowhere');
  await note('unknown path', 'GET', '/admin/nowhere');
  await note('limit that is no number', 'GET', '/admin/orders?limit=x');

  await note('no items', 'POST', `${order}/fulfillments`, { items: [] });
  await note('unknown field', 'POST', `${order}/fulfillments`, { items: one, foo: 1 });
  await note('unknown item', 'POST', `${order}/fulfillments`, { items: [{ id: 'ordli_nowhere', quantity: 1 }] });
  await note('too many', 'POST', `${order}/fulfillments`, { items: [{ id: first.lineId, quantity: 4 }] });
  await note('unknown order', 'POST', '/admin/orders/order_nowhere/fulfillments', { items: one });
  await note('unknown location', 'POST', `${order}/fulfillments`, { items: one, location_id: 'sloc_nowhere' });
  await look('nothing done', first.id);

  await note('fulfil one', 'POST', `${order}/fulfillments`, {
    items: one,
    location_id: shop.locationId,
    metadata: { key: 'k', units: [1] },
  });
  const [made = ''] = await look('one fulfilled', first.id);
  names.set(made, 'FULFILMENT');
  await note('cancel the order', 'POST', `${order}/fulfillments/${made}/shipments`, {});
  const label = { tracking_number: 'PLAY-1', tracking_url: '#', label_url: '#' };
  await note('label without addresses', 'POST', `${order}/fulfillments/${made}/shipments`, {
    items: one,
    labels: [{ ...label, tracking_url: 'javascript:x' }],
  });
  await note('ship', 'POST', `${order}/fulfillments/${made}/shipments`, {
    items: one,
    labels: [label],
    metadata: { key: 'other' },
  });
  await look('shipped', first.id);
  await note('ship again', 'POST', `${order}/fulfillments/${made}/shipments`, { items: one, labels: [label] });
  await note('cancel what is shipped', 'POST', `${order}/fulfillments/${made}/cancel`, {});
  await note('ship what is not there', 'POST', `${order}/fulfillments/ful_nowhere/shipments`, { items: one });

  await note('fulfil the rest', 'POST', `${order}/fulfillments`, { items: [{ id: first.lineId, quantity: 2 }] });
  const second = (await look('all fulfilled', first.id)).find((id) => id !== made) ?? '';
  names.set(second, 'SECOND');
  await note('one more', 'POST', `${order}/fulfillments`, { items: one });
  await note('cancel the rest', 'POST', `${order}/fulfillments/${second}/cancel`, {});
  await note('cancel it again', 'POST', `${order}/fulfillments/${second}/cancel`, {});
  await note('ship the cancelled', 'POST', `${order}/fulfillments/${second}/shipments`, {
    items: one,
    labels: [label],
  });
  await look('rest cancelled', first.id);

  const dropped = await shop.createOrder(1);
  names.set(dropped.id, 'DROPPED').set(dropped.lineId, 'DROPPED-LINE');
  await shop.cancelOrder(dropped.id);
  await note('fulfil a cancelled order', 'POST', `/admin/orders/${dropped.id}/fulfillments`, {
    items: [{ id: dropped.lineId, quantity: 1 }],
  });

  const refunded = await shop.createOrder(1);
  await shop.refund(refunded.id, 10);
  await look('partly refunded', refunded.id);
  await shop.refund(refunded.id, 126);
  await look('refunded', refunded.id);

  await noteBounds();
  return notes;

  /** Whether the filters include their bound, and what a walk by id gives. */
  async function noteBounds(): Promise<void> {
    const { order: last } = shown.parse((await call('GET', `/admin/orders/${refunded.id}?fields=${FIELDS}`)).body);
    const ids = async (query: string) => {
      const { orders } = listed.parse(
        (await call('GET', `/admin/orders?limit=100&fields=id,updated_at&${query}`)).body,
      );
      return orders.map((one) => one.id);
    };
    const at = encodeURIComponent(last.updated_at);
    notes.push(['$gte includes its bound', 200, (await ids(`updated_at[$gte]=${at}`)).includes(refunded.id)]);
    notes.push(['$gt includes its bound', 200, (await ids(`updated_at[$gt]=${at}`)).includes(refunded.id)]);
    const walk = await ids(`order=id&id[$gt]=${first.id}`);
    notes.push(['a walk by id', 200, walk.map((id) => [dropped.id, refunded.id].indexOf(id))]);
    notes.push(['newest first', 200, (await ids('order=-updated_at'))[0] === refunded.id]);
  }
}
