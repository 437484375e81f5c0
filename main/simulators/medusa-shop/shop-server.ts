/** The practice shop as an HTTP server: the part of Medusa's admin API that a packing bench uses. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringify } from 'lossless-json';
import { articleOf, CATALOGUE } from './catalogue';
import { viewOrder } from './order-view';
import { drawProductPhoto } from './product-photo';
import {
  readCancelBody,
  readFulfillmentBody,
  readListQuery,
  readOneQuery,
  readShipmentBody,
  type ListQuery,
  type ShopDoor,
} from './request-checks';
import type { FaultList, ShopFault } from './shop-faults';
import { invalidData, notFound, ShopRefusal } from './shop-refusal';
import { cancelFulfillment, createFulfillment, findOrder, shipFulfillment } from './shop-rules';
import type { ShopState, SimOrder } from './shop-state';

export const LOCATION_ID = 'sloc_PRACTICE';
const MAX_BODY_BYTES = 1_000_000;
const PAGE =
  '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>';

/** One request as the shop got it, for the tests' own checker. */
export interface ToldRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface ShopParts {
  readonly state: ShopState;
  readonly door: ShopDoor;
  readonly faults: FaultList;
  readonly requests: ToldRequest[];
  /** The shop's clock, which a fault can put wrong. */
  now(): number;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly origin: string;
  body(): unknown;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

/** Starts the shop on a free port, or on the one it had before a restart, if that is free. */
export async function startShopServer(parts: ShopParts): Promise<{ origin: string; stop(): Promise<void> }> {
  let origin = '';
  const server = createServer((request, response) => {
    serve(parts, origin, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  parts: ShopParts,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', origin);
  const raw = await readBytes(request);
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    request,
    origin,
    body: () => parseBody(request, raw),
  };
  const fault = parts.faults.take(call.method, call.path);
  const instead = fault === null ? null : before(fault);
  if (instead === 'drop') return void request.socket.resetAndDestroy();
  if (instead === 'hang') return;
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  const reply = instead ?? answer(parts, call);
  parts.requests.push({ at: parts.now(), method: call.method, path: call.path, status: reply.status });
  deliver(parts, fault, reply, request, response);
}

/** Faults that come before any work is done. */
function before(fault: ShopFault): Reply | 'drop' | 'hang' | null {
  if (fault.kind === 'drop-before') return 'drop';
  if (fault.kind === 'hang') return 'hang';
  if (fault.kind === 'html') return page(fault.status, 'Bad Gateway');
  if (fault.kind === 'server-error') {
    return json(500, { code: 'unknown_error', type: 'unknown_error', message: 'An unknown error occurred.' });
  }
  return fault.kind === 'throttle' ? page(429, 'Too Many Requests') : null;
}

function deliver(
  parts: ShopParts,
  fault: ShopFault | null,
  reply: Reply,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (fault?.kind === 'drop-after') return void request.socket.resetAndDestroy();
  const shown = fault?.kind === 'gateway-timeout' ? page(504, 'Gateway Time-out') : reply;
  response.sendDate = false;
  response.writeHead(shown.status, {
    'content-type': shown.type,
    'content-length': String(Buffer.byteLength(shown.body)),
    date: new Date(parts.now()).toUTCString(),
    ...(fault?.kind === 'throttle' ? { 'retry-after': String(fault.retryAfterSeconds) } : {}),
  });
  if (fault?.kind !== 'truncated') return void response.end(shown.body);
  const whole = Buffer.from(shown.body);
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy());
}

function answer(parts: ShopParts, call: Call): Reply {
  try {
    return route(parts, call);
  } catch (error) {
    if (!(error instanceof ShopRefusal)) throw error;
    const { type, message, code } = error;
    return json(error.status, { ...(code === undefined ? {} : { code }), ...(type === null ? {} : { type }), message });
  }
}

function route(parts: ShopParts, call: Call): Reply {
  const open = routeOpen(parts, call);
  if (open !== null) return open;
  if (!call.path.startsWith('/admin/')) return unknownPath(call);
  parts.door.check(call.request, parts.now());
  const [, , area, id = '', part, partId = '', action, ...rest] = call.path.split('/');
  if (area !== 'orders' || rest.length > 0) return unknownPath(call);
  if (call.method === 'POST' && part === 'fulfillments') return writeOrder(parts, call, id, partId, action);
  if (call.method !== 'GET' || part !== undefined) return unknownPath(call);
  if (id === '') return listOrders(parts, call);
  const { fields } = readOneQuery(call.query);
  return json(200, { order: viewOrder(findOrder(parts.state, id), fields ?? null, call.origin) });
}

/** What can be had without a signature; null for everything else. */
function routeOpen(parts: ShopParts, call: Call): Reply | null {
  const route = `${call.method} ${call.path}`;
  const photo = /^GET \/photos\/([A-Z0-9-]+)\.png$/.exec(route);
  if (photo?.[1] !== undefined) return sendPhoto(photo[1]);
  if (route === 'GET /health') return { status: 200, type: 'text/html; charset=utf-8', body: 'OK' };
  if (route !== 'POST /auth/user/emailpass') return null;
  return json(200, { token: parts.door.logIn(call.body(), parts.now()) });
}

const unknownPath = (call: Call): Reply => page(404, `Cannot ${call.method} ${call.path}`);

function writeOrder(
  parts: ShopParts,
  call: Call,
  orderId: string,
  fulfillmentId: string,
  action: string | undefined,
): Reply {
  const { state } = parts;
  const change = (doIt: (order: SimOrder) => void): Reply => {
    const order = findOrder(state, orderId);
    doIt(order);
    state.save();
    return json(200, { order: viewOrder(order, call.query.get('fields'), call.origin) });
  };
  if (fulfillmentId === '' && action === undefined) {
    const body = readFulfillmentBody(call.body());
    const location = body.location_id ?? LOCATION_ID;
    if (location !== LOCATION_ID) throw notFound(`StockLocation id not found: ${location}`);
    return change((order) =>
      createFulfillment(state, order, { items: body.items, metadata: body.metadata ?? null }, parts.now()),
    );
  }
  if (action === 'shipments') {
    const body = readShipmentBody(call.body());
    const numbers = (body.labels ?? []).map((label) => label.tracking_number);
    return change((order) => shipFulfillment(order, fulfillmentId, numbers, parts.now()));
  }
  if (action === 'cancel') {
    readCancelBody(call.body());
    return change((order) => cancelFulfillment(order, fulfillmentId, parts.now()));
  }
  return unknownPath(call);
}

function listOrders(parts: ShopParts, call: Call): Reply {
  const query = readListQuery(call.query);
  const found = [...parts.state.orders.values()].filter(
    (order) => order.status !== 'draft' && isAskedFor(order, query),
  );
  found.sort(comparing(query.order));
  const shown = found.slice(query.offset, query.offset + query.limit);
  return json(200, {
    orders: shown.map((order) => viewOrder(order, query.fields ?? null, call.origin)),
    count: found.length,
    offset: query.offset,
    limit: query.limit,
  });
}

function isAskedFor(order: SimOrder, query: ListQuery): boolean {
  const bound = (
    name: 'updated_at[$gte]' | 'updated_at[$gt]' | 'updated_at[$lt]' | 'updated_at[$lte]',
    holds: (at: number) => boolean,
  ) => {
    const text = query[name];
    return text === undefined || holds(Date.parse(text));
  };
  return (
    bound('updated_at[$gte]', (at) => order.updatedAt >= at) &&
    bound('updated_at[$gt]', (at) => order.updatedAt > at) &&
    bound('updated_at[$lt]', (at) => order.updatedAt < at) &&
    bound('updated_at[$lte]', (at) => order.updatedAt <= at) &&
    (query['id[$gt]'] === undefined || order.id > query['id[$gt]'])
  );
}

/** Orders that compare equal come in an order of their own each time, as a database may give them: paging must not rely on it. */
function comparing(order: ListQuery['order']): (a: SimOrder, b: SimOrder) => number {
  const direction = order.startsWith('-') ? -1 : 1;
  const name = order.replace('-', '');
  return (a, b) => {
    if (name === 'id') return direction * (a.id < b.id ? -1 : 1);
    const difference = name === 'updated_at' ? a.updatedAt - b.updatedAt : a.createdAt - b.createdAt;
    return direction * difference || Math.random() - 0.5;
  };
}

function sendPhoto(sku: string): Reply {
  if (CATALOGUE.every((article) => article.sku !== sku)) return page(404, `Cannot GET /photos/${sku}.png`);
  return { status: 200, type: 'image/png', body: drawProductPhoto(articleOf(sku)) };
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) throw new Error('body too long');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Observed: a body of another content type is not read at all, so that every field of it is missing. */
function parseBody(request: IncomingMessage, raw: Buffer): unknown {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw invalidData("Invalid request: Field '' is required");
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch {
    throw invalidData("Expected property name or '}' in JSON at position 1");
  }
}

const json = (status: number, body: unknown): Reply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: stringify(body) ?? '',
});

const page = (status: number, text: string): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body: `${PAGE}${text.replace(/[<>&]/g, '')}</pre>\n</body>\n</html>\n`,
});
