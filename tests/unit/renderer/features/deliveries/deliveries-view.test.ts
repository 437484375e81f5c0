import { describe, expect, it } from 'vitest';
import { deliveryState } from '@shared/domain/delivery';
import { addMs } from '@shared/units/instant';
import {
  byUrgency,
  DELIVERY_LOOK,
  DELIVERY_STATES,
  isActable,
  nextAttemptOf,
  type DeliveryLine,
} from '../../../../../renderer/features/deliveries/deliveries-view';
import { countStates, firstState } from '../../../../../renderer/features/deliveries/delivery-counts';
import { NOON } from '../../../../builders/orders';

const line = (createdAt: number, deadline: number | null): DeliveryLine => ({
  deliveryId: 'd' as DeliveryLine['deliveryId'],
  displayNo: '',
  storeName: '',
  waybillNo: '',
  carrier: '',
  state: 'parked',
  attempts: 0,
  nextAttemptAt: null,
  lastCode: null,
  createdAt: addMs(NOON, createdAt),
  deadline: deadline === null ? null : addMs(NOON, deadline),
});

describe('the deliveries screen', () => {
  it('shows every state, those that need a person first', () => {
    expect([...DELIVERY_STATES].sort()).toEqual([...deliveryState.options].sort());
    expect(DELIVERY_STATES.slice(0, 2)).toEqual(['parked', 'unknown']);
    expect(DELIVERY_STATES.filter(isActable)).toEqual(['parked', 'unknown']);
  });

  it('tells states apart by shape, not by colour alone', () => {
    expect(new Set(DELIVERY_STATES.map((state) => DELIVERY_LOOK[state].icon)).size).toBe(DELIVERY_STATES.length);
  });

  it('sorts by deadline, then by age; without a deadline last', () => {
    const sorted = [line(2, null), line(3, 10), line(1, 10), line(0, 5)].sort(byUrgency);
    expect(sorted.map((each) => each.createdAt - NOON)).toEqual([0, 1, 3, 2]);
  });

  it('names a next attempt only for what tries again by itself', () => {
    expect(nextAttemptOf({ state: 'waiting', notBefore: NOON })).toBe(NOON);
    expect(nextAttemptOf({ state: 'parked', notBefore: NOON })).toBeNull();
  });

  it('opens with what needs a person, else with what waits', () => {
    const none = countStates([]);
    expect(firstState(none)).toBe('waiting');
    expect(firstState({ ...none, acknowledged: 5, parked: 1 })).toBe('parked');
  });
});
