/** Opens sealed values. Format: `sealed-format.ts`. */
import type { z } from 'zod';
import type { FieldClass } from '@shared/domain/person';
import type { OrderKey } from '@shared/domain/ids';
import { SEALED_FORMAT, SEALED_NONCE_BYTES, SEALED_TAG_BYTES, sealedBinding } from '@shared/domain/sealed-format';
import { ok, refuse, type Result } from '@shared/language/result';

const encoder = new TextEncoder();

/**
 * Opens one sealed value. Refused as `unreadable` when the format is unknown, the key or the order is another one, the
 * bytes were touched, or the content has another shape; nothing of the content is in the refusal.
 */
export async function openSealed<T extends z.ZodType>(
  key: CryptoKey,
  fieldClass: FieldClass,
  orderKey: OrderKey,
  sealed: Uint8Array,
  schema: T,
): Promise<Result<z.output<T>, 'unreadable'>> {
  if (sealed[0] !== SEALED_FORMAT || sealed.length < 1 + SEALED_NONCE_BYTES + SEALED_TAG_BYTES)
    return refuse('unreadable');
  const iv = Uint8Array.from(sealed.subarray(1, 1 + SEALED_NONCE_BYTES));
  const cipher = Uint8Array.from(sealed.subarray(1 + SEALED_NONCE_BYTES));
  const additionalData = encoder.encode(sealedBinding(fieldClass, orderKey));
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, cipher);
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(plain)));
    return parsed.success ? ok(parsed.data) : refuse('unreadable');
  } catch {
    // The cause is one of the above; WebCrypto tells no more, and a JSON error would quote the content.
    return refuse('unreadable');
  }
}
