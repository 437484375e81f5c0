import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAttemptAt } from '@shared/domain/delivery';
import { orderKey, orderKeyOf, orderKeyParts, orderNo, shipmentIdOf, storeId, waybillNo } from '@shared/domain/ids';
import { compareOrderVersion, type OrderVersion } from '@shared/domain/order';
import { hasRight, readableClasses, role } from '@shared/domain/person';
import { isLabelOut, mayMovePrint, maySafelyPrintAgain, printJobState } from '@shared/domain/print-job';
import { toInstant } from '@shared/units/instant';
import { NOON } from '../../../../builders/orders';

describe('the next attempt', () => {
  it('comes after half to a whole of a wait that doubles up to ten minutes', () => {
    expect([1, 2, 3, 9, 10, 100].map((attempts) => nextAttemptAt(NOON, attempts, 1) - NOON)).toEqual([
      2_000, 4_000, 8_000, 512_000, 600_000, 600_000,
    ]);
    expect(nextAttemptAt(NOON, 1, 0) - NOON).toBe(1_000);
  });

  it('never comes early, late or at a fraction of a millisecond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, jitter) => {
          const waitMs = nextAttemptAt(NOON, attempts, jitter) - NOON;
          expect(Number.isInteger(waitMs)).toBe(true);
          expect(waitMs).toBeGreaterThanOrEqual(1_000);
          expect(waitMs).toBeLessThanOrEqual(600_000);
        },
      ),
    );
  });
});

describe('versions of an order', () => {
  const version = (updatedAt: number, revision = 0): OrderVersion => ({ updatedAt: toInstant(updatedAt), revision });

  it.each([
    [version(1), version(2), -1],
    [version(2), version(1), 1],
    [version(2), version(2), 0],
    [version(1, 5), version(9, 4), 1],
    [version(9, 4), version(1, 5), -1],
    [version(2, 5), version(1, 5), 1],
    [version(1, 5), version(2, 0), -1],
    [version(3, 0), version(2, 7), 1],
  ])('%j against %j is %i', (a, b, sign) => {
    expect(Math.sign(compareOrderVersion(a, b))).toBe(sign);
    expect(Math.sign(compareOrderVersion(b, a))).toBe(sign === 0 ? 0 : -sign);
  });
});

describe('ids', () => {
  it('of an order come apart as they were put together, slashes in the number too', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w.#-]{1,40}$/), fc.stringMatching(/^[\w./#-]{1,60}$/), (store, no) => {
        const key = orderKeyOf(storeId.parse(store), orderNo.parse(no));
        expect(orderKeyParts(key)).toEqual({ storeId: store, orderNo: no });
        expect(shipmentIdOf(key)).toBe(`${store}/${no}#1`);
      }),
    );
    expect(() => orderKeyParts(orderKey.parse('no slash'))).toThrow();
  });

  it.each(['', 'a\nb', 'x'.repeat(201)])('refuse %j', (text) => {
    expect(orderNo.safeParse(text).success).toBe(false);
  });

  it.each([
    ['SF1234567890', true],
    ['YT-0001', true],
    ['abc1', false],
    ['ABC', false],
    ['A'.repeat(41), false],
    ['WB 0001', false],
    ['WB0001^XZ', false],
  ])('a waybill number %s: %s', (text, fine) => {
    expect(waybillNo.safeParse(text).success).toBe(fine);
  });
});

describe('print jobs', () => {
  it('may be printed again only where no byte can have reached paper', () => {
    expect(printJobState.options.filter(maySafelyPrintAgain)).toEqual(['failed', 'expired']);
    expect(printJobState.options.filter(isLabelOut)).toEqual(['sent', 'seen-printing', 'done']);
  });

  it('never walk from a state with bytes under way to one that prints again, but by a person’s word on an unknown one', () => {
    for (const from of ['sent', 'seen-printing', 'done'] as const)
      for (const to of printJobState.options.filter(maySafelyPrintAgain)) expect(mayMovePrint(from, to)).toBe(false);
    for (const from of printJobState.options) expect(mayMovePrint(from, 'queued')).toBe(false);
    expect(mayMovePrint('unknown', 'failed')).toBe(true);
  });
});

describe('rights', () => {
  it('keep addresses from packers and pickers, and money from all but finance and administrators (I9)', () => {
    const readers = (fieldClass: 'contact' | 'money') =>
      role.options.filter((who) => readableClasses(who).includes(fieldClass));
    expect(readers('contact')).toEqual(['lead', 'support', 'administrator']);
    expect(readers('money')).toEqual(['finance', 'administrator']);
  });

  it('leave releases to leads and set-up to administrators', () => {
    expect(role.options.filter((who) => hasRight(who, 'release'))).toEqual(['lead', 'administrator']);
    expect(role.options.filter((who) => hasRight(who, 'set-up'))).toEqual(['administrator']);
    expect(role.options.filter((who) => hasRight(who, 'pack'))).toEqual(['packer', 'lead', 'administrator']);
  });
});
