import { describe, expect, it } from 'vitest';
import { FACT_SCHEMA } from '@shared/domain/fact';
import { shipmentId } from '@shared/domain/ids';
import { foldRecord } from '../../../../renderer/data/fold-record';
import { aFact, aRecord, countedBody, packedFacts } from '../../../builders/facts';
import { aPlan } from '../../../builders/plans';

const plan = aPlan('1');

describe('folding a record', () => {
  it('gives only the works that it touches, with the revision that it names', () => {
    const { works, skipped } = foldRecord(
      aRecord(1, packedFacts(plan, 'TM0001'), { shipmentId: plan.shipmentId, number: 7 }),
      () => null,
    );
    expect([...works.keys()]).toEqual([plan.shipmentId]);
    expect(works.get(plan.shipmentId)).toMatchObject({ revision: 7, parcels: [{ stage: 'closed' }] });
    expect(skipped).toEqual([]);
  });

  it('passes over a fact of a newer schema without guessing, and says so', () => {
    const newer = aFact(countedBody(plan), { schema: FACT_SCHEMA + 1 });
    const { works, skipped } = foldRecord(aRecord(1, [newer, aFact(countedBody(plan))]), () => null);
    expect(works.get(plan.shipmentId)?.parcels[0]?.counts).toHaveLength(1);
    expect(skipped).toEqual([{ factId: newer.factId, why: 'newer-schema' }]);
  });

  it('passes over a fact that cannot stand and applies the rest', () => {
    const [, , bound] = packedFacts(plan, 'TM0001');
    if (bound === undefined) throw new Error('no fact');
    const { works, skipped } = foldRecord(aRecord(1, [bound, bound, aFact(countedBody(plan))]), () => null);
    expect(skipped).toEqual([{ factId: bound.factId, why: 'number-already-bound' }]);
    expect(works.get(plan.shipmentId)?.parcels[0]?.counts).toHaveLength(1);
  });

  it('changes every source of a merge', () => {
    const sources = ['a', 'b'].map((name) => shipmentId.parse(name));
    const merged = shipmentId.parse('m');
    const { works } = foldRecord(
      aRecord(1, [aFact({ kind: 'shipments-merged', shipmentId: merged, sources })]),
      () => null,
    );
    expect(sources.map((id) => works.get(id)?.groupedInto)).toEqual([[merged], [merged]]);
  });
});
