/**
 * The bench: what is in hand, and what the hands' scans and commands do.
 *
 * The walk: a code opens a shipment, its label data is fetched ahead and the shop asked again. Each piece is judged from
 * memory, shown, heard, and sent to the journal without waiting. The last piece asks main to complete the parcel: count,
 * verification, number and print job in one record. The label comes out, main closes the parcel, "done" is heard and the
 * bench is free. What goes wrong: another window was first (catch up, say so), the disk or a number or the printer is
 * missing (the count stays, the parcel waits for `print`), the label's fate is unknown (a person says), the order is
 * stopped while it is in hand (heard at once).
 */
import type { StationError } from '@shared/contract/envelope';
import type { Approval } from '@shared/contract/journal';
import type { FactBody, FactDraft, Units } from '@shared/domain/fact';
import type { FactId, ShipmentId } from '@shared/domain/ids';
import { judgeScan, type CountedLine, type Verdict } from '@shared/domain/scan-verdict';
import { isComplete } from '@shared/domain/shipment-state';
import { currentParcel, lineRefOf, parcelIdAt, type ParcelWork } from '@shared/domain/shipment-work';
import type { Command } from '../scanning/command-codes';
import type { Scan } from '../scanning/scan';
import { SCREEN } from '../services/ids';
import { BenchActs } from './bench-acts';
import { BenchState } from './bench-state';
import type { BenchPorts, BenchSound, BenchView, Gesture } from './bench-types';
import { LabelData } from './label-data';

/** Codes with which the parcel could not be completed though the count itself can stand. */
const COUNT_STANDS: ReadonlySet<StationError['code']> = new Set([
  'no-number-left',
  'printer-not-set',
  'printer-unknown',
  'contact-unreadable',
  'vault-locked',
]);

const SOUND_OF: Readonly<Record<Verdict['kind'], BenchSound>> = {
  opened: 'opened',
  counted: 'good',
  'not-in-this-shipment': 'not-in-this-shipment',
  'already-complete': 'already-complete',
  stopped: 'stopped',
  'unknown-code': 'unknown-code',
};

export class BenchSession {
  private readonly acts: BenchActs;
  private readonly labels: LabelData;
  private readonly state: BenchState;

  constructor(private readonly ports: BenchPorts) {
    this.acts = new BenchActs(ports, () => this.state.moved());
    this.labels = new LabelData(ports.labelOrders);
    this.state = new BenchState(ports.host.index, ports.clock, () => this.acts.pending);
  }

  /** The same object until something changes. */
  view(): BenchView {
    return this.state.view();
  }

  /** @returns cancel. */
  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener);
  }

  /** Told what the ear should hear. @returns cancel. */
  onSound(listener: (sound: BenchSound) => void): () => void {
    return this.state.onSound(listener);
  }

  close(): void {
    this.state.close();
  }

  /** Judges a scan and acts on it. @returns the verdict, at once; what follows from it comes by `subscribe`. */
  scan(scan: Scan): Verdict {
    this.ports.handsBusy();
    const { index } = this.ports.host;
    const verdict = judgeScan(index, this.state.open, scan.code, this.ports.clock.now());
    this.state.judged(scan, verdict);
    if (verdict.kind === 'opened') this.take(verdict.shipmentId);
    this.state.sound(verdict.kind === 'opened' && verdict.count !== null ? 'good' : SOUND_OF[verdict.kind]);
    const gesture: Gesture = { gestureId: scan.gestureId, deviceId: scan.deviceId, method: 'scan' };
    if ((verdict.kind === 'opened' || verdict.kind === 'counted') && verdict.count !== null)
      this.count(verdict.shipmentId, verdict.count, verdict.completes, scan.code, gesture);
    this.state.moved();
    return verdict;
  }

  /** Runs a command barcode. @returns false for commands that are not the bench's. */
  command(command: Command, scan: Pick<Scan, 'gestureId' | 'deviceId'> | null): boolean {
    const gesture = scan === null ? this.onScreen() : { ...scan, method: 'scan' as const };
    switch (command) {
      case 'undo':
        this.undoLast(gesture);
        return true;
      case 'park':
        this.park(gesture);
        return true;
      case 'reopen':
        void this.reopenLast(gesture);
        return true;
      case 'print':
        void this.print(gesture);
        return true;
      case 'print-yes':
      case 'print-no':
        void this.resolvePrint(command === 'print-yes', gesture);
        return true;
      case 'next':
        this.leave();
        return true;
      case 'sign-out':
      case 'help':
        return false;
    }
  }

  /**
   * Opens a shipment from a list; a closed one is shown, and `reopen` means it. @returns false, and nothing happens, while
   * another one is in hand with something counted.
   */
  openFromList(id: ShipmentId): boolean {
    if (this.state.open !== null && this.state.open !== id && !this.state.mayLeave()) return false;
    this.state.clear();
    if (currentParcel(this.ports.host.index.work(id))?.stage === 'closed') this.state.showClosed(id);
    else this.take(id);
    this.state.moved();
    return true;
  }

  undoLast(gesture: Gesture = this.onScreen()): void {
    const parcel = this.state.parcel();
    const last = parcel?.counts.at(-1);
    if (this.state.open === null || parcel === null || last === undefined || parcel.stage !== 'open')
      return this.refuse();
    const undone = {
      kind: 'count-undone',
      shipmentId: this.state.open,
      parcelId: parcel.parcelId,
      undoes: last.factId,
    } as const;
    this.state.clear();
    this.state.sound('undone');
    void this.append(this.state.open, this.acts.draft(gesture, undone));
  }

  park(gesture: Gesture = this.onScreen()): void {
    const parcel = this.state.parcel();
    const id = this.state.open;
    if (id === null || parcel?.stage !== 'open' || parcel.counts.length === 0) return this.refuse();
    this.state.put(null);
    this.state.sound('parked');
    void this.append(
      id,
      this.acts.draft(gesture, { kind: 'parcel-parked', shipmentId: id, parcelId: parcel.parcelId }),
    );
  }

  /** Leaves a parcel that needs no hands now: untouched, or verified. A half-packed one is parked instead. */
  leave(): void {
    if (this.state.open === null) return;
    if (!this.state.mayLeave()) return this.refuse();
    this.state.put(null);
    this.state.clear();
    this.state.moved();
  }

  async reopenLast(gesture: Gesture = this.onScreen()): Promise<void> {
    const id = this.state.lastClosed;
    const parcel = id === null ? null : currentParcel(this.ports.host.index.work(id));
    if (id === null || parcel === null || (this.state.open !== null && !this.state.mayLeave())) return this.refuse();
    const { parcelId } = parcel;
    const factId = this.ports.ids.factId();
    const reply = await this.acts.perform({
      shipmentId: id,
      gestureId: gesture.gestureId,
      drafts: [],
      prepare: async () => (expect) => this.ports.packing.reopen({ ...gesture, expect, parcelId, factId }),
    });
    if (!reply.ok) return this.refusedBy(reply.error, id);
    this.state.clear();
    this.take(id);
    this.state.sound('opened');
    this.state.moved();
  }

  /** Prints what is missing: completes a full parcel, prints a verified one's label, or the label of a label-first store. */
  async print(gesture: Gesture = this.onScreen()): Promise<void> {
    this.state.clear();
    const id = this.state.meant;
    const plan = id === null ? undefined : this.ports.host.index.plan(id);
    if (id === null || plan === undefined) return this.refuse();
    const parcel = currentParcel(this.ports.host.index.work(id));
    const full = parcel?.stage === 'open' && isComplete(plan, this.ports.host.index.work(id));
    if (full) return this.complete(id, null, gesture);
    if (parcel?.stage !== 'verified' && plan.orderOfWork !== 'label-first') return this.refuse();
    const parcelId = parcel?.parcelId ?? parcelIdAt(id, 1);
    const reply = await this.acts.perform({
      shipmentId: id,
      gestureId: gesture.gestureId,
      drafts: [],
      prepare: async () => {
        const orders = await this.labels.of(plan);
        return (expect) => this.ports.packing.printLabel({ ...gesture, expect, parcelId, orders });
      },
    });
    if (!reply.ok) this.refusedBy(reply.error, id);
  }

  /** A person says whether the printer printed a label whose fate is unknown. */
  async resolvePrint(printed: boolean, gesture: Gesture = this.onScreen()): Promise<void> {
    this.state.clear();
    const id = this.state.meant;
    const parcel = id === null ? null : currentParcel(this.ports.host.index.work(id));
    const job = parcel?.job ?? null;
    if (id === null || parcel === null || job?.state !== 'unknown') return this.refuse();
    const reply = await this.ports.packing.resolvePrint({
      ...gesture,
      shipmentId: id,
      parcelId: parcel.parcelId,
      jobId: job.jobId,
      printed,
    });
    if (reply.ok) this.ports.host.accept(reply.value);
    else this.refusedBy(reply.error, id);
    this.state.moved();
  }

  /** Lets units go unscanned, with a reason; main asks for a lead's right or word. Completes the parcel when it is full then. */
  async release(part: Units, reason: string, approval: Approval | null, gesture = this.onScreen()): Promise<void> {
    const id = this.state.open;
    const person = this.ports.person();
    if (id === null || person === null) return this.refuse();
    const parcelId = this.state.parcel()?.parcelId ?? parcelIdAt(id, 1);
    const released = {
      kind: 'units-released',
      shipmentId: id,
      parcelId,
      ...part,
      reason,
      releasedBy: person.personId,
    } as const;
    const stands = await this.append(id, this.acts.draft(gesture, released), approval);
    const plan = this.ports.host.index.plan(id);
    if (stands && plan !== undefined && isComplete(plan, this.ports.host.index.work(id)))
      await this.complete(id, null, gesture);
  }

  async placeHold(id: ShipmentId, reason: string, gesture = this.onScreen()): Promise<void> {
    await this.append(id, this.acts.draft(gesture, { kind: 'hold-placed', shipmentId: id, reason }));
  }

  async releaseHold(id: ShipmentId, releases: FactId, reason: string, approval: Approval | null): Promise<void> {
    const person = this.ports.person();
    if (person === null) return this.refuse();
    const body: FactBody = { kind: 'hold-released', shipmentId: id, releases, reason, releasedBy: person.personId };
    await this.append(id, this.acts.draft(this.onScreen(), body), approval);
  }

  // ---- inside

  private count(id: ShipmentId, line: CountedLine, completes: boolean, code: string, gesture: Gesture): void {
    const draft = this.acts.draft(gesture, {
      kind: 'units-counted',
      shipmentId: id,
      parcelId: this.state.parcel()?.parcelId ?? parcelIdAt(id, 1),
      orderKey: line.line.orderKey,
      lineId: line.line.lineId,
      quantity: 1,
      code,
    });
    if (completes) void this.complete(id, draft, gesture);
    else void this.append(id, draft);
  }

  /** @returns whether the fact stands. */
  private async append(id: ShipmentId, draft: FactDraft, approval: Approval | null = null): Promise<boolean> {
    const reply = await this.acts.append(id, draft, approval);
    if (!reply.ok) this.refusedBy(reply.error, id);
    return reply.ok;
  }

  private async complete(id: ShipmentId, counted: FactDraft | null, gesture: Gesture): Promise<void> {
    const { index } = this.ports.host;
    const plan = index.plan(id);
    if (plan === undefined) return this.refuse();
    const parcel = currentParcel(index.work(id));
    const parcelId = parcel?.parcelId ?? parcelIdAt(id, 1);
    const units = unitsInBox(parcel, counted);
    const verified = this.acts.draft(gesture, { kind: 'parcel-verified', shipmentId: id, parcelId, units });
    this.state.markCompleting(id, true);
    const reply = await this.acts.perform({
      shipmentId: id,
      gestureId: gesture.gestureId,
      drafts: counted === null ? [verified] : [counted, verified],
      prepare: async () => {
        const orders = await this.labels.of(plan);
        return (expect) =>
          this.ports.packing.complete({
            ...gesture,
            expect,
            parcelId,
            counted,
            verifiedFactId: verified.factId,
            units,
            orders,
          });
      },
    });
    this.state.markCompleting(id, false);
    if (reply.ok) return this.state.moved();
    // The parcel cannot be completed now, but the piece is in the box: its count goes to the journal by itself.
    if (counted !== null && COUNT_STANDS.has(reply.error.code)) await this.append(id, counted);
    this.refusedBy(reply.error, id);
  }

  private refusedBy(error: StationError, id: ShipmentId | null): void {
    // Another window was first: what it did must be seen before the next scan is judged.
    if (error.code === 'revision-moved') void this.ports.host.catchUp();
    this.state.refused(error, id);
  }

  /** A command that has nothing to work on now. */
  private refuse(): void {
    this.state.sound('already-complete');
    this.state.moved();
  }

  private take(id: ShipmentId): void {
    const plan = this.ports.host.index.plan(id);
    if (plan === undefined) return;
    const isNew = this.state.open !== id;
    this.state.put(id);
    if (!isNew) return;
    this.labels.prefetch(plan);
    this.ports.readAgain(plan);
  }

  private onScreen(): Gesture {
    return { gestureId: this.ports.ids.gestureId(), deviceId: SCREEN, method: 'screen' };
  }
}

/** Everything counted into the parcel, the piece in hand included, by line. */
function unitsInBox(parcel: ParcelWork | null, counted: FactDraft | null): Units[] {
  const totals = new Map<string, Units>();
  const add = ({ orderKey, lineId, quantity }: Units): void => {
    const ref = lineRefOf({ orderKey, lineId });
    totals.set(ref, { orderKey, lineId, quantity: (totals.get(ref)?.quantity ?? 0) + quantity });
  };
  for (const entry of parcel?.counts ?? []) add(entry);
  if (counted?.body.kind === 'units-counted') add(counted.body);
  return [...totals.values()];
}
