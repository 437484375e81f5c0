import { useEffect, useRef, useState } from 'react';
import { stationId } from '@shared/domain/ids';
import type { Person } from '@shared/domain/person';
import type { StationApi } from '@shared/contract/station';
import type { DatabaseProblem } from '../data/database';
import { startBench, type Bench } from '../index-memory/start-bench';

export type BenchStart =
  | { readonly kind: 'starting' }
  | { readonly kind: 'started'; readonly bench: Bench }
  | { readonly kind: 'refused'; readonly problem: DatabaseProblem };

/** Opens this window's data side once, and closes it with the window. @param person whoever is signed in at the moment. */
export function useBenchStart(station: StationApi, id: string, person: Person | null): BenchStart {
  const [start, setStart] = useState<BenchStart>({ kind: 'starting' });
  const signedIn = useRef(person);
  useEffect(() => {
    signedIn.current = person;
  });
  useEffect(() => {
    let isWanted = true;
    let bench: Bench | null = null;
    void startBench({ station, stationId: stationId.parse(id), person: () => signedIn.current }).then((result) => {
      if (!result.ok) {
        setStart({ kind: 'refused', problem: result.error });
        return;
      }
      bench = result.value;
      if (isWanted) setStart({ kind: 'started', bench });
      else bench.stop();
    });
    return () => {
      isWanted = false;
      bench?.stop();
    };
  }, [station, id]);
  return start;
}
