import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { medusaConnection } from '@shared/contract/stores';
import { storePolicy } from '@shared/domain/store';
import { parsePerson, NEW_PERSON } from '../../../../../renderer/features/set-up/person-draft';
import { NEW_PRINTER, parsePrinter, PRINTER_MODELS } from '../../../../../renderer/features/set-up/printer-draft';
import {
  connectionOf,
  draftOfStore,
  NEW_STORE,
  parseStore,
  secretOf,
  type StoreDraft,
} from '../../../../../renderer/features/set-up/store-draft';

const filled: StoreDraft = {
  ...NEW_STORE,
  storeId: 'qinghe',
  name: 'Qinghe',
  baseUrl: 'https://shop.example.com/ ',
  apiKey: 'sk_invented_key',
  carrier: 'SF',
  poolId: 'sf-1',
};

describe('a store as a person types it', () => {
  it('becomes what main takes, with blanks and a trailing slash taken off', () => {
    const parsed = parseStore(filled, true);
    expect(parsed).toMatchObject({
      ok: true,
      connection: { baseUrl: 'https://shop.example.com', locationId: null },
      secret: { apiKey: 'sk_invented_key' },
      policy: { withdrawWindowMs: 20_000, tier: 2, sender: { name: '', phone: '', address: '' } },
    });
    if (!parsed.ok) return;
    expect(storePolicy.safeParse(parsed.policy).success).toBe(true);
    expect(medusaConnection.safeParse(parsed.connection).success).toBe(true);
  });

  it('comes back the same after it was saved and opened again, without its secret', () => {
    const parsed = parseStore(filled, true);
    if (!parsed.ok) throw new Error('the draft should be good');
    const again = draftOfStore({ policy: parsed.policy, connection: parsed.connection });
    expect(again).toEqual({ ...filled, baseUrl: 'https://shop.example.com', apiKey: '' });
    expect(parseStore(again, false)).toEqual({ ...parsed, secret: null });
  });

  it('marks each field that cannot be saved, and only those', () => {
    const bad = parseStore(
      { ...filled, baseUrl: 'ftp://x', tier: '12', slaHours: '', withdrawSeconds: '99999', name: ' ' },
      true,
    );
    expect(bad.ok ? [] : [...bad.problems].sort()).toEqual(['baseUrl', 'name', 'slaHours', 'tier', 'withdrawSeconds']);
  });

  it('needs a secret for a new store, keeps the stored one for an old one, and refuses half a login', () => {
    expect(parseStore({ ...filled, apiKey: '' }, true)).toMatchObject({ ok: false });
    expect(parseStore({ ...filled, apiKey: '' }, false)).toMatchObject({ ok: true, secret: null });
    expect(secretOf({ ...filled, secretKind: 'login', email: 'a@b.example', password: '' })).toBeUndefined();
    expect(secretOf({ ...filled, secretKind: 'login', email: 'a@b.example', password: 'x' })).toEqual({
      email: 'a@b.example',
      password: 'x',
    });
  });

  it('can be tested before the rest is filled in', () => {
    expect(connectionOf({ ...NEW_STORE, baseUrl: 'http://127.0.0.1:9000' }).connection).not.toBeNull();
    expect([...connectionOf({ ...NEW_STORE, baseUrl: 'shop' }).problems]).toEqual(['baseUrl']);
  });
});

describe('a printer as a person types it', () => {
  it('offers exactly the models that the program ships', () => {
    const shipped = readdirSync(join(import.meta.dirname, '../../../../../resources/printers')).filter((name) =>
      name.endsWith('.json'),
    );
    expect([...PRINTER_MODELS].sort()).toEqual(shipped.map((name) => name.replace(/\.json$/, '')).sort());
  });

  it('gets an id of its own when it is new and keeps it after', () => {
    const draft = { ...NEW_PRINTER, name: 'Bench 1', host: '10.0.0.7' };
    expect(parsePrinter(draft, 'fresh')).toMatchObject({
      ok: true,
      settings: { printerId: 'fresh', transport: { port: 9100 } },
    });
    expect(parsePrinter({ ...draft, printerId: 'old' }, 'fresh')).toMatchObject({
      ok: true,
      settings: { printerId: 'old' },
    });
  });

  it('marks a missing host and a port out of range', () => {
    const bad = parsePrinter({ ...NEW_PRINTER, name: 'Bench 1', port: '70000' }, 'fresh');
    expect(bad.ok ? [] : [...bad.problems].sort()).toEqual(['host', 'port']);
  });
});

describe('a person as an administrator types them', () => {
  it('needs a badge or a PIN when new, and keeps both when changed', () => {
    expect(parsePerson({ ...NEW_PERSON, name: 'Pei' })).toMatchObject({ ok: false });
    expect(parsePerson({ ...NEW_PERSON, name: 'Pei', badge: ' tb-0001 ' })).toMatchObject({
      ok: true,
      person: { badge: 'TB-0001', pin: null },
    });
  });

  it('refuses a PIN with letters and a badge that is too short', () => {
    const bad = parsePerson({ ...NEW_PERSON, name: 'Pei', badge: 'x', pin: '12a4' });
    expect(bad.ok ? [] : [...bad.problems].sort()).toEqual(['badge', 'pin']);
  });
});
