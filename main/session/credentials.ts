/**
 * Badges and PINs as they are stored. Both go through an HMAC under a key of the vault first: without the vault, the few
 * thousand possible PINs cannot be tried against a copied file.
 */
import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinHash } from './people-record';

/** About 50 ms on a bench computer, 16 MB; a sign-in must stay under a second. */
const PIN_COST_N = 2 ** 14;
const HASH_BYTES = 32;

/** Badge text as it is compared: scanners differ in case, and some add blanks. */
export const normalizeBadge = (badge: string): string => badge.trim().toUpperCase();

/** @param key 32 bytes from the vault */
export const hashBadge = (badge: string, key: Uint8Array): string =>
  createHmac('sha256', key).update(normalizeBadge(badge), 'utf8').digest('base64');

/** Hashes a PIN with a fresh salt. */
export async function hashPin(pin: string, key: Uint8Array, random: (bytes: number) => Uint8Array): Promise<PinHash> {
  const salt = Buffer.from(random(16));
  const hash = await stretch(pin, key, salt, PIN_COST_N);
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), n: PIN_COST_N };
}

/** Does this PIN belong to that hash? `null` (a person without a PIN, or nobody) takes as long and is false. */
export async function pinMatches(pin: string, stored: PinHash | null, key: Uint8Array): Promise<boolean> {
  const salt = stored === null ? Buffer.alloc(16) : Buffer.from(stored.salt, 'base64');
  const found = await stretch(pin, key, salt, stored?.n ?? PIN_COST_N);
  if (stored === null) return false;
  const expected = Buffer.from(stored.hash, 'base64');
  return expected.length === found.length && timingSafeEqual(expected, found);
}

function stretch(pin: string, key: Uint8Array, salt: Uint8Array, n: number): Promise<Buffer> {
  const peppered = createHmac('sha256', key).update(pin, 'utf8').digest();
  return new Promise((resolve, reject) => {
    scrypt(peppered, salt, HASH_BYTES, { N: n, r: 8, p: 1, maxmem: 256 * n * 8 }, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
