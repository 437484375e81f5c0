import type { DeliveryState } from '@shared/domain/delivery';
import type { DeliveryRow } from '../../index-memory/index-types';
import { DELIVERY_STATES } from './deliveries-view';

const NO_COUNTS: Readonly<Record<DeliveryState, number>> = {
  waiting: 0,
  'under-way': 0,
  acknowledged: 0,
  shown: 0,
  unknown: 0,
  parked: 0,
  withdrawn: 0,
};

/** Counts by state; pure. */
export function countStates(rows: readonly DeliveryRow[]): Readonly<Record<DeliveryState, number>> {
  const counts = { ...NO_COUNTS };
  for (const { delivery } of rows) counts[delivery.state] += 1;
  return counts;
}

/** What needs a person first, else what is on its way. */
export const firstState = (counts: Readonly<Record<DeliveryState, number>>): DeliveryState =>
  DELIVERY_STATES.find((state) => counts[state] > 0) ?? 'waiting';
