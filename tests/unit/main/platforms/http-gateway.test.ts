import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { LosslessNumber } from 'lossless-json';
import { afterEach, describe, expect, it } from 'vitest';
import { toInstant } from '@shared/units/instant';
import { createHttpGateway, type HttpGatewayOptions } from '../../../../main/platforms/http-gateway';

const SECRET = 'Bearer top-secret-token-0001';
const now = toInstant(1_800_000_000_000);
const never = new AbortController().signal;
const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function gateway(options: Partial<HttpGatewayOptions> = {}) {
  const made = createHttpGateway({ clock: { now: () => now }, limitMs: 2_000, ...options });
  cleanups.push(() => made.close());
  return made;
}

async function listen(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

/** A server below HTTP: what it does with the connection is the test. */
async function serveTcp(onConnection: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>();
  const server = createTcpServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  cleanups.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return listen(server);
}

const json = (response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
const get = (url: string) => ({ method: 'GET' as const, url, headers: { authorization: SECRET } });
const post = (url: string) => ({ ...get(url), method: 'POST' as const, body: { units: 1 } });

describe('the gateway for all calls to shops', () => {
  it('answers with status, parsed body and the time of the other side', async () => {
    const origin = await serve((_request, response) =>
      json(response, 404, '{"a":1}', { date: 'Tue, 24 Nov 2026 07:14:45 GMT' }),
    );
    const answer = await gateway().exchange(get(`${origin}/x`), never);
    expect(answer).toMatchObject({ ok: true, value: { status: 404, body: { a: 1 } } });
    expect(answer.ok && answer.value.platformTime).toBe(Date.parse('2026-11-24T07:14:45Z'));
  });

  it('keeps every digit of a number that JavaScript would round', async () => {
    const origin = await serve((_request, response) => json(response, 200, '{"id":1234567890123456789,"n":12.5}'));
    const answer = await gateway().exchange(get(origin), never);
    expect(answer.ok && answer.value.body).toEqual({ id: new LosslessNumber('1234567890123456789'), n: 12.5 });
  });

  it('sends queries, JSON and headers as given', async () => {
    const seen: string[] = [];
    const origin = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      request.on('end', () => {
        seen.push(
          decodeURIComponent(request.url ?? ''),
          request.headers.authorization ?? '',
          request.headers.connection ?? '',
        );
        json(response, 200, '{}');
      });
    });
    await gateway().exchange(
      { ...post(`${origin}/o`), query: { 'updated_at[$gte]': '2026-01-01T00:00:00.000Z' } },
      never,
    );
    expect(seen).toEqual(['{"units":1}', '/o?updated_at[$gte]=2026-01-01T00:00:00.000Z', SECRET, 'close']);
  });

  it('says offline when nothing listens, because nothing was sent', async () => {
    const origin = await serve(() => undefined);
    for (const cleanup of cleanups.splice(0)) await cleanup();
    const answer = await gateway().exchange(post(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'offline', detail: 'ECONNREFUSED' } });
  });

  it('says offline for a name that does not exist', async () => {
    const answer = await gateway({ limitMs: 15_000 }).exchange(get('http://no-such-shop.invalid/'), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'offline' } });
  });

  it('says offline when the server is not the one that its certificate must prove, because nothing was sent', async () => {
    const origin = await serveTcp((socket) => socket.end('this is no TLS'));
    const answer = await gateway().exchange(post(origin.replace('http:', 'https:')), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'offline' } });
  });

  it('says cut when the connection is reset after the request', async () => {
    const origin = await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const answer = await gateway().exchange(post(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'cut', detail: 'ECONNRESET' } });
  });

  it('ends a server that never answers at the time limit, with its connection closed', async () => {
    const closed = new Promise<void>((resolve) => {
      void serveTcp((socket) => socket.resume().once('close', resolve)).then(async (origin) => {
        const answer = await gateway({ limitMs: 300 }).exchange(post(origin), never);
        expect(answer).toMatchObject({ ok: false, error: { code: 'cut', detail: 'time-limit' } });
      });
    });
    await closed;
  });

  it('ends a server that drips its answer byte by byte at the time limit', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const startedAt = performance.now();
    const answer = await gateway({ limitMs: 400 }).exchange(get(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'cut', detail: 'time-limit' } });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('stops when its caller stops it', async () => {
    const stop = new AbortController();
    const origin = await serve(() => stop.abort());
    const answer = await gateway().exchange(get(origin), stop.signal);
    expect(answer).toMatchObject({ ok: false, error: { code: 'cut', detail: 'stopped' } });
    const before = await gateway().exchange(get(origin), stop.signal);
    expect(before).toMatchObject({ ok: false, error: { code: 'offline', detail: 'stopped' } });
  });

  it('says cut for an answer that ends before its announced length', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n';
    const origin = await serveTcp((socket) => socket.once('data', () => socket.end(`${head}{"torn":`)));
    const answer = await gateway().exchange(get(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'cut' } });
  });

  it('says unreadable for JSON that is torn', async () => {
    const origin = await serve((_request, response) => json(response, 200, '{"torn":'));
    const answer = await gateway().exchange(get(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'unreadable', detail: 'torn-json', status: 200 } });
  });

  it('stops reading an answer that is longer than allowed', async () => {
    let written = 0;
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && written < 200_000_000 && response.write(Buffer.alloc(65_536, 32)))
          written += 65_536;
      };
      response.on('drain', more);
      more();
    });
    const answer = await gateway({ maxAnswerBytes: 1_000_000, limitMs: 10_000 }).exchange(get(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'unreadable', detail: 'answer-too-long' } });
    expect(written).toBeLessThan(100_000_000);
  });

  it.each([200, 401, 404, 502, 504])(
    'takes an HTML page with status %i as a gateway in between, never as the word of the shop',
    async (status) => {
      const origin = await serve((_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>nginx</h1>');
      });
      const answer = await gateway().exchange(get(origin), never);
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-gateway', status } });
    },
  );

  it('takes a 429 page as throttled and reads when to come back', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(429, { 'content-type': 'text/html', 'retry-after': '7' }).end('slow down');
    });
    const answer = await gateway().exchange(get(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'throttled', notBefore: now + 7_000 } });
  });

  it('follows a redirect of a read within its own origin', async () => {
    const origin = await serve((request, response) => {
      if (request.url === '/moved') return json(response, 200, '{"here":true}');
      response.writeHead(308, { location: '/moved' }).end();
    });
    const answer = await gateway().exchange(get(`${origin}/old`), never);
    expect(answer).toMatchObject({ ok: true, value: { body: { here: true } } });
  });

  it('never carries its credentials to another origin, and never redirects a write', async () => {
    let reached = 0;
    const other = await serve((_request, response) => {
      reached++;
      json(response, 200, '{}');
    });
    const origin = await serve((request, response) => {
      response.writeHead(307, { location: request.method === 'GET' ? `${other}/` : '/again' }).end();
    });
    for (const request of [get(origin), post(origin)]) {
      const answer = await gateway().exchange(request, never);
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-gateway', detail: 'redirect', status: 307 } });
    }
    expect(reached).toBe(0);
  });

  it('gives up a redirect that goes round in a circle', async () => {
    const origin = await serve((_request, response) => void response.writeHead(302, { location: '/' }).end());
    const answer = await gateway().exchange(get(origin), never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-gateway', detail: 'too-many-redirects' } });
  });

  it('reads again over a fresh connection when an idle one was closed under it', async () => {
    let connections = 0;
    const origin = await serveTcp((socket) => {
      connections++;
      const answer = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';
      socket.once('data', () => {
        socket.write(answer);
        socket.once('data', () => socket.resetAndDestroy());
      });
    });
    const client = gateway();
    expect(await client.exchange(get(origin), never)).toMatchObject({ ok: true });
    expect(await client.exchange(get(origin), never)).toMatchObject({ ok: true });
    expect(connections).toBe(2);
  });

  it('ignores proxies of the environment', async () => {
    const origin = await serve((_request, response) => json(response, 200, '{}'));
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:9';
    cleanups.push(() => {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    });
    expect(await gateway().exchange(get(origin), never)).toMatchObject({ ok: true });
  });

  it('holds no token in any failure', async () => {
    const origins = [
      await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
      await serve(
        (request, response) =>
          void response.writeHead(500, { 'content-type': 'text/html' }).end(request.headers.authorization),
      ),
      await serve((request, response) => json(response, 200, `{"${request.headers.authorization}`)),
      'http://127.0.0.1:1',
    ];
    for (const origin of origins) {
      const answer = await gateway().exchange(get(origin), never);
      expect(answer.ok).toBe(false);
      expect(JSON.stringify(answer)).not.toContain('top-secret');
    }
  });
});
