import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Counters, ListQuery, ListSnapshot } from '../index-memory/index-types';
import type { BenchView } from '../index-memory/bench-types';
import type { IndexStatus } from '../index-memory/index-host';
import type { Bench } from '../index-memory/start-bench';

/** The data side of this window; given by the app once the database is open. */
export const BenchContext = createContext<Bench | null>(null);

/** @throws Error on screens that are shown before the database is open. */
export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (bench === null) throw new Error('no bench here');
  return bench;
}

/** Calls back at most once per frame: a running sync changes the index far more often than a screen can show. */
export function perFrame(subscribe: (listener: () => void) => () => void): (listener: () => void) => () => void {
  return (listener) => {
    let frame: number | null = null;
    const cancel = subscribe(() => {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        listener();
      });
    });
    return () => {
      cancel();
      if (frame !== null) cancelAnimationFrame(frame);
    };
  };
}

/** What the hands see; every change is shown at once, in the same frame as the scan. */
export const useBenchView = (bench: Bench): BenchView =>
  useSyncExternalStore(
    useCallback((listener: () => void) => bench.session.subscribe(listener), [bench]),
    () => bench.session.view(),
  );

export const useIndexStatus = (bench: Bench): IndexStatus =>
  useSyncExternalStore(
    useCallback((listener: () => void) => bench.host.subscribeStatus(listener), [bench]),
    () => bench.host.status(),
  );

/** Rises with every change of the index; at most once per frame. */
export const useIndexVersion = (bench: Bench): number =>
  useSyncExternalStore(
    useCallback((listener: () => void) => perFrame((told) => bench.index.subscribe(told))(listener), [bench]),
    () => bench.index.version(),
  );

export const useCounters = (bench: Bench): Counters =>
  useSyncExternalStore(
    useCallback((listener: () => void) => perFrame((told) => bench.index.subscribe(told))(listener), [bench]),
    () => bench.index.counted(),
  );

/** A list of the index. @param query must be the same object until it changes. */
export const useIndexList = (bench: Bench, query: ListQuery): ListSnapshot =>
  useSyncExternalStore(
    useCallback((listener: () => void) => perFrame((told) => bench.index.subscribe(told))(listener), [bench]),
    () => bench.index.list(query),
  );
