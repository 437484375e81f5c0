/** The contract's stores area. */
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { AreaHandlers } from '@shared/contract/define-area';
import type { storesArea } from '@shared/contract/stores';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import { storeId as storeIdSchema } from '@shared/domain/ids';
import { hasRight } from '@shared/domain/person';
import type { FeedService } from '../feed/feed-service';
import type { FreshnessBoard } from '../feed/freshness-board';
import type { ShopConnector } from '../platforms/connector';
import type { CallContext, SessionPort, SettingsPort, VaultPort } from './ports';
import { saved } from './saved';
import type { StoreConnectors } from './store-connectors';

export interface StoresHandlersDeps {
  readonly settings: SettingsPort;
  readonly vault: VaultPort;
  readonly session: SessionPort;
  readonly connectors: StoreConnectors;
  readonly board: FreshnessBoard;
  readonly feed: FeedService;
  readonly audit: (action: string, subject: string) => Promise<Reply<unknown>>;
}

type Handlers = AreaHandlers<typeof storesArea, CallContext>;
type TestAnswer = { latencyMs: number; openOrders: number; firstOrders: string[] };

const TEST_LIMIT_MS = 20_000;
const SHOWN_ORDERS = 10;

export function storesHandlers(deps: StoresHandlersDeps): Handlers {
  const { settings, vault, session } = deps;
  const maySetUp = (): boolean => hasRight(session.current()?.role ?? 'picker', 'set-up');
  const others = (id: string) => settings.stores().filter(({ policy }) => policy.storeId !== id);
  return {
    list: () =>
      answered(
        settings.stores().map(({ policy, connection }) => ({
          policy,
          connection,
          hasSecret: vault.storeSecret(policy.storeId) !== null,
          freshness: deps.board.of(policy.storeId),
        })),
      ),
    save: async ({ policy, connection, secret }) => {
      if (!maySetUp()) return refused('not-allowed');
      if (secret !== null && !vault.isOpen()) return refused('vault-locked');
      const reply = await saved(async () => {
        if (secret !== null) await vault.saveStoreSecret(policy.storeId, secret);
        await settings.saveStores([...others(policy.storeId), { policy, connection }]);
      });
      if (!reply.ok) return reply;
      await deps.audit('store-saved', policy.storeId);
      deps.feed.pullNow(policy.storeId);
      return reply;
    },
    remove: async ({ storeId }) => {
      if (!maySetUp()) return refused('not-allowed');
      if (others(storeId).length === settings.stores().length) return refused('store-unknown');
      const reply = await saved(async () => {
        await settings.saveStores(others(storeId));
        if (vault.isOpen()) await vault.removeStoreSecret(storeId);
      });
      if (reply.ok) await deps.audit('store-removed', storeId);
      return reply;
    },
    test: async ({ connection, secret, storeId }) => {
      if (!maySetUp()) return refused('not-allowed');
      if (!vault.isOpen()) return refused('vault-locked');
      const known = secret ?? (storeId === null ? null : vault.storeSecret(storeId));
      if (known === null) return refused('store-refused', { code: 'no-secret' });
      return tryOut(deps.connectors.probe(storeId ?? storeIdSchema.parse('test'), connection, known));
    },
    pullNow: ({ storeId }) => (deps.feed.pullNow(storeId) ? answered(null) : refused('store-unknown')),
  };
}

function refusalOf(failure: GatewayFailure): Reply<never> {
  const says = ['unauthorized', 'forbidden', 'refused', 'not-found', 'unreadable'].includes(failure.code);
  return refused(says ? 'store-refused' : 'store-unreachable', {
    code: failure.code,
    status: failure.status ?? 0,
    detail: failure.detail,
  });
}

/** Health and a first page, with nothing kept. */
async function tryOut(connector: ShopConnector): Promise<Reply<TestAnswer>> {
  const signal = AbortSignal.timeout(TEST_LIMIT_MS);
  const health = await connector.health(signal);
  if (health.kind === 'throttled') return refused('store-unreachable', { code: 'throttled' });
  if (health.kind !== 'fine') return refusalOf(health.failure);
  const page = await connector.pullChanges(null, signal);
  if (!page.ok) return refusalOf(page.error);
  const open = page.value.orders.filter((order) => order.life === 'open');
  return answered({
    latencyMs: health.latencyMs,
    openOrders: open.length,
    firstOrders: open.slice(0, SHOWN_ORDERS).map((order) => order.displayNo),
  });
}
