/** What stands beside the bench session in a window: the stop gate, the ear, and whether an input method is on. */
import type { ScanFeedback } from '../scanning/scan-feedback';
import { createContext, useContext } from 'react';
import type { StopGate } from './stop-gate';

export interface BenchDesk {
  readonly gate: StopGate;
  readonly feedback: ScanFeedback;
  readonly inputMethodIsOn: boolean;
}

export const BenchDeskContext = createContext<BenchDesk | null>(null);

/** @throws Error outside the workspace. */
export function useBenchDesk(): BenchDesk {
  const desk = useContext(BenchDeskContext);
  if (desk === null) throw new Error('no bench desk here');
  return desk;
}
