/** What a bench has in hand and how it stands: the part of the bench that screens read and ears hear. */
import type { StationError } from '@shared/contract/envelope';
import type { ShipmentId } from '@shared/domain/ids';
import type { Verdict } from '@shared/domain/scan-verdict';
import { isPackable, shipmentStanding, type LabelSituation } from '@shared/domain/shipment-state';
import { currentParcel, type ParcelWork } from '@shared/domain/shipment-work';
import type { Clock } from '@shared/units/instant';
import type { Scan } from '../scanning/scan';
import type { BenchPhase, BenchSound, BenchTrouble, BenchView } from './bench-types';
import type { MemoryIndex } from './memory-index';

interface Standing {
  readonly label: LabelSituation;
  /** Verified, and the label neither came nor comes: "packed, no label", or nobody knows. */
  readonly needsPerson: boolean;
  readonly packable: boolean;
  readonly closed: boolean;
}

export class BenchState {
  private readonly listeners = new Set<() => void>();
  private readonly ears = new Set<(sound: BenchSound) => void>();
  /** Shipments whose completion is on its way. */
  private readonly completing = new Set<ShipmentId>();
  private inHand: ShipmentId | null = null;
  private shown: ShipmentId | null = null;
  private closedLast: ShipmentId | null = null;
  private labelCameNow = true;
  private lastScan: Scan | null = null;
  private verdict: Verdict | null = null;
  private trouble: BenchTrouble | null = null;
  /** How the shipment in hand stood when it was last looked at, to hear what changes by itself. */
  private stood: Standing | null = null;
  private current: BenchView;
  private readonly cancelIndex: () => void;

  /** @param pending how many acts are under way. */
  constructor(
    private readonly index: MemoryIndex,
    private readonly clock: Clock,
    private readonly pending: () => number,
  ) {
    this.current = this.makeView(0);
    this.cancelIndex = index.subscribe((change) => {
      if (this.inHand !== null && (change.shipments === 'all' || change.shipments.has(this.inHand))) this.lookAgain();
    });
  }

  view(): BenchView {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onSound(listener: (sound: BenchSound) => void): () => void {
    this.ears.add(listener);
    return () => this.ears.delete(listener);
  }

  close(): void {
    this.cancelIndex();
    this.listeners.clear();
    this.ears.clear();
  }

  get open(): ShipmentId | null {
    return this.inHand;
  }

  /** What commands about a parcel mean: the one in hand, else the one on the screen. */
  get meant(): ShipmentId | null {
    return this.inHand ?? this.shown;
  }

  get lastClosed(): ShipmentId | null {
    return this.closedLast;
  }

  /** The parcel in hand, or null before its first piece. */
  parcel(): ParcelWork | null {
    return this.inHand === null ? null : currentParcel(this.index.work(this.inHand));
  }

  /** May the one in hand be left where it is? A half-packed one may not: it is parked. */
  mayLeave(): boolean {
    const parcel = this.parcel();
    return parcel === null || parcel.stage !== 'open' || parcel.counts.length === 0 || parcel.parked;
  }

  /** Takes a shipment in hand, or nothing. */
  put(id: ShipmentId | null): void {
    this.inHand = id;
    this.shown = id;
    this.stood = id === null ? null : this.standingOf(id);
    if (id !== null && id === this.closedLast) this.closedLast = null;
  }

  /** Shows a closed one; nothing is in hand then. */
  showClosed(id: ShipmentId): void {
    this.put(null);
    this.shown = id;
    this.closedLast = id;
  }

  judged(scan: Scan, verdict: Verdict): void {
    this.lastScan = scan;
    this.verdict = verdict;
    this.trouble = null;
  }

  /** The last verdict and trouble do not concern what comes now. */
  clear(): void {
    this.verdict = null;
    this.trouble = null;
  }

  /** @param under whether the completion of this shipment is on its way. */
  markCompleting(id: ShipmentId, under: boolean): void {
    if (under) this.completing.add(id);
    else if (this.completing.delete(id) && this.inHand === id) this.lookAgain();
  }

  /** An act was refused. What followed from a first refusal (acts sent after it name a moved revision) does not hide it. */
  refused(error: StationError, id: ShipmentId | null): void {
    const { trouble } = this;
    const follows = error.code === 'revision-moved' && trouble !== null && trouble.shipmentId === id;
    if (!follows) this.trouble = { code: error.code, params: error.params, shipmentId: id };
    this.sound('trouble');
    this.moved();
  }

  sound(sound: BenchSound): void {
    for (const ear of [...this.ears]) ear(sound);
  }

  moved(): void {
    this.current = this.makeView(this.current.version + 1);
    for (const listener of [...this.listeners]) listener();
  }

  private standingOf(id: ShipmentId): Standing {
    const plan = this.index.plan(id);
    if (plan === undefined) return { label: 'none', needsPerson: false, packable: false, closed: false };
    const work = this.index.work(id);
    const standing = shipmentStanding(plan, work, this.clock.now());
    const { label } = standing;
    // While its completion is on its way a parcel is verified and has no print job yet.
    const needsPerson = label === 'unknown' || (label === 'missing' && !this.completing.has(id));
    return {
      label,
      needsPerson,
      packable: isPackable(standing.state),
      closed: currentParcel(work)?.stage === 'closed',
    };
  }

  /** The shipment in hand changed: closed by its label, stopped by its shop, its print gone wrong. */
  private lookAgain(): void {
    const id = this.inHand;
    if (id === null) return;
    const before = this.stood;
    const now = this.standingOf(id);
    this.stood = now;
    if (now.closed) {
      this.inHand = null;
      this.closedLast = id;
      this.labelCameNow = before?.label !== 'out';
      this.stood = null;
      if (this.trouble?.shipmentId === id) this.trouble = null;
      this.sound('done');
    } else if (before?.packable === true && !now.packable) this.sound('stopped');
    else if (before?.needsPerson === false && now.needsPerson) this.sound('trouble');
    this.moved();
  }

  private phase(): BenchPhase {
    if (this.trouble !== null) return 'trouble';
    if (this.inHand === null) return this.shown === null ? 'idle' : 'closed';
    if (this.completing.has(this.inHand)) return 'completing';
    const { label, needsPerson } = this.standingOf(this.inHand);
    if (label === 'printing') return 'label-printing';
    return needsPerson ? 'trouble' : 'scanning';
  }

  private makeView(version: number): BenchView {
    const { shown, lastScan, verdict, trouble } = this;
    return {
      version,
      phase: this.phase(),
      open: this.inHand,
      shown,
      lastScan,
      verdict,
      pending: this.pending(),
      trouble,
      lastClosed: this.closedLast,
      labelCameNow: this.labelCameNow,
    };
  }
}
