/** Connectors by store, built when first needed and kept while the store's connection stays the same. */
import type { MedusaConnection, StoreSecret } from '@shared/contract/stores';
import type { StoreId } from '@shared/domain/ids';
import { ok, refuse } from '@shared/language/result';
import type { Clock } from '@shared/units/instant';
import type { ShopConnector } from '../platforms/connector';
import type { Credentials, ShopCredential } from '../platforms/credentials';
import type { HttpGateway } from '../platforms/http-gateway';
import { createMedusaConnector } from '../platforms/medusa/medusa-connector';
import { medusaStoreConfig } from '../platforms/medusa/store-config';
import type { SettingsPort, VaultPort } from './ports';

export interface StoreConnectors {
  /** Null for a store that is not set up, has no secret, or while the vault is locked. */
  connectorOf(store: StoreId): ShopConnector | null;
  /** A connector for trying out a connection; nothing of it is kept. */
  probe(store: StoreId, connection: MedusaConnection, secret: StoreSecret): ShopConnector;
}

export interface StoreConnectorsDeps {
  readonly settings: Pick<SettingsPort, 'stores'>;
  readonly vault: Pick<VaultPort, 'isOpen' | 'storeSecret'>;
  readonly gateway: HttpGateway;
  readonly clock: Clock;
}

const credentialOf = (secret: StoreSecret): ShopCredential =>
  'apiKey' in secret
    ? { kind: 'secret-key', key: secret.apiKey }
    : { kind: 'email-password', email: secret.email, password: secret.password };

export function createStoreConnectors(deps: StoreConnectorsDeps): StoreConnectors {
  const built = new Map<StoreId, { readonly fingerprint: string; readonly connector: ShopConnector }>();

  const build = (store: StoreId, connection: MedusaConnection, secret: StoreSecret, credentials: Credentials) =>
    createMedusaConnector(
      medusaStoreConfig.parse({
        storeId: store,
        baseUrl: connection.baseUrl,
        auth: credentialOf(secret).kind,
        locationId: connection.locationId,
        lookBackDays: connection.lookBackDays,
      }),
      { gateway: deps.gateway, credentials, clock: deps.clock },
    );

  /** Read at the moment of use, so that a new secret counts at once and a locked vault ends it. */
  const fromVault: Credentials = {
    read: async (store) => {
      if (!deps.vault.isOpen()) return refuse('locked');
      const secret = deps.vault.storeSecret(store);
      return secret === null ? refuse('missing') : ok(credentialOf(secret));
    },
  };

  return {
    connectorOf: (store) => {
      const settings = deps.settings.stores().find(({ policy }) => policy.storeId === store);
      const secret = deps.vault.storeSecret(store);
      if (settings === undefined || secret === null) return null;
      const fingerprint = JSON.stringify([settings.connection, credentialOf(secret).kind]);
      const known = built.get(store);
      if (known?.fingerprint === fingerprint) return known.connector;
      const connector = build(store, settings.connection, secret, fromVault);
      built.set(store, { fingerprint, connector });
      return connector;
    },
    probe: (store, connection, secret) =>
      build(store, connection, secret, { read: async () => ok(credentialOf(secret)) }),
  };
}
