/**
 * How a sealed value looks, for the one writer (the ingest worker) and the readers (windows by role, main for labels):
 * byte 0 = format 1, bytes 1…12 = nonce, the rest AES-256-GCM ciphertext with its 16-byte tag. The plain text is JSON in
 * UTF-8. The additional data binds a value to its class and order, so that a sealed contact cannot be moved to another order.
 */
import type { FieldClass } from './person';
import type { OrderKey } from './ids';

export const SEALED_FORMAT = 1;
export const SEALED_NONCE_BYTES = 12;
export const SEALED_TAG_BYTES = 16;

/** Additional authenticated data of a sealed value. */
export const sealedBinding = (fieldClass: FieldClass, key: OrderKey): string => `tallyman/1/${fieldClass}/${key}`;

/** Text over which the search token of a value is made (HMAC-SHA-256 under the search key, first 8 bytes as hexadecimal). */
export const searchTokenText = (field: 'phone-last-four' | 'name', value: string): string =>
  `${field}:${value.trim().toLowerCase()}`;

/** Hex digits kept of a search token: 64 bits, too few to confirm a guess across a large list, enough to search by. */
export const SEARCH_TOKEN_HEX = 16;
