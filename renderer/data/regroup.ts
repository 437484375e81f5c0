/** Merged and split shipments are planned again whenever a shipment behind them changes. */
import type { ShipmentId } from '@shared/domain/ids';
import { mergePlans, splitPlan } from '@shared/domain/plan-shipment';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { GroupingRow } from './rows';

/** Shipments that a grouping takes its plan from. */
const originsOf = (grouping: GroupingRow): readonly ShipmentId[] =>
  grouping.body.kind === 'shipments-merged' ? grouping.body.sources : [grouping.body.shipmentId];

/** Shipments that a grouping makes. */
export const resultsOf = (grouping: GroupingRow): readonly ShipmentId[] =>
  grouping.body.kind === 'shipments-merged'
    ? [grouping.body.shipmentId]
    : grouping.body.parts.map((part) => part.shipmentId);

/** Groupings that must be planned again when these shipments change, in the order in which they were made. */
export function groupingsBehind(
  changed: Iterable<ShipmentId>,
  groupings: readonly GroupingRow[],
): readonly GroupingRow[] {
  const dirty = new Set(changed);
  return groupings.filter((grouping) => {
    if (!originsOf(grouping).some((id) => dirty.has(id))) return false;
    for (const id of resultsOf(grouping)) dirty.add(id);
    return true;
  });
}

/** Every shipment whose plan `regroup` reads for these groupings. */
export const plansNeeded = (groupings: readonly GroupingRow[]): ReadonlySet<ShipmentId> =>
  new Set(groupings.flatMap(originsOf));

/**
 * Plans groupings again. @param groupings those of `groupingsBehind`. @param planOf plans as they are now, changed ones
 * included; a source that has not been pulled yet is left out of a merge until it is.
 */
export function regroup(
  groupings: readonly GroupingRow[],
  planOf: (id: ShipmentId) => ShipmentPlan | undefined,
): ReadonlyMap<ShipmentId, ShipmentPlan> {
  const made = new Map<ShipmentId, ShipmentPlan>();
  const known = (id: ShipmentId): ShipmentPlan | undefined => made.get(id) ?? planOf(id);
  for (const { body } of groupings) {
    if (body.kind === 'shipments-merged') {
      const [first, ...others] = body.sources.map(known).filter((plan) => plan !== undefined);
      if (first !== undefined) made.set(body.shipmentId, mergePlans(body.shipmentId, [first, ...others]));
    } else {
      const whole = known(body.shipmentId);
      if (whole === undefined) continue;
      for (const part of body.parts) made.set(part.shipmentId, splitPlan(whole, part.shipmentId, part.links));
    }
  }
  return made;
}
