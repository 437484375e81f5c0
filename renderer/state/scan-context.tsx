import { createContext, useContext, useEffect, useRef } from 'react';
import type { ScanFeedback } from '../scanning/scan-feedback';
import type { RoutedScan, ScanRouter } from '../scanning/scan-router';

/** A window's one wedge, one router and one ear, there from the first screen on. */
export interface Scanning {
  readonly router: ScanRouter;
  readonly feedback: ScanFeedback;
  readonly inputMethodIsOn: boolean;
}

export const ScanContext = createContext<Scanning | null>(null);

/** @throws Error outside the app. */
export function useScanningDesk(): Scanning {
  const scanning = useContext(ScanContext);
  if (scanning === null) throw new Error('no scanning here');
  return scanning;
}

/**
 * Hears scans while the component is shown; the newest listener is asked first.
 * @param handler whether it dealt with the scan.
 */
export function useScans(handler: (routed: RoutedScan) => boolean): void {
  const router = useContext(ScanContext)?.router;
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => router?.handle((routed) => latest.current(routed)), [router]);
}
