import type { Instant } from '@shared/units/instant';
import type { Tone } from '../pill/Pill';

const HURRY_MS = 2 * 3_600_000;

/** Past: stop. Within two hours: warn. Else calm. */
export function deadlineTone(now: Instant, deadline: Instant): Extract<Tone, 'stop' | 'warn' | 'calm'> {
  if (deadline <= now) return 'stop';
  return deadline - now <= HURRY_MS ? 'warn' : 'calm';
}
