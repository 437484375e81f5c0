// First: it puts the database in memory in place.
import { openTestDatabase } from '../../../fakes/test-database';
import { describe, expect, it } from 'vitest';
import { lineId } from '@shared/domain/ids';
import { ContactRepository } from '../../../../renderer/data/contact-repository';
import { LabelOrderRepository } from '../../../../renderer/data/label-order-repository';
import { aContact, aLine, anOrder } from '../../../builders/orders';
import { planOf } from '../../../builders/plans';
import { startIngestRig } from '../../../fakes/ingest-rig';
import { testKeys } from '../../../fakes/field-keys';

const order = anOrder('1', { lines: [aLine({ quantity: 3 }), aLine({ lineId: lineId.parse('line-2'), sku: 'TEA' })] });

async function stored() {
  const rig = await startIngestRig();
  await rig.welcome();
  await rig.page([order]);
  return rig.database;
}

describe('contacts', () => {
  it('open for whoever has the key, class by class', async () => {
    const database = await stored();
    const all = await testKeys('open');
    const finance = new ContactRepository(database, () => ({ ...all, contact: null }));
    expect(await finance.openContact(order.orderKey)).toEqual({ ok: false, error: 'no-key' });
    expect(await finance.openMoney(order.orderKey)).toEqual({ ok: true, value: order.money });
    const support = new ContactRepository(database, () => ({ ...all, money: null }));
    expect(await support.openContact(order.orderKey)).toEqual({ ok: true, value: aContact() });
    expect(await support.openMoney(order.orderKey)).toEqual({ ok: false, error: 'no-key' });
  });

  it('stay shut while nobody is signed in, and say when an order is not here', async () => {
    const database = await stored();
    const nobody = new ContactRepository(database, () => null);
    expect(await nobody.openContact(order.orderKey)).toEqual({ ok: false, error: 'no-key' });
    const ring = await testKeys('open');
    const reader = new ContactRepository(database, () => ring);
    expect(await reader.openContact(anOrder('9').orderKey)).toEqual({ ok: false, error: 'order-unknown' });
  });
});

describe('label data', () => {
  it('has the shipment’s own lines and quantities, and the contact still sealed', async () => {
    const database = await stored();
    const plan = planOf(order);
    const part = { ...plan, lines: plan.lines.slice(0, 1).map((line) => ({ ...line, due: 2 })) };
    const read = await new LabelOrderRepository(database).readFor(part);
    if (!read.ok) throw new Error(read.error);
    expect(read.value).toMatchObject([
      { orderKey: order.orderKey, displayNo: '#1', lines: [{ sku: 'MUG-RED', quantity: 2 }] },
    ]);
    expect(read.value[0]?.sealedContact).toBeInstanceOf(Uint8Array);
    expect(JSON.stringify(read.value)).not.toContain('林小满');
  });

  it('is refused when an order of the shipment is not in the database', async () => {
    const read = await new LabelOrderRepository(await openTestDatabase()).readFor(planOf(order));
    expect(read).toEqual({ ok: false, error: 'order-unknown' });
  });
});
