/**
 * The law (I5): whatever readings of an order arrive in whatever order, how often, in whatever pages, and however often the
 * engine is started anew in between, the reading that stands in the end is the newest one: by version, then by the moment
 * of reading. Not judged here: two readings of one version at one moment, which no clock can tell apart.
 */
import { openTestDatabase } from '../../../fakes/test-database';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOrderVersion, type OrderSnapshot } from '@shared/domain/order';
import { addMs, type Instant } from '@shared/units/instant';
import { anOrder, NOON } from '../../../builders/orders';
import { judgeOrder } from '../../../../renderer/sync/judge-order';
import { startIngestRig } from '../../../fakes/ingest-rig';

interface Reading {
  readonly order: OrderSnapshot;
  readonly readAt: Instant;
}

/** Readings of three orders; the content is unique to version and moment. */
const reading: fc.Arbitrary<Reading> = fc
  .record({
    number: fc.constantFrom('1', '2', '3'),
    minutes: fc.integer({ min: 0, max: 3 }),
    readSeconds: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ number, minutes, readSeconds }) => ({
    order: anOrder(number, {
      version: { updatedAt: addMs(NOON, minutes * 60_000), revision: 0 },
      sellerMemo: `v${minutes} r${readSeconds}`,
    }),
    readAt: addMs(NOON, readSeconds * 1_000),
  }));

const newest = (readings: readonly Reading[]): Reading | undefined =>
  [...readings].sort((a, b) => compareOrderVersion(a.order.version, b.order.version) || a.readAt - b.readAt).at(-1);

describe('ingest', () => {
  it('ends with the newest reading of every order, whatever arrives twice, late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(reading, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.nat(),
        async (readings, repeats, restartAt) => {
          const arrivals = [...readings, ...repeats.map((at) => readings[at % readings.length])];
          const database = await openTestDatabase();
          let rig = await startIngestRig({ database });
          await rig.welcome();
          for (const [at, arrival] of arrivals.entries()) {
            if (arrival === undefined) continue;
            if (at === restartAt % arrivals.length) {
              await rig.engine.stop();
              rig = await startIngestRig({ database });
              await rig.welcome();
            }
            await rig.page([arrival.order], { readAt: arrival.readAt });
          }
          for (const number of ['1', '2', '3']) {
            const own = readings.filter(({ order }) => order.orderKey === anOrder(number).orderKey);
            const stored = await database.orders.get(anOrder(number).orderKey);
            expect(stored?.order.sellerMemo).toBe(newest(own)?.order.sellerMemo);
            const plan = (await database.plans.toArray()).find((row) => row.plan.orders[0]?.orderNo === number);
            expect(plan?.plan.sellerMemo).toBe(stored?.order.sellerMemo);
          }
          database.close();
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('judging a reading', () => {
  const source = (updated: number, revision: number, read: number, fingerprint: string) => ({
    version: { updatedAt: addMs(NOON, updated), revision },
    readAt: addMs(NOON, read),
    fingerprint,
  });

  it('lets the revision rule where both carry one, because clocks of shops step back', () => {
    expect(judgeOrder(source(50, 4, 1, 'a'), source(10, 5, 2, 'b'))).toBe('changed');
    expect(judgeOrder(source(10, 5, 1, 'a'), source(50, 4, 2, 'b'))).toBe('older');
  });

  it('calls equal content unchanged, however late it was read', () => {
    expect(judgeOrder(source(1, 0, 1, 'a'), source(1, 0, 9, 'a'))).toBe('unchanged');
  });

  it('decides a tie of version and moment the same way round in both orders of arrival', () => {
    const [a, b] = [source(1, 0, 1, 'a'), source(1, 0, 1, 'b')];
    expect([judgeOrder(a, b), judgeOrder(b, a)]).toEqual(['changed', 'older']);
  });

  it('takes anything where nothing stands', () => {
    expect(judgeOrder(undefined, source(1, 0, 1, 'a'))).toBe('changed');
  });
});
