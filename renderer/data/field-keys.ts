/**
 * Keys of the sealed fields inside a page or worker. The raw bytes come once over the bridge or the port, are imported so
 * that nobody can take them out again, and are overwritten. A CryptoKey is never stored: Chromium would write its bytes
 * to the disk.
 */
export interface FieldKeyRing {
  /** Seals and opens contacts; null where the role may not read them. */
  readonly contact: CryptoKey | null;
  readonly money: CryptoKey | null;
  /** Makes search tokens and digests; opens nothing. */
  readonly search: CryptoKey;
}

/** Raw keys as the contract brings them. Their bytes are zero afterwards. */
export interface RawFieldKeys {
  readonly contact: Uint8Array | null;
  readonly money: Uint8Array | null;
  readonly search: Uint8Array;
}

/** Keys of a reader can only open, those of the ingest worker can only seal. */
export type KeyUse = 'seal' | 'open';

const aesKey = (bytes: Uint8Array<ArrayBuffer>, use: KeyUse): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [use === 'seal' ? 'encrypt' : 'decrypt']);

/** Imports raw keys and overwrites their bytes, also when the import fails. @throws DOMException for bytes that are no key. */
export async function importFieldKeys(raw: RawFieldKeys, use: KeyUse): Promise<FieldKeyRing> {
  // WebCrypto takes bytes over an ArrayBuffer of their own; these copies are overwritten as well.
  const contactBytes = raw.contact === null ? null : Uint8Array.from(raw.contact);
  const moneyBytes = raw.money === null ? null : Uint8Array.from(raw.money);
  const searchBytes = Uint8Array.from(raw.search);
  try {
    const [contact, money, search] = await Promise.all([
      contactBytes === null ? null : aesKey(contactBytes, use),
      moneyBytes === null ? null : aesKey(moneyBytes, use),
      crypto.subtle.importKey('raw', searchBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    ]);
    return { contact, money, search };
  } finally {
    for (const bytes of [raw.contact, raw.money, raw.search, contactBytes, moneyBytes, searchBytes]) bytes?.fill(0);
  }
}
