import type { StorePolicy } from '@shared/domain/store';
import { poolId } from '@shared/domain/ids';
import { SHOP } from './orders';

export function aPolicy(changes: Partial<StorePolicy> = {}): StorePolicy {
  return {
    storeId: SHOP,
    platform: 'medusa',
    name: '样例小店',
    warehouse: 'W1',
    tier: 3,
    slaHours: 24,
    lane: 'main',
    orderOfWork: 'verify-first',
    tellAt: 'closed',
    withdrawWindowMs: 20_000,
    carrier: 'manual',
    poolId: poolId.parse('pool-1'),
    staleAfterMinutes: 30,
    whenStale: 'go-on-and-list',
    sender: { name: '样例小店', phone: '0571-00000000', address: '浙江省杭州市样例路 1 号' },
    ...changes,
  };
}
