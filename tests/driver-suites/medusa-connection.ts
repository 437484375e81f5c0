/** Builds the Medusa connector for the acceptance suite. */
import { storeId } from '@shared/domain/ids';
import { ok } from '@shared/language/result';
import type { ShopConnector } from '../../main/platforms/connector';
import type { ShopCredential } from '../../main/platforms/credentials';
import { createHttpGateway } from '../../main/platforms/http-gateway';
import { createMedusaConnector } from '../../main/platforms/medusa/medusa-connector';
import { medusaStoreConfig } from '../../main/platforms/medusa/store-config';
import type { ConnectorOptions } from './connector-harness';

/** Where faults are aimed at Medusa's calls. */
export const MEDUSA_WRITES = {
  create: /\/fulfillments$/,
  ship: /\/shipments$/,
  read: /\/admin\/orders\/[^/?]+\?/,
};

/** @param credential what the shop accepts; `wrongLogin` spoils it. */
export function connectMedusa(options: ConnectorOptions, credential: ShopCredential): ShopConnector {
  const config = medusaStoreConfig.parse({
    storeId: storeId.parse('suite-store'),
    baseUrl: options.baseUrl,
    auth: credential.kind,
    pageSize: options.pageSize,
    overlapMs: 1_000,
    timeouts: { graceMs: options.graceMs, readMs: options.limitMs, writeMs: options.limitMs },
  });
  const given: ShopCredential = options.wrongLogin === true ? { kind: 'secret-key', key: 'sk_wrong' } : credential;
  return createMedusaConnector(config, {
    gateway: createHttpGateway({ clock: options.clock }),
    credentials: { read: async () => ok(given) },
    clock: options.clock,
  });
}
