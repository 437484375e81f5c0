/**
 * What the packing screen shows, as data. The screen is a view of this and owns nothing: the same view always gives the
 * same picture, which is how the catalogue shows every state.
 */
import type { LineId, OrderKey, WaybillNo } from '@shared/domain/ids';
import type { PlannedLine, ShipmentPlan } from '@shared/domain/shipment';
import type { AsideReason } from '@shared/domain/shipment-state';
import { unitsToPack } from '@shared/domain/shipment-state';
import { countedByLine, currentParcel, lineRefOf, type LineRef, type ShipmentWork } from '@shared/domain/shipment-work';
import type { Instant } from '@shared/units/instant';
import type { ErrorSentences } from '../../i18n/error-messages';

export interface PackingLine {
  readonly ref: LineRef;
  readonly orderKey: OrderKey;
  readonly lineId: LineId;
  readonly title: string;
  readonly variantTitle: string;
  readonly sku: string;
  readonly photo: string | null;
  /** Units in the box. */
  readonly counted: number;
  /** Units due in the box. */
  readonly due: number;
}

export interface PackingParcel {
  readonly displayNos: readonly string[];
  readonly storeName: string;
  readonly tier: number;
  readonly deadline: Instant;
  readonly deadlineBecause: ShipmentPlan['deadlineBecause'];
  readonly shippingMethod: string;
  readonly sellerMemo: string;
  readonly sellerFlag: string;
  /** When the store was last asked about this order. */
  readonly knownAt: Instant;
  /** Older than the store's policy allows without a word. */
  readonly isStale: boolean;
  readonly waybillNo: WaybillNo | null;
  readonly lines: readonly PackingLine[];
  readonly counted: number;
  readonly due: number;
}

/** What came of the last gesture; shown in the band until the next one. */
export type LastVerdict =
  | { readonly kind: 'opened' }
  | { readonly kind: 'counted'; readonly title: string; readonly counted: number; readonly due: number }
  | { readonly kind: 'undone' }
  | { readonly kind: 'parked' }
  | { readonly kind: 'reopened' }
  | { readonly kind: 'not-in-this-shipment'; readonly came: string; readonly expected: readonly string[] }
  | {
      readonly kind: 'already-complete';
      readonly title: string | null;
      readonly due: number;
      readonly displayNo: string;
    }
  | { readonly kind: 'unknown-code'; readonly code: string }
  | { readonly kind: 'refused'; readonly sentences: ErrorSentences };

/** How far the parcel in hand is; decides what the largest line says. */
export type PackingMoment =
  | {
      readonly kind: 'idle';
      readonly ready: number | null;
      readonly exceptions: number;
      readonly last: DoneParcel | null;
    }
  | { readonly kind: 'counting' }
  | {
      readonly kind: 'printing';
      readonly waybillNo: WaybillNo | null;
      /** What the printer wants before it goes on, or null. */
      readonly wanted: PrinterWish | null;
    }
  | { readonly kind: 'no-label'; readonly why: string; readonly next: string; readonly canPrint: boolean }
  | { readonly kind: 'print-unknown'; readonly printerName: string; readonly waybillNo: WaybillNo | null }
  | { readonly kind: 'done'; readonly parcel: DoneParcel }
  | {
      readonly kind: 'stopped';
      readonly displayNo: string;
      readonly reasons: readonly AsideReason[];
      readonly labelIsOut: boolean;
    };

/** What a printer needs from a person, and how to give it. */
export interface PrinterWish {
  readonly what: string;
  readonly next: string;
}

export interface DoneParcel {
  readonly displayNo: string;
  readonly waybillNo: WaybillNo | null;
  readonly carrier: string;
  /** The label was out before (label first, or reopened), so nothing came out of the printer now. */
  readonly printedNow: boolean;
}

export interface PackingView {
  readonly now: Instant;
  readonly moment: PackingMoment;
  readonly parcel: PackingParcel | null;
  readonly verdict: LastVerdict | null;
  /** Line that the last scan counted on. */
  readonly lastRef: LineRef | null;
  /** A composing input method was seen: letters of a scan would be eaten. */
  readonly inputMethodIsOn: boolean;
  readonly canUndo: boolean;
  readonly canPark: boolean;
  readonly canReopen: boolean;
  /** A label-first store: the label comes before the first piece. */
  readonly canPrint: boolean;
  /** Units are missing that a lead may let go unscanned: `alone` where a lead is signed in, else with a lead's badge. */
  readonly release: 'no' | 'alone' | 'with-badge';
}

const nameOf = (line: Pick<PlannedLine, 'title' | 'variantTitle'>): string =>
  [line.title, line.variantTitle].filter((text) => text !== '').join(' ');

/** Goods as a person calls them: title and variant. */
export const goodsName = nameOf;

/** The lines of a parcel with what is in the box; lines with nothing to pack are left out. */
export function packingLines(plan: ShipmentPlan, work: ShipmentWork | null): readonly PackingLine[] {
  const counted = countedByLine(currentParcel(work));
  return plan.lines.flatMap((line) => {
    const ref = lineRefOf(line);
    const inBox = counted.get(ref) ?? 0;
    const due = unitsToPack(line, work);
    if (due === 0 && inBox === 0) return [];
    const { orderKey, lineId, title, variantTitle, sku, photo } = line;
    return [{ ref, orderKey, lineId, title, variantTitle, sku, photo, counted: inBox, due }];
  });
}

/** What the screen needs to know of the store behind a parcel. */
export interface StoreFacts {
  readonly name: string;
  readonly staleAfterMinutes: number;
}

/** A parcel as the screen shows it. @param now for how old the store's word is. */
export function packingParcel(
  plan: ShipmentPlan,
  work: ShipmentWork | null,
  store: StoreFacts,
  now: Instant,
): PackingParcel {
  const lines = packingLines(plan, work);
  return {
    displayNos: plan.orders.map((order) => order.displayNo),
    storeName: store.name,
    tier: plan.tier,
    deadline: plan.deadline,
    deadlineBecause: plan.deadlineBecause,
    shippingMethod: plan.shippingMethod,
    sellerMemo: plan.sellerMemo,
    sellerFlag: plan.sellerFlag,
    knownAt: plan.knownAt,
    isStale: now - plan.knownAt > store.staleAfterMinutes * 60_000,
    waybillNo: currentParcel(work)?.number?.waybillNo ?? null,
    lines,
    counted: lines.reduce((sum, line) => sum + line.counted, 0),
    due: lines.reduce((sum, line) => sum + line.due, 0),
  };
}

export type LineDensity = 'large' | 'medium' | 'compact';

/** Few lines get large photos, many get small rows. */
export function lineDensity(lines: number): LineDensity {
  if (lines <= 2) return 'large';
  return lines <= 4 ? 'medium' : 'compact';
}
