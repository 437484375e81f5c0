/** Gets one picture over http or https, within limits of time, size and place. Sends no cookie, key or referrer. */
import { lookup as systemLookup } from 'node:dns';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import type { LookupFunction } from 'node:net';
import { ok, refuse, type Result } from '@shared/language/result';
import { isInnerAddress, photoHost, type PhotoHost } from './photo-host';

export type PhotoFailure = 'offline' | 'refused' | 'too-large' | 'too-slow' | 'not-allowed';

export interface FetchLimits {
  readonly maxBytes: number;
  readonly limitMs: number;
}

export const PHOTO_LIMITS: FetchLimits = { maxBytes: 5 * 1024 * 1024, limitMs: 10_000 };
const MAX_REDIRECTS = 3;

class InnerAddress extends Error {}

/** Resolves a name and refuses when any of its addresses is an inner one: what is checked here is what is connected to. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isInnerAddress(address)))
      return callback(new InnerAddress('inner address'), '', 0);
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function open(host: PhotoHost, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = host.url.protocol === 'https:' ? httpsGet : httpGet;
    const lookup = host.kind === 'public' ? { lookup: publicLookup } : {};
    get(host.url, { signal, agent: false, headers: { accept: 'image/*' }, ...lookup }, resolve).on('error', reject);
  });
}

async function readBody(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let total = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    total += part.length;
    if (total > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** @param shopBaseUrl address of the shop that names the picture. @param signal ends it early. */
export async function fetchPhoto(
  address: string,
  shopBaseUrl: string,
  limits: FetchLimits = PHOTO_LIMITS,
): Promise<Result<Uint8Array, PhotoFailure>> {
  const limit = AbortSignal.timeout(limits.limitMs);
  let next = address;
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const host = photoHost(next, shopBaseUrl);
      if (host === null) return refuse('not-allowed');
      const answer = await open(host, limit);
      const status = answer.statusCode ?? 0;
      const { location } = answer.headers;
      if (status >= 300 && status < 400 && location !== undefined) {
        answer.destroy();
        next = new URL(location, host.url).href;
        continue;
      }
      if (status !== 200) {
        answer.destroy();
        return refuse('refused');
      }
      const bytes = await readBody(answer, limits.maxBytes);
      answer.destroy();
      return bytes === null ? refuse('too-large') : ok(bytes);
    }
    return refuse('refused');
  } catch (error) {
    if (limit.aborted) return refuse('too-slow');
    return refuse(error instanceof InnerAddress ? 'not-allowed' : 'offline');
  }
}
