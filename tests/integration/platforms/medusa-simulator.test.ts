import { z } from 'zod';
import { describe } from 'vitest';
import { startMedusaShop } from '../../../main/simulators/medusa-shop/medusa-shop';
import type { ConnectorHarness, SuiteShop } from '../../driver-suites/connector-harness';
import { connectorSuite } from '../../driver-suites/connector-suite';
import { connectMedusa, MEDUSA_WRITES } from '../../driver-suites/medusa-connection';
import { commandSimulator } from './command-simulator';

const SKUS = ['TEA-LJ-100', 'CUP-RU-01', 'TOWEL-BM-3'];
const announced = z.object({ baseUrl: z.string(), secretKey: z.string(), email: z.string(), password: z.string() });

async function start(kind: 'secret-key' | 'email-password'): Promise<ConnectorHarness> {
  const simulator = await startMedusaShop(
    { name: 'shop', title: '练习店' },
    { stateDir: null, demo: false, now: () => Date.now() },
  );
  const { baseUrl, secretKey, email, password } = announced.parse(simulator.announcement);
  const command = commandSimulator(simulator);
  const shop: SuiteShop = {
    baseUrl,
    writes: MEDUSA_WRITES,
    createOrder: async ({ quantities, paid = true, metadata = {} }) => {
      const lines = quantities.map((quantity, index) => ({ sku: SKUS[index] ?? '', quantity }));
      const [order] = await command.createOrders({ lines, paid, metadata });
      if (order === undefined) throw new Error('the simulator made no order');
      return { id: order.id, displayNo: order.displayId, lines: order.lines };
    },
    cancel: (id) => command.onOrder(id, 'cancel'),
    refund: (id) => command.onOrder(id, 'refund'),
    touch: (id) => command.onOrder(id, 'edit', { street: '改过的路 1 号' }),
    fulfilByStaff: (id, units, number) =>
      command.onOrder(id, 'fulfil-by-staff', number === null ? { units } : { units, number }),
    told: async (id) => (await command.told(id)).fulfillments,
  };
  const credential = kind === 'secret-key' ? { kind, key: secretKey } : { kind, email, password };
  return { shop, connect: (options) => connectMedusa(options, credential), stop: () => simulator.stop() };
}

describe('the Medusa connector against the practice shop', () => {
  connectorSuite('with a secret key', () => start('secret-key'));
  connectorSuite('with email and password', () => start('email-password'));
});
