/**
 * A network that can be broken on purpose, between the program and a shop: a proxy on 127.0.0.1 that knows single HTTP requests, so that
 * exactly one of them can be cut before, while or after it took effect. Modes hold for all connections until changed; `arm` meets the
 * next matching requests only and comes before the mode.
 */
import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type ProxyFault =
  | { readonly kind: 'pass' }
  /** Each request waits this long before it is forwarded. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Connections are accepted, nothing is forwarded, nothing is answered. */
  | { readonly kind: 'blackhole' }
  /** Connections are reset when they are made. */
  | { readonly kind: 'refuse' }
  /** Answers come at this rate. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The connection is reset before the request is forwarded. */
  | { readonly kind: 'cut-before' }
  /** The request is forwarded whole, and the connection reset at once: the shop may be at work. */
  | { readonly kind: 'cut-during' }
  /** The shop's whole answer is awaited, then the connection is reset. */
  | { readonly kind: 'cut-after' }
  /** The request is kept; it is forwarded when `release` is called, whatever became of its connection. */
  | { readonly kind: 'hold' }
  /** The request is forwarded twice, one after the other; the second answer goes back. */
  | { readonly kind: 'duplicate' }
  /** The shop does the work; a gateway's HTML page with 504 goes back. */
  | { readonly kind: 'gateway-timeout' }
  /** Nothing is forwarded; an HTML page with this status goes back. */
  | { readonly kind: 'page'; readonly status: number }
  /** The shop does the work; half of its answer goes back, then the connection is reset. */
  | { readonly kind: 'truncate' };

export interface RequestMatch {
  readonly method?: string;
  readonly path: RegExp;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly fault: ProxyFault['kind'];
}

export interface FaultProxy {
  /** Address to use instead of the target's. */
  readonly baseUrl: string;
  setMode(fault: ProxyFault): void;
  /** The next `times` matching requests (default one) meet this fault. */
  arm(match: RequestMatch, fault: ProxyFault, times?: number): void;
  /** Takes back what was armed and not met. */
  disarm(): void;
  /** Resets every live connection. */
  resetAll(): void;
  /** How many requests are held. */
  held(): number;
  /** Forwards all held requests now, oldest first. @returns the shop's status for each. */
  release(): Promise<readonly number[]>;
  /** Every request that came in, with what was done to it. */
  seen(): readonly SeenRequest[];
  stop(): Promise<void>;
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Forwarded {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const PAGE = '<html><head><title>Gateway</title></head><body><h1>nginx</h1></body></html>';

/** Starts a proxy in front of a target like `http://127.0.0.1:9000`. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let mode: ProxyFault = { kind: 'pass' };
  let armed: { match: RequestMatch; fault: ProxyFault; left: number }[] = [];
  const sockets = new Set<Socket>();
  const held: Incoming[] = [];
  const seen: SeenRequest[] = [];

  const take = (request: IncomingMessage): ProxyFault => {
    const found = armed.find(
      ({ match }) => (match.method ?? request.method) === request.method && match.path.test(request.url ?? ''),
    );
    if (found === undefined) return mode;
    found.left--;
    armed = armed.filter((one) => one.left > 0);
    return found.fault;
  };

  const server = createServer((request, response) => {
    const fault = take(request);
    seen.push({ method: request.method ?? '', path: request.url ?? '', fault: fault.kind });
    readWhole(request)
      .then((incoming) => {
        if (fault.kind === 'hold') held.push(incoming);
        return applyFault(target, fault, incoming, response);
      })
      // The connection broke under the proxy, from either side: that is what a broken network looks like.
      .catch(() => response.socket?.resetAndDestroy());
  });
  server.on('connection', (socket) => {
    if (mode.kind === 'refuse') return void socket.resetAndDestroy();
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const resetAll = (): void => sockets.forEach((socket) => void socket.resetAndDestroy());
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    setMode: (fault) => {
      mode = fault;
      // A broken network also breaks the connections that are open.
      if (fault.kind === 'refuse') resetAll();
    },
    arm: (match, fault, times = 1) => void armed.push({ match, fault, left: times }),
    disarm: () => (armed = []),
    resetAll,
    held: () => held.length,
    release: async () => {
      const statuses: number[] = [];
      for (const incoming of held.splice(0)) statuses.push((await forward(target, incoming)).status);
      return statuses;
    },
    seen: () => [...seen],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        resetAll();
      }),
  };
}

async function readWhole(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = 'GET', url = '/', headers } = request;
  return { method, path: url, headers, body: Buffer.concat(chunks) };
}

async function applyFault(
  target: string,
  fault: ProxyFault,
  incoming: Incoming,
  response: ServerResponse,
): Promise<void> {
  switch (fault.kind) {
    case 'pass':
    case 'refuse': // met at connecting; a connection that is still open passes
      return answer(response, await forward(target, incoming));
    case 'delay':
      await pause(fault.ms);
      return answer(response, await forward(target, incoming));
    case 'slow':
      return drip(response, await forward(target, incoming), fault.bytesPerSecond);
    case 'blackhole':
    case 'hold':
      return;
    case 'cut-before':
      return reset(response);
    case 'cut-during': {
      const work = forward(target, incoming);
      reset(response);
      await work;
      return;
    }
    case 'cut-after':
      await forward(target, incoming);
      return reset(response);
    case 'duplicate':
      await forward(target, incoming);
      return answer(response, await forward(target, incoming));
    case 'gateway-timeout':
      await forward(target, incoming);
      return page(response, 504);
    case 'page':
      return page(response, fault.status);
    case 'truncate':
      return truncate(response, await forward(target, incoming));
  }
}

function forward(target: string, incoming: Incoming): Promise<Forwarded> {
  const { connection: _connection, ...headers } = incoming.headers;
  return new Promise((resolve, reject) => {
    const request = sendRequest(target + incoming.path, { method: incoming.method, headers, agent: false }, (reply) => {
      readWhole(reply).then(
        ({ body }) => resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body }),
        reject,
      );
    });
    request.on('error', reject);
    request.end(incoming.body);
  });
}

function headersFor(forwarded: Forwarded): Record<string, string | string[]> {
  const kept = Object.entries(forwarded.headers).flatMap(([name, value]) =>
    value === undefined || ['connection', 'keep-alive', 'transfer-encoding', 'content-length'].includes(name)
      ? []
      : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), 'content-length': String(forwarded.body.length) };
}

const answer = (response: ServerResponse, forwarded: Forwarded): void =>
  void response.writeHead(forwarded.status, headersFor(forwarded)).end(forwarded.body);

const page = (response: ServerResponse, status: number): void =>
  void response.writeHead(status, { 'content-type': 'text/html' }).end(PAGE);

const reset = (response: ServerResponse): void => void response.socket?.resetAndDestroy();

function truncate(response: ServerResponse, forwarded: Forwarded): void {
  response.writeHead(forwarded.status, headersFor(forwarded));
  response.write(forwarded.body.subarray(0, Math.floor(forwarded.body.length / 2)), () => response.socket?.destroy());
}

async function drip(response: ServerResponse, forwarded: Forwarded, bytesPerSecond: number): Promise<void> {
  response.writeHead(forwarded.status, headersFor(forwarded));
  const step = Math.max(1, Math.floor(bytesPerSecond / 10));
  for (let from = 0; from < forwarded.body.length && !response.destroyed; from += step) {
    response.write(forwarded.body.subarray(from, from + step));
    await pause(100);
  }
  response.end();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
