/** States of the many shipments on which no hand has worked yet, read off the columns. */
import { shipmentStanding } from '@shared/domain/shipment-state';
import type { Instant } from '@shared/units/instant';
import type { PlanChunk } from '../data/columns/plan-chunk';
import { NO_MOMENT } from '../data/columns/plan-columns';
import { stateCode } from './state-counters';

/**
 * Without work a state depends on the stops, on whether anything is left to pack, on whether anything was shipped, and on
 * whether the shipment's day has come. The first row of each such case is judged by the domain's own function and the
 * answer kept, so that no rule is written twice and a hundred thousand rows cost some milliseconds.
 */
export class RestingStates {
  private readonly known = new Map<number, number>();

  constructor(private readonly now: Instant) {}

  stateOf(chunk: PlanChunk, row: number): number {
    const { columns } = chunk;
    const [start, end] = chunk.linesOf(row);
    let left = 0;
    let shipped = 0;
    for (let at = start; at < end; at += 1) {
      const due = columns.due[at] ?? 0;
      const gone = columns.shipped[at] ?? 0;
      if (due > gone) left = 1;
      if (due > 0 && gone > 0) shipped = 1;
    }
    const notBefore = columns.notBefore[row] ?? NO_MOMENT;
    const early = notBefore !== NO_MOMENT && notBefore > this.now ? 1 : 0;
    const situation = (columns.stops[row] ?? 0) | (left << 8) | (shipped << 9) | (early << 10);
    const known = this.known.get(situation);
    if (known !== undefined) return known;
    const judged = stateCode(shipmentStanding(chunk.planAt(row), null, this.now).state);
    this.known.set(situation, judged);
    return judged;
  }
}
