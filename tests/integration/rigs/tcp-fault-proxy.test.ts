/** A proxy that tests believe in must itself be tested. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy, type FaultProxy } from '../../rigs/tcp-fault-proxy';

let proxy: FaultProxy;
let got: string[];
let stopShop: () => void;

beforeEach(async () => {
  got = [];
  const shop = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push(`${request.method} ${request.url} ${String(request.headers['x-mark'] ?? '')}${body}`);
      response
        .writeHead(201, { 'content-type': 'application/json', 'x-count': String(got.length) })
        .end(`{"count":${got.length}}`);
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  stopShop = () => {
    shop.closeAllConnections();
    shop.close();
  };
  proxy = await startFaultProxy(`http://127.0.0.1:${(shop.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await proxy.stop();
  stopShop();
});

async function post(path = '/orders', signal?: AbortSignal): Promise<string> {
  try {
    const answer = await fetch(proxy.baseUrl + path, {
      method: 'POST',
      body: '{"n":1}',
      headers: { 'x-mark': 'm' },
      signal: signal ?? AbortSignal.timeout(5_000),
    });
    return `${answer.status} ${await answer.text()}`;
  } catch {
    return 'cut';
  }
}
const ONE = 'POST /orders m{"n":1}';

describe('the proxy that breaks the network', () => {
  it('passes requests and answers whole', async () => {
    expect(await post()).toBe('201 {"count":1}');
    expect(got).toEqual([ONE]);
    expect(proxy.seen()).toEqual([{ method: 'POST', path: '/orders', fault: 'pass' }]);
  });

  it.each([
    ['cut-before', 'cut', 0],
    ['cut-during', 'cut', 1],
    ['cut-after', 'cut', 1],
    ['truncate', 'cut', 1],
    ['duplicate', '201 {"count":2}', 2],
  ] as const)('with %s the caller sees "%s" and the shop %i requests', async (kind, seen, count) => {
    proxy.setMode({ kind });
    expect(await post()).toBe(seen);
    await expect.poll(() => got.length).toBe(count);
  });

  it('answers for a gateway, after the work or instead of it', async () => {
    proxy.setMode({ kind: 'gateway-timeout' });
    expect(await post()).toMatch(/^504 <html>/);
    expect(got).toEqual([ONE]);
    proxy.setMode({ kind: 'page', status: 502 });
    expect(await post()).toMatch(/^502 <html>/);
    expect(got).toEqual([ONE]);
  });

  it('refuses connections, also those that were open, and lets them again', async () => {
    await post();
    proxy.setMode({ kind: 'refuse' });
    expect(await post()).toBe('cut');
    proxy.setMode({ kind: 'pass' });
    expect(await post()).toBe('201 {"count":2}');
  });

  it('swallows, delays and slows', async () => {
    proxy.setMode({ kind: 'blackhole' });
    expect(await post('/orders', AbortSignal.timeout(150))).toBe('cut');
    expect(got).toEqual([]);
    const startedAt = performance.now();
    proxy.setMode({ kind: 'delay', ms: 120 });
    expect(await post()).toBe('201 {"count":1}');
    proxy.setMode({ kind: 'slow', bytesPerSecond: 50 });
    expect(await post()).toBe('201 {"count":2}');
    // Eleven bytes come in three portions 100 ms apart, and the last one completes the answer; each timer may be 1 ms early.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(120 + 2 * 100 - 3);
  });

  it('keeps requests whose callers have gone, and delivers them later', async () => {
    proxy.arm({ method: 'POST', path: /orders/ }, { kind: 'hold' });
    expect(await post('/orders', AbortSignal.timeout(100))).toBe('cut');
    expect([proxy.held(), got]).toEqual([1, []]);
    expect(await proxy.release()).toEqual([201]);
    expect([proxy.held(), got]).toEqual([0, [ONE]]);
  });

  it('aims at the next matching requests only', async () => {
    proxy.arm({ method: 'POST', path: /ship$/ }, { kind: 'page', status: 503 }, 2);
    expect(await post('/orders')).toMatch(/^201/);
    expect(await post('/ship')).toMatch(/^503/);
    expect(await post('/ship')).toMatch(/^503/);
    expect(await post('/ship')).toMatch(/^201/);
    proxy.arm({ path: /./ }, { kind: 'page', status: 503 });
    proxy.disarm();
    expect(await post('/ship')).toMatch(/^201/);
  });
});
