import { useCallback, useMemo } from 'react';
import type { StationApi } from '@shared/contract/station';
import { useAsked, valueOf } from './use-asked';

/** The names behind person ids, asked for again when somebody signs in. */
export function usePeopleNames(station: StationApi): (personId: string) => string {
  const ask = useCallback(() => station.session.people(null), [station]);
  const follow = useCallback((again: () => void) => station.session.on.changed(again), [station]);
  const [asked] = useAsked(ask, follow);
  const people = valueOf(asked);
  return useMemo(() => {
    const names = new Map<string, string>(people?.map(({ personId, name }) => [personId, name]) ?? []);
    return (personId) => names.get(personId) ?? personId;
  }, [people]);
}
