import { createDecipheriv } from 'node:crypto';
import { contact, type Contact } from '@shared/domain/order';
import type { OrderKey } from '@shared/domain/ids';
import { SEALED_FORMAT, SEALED_NONCE_BYTES, SEALED_TAG_BYTES, sealedBinding } from '@shared/domain/sealed-format';
import { ok, refuse, type Result } from '@shared/language/result';

/**
 * Opens a sealed contact. @param key 32 bytes of the contact key; overwritten before this returns.
 * @returns refusal `contact-unreadable` for another format, another key, another order's contact or changed bytes.
 */
export function openContact(
  sealed: Uint8Array,
  key: Uint8Array,
  order: OrderKey,
): Result<Contact, 'contact-unreadable'> {
  try {
    if (sealed[0] !== SEALED_FORMAT || sealed.length < 1 + SEALED_NONCE_BYTES + SEALED_TAG_BYTES)
      return refuse('contact-unreadable');
    const nonce = sealed.subarray(1, 1 + SEALED_NONCE_BYTES);
    const tagAt = sealed.length - SEALED_TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAAD(Buffer.from(sealedBinding('contact', order), 'utf8'));
    decipher.setAuthTag(sealed.subarray(tagAt));
    const plain = Buffer.concat([decipher.update(sealed.subarray(1 + SEALED_NONCE_BYTES, tagAt)), decipher.final()]);
    const parsed = contact.safeParse(JSON.parse(plain.toString('utf8')));
    plain.fill(0);
    return parsed.success ? ok(parsed.data) : refuse('contact-unreadable');
  } catch {
    // Wrong key or changed bytes: node throws the same error for each, and its text must not travel.
    return refuse('contact-unreadable');
  } finally {
    key.fill(0);
  }
}
