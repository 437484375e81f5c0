import { describe, expect, it } from 'vitest';
import { isPractice, practiceDocument, type PracticePlaces } from '../../../../main/app/practice-document';
import { parseProvision } from '../../../../main/settings/provision-document';

const places: PracticePlaces = {
  shops: [
    {
      name: 'shop-1',
      title: 'One',
      address: 'http://127.0.0.1:4001',
      locationId: 'sloc_1',
      secret: { apiKey: 'key-of-shop-1' },
    },
    {
      name: 'shop-2',
      title: 'Two',
      address: 'http://127.0.0.1:4002',
      locationId: 'sloc_1',
      secret: { apiKey: 'key-of-shop-2' },
    },
  ],
  printPort: 9101,
};

describe('the practice document', () => {
  const fresh = practiceDocument(places, { stores: [], printers: [] });

  it('passes the same check as a document from outside', () => {
    expect(parseProvision(JSON.stringify(fresh))).toMatchObject({ ok: true });
  });

  it('sets a fresh profile up with shops, a printer, people of three roles and 2,000 numbers', () => {
    expect(fresh.stores.map(({ policy, connection }) => [policy.storeId, connection.baseUrl])).toEqual([
      ['practice-shop-1', 'http://127.0.0.1:4001'],
      ['practice-shop-2', 'http://127.0.0.1:4002'],
    ]);
    expect(fresh.people.map(({ role }) => role)).toEqual(['packer', 'lead', 'administrator']);
    expect(new Set(fresh.numbers.flatMap(({ numbers }) => numbers)).size).toBe(2_000);
    expect(fresh.printers[0]?.transport.port).toBe(9101);
    expect(isPractice(fresh.stores)).toBe(true);
    expect(isPractice([])).toBe(false);
  });

  it('moves only the places when the profile was set up before', () => {
    const changed = fresh.stores.map(({ policy, connection }) => ({ policy: { ...policy, tier: 7 }, connection }));
    const moved = {
      shops: places.shops.map((shop) => ({ ...shop, address: 'http://127.0.0.1:5001' })),
      printPort: 9202,
    };
    const again = practiceDocument(moved, { stores: changed, printers: fresh.printers });
    expect(again.people).toEqual([]);
    expect(again.numbers).toEqual([]);
    expect(again.stores.map(({ policy, connection }) => [policy.tier, connection.baseUrl])).toEqual([
      [7, 'http://127.0.0.1:5001'],
      [7, 'http://127.0.0.1:5001'],
    ]);
    expect(again.printers[0]).toMatchObject({ name: fresh.printers[0]?.name, transport: { port: 9202 } });
  });
});
