import { useEffect, useState } from 'react';
import type { Instant } from '@shared/units/instant';
import { systemClock } from '../services/clock';

/** The moment, renewed every so often. @param stepMs how coarse the screen's times are. */
export function useNow(stepMs = 1_000): Instant {
  const [now, setNow] = useState<Instant>(() => systemClock.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(systemClock.now()), stepMs);
    return () => window.clearInterval(timer);
  }, [stepMs]);
  return now;
}
