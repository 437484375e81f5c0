/**
 * Photo addresses as a page sees them: `<mac>/<store>/<address>`, each part base64url. Main fetches nothing whose signature is
 * not its own, so a page can reach no other address through it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { storeId, type StoreId } from '@shared/domain/ids';

const MAC_BYTES = 16;
const LONGEST_ADDRESS = 2_000;

const macOf = (key: Uint8Array, store: string, address: string): Buffer =>
  createHmac('sha256', key).update(`tallyman/photo/1\n${store}\n${address}`).digest().subarray(0, MAC_BYTES);

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

/** @returns the path below `/photo/`. */
export const signPhotoPath = (key: Uint8Array, store: StoreId, address: string): string =>
  `${macOf(key, store, address).toString('base64url')}/${encode(store)}/${encode(address)}`;

/** @returns store and address of a path that we signed, or null for any other. */
export function readPhotoPath(
  key: Uint8Array,
  path: string,
): { readonly storeId: StoreId; readonly address: string } | null {
  const [mac, store, address, ...rest] = path.split('/');
  if (mac === undefined || store === undefined || address === undefined || rest.length > 0) return null;
  const given = Buffer.from(mac, 'base64url');
  const id = storeId.safeParse(Buffer.from(store, 'base64url').toString('utf8'));
  const text = Buffer.from(address, 'base64url').toString('utf8');
  if (!id.success || text.length > LONGEST_ADDRESS || given.length !== MAC_BYTES) return null;
  return timingSafeEqual(given, macOf(key, id.data, text)) ? { storeId: id.data, address: text } : null;
}
