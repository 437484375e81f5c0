/** The Medusa connector against a real Medusa with PostgreSQL, and the practice shop compared with the real one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startMedusaShop } from '../../main/simulators/medusa-shop/medusa-shop';
import type { RunningSimulator } from '../../main/simulators/simulator';
import type { ConnectorHarness, SuiteShop } from '../driver-suites/connector-harness';
import { connectorSuite } from '../driver-suites/connector-suite';
import { connectMedusa, MEDUSA_WRITES } from '../driver-suites/medusa-connection';
import { playShop, type PlayedShop } from '../driver-suites/medusa-play';
import { commandSimulator } from '../integration/platforms/command-simulator';
import { startMedusa, type MedusaRig, type RigSku } from '../rigs/medusa-rig';

const SKUS: readonly RigSku[] = ['TEA-LJ-100', 'CUP-RU-01', 'TOWEL-BM-3'];
let rig: MedusaRig;

beforeAll(async () => {
  rig = await startMedusa();
}, 600_000);
afterAll(() => rig.stop());

function shopOf(medusa: MedusaRig): SuiteShop {
  return {
    baseUrl: medusa.baseUrl,
    writes: MEDUSA_WRITES,
    createOrder: async ({ quantities, paid = true, metadata }) => {
      const lines = quantities.map((quantity, index) => ({ sku: SKUS[index] ?? 'SOCK-42-BK', quantity }));
      const order = await medusa.createOrder({ lines, paid, ...(metadata === undefined ? {} : { metadata }) });
      return { id: order.id, displayNo: String(order.displayId), lines: order.lines };
    },
    cancel: (id) => medusa.cancelOrder(id),
    refund: (id) => medusa.refund(id),
    touch: async (id) =>
      void (await medusa.adminCall('POST', `/admin/orders/${id}`, { email: `touched-${Date.now()}@rig.test` })),
    fulfilByStaff: async (id, units, number) => {
      const items = units.map((unit) => ({ id: unit.lineId, quantity: unit.quantity }));
      await medusa.adminCall('POST', `/admin/orders/${id}/fulfillments`, { items, location_id: medusa.locationId });
      const [made] = (await medusa.told(id)).filter((one) => !one.shipped && !one.canceled);
      if (number === null || made === undefined) return;
      const labels = [{ tracking_number: number, tracking_url: '#', label_url: '#' }];
      await medusa.adminCall('POST', `/admin/orders/${id}/fulfillments/${made.id}/shipments`, { items, labels });
    },
    told: (id) => medusa.told(id),
  };
}

async function harness(): Promise<ConnectorHarness> {
  return {
    shop: shopOf(rig),
    connect: (options) => connectMedusa(options, { kind: 'secret-key', key: rig.secretKey }),
    stop: async () => undefined, // the rig serves the whole file
  };
}

// The other faults differ from these only for the connector, and the simulator has them all.
connectorSuite('a real Medusa', harness, [{ kind: 'cut-during' }, { kind: 'cut-after' }, { kind: 'duplicate' }]);

describe('a buyer’s order from the store front', () => {
  it('is unpaid until its payment is captured, and is then pulled as paid', async () => {
    const order = await rig.createOrder({ via: 'store', paid: false, lines: [{ sku: 'CUP-RU-01', quantity: 2 }] });
    const connector = (await harness()).connect({
      baseUrl: rig.baseUrl,
      clock: { now: () => z.number().brand<'Instant'>().parse(Date.now()) },
      graceMs: 0,
      limitMs: 20_000,
      pageSize: 50,
    });
    const read = () => connector.readOrder(z.string().brand<'OrderNo'>().parse(order.id), AbortSignal.timeout(30_000));
    expect(await read()).toMatchObject({ ok: true, value: { payment: 'unpaid', money: { total: { minor: 12_780 } } } });
    const payments = await rig.readOrder(order.id, 'id,*payment_collections.payments');
    const schema = z.object({
      payment_collections: z.array(z.object({ payments: z.array(z.object({ id: z.string() })) })),
    });
    const [payment] = schema.parse(payments).payment_collections.flatMap((one) => one.payments);
    await rig.adminCall('POST', `/admin/payments/${payment?.id ?? ''}/capture`, {});
    expect(await read()).toMatchObject({ ok: true, value: { payment: 'paid', shippingMethod: '标准快递' } });
  });
});

describe('the practice shop', () => {
  let simulator: RunningSimulator;
  beforeAll(async () => {
    simulator = await startMedusaShop(
      { name: 'shop', title: '练习店' },
      { stateDir: null, demo: false, now: () => Date.now() },
    );
  });
  afterAll(() => simulator.stop());

  it('answers call for call as the real shop does', async () => {
    const practice = z
      .object({ baseUrl: z.string(), secretKey: z.string(), locationId: z.string() })
      .parse(simulator.announcement);
    const command = commandSimulator(simulator);
    const played: PlayedShop = {
      ...practice,
      createOrder: async (quantity) => {
        const [order] = await command.createOrders({ lines: [{ sku: 'TEA-LJ-100', quantity }] });
        return { id: order?.id ?? '', lineId: order?.lines[0]?.id ?? '' };
      },
      cancelOrder: (id) => command.onOrder(id, 'cancel'),
      refund: (id, amount) => command.onOrder(id, 'refund', { amount }),
    };
    const real: PlayedShop = {
      baseUrl: rig.baseUrl,
      secretKey: rig.secretKey,
      locationId: rig.locationId,
      createOrder: async (quantity) => {
        const order = await rig.createOrder({ lines: [{ sku: 'TEA-LJ-100', quantity }] });
        return { id: order.id, lineId: order.lines[0]?.id ?? '' };
      },
      cancelOrder: (id) => rig.cancelOrder(id),
      refund: (id, amount) => rig.refund(id, amount),
    };
    expect(await playShop(played)).toEqual(await playShop(real));
  });
});
