/** A practice shop that speaks the part of Medusa's admin API that a packing bench uses. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { RunningSimulator, SimulatorSettings } from '../simulator';
import { DEMO_ORDERS, makeOrders, orderRequest } from './order-templates';
import { openDoor } from './request-checks';
import { shopControls, summary } from './shop-controls';
import { keepFaults } from './shop-faults';
import { LOCATION_ID, startShopServer, type ShopParts } from './shop-server';
import { openShopState } from './shop-state';

/** In the practice warehouse a new order comes about this often. */
const DEMO_ORDER_EVERY_MS = 90_000;

export interface ShopIdentity {
  /** Name in control paths and of the state file. */
  readonly name: string;
  /** What a person reads. */
  readonly title: string;
}

/** Starts one shop. Its secret key is new at each start: whoever starts it hands it on. */
export async function startMedusaShop(identity: ShopIdentity, settings: SimulatorSettings): Promise<RunningSimulator> {
  let clockOffsetMs = 0;
  const now = (): number => settings.now() + clockOffsetMs;
  const state = openShopState(settings.stateDir === null ? null : join(settings.stateDir, `${identity.name}.json`));
  const parts: ShopParts = {
    state,
    door: openDoor(`sk_${randomBytes(24).toString('hex')}`),
    faults: keepFaults(),
    requests: [],
    now,
  };
  if (settings.demo && state.orders.size === 0) {
    for (const orders of DEMO_ORDERS) makeOrders(state, orderRequest.parse(orders), now());
  }
  const server = await startShopServer(parts);
  const timer = settings.demo
    ? setInterval(() => makeOrders(state, orderRequest.parse({ template: 'single' }), now()), DEMO_ORDER_EVERY_MS)
    : null;
  return {
    name: identity.name,
    announcement: {
      platform: 'medusa',
      title: identity.title,
      baseUrl: server.origin,
      locationId: LOCATION_ID,
      secretKey: parts.door.secretKey,
      email: parts.door.email,
      password: parts.door.password,
    },
    controls: shopControls(parts, server.origin, (ms) => (clockOffsetMs = ms)),
    told: () => ({ orders: [...state.orders.values()].map(summary), requests: parts.requests }),
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      await server.stop();
    },
  };
}
