/**
 * From where photos of a store may be fetched: its own origin, and for other hosts only https to a public address. A shop's
 * product data can name any address; without this rule it could make the station knock at doors of the inner network.
 */
import { isIP } from 'node:net';

const PRIVATE_V4 = [
  /^0\./,
  /^10\./,
  /^127\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^(22[4-9]|2[3-5]\d)\./,
];

/** Is this a numeric address of the machine itself or an inner network? */
export function isInnerAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined) return isInnerAddress(mapped);
  if (isIP(bare) === 4) return PRIVATE_V4.some((pattern) => pattern.test(bare));
  return isIP(bare) === 6 && (bare === '::' || bare === '::1' || /^f[cde]/.test(bare) || bare.startsWith('::ffff:'));
}

export type PhotoHost =
  /** The shop itself, wherever it stands. */
  | { readonly kind: 'own'; readonly url: URL }
  /** Another host: every address that its name resolves to must be public. */
  | { readonly kind: 'public'; readonly url: URL };

/** `new URL` as a value: null where the text is no address. (URL.parse came after Node 18.) */
function parseUrl(address: string, base?: URL): URL | null {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}

/** @param address as the shop's data has it; relative ones belong to the shop. @returns null where nothing may be fetched. */
export function photoHost(address: string, shopBaseUrl: string): PhotoHost | null {
  const base = parseUrl(shopBaseUrl);
  const url = base === null ? null : parseUrl(address, base);
  if (base === null || url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.origin === base.origin) return { kind: 'own', url };
  if (url.protocol !== 'https:' || isInnerAddress(url.hostname) || url.hostname.endsWith('.localhost')) return null;
  return url.hostname === 'localhost' ? null : { kind: 'public', url };
}
