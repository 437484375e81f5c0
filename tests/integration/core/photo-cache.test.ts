import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchPhoto } from '../../../main/images/fetch-photo';
import { PhotoCache } from '../../../main/images/photo-cache';
import { SHOP } from '../../builders/orders';
import { silentLogger } from '../../fakes/bench-rig';
import { createManualClock } from '../../fakes/manual-clock';

const KEY = new Uint8Array(32).fill(7);
const LIMITS = { maxBytes: 40_000, limitMs: 400 };

/** A picture of one colour. */
const picture = (size: number, red = 200): Buffer => {
  const png = new PNG({ width: size, height: size });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([red, at % 251, (at * 7) % 251, 255], at);
  return PNG.sync.write(png);
};

/** The nearest-pixel reduction to 16 pixels: real pictures in, real pictures out. */
const resize = async (bytes: Uint8Array): Promise<Uint8Array | null> => {
  if (bytes[0] !== 0x89) return null;
  const from = PNG.sync.read(Buffer.from(bytes));
  const to = new PNG({ width: 16, height: 16 });
  for (let y = 0; y < 16; y += 1)
    for (let x = 0; x < 16; x += 1) {
      const at = (Math.floor((y * from.height) / 16) * from.width + Math.floor((x * from.width) / 16)) * 4;
      to.data.set(from.data.subarray(at, at + 4), (y * 16 + x) * 4);
    }
  return PNG.sync.write(to);
};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let base = '';
let asked: string[] = [];
let answers: Record<string, Answer> = {};

beforeEach(async () => {
  asked = [];
  answers = {};
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const serve =
  (bytes: Uint8Array, status = 200): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'image/png' }).end(bytes);

async function aCache(over: { folder?: string; maxDiskBytes?: number; key?: Uint8Array | null } = {}) {
  const clock = createManualClock();
  const folder = over.folder ?? (await mkdtemp(join(tmpdir(), 'tallyman-photos-')));
  const cache = new PhotoCache({
    folder,
    photoKey: () => (over.key === undefined ? KEY : over.key),
    shopBaseUrl: (store) => (store === SHOP ? base : null),
    fetch: (address, shop) => fetchPhoto(address, shop, LIMITS),
    resize,
    clock,
    logger: silentLogger,
    ...(over.maxDiskBytes === undefined ? {} : { maxDiskBytes: over.maxDiskBytes }),
  });
  const path = (address: string): string => {
    const signed = cache.pathFor(SHOP, address);
    if (signed === null) throw new Error('not signed');
    return signed;
  };
  return { cache, clock, folder, path };
}

describe('the photo cache', () => {
  it('fetches once, makes it small, and serves it from disk afterwards, offline and after a restart too', async () => {
    answers['/a.png'] = serve(picture(64));
    const { cache, folder, path } = await aCache();
    const [one, two] = await Promise.all([cache.get(path(`${base}/a.png`)), cache.get(path(`${base}/a.png`))]);
    expect(one?.type).toBe('image/png');
    expect(PNG.sync.read(Buffer.from(one?.bytes ?? [])).width).toBe(16);
    expect(two).toEqual(one);
    expect(asked).toEqual(['/a.png']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect((await cache.get(path(`${base}/a.png`)))?.type).toBe('image/png');
    const next = await aCache({ folder });
    expect((await next.cache.get(next.path(`${base}/a.png`)))?.bytes).toEqual(one?.bytes);
  });

  it('signs nothing for other stores, inner addresses or a locked vault, and serves no unsigned path', async () => {
    const { cache } = await aCache();
    expect(cache.pathFor(SHOP, 'https://192.168.0.1/a.png')).toBeNull();
    expect(await cache.get('AAAA/BBBB/CCCC')).toBeNull();
    const locked = await aCache({ key: null });
    expect(locked.cache.pathFor(SHOP, `${base}/a.png`)).toBeNull();
    expect(asked).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['a page', serve(Buffer.from('<html>hello</html>'))],
    ['an SVG', serve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['a 404', serve(picture(16), 404)],
    ['too much', serve(Buffer.concat([picture(16), Buffer.alloc(60_000)]))],
    ['an endless drip', (_request, response) => void response.writeHead(200).write(picture(16).subarray(0, 20))],
    [
      'a redirect to an inner address',
      (_request, response) => response.writeHead(302, { location: 'https://10.0.0.1/' }).end(),
    ],
    ['a redirect in a circle', (_request, response) => response.writeHead(302, { location: '/bad.png' }).end()],
    ['nothing', (request) => request.socket.destroy()],
  ])('shows no picture for %s, and does not ask again for a while', async (_name, answer) => {
    answers['/bad.png'] = answer;
    const { cache, clock, path } = await aCache();
    expect(await cache.get(path(`${base}/bad.png`))).toBeNull();
    const first = asked.length;
    expect(await cache.get(path(`${base}/bad.png`))).toBeNull();
    expect(asked).toHaveLength(first);
    answers['/bad.png'] = serve(picture(16));
    await clock.advance(61_000);
    expect(await cache.get(path(`${base}/bad.png`))).not.toBeNull();
  });

  it('follows a redirect within the shop', async () => {
    answers['/old.png'] = (_request, response) => response.writeHead(301, { location: '/new.png' }).end();
    answers['/new.png'] = serve(picture(16));
    const { cache, path } = await aCache();
    expect(await cache.get(path(`${base}/old.png`))).not.toBeNull();
  });

  it('throws out what was not looked at for longest, and half-written files at start', async () => {
    for (let n = 1; n <= 3; n += 1) answers[`/${n}.png`] = serve(picture(32, n * 60));
    const { cache, folder, path } = await aCache({ maxDiskBytes: 900 });
    await cache.get(path(`${base}/1.png`));
    const size = (await cache.get(path(`${base}/1.png`)))?.bytes.length ?? 0;
    expect(size).toBeGreaterThan(300);
    expect(size * 3).toBeGreaterThan(900);
    expect(size * 2).toBeLessThan(900);
    await cache.get(path(`${base}/2.png`));
    await cache.get(path(`${base}/1.png`)); // looked at again
    await cache.get(path(`${base}/3.png`));
    asked = [];
    await cache.get(path(`${base}/1.png`));
    expect(asked).toEqual([]);
    await cache.get(path(`${base}/2.png`));
    expect(asked).toEqual(['/2.png']);
    await writeFile(join(folder, 'half.new'), 'x');
    const next = await aCache({ folder });
    await next.cache.get(next.path(`${base}/1.png`));
    expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});
