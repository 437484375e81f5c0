import { describe, expect, it } from 'vitest';
import { addMs } from '@shared/units/instant';
import { knownSince } from '../../../../renderer/index-memory/known-since';
import { NOON } from '../../../builders/orders';
import { aPlan } from '../../../builders/plans';

describe('how old the shop’s word on a shipment is', () => {
  const plan = aPlan('1', { knownAt: NOON });

  it('counts from when its store was last caught up with, although the order did not change', () => {
    expect(knownSince(plan, addMs(NOON, 60_000))).toBe(addMs(NOON, 60_000));
  });

  it('counts from the order’s own reading where that is later or the store never was', () => {
    expect(knownSince(plan, addMs(NOON, -60_000))).toBe(NOON);
    expect(knownSince(plan, null)).toBe(NOON);
  });
});
