import { createContext, useContext } from 'react';
import type { StationApi } from '@shared/contract/station';

/** The typed door to main; given once by the app. */
export const StationContext = createContext<StationApi | null>(null);

/** @throws Error outside the app. */
export function useStation(): StationApi {
  const station = useContext(StationContext);
  if (station === null) throw new Error('no station here');
  return station;
}
