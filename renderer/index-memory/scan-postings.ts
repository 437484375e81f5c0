/** From a code to what it stands for, in the form that `judgeScan` asks for. */
import type { Posting } from '@shared/domain/scan-verdict';
import type { ShipmentId } from '@shared/domain/ids';
import { normaliseCode } from '@shared/domain/scan-verdict';
import { unitsToPack } from '@shared/domain/shipment-state';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { ShipmentWork } from '@shared/domain/shipment-work';
import { CODE_KIND, hashCode, type CodeKind, type CodeTable } from './code-table';
import { carriesCode } from './shipment-codes';
import { stateCode } from './state-counters';

const READY = stateCode('ready');
/** States in which hands may go on with a shipment that somebody began. */
const BEGUN: ReadonlySet<number> = new Set([stateCode('open'), stateCode('verified'), stateCode('labelled')]);
/** Shipments that cannot take a piece are named only to say why; a few of them say it. */
const NAMED_AT_MOST = 20;

export interface PostingSource {
  readonly codes: CodeTable;
  isLive(slot: number): boolean;
  planAt(slot: number): ShipmentPlan;
  workAt(slot: number): ShipmentWork | null;
  stateAt(slot: number): number;
  idAt(slot: number): ShipmentId;
  compare(a: number, b: number): number;
}

/**
 * Everything that carries a code. Parcels come in the order in which their kind of code is believed (waybill before slip
 * before order number before display number), and among equals those that can be packed, the most urgent first: two shops
 * may count their orders alike.
 */
export function findPostings(source: PostingSource, code: string): readonly Posting[] {
  /** The kind in which a shipment carries the code; order and display number may be one, the better counts. */
  const parcels = new Map<number, CodeKind>();
  const goods: number[] = [];
  source.codes.forEach(hashCode(code), (slot, kind) => {
    if (!source.isLive(slot)) return;
    if (kind === CODE_KIND.goods) goods.push(slot);
    else if (carriesCode(source.planAt(slot), source.workAt(slot), kind, code))
      parcels.set(slot, Math.min(kind, parcels.get(slot) ?? kind) as CodeKind);
  });
  const ordered = [...parcels];
  if (ordered.length > 1) ordered.sort(([a, kindA], [b, kindB]) => kindA - kindB || byUse(source, a, b));
  const postings = ordered.map(([slot, kind]): Posting => ({
    kind: 'parcel',
    by: kind === CODE_KIND.waybill ? 'waybill' : 'order',
    shipmentId: source.idAt(slot),
  }));
  if (goods.length === 0) return postings;
  // Nobody may carry the code after all: its hash may be another code's.
  const shipmentIds = new UrgentFirst(source, goods, code);
  return shipmentIds.isEmpty() ? postings : [...postings, { kind: 'goods', shipmentIds }];
}

const canBePacked = (state: number): boolean => state === READY || BEGUN.has(state);

const byUse = (source: PostingSource, a: number, b: number): number =>
  Number(canBePacked(source.stateAt(b))) - Number(canBePacked(source.stateAt(a))) || source.compare(a, b);

/**
 * Shipments that need a piece, as many as the verdict can depend on. A popular piece is in thousands of shipments; the
 * most urgent ready one that needs it decides, so that only it and those already begun are looked at.
 */
class UrgentFirst implements Iterable<ShipmentId> {
  constructor(
    private readonly source: PostingSource,
    private readonly slots: readonly number[],
    private readonly code: string,
  ) {}

  isEmpty(): boolean {
    return !this.slots.some((slot) => this.carries(slot));
  }

  *[Symbol.iterator](): Iterator<ShipmentId> {
    const { source } = this;
    const ready = this.mostUrgentReady();
    for (const slot of this.slots) if (BEGUN.has(source.stateAt(slot)) && this.carries(slot)) yield source.idAt(slot);
    if (ready !== null) {
      yield source.idAt(ready);
      return;
    }
    let named = 0;
    for (const slot of this.slots) {
      if (named === NAMED_AT_MOST) return;
      if (BEGUN.has(source.stateAt(slot)) || !this.carries(slot)) continue;
      named += 1;
      yield source.idAt(slot);
    }
  }

  private mostUrgentReady(): number | null {
    const { source } = this;
    const passed = new Set<number>();
    for (;;) {
      let best: number | null = null;
      for (const slot of this.slots) {
        if (source.stateAt(slot) !== READY || passed.has(slot)) continue;
        if (best === null || source.compare(slot, best) < 0) best = slot;
      }
      if (best === null || this.needsPiece(best)) return best;
      passed.add(best);
    }
  }

  private carries(slot: number): boolean {
    return carriesCode(this.source.planAt(slot), null, CODE_KIND.goods, this.code);
  }

  /** Is a unit of this code still due in a shipment that nobody has begun? */
  private needsPiece(slot: number): boolean {
    const work = this.source.workAt(slot);
    return this.source
      .planAt(slot)
      .lines.some(
        (line) =>
          unitsToPack(line, work) > 0 &&
          (normaliseCode(line.sku) === this.code || line.barcodes.some((own) => normaliseCode(own) === this.code)),
      );
  }
}
