import { describe, expect, it } from 'vitest';
import { contact } from '@shared/domain/order';
import { SEALED_FORMAT, SEALED_NONCE_BYTES, SEALED_TAG_BYTES } from '@shared/domain/sealed-format';
import { importFieldKeys } from '../../../../renderer/data/field-keys';
import { openSealed } from '../../../../renderer/data/open';
import { sealBatch } from '../../../../renderer/data/seal';
import { aContact, anOrder } from '../../../builders/orders';
import { rawTestKeys, testKeys } from '../../../fakes/field-keys';

const order = anOrder('1001');

async function sealedContact(): Promise<Uint8Array> {
  const { contact: key } = await testKeys('seal');
  if (key === null) throw new Error('no key');
  const [sealed] = await sealBatch(key, 'contact', [{ orderKey: order.orderKey, value: order.contact }]);
  if (sealed === undefined) throw new Error('nothing sealed');
  return sealed;
}

async function open(sealed: Uint8Array, orderKey = order.orderKey, fieldClass: 'contact' | 'money' = 'contact') {
  const { contact: key } = await testKeys('open');
  if (key === null) throw new Error('no key');
  return openSealed(key, fieldClass, orderKey, sealed, contact);
}

describe('sealing', () => {
  it('opens again with the same key for the same order', async () => {
    expect(await open(await sealedContact())).toEqual({ ok: true, value: aContact() });
  });

  it('has the documented layout: format, nonce, ciphertext with tag', async () => {
    const sealed = await sealedContact();
    const plainBytes = new TextEncoder().encode(JSON.stringify(order.contact)).length;
    expect(sealed[0]).toBe(SEALED_FORMAT);
    expect(sealed.length).toBe(1 + SEALED_NONCE_BYTES + plainBytes + SEALED_TAG_BYTES);
  });

  it('uses a nonce of its own for each value, so that equal contacts do not look alike', async () => {
    expect(await sealedContact()).not.toEqual(await sealedContact());
  });

  it('holds nothing of the content in clear', async () => {
    const bytes = new TextDecoder('latin1').decode(await sealedContact());
    expect(bytes).not.toContain('13800004321');
    expect(bytes).not.toContain(new TextDecoder('latin1').decode(new TextEncoder().encode('林小满')));
  });

  it('does not open for another order, another class, another key, or after a touched byte', async () => {
    const sealed = await sealedContact();
    const unreadable = { ok: false, error: 'unreadable' };
    expect(await open(sealed, anOrder('1002').orderKey)).toEqual(unreadable);
    expect(await open(sealed, order.orderKey, 'money')).toEqual(unreadable);
    const touched = sealed.slice();
    touched[20] = (touched[20] ?? 0) ^ 1;
    expect(await open(touched)).toEqual(unreadable);
    const other = await importFieldKeys({ ...rawTestKeys(), contact: new Uint8Array(32).fill(9) }, 'open');
    if (other.contact === null) throw new Error('no key');
    expect(await openSealed(other.contact, 'contact', order.orderKey, sealed, contact)).toEqual(unreadable);
  });

  it('refuses another format and values that are too short instead of guessing', async () => {
    const sealed = await sealedContact();
    const newer = sealed.slice();
    newer[0] = 2;
    expect(await open(newer)).toEqual({ ok: false, error: 'unreadable' });
    expect(await open(sealed.slice(0, 10))).toEqual({ ok: false, error: 'unreadable' });
  });
});

describe('field keys', () => {
  it('overwrite the raw bytes and cannot be taken out again', async () => {
    const raw = rawTestKeys();
    const ring = await importFieldKeys(raw, 'open');
    expect([...raw.contact, ...raw.money, ...raw.search].every((byte) => byte === 0)).toBe(true);
    expect(ring.contact?.extractable).toBe(false);
    expect(ring.money?.extractable).toBe(false);
    expect(ring.search.extractable).toBe(false);
  });

  it('of a reader cannot seal, those of the ingest worker cannot open', async () => {
    expect((await testKeys('open')).contact?.usages).toEqual(['decrypt']);
    expect((await testKeys('seal')).contact?.usages).toEqual(['encrypt']);
  });

  it('overwrite the bytes also when one of them is no key', async () => {
    const raw = { ...rawTestKeys(), contact: new Uint8Array(5).fill(7) };
    await expect(importFieldKeys(raw, 'open')).rejects.toThrow();
    expect([...raw.contact, ...raw.search].every((byte) => byte === 0)).toBe(true);
  });
});
