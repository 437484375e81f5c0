/**
 * What a scan means, judged from memory alone.
 *
 * The walk: nothing is open, so any code that names a parcel opens it; a piece opens the most urgent shipment that needs
 * it and is counted at once. With a shipment open each piece counts up its line. Wrong piece, one too many, a stopped
 * order, a code nobody knows: four refusals that the screen and the sounds keep apart. A code of another parcel switches
 * to it only while nothing has been counted, so that a stray beep never leaves a half-packed box behind unnoticed.
 */
import type { Instant } from '../units/instant';
import type { ShipmentId } from './ids';
import type { PlannedLine, ShipmentPlan, ShipmentState } from './shipment';
import { isPackable, shipmentStanding, unitsToPack, type AsideReason } from './shipment-state';
import { countedByLine, currentParcel, lineRefOf, type ShipmentWork } from './shipment-work';

/** What a code stands for in the memory index. */
export type Posting =
  | { readonly kind: 'parcel'; readonly by: 'waybill' | 'order'; readonly shipmentId: ShipmentId }
  | { readonly kind: 'goods'; readonly shipmentIds: Iterable<ShipmentId> };

export interface ScanLookup {
  /** Everything that carries this (normalised) code; empty when nobody knows it. */
  find(code: string): readonly Posting[];
  plan(id: ShipmentId): ShipmentPlan | undefined;
  work(id: ShipmentId): ShipmentWork | null;
}

export interface CountedLine {
  readonly line: PlannedLine;
  /** Units in the box after this scan. */
  readonly counted: number;
  /** Units due in the box. */
  readonly due: number;
}

export type Verdict =
  | {
      readonly kind: 'opened';
      readonly shipmentId: ShipmentId;
      readonly by: 'waybill' | 'order' | 'goods';
      readonly count: CountedLine | null;
      readonly completes: boolean;
    }
  | {
      readonly kind: 'counted';
      readonly shipmentId: ShipmentId;
      readonly count: CountedLine;
      readonly completes: boolean;
    }
  | {
      readonly kind: 'not-in-this-shipment';
      readonly shipmentId: ShipmentId;
      readonly came: string;
      readonly expected: readonly PlannedLine[];
    }
  | { readonly kind: 'already-complete'; readonly shipmentId: ShipmentId; readonly line: PlannedLine | null }
  | { readonly kind: 'stopped'; readonly shipmentId: ShipmentId; readonly reasons: readonly AsideReason[] }
  | { readonly kind: 'unknown-code'; readonly code: string };

/** Scans are compared in upper case without surrounding blanks; inner characters stay as they are. */
export const normaliseCode = (raw: string): string => raw.trim().toUpperCase();

/** @param open the shipment in hand, or null. @param code normalised. */
export function judgeScan(lookup: ScanLookup, open: ShipmentId | null, code: string, now: Instant): Verdict {
  if (code === '') return { kind: 'unknown-code', code };
  const postings = lookup.find(code);
  const inHand = planInHand(lookup, open);
  if (inHand !== null) {
    const line = lineForCode(inHand, lookup.work(inHand.shipmentId), code);
    if (line !== null) return judgePiece(lookup, inHand, line, now);
  }
  if (postings.length === 0) return { kind: 'unknown-code', code };
  const parcel = postings.find((posting) => posting.kind === 'parcel');
  if (parcel?.kind === 'parcel') return judgeParcelCode(lookup, inHand, parcel, code, now);
  if (inHand !== null && isBusy(lookup.work(inHand.shipmentId))) return notInThis(lookup, inHand, code);
  return openByGoods(lookup, postings, code, now);
}

/** A closed parcel is out of the hand already: the next piece belongs to the next shipment. */
function planInHand(lookup: ScanLookup, open: ShipmentId | null): ShipmentPlan | null {
  const plan = open === null ? undefined : lookup.plan(open);
  return plan === undefined || currentParcel(lookup.work(plan.shipmentId))?.stage === 'closed' ? null : plan;
}

const isBusy = (work: ShipmentWork | null): boolean => {
  const parcel = currentParcel(work);
  return (
    parcel !== null &&
    parcel.stage !== 'closed' &&
    !parcel.parked &&
    (parcel.counts.length > 0 || parcel.stage === 'verified')
  );
};

/** The line that a piece belongs to: one that still needs pieces before one that is full. */
function lineForCode(plan: ShipmentPlan, work: ShipmentWork | null, code: string): PlannedLine | null {
  const matching = plan.lines.filter(
    (line) => line.barcodes.some((barcode) => normaliseCode(barcode) === code) || normaliseCode(line.sku) === code,
  );
  const counted = countedByLine(currentParcel(work));
  return matching.find((line) => (counted.get(lineRefOf(line)) ?? 0) < unitsToPack(line, work)) ?? matching[0] ?? null;
}

function judgePiece(lookup: ScanLookup, plan: ShipmentPlan, line: PlannedLine, now: Instant): Verdict {
  const work = lookup.work(plan.shipmentId);
  const standing = shipmentStanding(plan, work, now);
  const parcel = currentParcel(work);
  if (!isPackable(standing.state)) return { kind: 'stopped', shipmentId: plan.shipmentId, reasons: standing.reasons };
  if (parcel !== null && parcel.stage !== 'open')
    return { kind: 'already-complete', shipmentId: plan.shipmentId, line };
  const count = countOn(work, line);
  if (count === null) return { kind: 'already-complete', shipmentId: plan.shipmentId, line };
  return { kind: 'counted', shipmentId: plan.shipmentId, count, completes: completesWith(plan, work, line) };
}

function countOn(work: ShipmentWork | null, line: PlannedLine): CountedLine | null {
  const before = countedByLine(currentParcel(work)).get(lineRefOf(line)) ?? 0;
  const due = unitsToPack(line, work);
  return before >= due ? null : { line, counted: before + 1, due };
}

/** Would one more unit of this line fill the box? */
function completesWith(plan: ShipmentPlan, work: ShipmentWork | null, added: PlannedLine): boolean {
  const counted = countedByLine(currentParcel(work));
  return plan.lines.every((line) => {
    const ref = lineRefOf(line);
    const inBox = (counted.get(ref) ?? 0) + (ref === lineRefOf(added) ? 1 : 0);
    return inBox >= unitsToPack(line, work);
  });
}

function judgeParcelCode(
  lookup: ScanLookup,
  inHand: ShipmentPlan | null,
  posting: Extract<Posting, { kind: 'parcel' }>,
  code: string,
  now: Instant,
): Verdict {
  const other = inHand !== null && inHand.shipmentId !== posting.shipmentId;
  if (other && inHand !== null && isBusy(lookup.work(inHand.shipmentId))) return notInThis(lookup, inHand, code);
  const plan = lookup.plan(posting.shipmentId);
  if (plan === undefined) return { kind: 'unknown-code', code };
  const work = lookup.work(plan.shipmentId);
  const standing = shipmentStanding(plan, work, now);
  if (standing.state === 'closed' || standing.state === 'handed-over')
    return { kind: 'already-complete', shipmentId: plan.shipmentId, line: null };
  if (!isPackable(standing.state)) return { kind: 'stopped', shipmentId: plan.shipmentId, reasons: standing.reasons };
  return { kind: 'opened', shipmentId: plan.shipmentId, by: posting.by, count: null, completes: false };
}

function notInThis(lookup: ScanLookup, plan: ShipmentPlan, code: string): Verdict {
  const work = lookup.work(plan.shipmentId);
  const counted = countedByLine(currentParcel(work));
  const expected = plan.lines.filter((line) => (counted.get(lineRefOf(line)) ?? 0) < unitsToPack(line, work));
  return { kind: 'not-in-this-shipment', shipmentId: plan.shipmentId, came: titleOf(lookup, code), expected };
}

/** What the stray piece is called, from any shipment that knows it. */
function titleOf(lookup: ScanLookup, code: string): string {
  for (const posting of lookup.find(code)) {
    if (posting.kind !== 'goods') continue;
    for (const id of posting.shipmentIds) {
      const plan = lookup.plan(id);
      const line = plan === undefined ? null : lineForCode(plan, null, code);
      if (line !== null) return [line.title, line.variantTitle].filter((text) => text !== '').join(' ');
    }
  }
  return code;
}

/** Tier, then deadline, then age. */
const moreUrgent = (a: ShipmentPlan, b: ShipmentPlan): boolean =>
  a.tier !== b.tier ? a.tier < b.tier : a.deadline !== b.deadline ? a.deadline < b.deadline : a.createdAt < b.createdAt;

/** What the shipments behind a goods code come to: the most urgent that takes the piece, else one that is stopped, else one that is full. */
interface GoodsFinds {
  best: ShipmentPlan | null;
  stopped: { readonly plan: ShipmentPlan; readonly reasons: readonly AsideReason[] } | null;
  full: ShipmentPlan | null;
}

function openByGoods(lookup: ScanLookup, postings: readonly Posting[], code: string, now: Instant): Verdict {
  const finds: GoodsFinds = { best: null, stopped: null, full: null };
  for (const posting of postings) {
    if (posting.kind !== 'goods') continue;
    for (const id of posting.shipmentIds) weigh(finds, lookup, id, code, now);
  }
  if (finds.best !== null) return openAndCount(lookup, finds.best, code);
  if (finds.stopped !== null)
    return { kind: 'stopped', shipmentId: finds.stopped.plan.shipmentId, reasons: finds.stopped.reasons };
  if (finds.full !== null)
    return { kind: 'already-complete', shipmentId: finds.full.shipmentId, line: lineForCode(finds.full, null, code) };
  return { kind: 'unknown-code', code };
}

/** Urgency is compared first because it is cheap: a code of everyday goods stands for thousands of shipments. */
function weigh(finds: GoodsFinds, lookup: ScanLookup, id: ShipmentId, code: string, now: Instant): void {
  const plan = lookup.plan(id);
  if (plan === undefined || (finds.best !== null && !moreUrgent(plan, finds.best))) return;
  const work = lookup.work(id);
  const standing = shipmentStanding(plan, work, now);
  if (takesPiece(plan, work, standing.state, code)) finds.best = plan;
  else if (standing.reasons.length > 0) finds.stopped ??= { plan, reasons: standing.reasons };
  else finds.full ??= plan;
}

function takesPiece(plan: ShipmentPlan, work: ShipmentWork | null, state: ShipmentState, code: string): boolean {
  if (!isPackable(state) || currentParcel(work)?.stage === 'verified') return false;
  const line = lineForCode(plan, work, code);
  return line !== null && countOn(work, line) !== null;
}

function openAndCount(lookup: ScanLookup, plan: ShipmentPlan, code: string): Verdict {
  const work = lookup.work(plan.shipmentId);
  const line = lineForCode(plan, work, code);
  const count = line === null ? null : countOn(work, line);
  const completes = line !== null && count !== null && completesWith(plan, work, line);
  return { kind: 'opened', shipmentId: plan.shipmentId, by: 'goods', count, completes };
}
