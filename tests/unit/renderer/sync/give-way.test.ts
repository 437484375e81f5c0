import { describe, expect, it } from 'vitest';
import { addMs } from '@shared/units/instant';
import { BUSY_FOR_MS, GiveWay, LONGEST_WAIT_MS } from '../../../../renderer/sync/give-way';
import { NOON } from '../../../builders/orders';

function aGiveWay(onWait: (giveWay: GiveWay) => void = () => undefined) {
  let now = NOON;
  let waitedMs = 0;
  const giveWay: GiveWay = new GiveWay({
    clock: { now: () => now },
    wait: async (spanMs) => {
      now = addMs(now, spanMs);
      waitedMs += spanMs;
      onWait(giveWay);
    },
  });
  return { giveWay, waited: () => waitedMs };
}

describe('giving way', () => {
  it('costs nothing while hands rest', async () => {
    const { giveWay, waited } = aGiveWay();
    await giveWay.untilQuiet();
    expect(waited()).toBe(0);
  });

  it('lasts until hands have rested for a moment', async () => {
    const { giveWay, waited } = aGiveWay();
    giveWay.handsBusy();
    expect(giveWay.isBusy).toBe(true);
    await giveWay.untilQuiet();
    expect(waited()).toBe(BUSY_FOR_MS);
    expect(giveWay.isBusy).toBe(false);
  });

  it('ends at the longest wait while hands never rest, so that orders still arrive', async () => {
    const { giveWay, waited } = aGiveWay((own) => own.handsBusy());
    giveWay.handsBusy();
    await giveWay.untilQuiet();
    expect(waited()).toBe(LONGEST_WAIT_MS);
  });
});
