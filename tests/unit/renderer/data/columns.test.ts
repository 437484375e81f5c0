import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePlans } from '@shared/domain/plan-shipment';
import { emptyWork } from '@shared/domain/shipment-work';
import { shipmentId } from '@shared/domain/ids';
import { encodePlans } from '../../../../renderer/data/columns/encode-plans';
import { entryAt, packStrings, stringAt } from '../../../../renderer/data/columns/packed-strings';
import { PlanChunk } from '../../../../renderer/data/columns/plan-chunk';
import type { PlanRow } from '../../../../renderer/data/rows';
import { arbitraryOrder } from '../../../builders/arbitrary-plans';
import { NOON } from '../../../builders/orders';
import { aPlan, planOf } from '../../../builders/plans';

const rowOf = (plan: PlanRow['plan'], source: PlanRow['source'] = null): PlanRow => ({
  shipmentId: plan.shipmentId,
  changed: 7,
  plan,
  gone: false,
  source,
});

describe('packed strings', () => {
  it('give back every entry, empty ones too, and find the entry of an offset', () => {
    const entries = ['', 'a', '', '中文', 'bc', ''];
    const packed = packStrings(entries);
    expect(entries.map((_entry, position) => stringAt(packed, position))).toEqual(entries);
    expect([...packed.text].map((_char, offset) => stringAt(packed, entryAt(packed, offset)))).toEqual([
      'a',
      '中文',
      '中文',
      'bc',
      'bc',
    ]);
  });
});

describe('plan columns', () => {
  it('give back exactly the plans that were written, whatever is in them', () => {
    const orders = fc.tuple(...['1001', 'A/2', 'order_01X', '4'].map(arbitraryOrder));
    fc.assert(
      fc.property(orders, (snapshots) => {
        const plans = snapshots.map((order) => ({ ...planOf(order), tokens: [`${order.orderNo}aa`, 'bb'] }));
        const chunk = new PlanChunk(
          structuredClone(
            encodePlans(
              plans.map((plan) => rowOf(plan)),
              new Map(),
            ),
          ),
        );
        expect(plans.map((_plan, row) => chunk.planAt(row))).toEqual(plans);
      }),
      { numRuns: 300 },
    );
  });

  it('give back merged shipments with several orders', () => {
    const merged = mergePlans(shipmentId.parse('merge-1'), [aPlan('1'), aPlan('2')]);
    const chunk = new PlanChunk(encodePlans([rowOf(merged), rowOf(aPlan('3'))], new Map()));
    expect(chunk.planAt(0)).toEqual(merged);
    expect(chunk.planAt(1)).toEqual(aPlan('3'));
  });

  it('keep works of the rows that have one, and the reading behind a single shipment', () => {
    const plan = aPlan('1');
    const work = { ...emptyWork(plan.shipmentId), revision: 3 };
    const source = { version: { updatedAt: NOON, revision: 4 }, readAt: NOON, fingerprint: '00ff00ff00ff00ff' };
    const rows = [rowOf(aPlan('0')), rowOf(plan, source)];
    const chunk = new PlanChunk(encodePlans(rows, new Map([[plan.shipmentId, work]])));
    expect(chunk.columns.works).toEqual([[1, work]]);
    expect(chunk.sourceAt(0)).toBeNull();
    expect(chunk.sourceAt(1)).toEqual(source);
  });

  it('keep goods that many lines sell once', () => {
    const columns = encodePlans(
      Array.from({ length: 50 }, (_gap, number) => rowOf(aPlan(String(number)))),
      new Map(),
    );
    expect(new PlanChunk(columns).goods).toBe(1);
  });
});
