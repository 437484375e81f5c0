import { createContext, useContext, useEffect, useRef } from 'react';
import type { RoutedScan, ScanRouter } from '../scanning/scan-router';

export const ScanContext = createContext<ScanRouter | null>(null);

/**
 * Hears scans while the component is shown; the newest listener is asked first.
 * @param handler whether it dealt with the scan.
 */
export function useScans(handler: (routed: RoutedScan) => boolean): void {
  const router = useContext(ScanContext);
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => router?.handle((routed) => latest.current(routed)), [router]);
}
