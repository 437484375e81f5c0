import { describe, expect, it } from 'vitest';
import { lineId } from '@shared/domain/ids';
import { shipmentState } from '@shared/domain/shipment';
import { detailOf } from '../../../../../renderer/features/queue/queue-detail';
import { GROUP_ORDER, queueRow, STATE_GROUPS } from '../../../../../renderer/features/queue/queue-view';
import { aLine, anOrder } from '../../../../builders/orders';
import { aPerson } from '../../../../builders/people';
import { planOf } from '../../../../builders/plans';

const plan = planOf(
  anOrder('1001', {
    sellerMemo: 'gift card',
    lines: [
      aLine({ quantity: 2 }),
      aLine({ lineId: lineId.parse('line-2'), sku: 'TEA', title: 'Tea', variantTitle: '' }),
    ],
  }),
);
const row = queueRow(plan, null, 'ready', 'Shop A');
const shipment = { shipmentId: plan.shipmentId, plan, work: null };
const ready = { ...shipment, standing: { state: 'ready' as const, reasons: [], label: 'none' as const } };
const sealed = { contact: { kind: 'closed' as const }, money: { kind: 'closed' as const } };

describe('the queue', () => {
  it('has each state in exactly one group', () => {
    const grouped = GROUP_ORDER.flatMap((group) => STATE_GROUPS[group]);
    expect([...grouped].sort()).toEqual([...shipmentState.options].sort());
  });

  it('summarises a shipment as its first goods, how many more kinds, and units', () => {
    expect(row).toMatchObject({
      firstGoods: '搪瓷杯 红色',
      moreKinds: 1,
      units: 3,
      displayNos: ['#1001'],
      storeName: 'Shop A',
      sellerMemo: 'gift card',
    });
  });

  it('names the goods of a cancelled order, too, though nothing of it is due', () => {
    const gone = planOf(anOrder('1002', { lines: [aLine({ quantity: 1, cancelledQuantity: 1 })] }));
    expect(queueRow(gone, null, 'cancelled', '')).toMatchObject({ firstGoods: '搪瓷杯 红色', units: 0 });
  });

  it('lets leads hold, packers pack, and neither what the other may not', () => {
    const mays = (role: Parameters<typeof aPerson>[0]) => {
      const { mayHold, mayPack } = detailOf(ready, row, sealed, [], aPerson(role));
      return { mayHold, mayPack };
    };
    expect(mays('lead')).toEqual({ mayHold: true, mayPack: true });
    expect(mays('packer')).toEqual({ mayHold: false, mayPack: true });
    expect(mays('finance')).toEqual({ mayHold: false, mayPack: false });
    expect(detailOf(ready, row, sealed, [], null)).toMatchObject({ mayHold: false, mayPack: false });
  });

  it('does not offer to pack what is held', () => {
    const held = { ...shipment, standing: { state: 'held' as const, reasons: [], label: 'none' as const } };
    expect(detailOf(held, row, sealed, [], aPerson('lead'))).toMatchObject({ mayPack: false, mayHold: true });
  });
});
