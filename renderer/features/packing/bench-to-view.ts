/** From what the bench has in hand to what the screen shows. Pure: tests give it a bench and look at the view. */
import type { TFunction } from 'i18next';
import { attention } from '@shared/contract/printing';
import type { StationError } from '@shared/contract/envelope';
import type { PrinterId, ShipmentId, StoreId } from '@shared/domain/ids';
import type { Verdict } from '@shared/domain/scan-verdict';
import { isComplete, unitsToPack } from '@shared/domain/shipment-state';
import { currentParcel, lineRefOf, type ShipmentWork } from '@shared/domain/shipment-work';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { Instant } from '@shared/units/instant';
import type { BenchView } from '../../index-memory/bench-types';
import type { ShipmentRow } from '../../index-memory/index-types';
import { describeAttention, describeError } from '../../i18n/error-messages';
import type { Stop } from '../../state/stop-gate';
import {
  goodsName,
  packingParcel,
  type DoneParcel,
  type LastVerdict,
  type PackingMoment,
  type PackingView,
  type PrinterWish,
  type StoreFacts,
} from './packing-view';

/** What a person did last that is no scan; the band says it until the next scan. */
export type Note = 'undone' | 'parked' | 'reopened';

export interface BenchFacts {
  readonly t: TFunction;
  readonly now: Instant;
  readonly bench: BenchView;
  readonly row: (id: ShipmentId) => ShipmentRow | undefined;
  /** Stands until it is acknowledged. */
  readonly stop: Stop | null;
  readonly note: Note | null;
  /** Verdict or trouble that a person has cleared. */
  readonly dismissed: object | null;
  readonly ready: number | null;
  readonly exceptions: number;
  readonly storeOf: (id: StoreId) => StoreFacts;
  readonly printerName: (id: PrinterId) => string;
  /** What a printer wants from a person now. */
  readonly printerWish: (id: PrinterId) => PrinterWish | null;
  readonly inputMethodIsOn: boolean;
  /** A lead's right to release is with the signed-in person. */
  readonly mayRelease: boolean;
}

/** Codes that leave a full parcel without a label. */
const NO_LABEL: ReadonlySet<StationError['code']> = new Set([
  'no-number-left',
  'printer-not-set',
  'printer-unknown',
  'printer-unreachable',
  'label-failed',
  'contact-unreadable',
  'vault-locked',
]);

/** A finished or last parcel as the screen names it. @param printedNow its label came with its closing */
export function doneParcel(row: ShipmentRow, printedNow: boolean): DoneParcel {
  const parcel = currentParcel(row.work);
  return {
    displayNo: displayNoOf(row.plan),
    waybillNo: parcel?.number?.waybillNo ?? null,
    carrier: parcel?.number?.carrier ?? '',
    printedNow,
  };
}

const displayNoOf = (plan: ShipmentPlan): string => plan.orders.map((order) => order.displayNo).join(' + ');

/** The view for these facts. */
export function packingView(facts: BenchFacts): PackingView {
  const { bench, now } = facts;
  const shown = bench.shown === null ? undefined : facts.row(bench.shown);
  const isOpen = bench.open !== null && shown !== undefined;
  const parcel = isOpen ? currentParcel(shown.work) : null;
  const mayLeave = !isOpen || parcel === null || parcel.counts.length === 0 || parcel.stage !== 'open';
  const counts = parcel?.stage === 'open' ? parcel.counts.length : 0;
  const verdict = verdictOf(facts);
  return {
    now,
    moment: momentOf(facts, shown),
    parcel: isOpen ? packingParcel(shown.plan, shown.work, facts.storeOf(shown.plan.storeId), now) : null,
    verdict,
    lastRef: verdict?.kind === 'counted' ? lastRefOf(bench.verdict) : null,
    inputMethodIsOn: facts.inputMethodIsOn,
    canUndo: counts > 0,
    canPark: counts > 0,
    canReopen: bench.lastClosed !== null && mayLeave,
    canPrint: isOpen && (isLabelFirst(shown) || isFull(shown)),
    release: releaseOf(facts, shown, counts),
  };
}

/** Once something is in the box and something is missing: before that there is nothing to let go. */
function releaseOf(
  { bench, mayRelease }: BenchFacts,
  shown: ShipmentRow | undefined,
  counts: number,
): PackingView['release'] {
  if (bench.open === null || shown === undefined || counts === 0 || isComplete(shown.plan, shown.work)) return 'no';
  return mayRelease ? 'alone' : 'with-badge';
}

/** Its label comes before the first piece, and has not come yet. */
const isLabelFirst = ({ plan, standing }: ShipmentRow): boolean =>
  plan.orderOfWork === 'label-first' && (standing.label === 'none' || standing.label === 'missing');

/** Everything is in, and nothing was verified yet: reopened, or refused at the last scan. Print closes it. */
const isFull = ({ plan, work }: ShipmentRow): boolean =>
  currentParcel(work)?.stage === 'open' && isComplete(plan, work);

function momentOf(facts: BenchFacts, shown: ShipmentRow | undefined): PackingMoment {
  const { bench, stop } = facts;
  if (stop !== null) return stoppedMoment(facts, stop);
  if (shown === undefined) return idleMoment(facts);
  if (bench.open !== null) return inHandMoment(facts, shown);
  return isNewsAfterClosing(facts)
    ? idleMoment(facts)
    : { kind: 'done', parcel: doneParcel(shown, bench.labelCameNow) };
}

function inHandMoment(facts: BenchFacts, shown: ShipmentRow): PackingMoment {
  const { phase } = facts.bench;
  const parcel = currentParcel(shown.work);
  const waybillNo = parcel?.number?.waybillNo ?? null;
  const job = parcel?.job ?? null;
  if (shown.standing.label === 'unknown' && job !== null) {
    return { kind: 'print-unknown', printerName: facts.printerName(job.printerId), waybillNo };
  }
  if (phase === 'completing' || phase === 'label-printing') {
    return { kind: 'printing', waybillNo, wanted: job === null ? null : facts.printerWish(job.printerId) };
  }
  return isWithoutLabel(facts, shown) ? noLabelMoment(facts, shown) : { kind: 'counting' };
}

/** A parcel that is full, and whose label did not come. */
function isWithoutLabel({ bench }: BenchFacts, shown: ShipmentRow): boolean {
  const parcel = currentParcel(shown.work);
  if (parcel?.stage === 'verified') return bench.phase === 'trouble' || shown.standing.label === 'missing';
  const { trouble } = bench;
  return isFull(shown) && trouble !== null && NO_LABEL.has(trouble.code);
}

function noLabelMoment({ t, bench }: BenchFacts, shown: ShipmentRow): PackingMoment {
  const { trouble } = bench;
  const canPrint = true;
  if (trouble !== null && trouble.code !== 'revision-moved') {
    const { happened, next } = describeError(t, trouble);
    return { kind: 'no-label', why: happened, next, canPrint };
  }
  const wanted = attention.safeParse(currentParcel(shown.work)?.job?.code);
  if (wanted.success) {
    const { what, next } = describeAttention(t, wanted.data);
    return { kind: 'no-label', why: what, next, canPrint };
  }
  return { kind: 'no-label', why: t('packing.noLabelWhy'), next: t('packing.noLabelNext'), canPrint };
}

const hasNumber = (work: ShipmentWork | null): boolean => (currentParcel(work)?.number ?? null) !== null;

function stoppedMoment({ row }: BenchFacts, stop: Stop): PackingMoment {
  const stopped = row(stop.shipmentId);
  return {
    kind: 'stopped',
    displayNo: stopped === undefined ? '' : displayNoOf(stopped.plan),
    reasons: stop.reasons,
    labelIsOut: hasNumber(stopped?.work ?? null),
  };
}

function idleMoment({ bench, row, ready, exceptions }: BenchFacts): PackingMoment {
  const last = bench.lastClosed === null ? undefined : row(bench.lastClosed);
  return { kind: 'idle', ready, exceptions, last: last === undefined ? null : doneParcel(last, bench.labelCameNow) };
}

/** After a parcel is done, a refusal of the next scan is news; the scan that finished it is not. */
function isNewsAfterClosing(facts: BenchFacts): boolean {
  const { bench, dismissed } = facts;
  if (bench.trouble !== null && bench.trouble !== dismissed) return true;
  const { verdict } = bench;
  return (
    verdict !== null &&
    verdict !== dismissed &&
    verdict.kind !== 'counted' &&
    verdict.kind !== 'opened' &&
    verdict.kind !== 'stopped'
  );
}

const lastRefOf = (verdict: Verdict | null): string | null => {
  if (verdict?.kind === 'counted') return lineRefOf(verdict.count.line);
  return verdict?.kind === 'opened' && verdict.count !== null ? lineRefOf(verdict.count.line) : null;
};

function verdictOf(facts: BenchFacts): LastVerdict | null {
  const { t, bench, dismissed, note } = facts;
  if (bench.trouble !== null && bench.trouble !== dismissed) {
    return { kind: 'refused', sentences: describeError(t, bench.trouble) };
  }
  if (note !== null && bench.verdict === null) return { kind: note };
  if (bench.verdict === null || bench.verdict === dismissed) return null;
  return shownVerdict(facts, bench.verdict);
}

function shownVerdict({ row }: BenchFacts, verdict: Verdict): LastVerdict | null {
  switch (verdict.kind) {
    case 'opened':
      return verdict.count === null ? { kind: 'opened' } : countedVerdict(verdict.count);
    case 'counted':
      return countedVerdict(verdict.count);
    case 'not-in-this-shipment':
      return { kind: verdict.kind, came: verdict.came, expected: verdict.expected.map(goodsName) };
    case 'already-complete': {
      const shipment = row(verdict.shipmentId);
      return {
        kind: verdict.kind,
        title: verdict.line === null ? null : goodsName(verdict.line),
        due: verdict.line === null ? 0 : unitsToPack(verdict.line, shipment?.work ?? null),
        displayNo: shipment === undefined ? '' : displayNoOf(shipment.plan),
      };
    }
    case 'unknown-code':
      return { kind: verdict.kind, code: verdict.code };
    case 'stopped':
      // Shown by the stop gate; once acknowledged there is nothing more to say.
      return null;
  }
}

const countedVerdict = (count: Extract<Verdict, { kind: 'counted' }>['count']): LastVerdict => ({
  kind: 'counted',
  title: goodsName(count.line),
  counted: count.counted,
  due: count.due,
});
