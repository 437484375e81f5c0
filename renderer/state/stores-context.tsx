import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { StationApi } from '@shared/contract/station';
import type { Freshness, StoreView } from '@shared/contract/stores';
import type { StoreId } from '@shared/domain/ids';
import type { StorePolicy } from '@shared/domain/store';
import { useAsked, valueOf } from './use-asked';

export interface Stores {
  /** With the freshness of the moment; null while they are asked for. */
  readonly list: readonly StoreView[] | null;
  readonly policyOf: (id: StoreId) => StorePolicy | null;
  /** After a change of the set-up. */
  readonly again: () => void;
}

export const StoresContext = createContext<Stores>({ list: null, policyOf: () => null, again: () => undefined });

export const useStores = (): Stores => useContext(StoresContext);

/** The stores of this station, followed live. */
export function useStoresOf(station: StationApi): Stores {
  const ask = useCallback(() => station.stores.list(null), [station]);
  const follow = useCallback((again: () => void) => station.app.on.infoChanged(again), [station]);
  const [asked, again] = useAsked(ask, follow);
  const [news, setNews] = useState<ReadonlyMap<StoreId, Freshness>>(new Map());
  useEffect(
    () =>
      station.stores.on.freshnessChanged((freshness) => {
        setNews((known) => new Map(known).set(freshness.storeId, freshness));
      }),
    [station],
  );
  const stores = valueOf(asked);
  return useMemo(() => {
    const list =
      stores?.map((store) => ({ ...store, freshness: news.get(store.policy.storeId) ?? store.freshness })) ?? null;
    const policies = new Map(list?.map(({ policy }) => [policy.storeId, policy]) ?? []);
    return { list, policyOf: (id) => policies.get(id) ?? null, again };
  }, [stores, news, again]);
}
