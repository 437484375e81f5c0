/** Plans and orders of every kind for property tests. */
import fc from 'fast-check';
import { lineId } from '@shared/domain/ids';
import type { OrderLine, OrderSnapshot } from '@shared/domain/order';
import { addMs } from '@shared/units/instant';
import { aLine, anOrder, NOON } from './orders';

const text = fc.constantFrom('', '搪瓷杯', 'Tea 红茶', 'ABC-9', 'x y', 'Ünïcode');

export const arbitraryLine = (position: number): fc.Arbitrary<OrderLine> =>
  fc
    .record({
      sku: fc.constantFrom('', 'MUG-RED', 'tea-1', 'CUP'),
      title: text,
      variantTitle: text,
      barcodes: fc.uniqueArray(fc.constantFrom('6900000000017', '6900000000024', 'abc'), { maxLength: 2 }),
      quantity: fc.integer({ min: 0, max: 3 }),
      shippedQuantity: fc.integer({ min: 0, max: 3 }),
      cancelledQuantity: fc.integer({ min: 0, max: 1 }),
      refund: fc.constantFrom('none', 'under-way', 'goods', 'money-only', 'needs-a-look'),
      imageUrl: fc.constantFrom(null, 'http://shop.example/mug.png'),
    })
    .map((fields) => aLine({ ...fields, lineId: lineId.parse(`line-${position}`) }));

/** An order with any content under a given number. */
export const arbitraryOrder = (number: string): fc.Arbitrary<OrderSnapshot> =>
  fc
    .record({
      lines: fc
        .integer({ min: 0, max: 3 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_gap, position) => arbitraryLine(position)))),
      life: fc.constantFrom('open', 'cancelled', 'completed', 'needs-a-look'),
      payment: fc.constantFrom('unpaid', 'paid', 'refund-under-way', 'refunded', 'partly-refunded'),
      platformHold: fc.constantFrom(null, '风险审核'),
      notBefore: fc.constantFrom(null, addMs(NOON, 60_000), addMs(NOON, -60_000)),
      shipBy: fc.constantFrom(null, addMs(NOON, 3_600_000)),
      paidAt: fc.constantFrom(null, NOON, addMs(NOON, -3_600_000)),
      createdAt: fc.integer({ min: 0, max: 5 }).map((hours) => addMs(NOON, -hours * 3_600_000)),
      displayNo: fc.constantFrom('', `#${number}`, number, '#1'),
      sellerMemo: text,
      sellerFlag: fc.constantFrom('', 'red'),
      shippingMethod: text,
    })
    .map((fields) => anOrder(number, fields));
