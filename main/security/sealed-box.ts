/** AES-256-GCM around small files and keys of the vault. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { z } from 'zod';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Both parts base64; `sealed` ends with the 16-byte tag. */
export const sealedBox = z.object({ nonce: z.base64(), sealed: z.base64() });
export type SealedBox = z.infer<typeof sealedBox>;

/**
 * Seals bytes under a 32-byte key. @param purpose bound to the box as additional data: a box cannot be used in the place of
 * another. @param random source of the nonce
 */
export function sealBox(
  key: Uint8Array,
  purpose: string,
  plain: Uint8Array,
  random: (bytes: number) => Uint8Array,
): SealedBox {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(purpose, 'utf8'));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: Buffer.from(nonce).toString('base64'), sealed: sealed.toString('base64') };
}

/** Opens a box. @returns null when key, purpose or content are not those it was sealed with. */
export function openBox(key: Uint8Array, purpose: string, box: SealedBox): Uint8Array | null {
  const nonce = Buffer.from(box.nonce, 'base64');
  const sealed = Buffer.from(box.sealed, 'base64');
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose, 'utf8'));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const body = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
    return Buffer.concat([body, decipher.final()]);
  } catch {
    return null;
  }
}
