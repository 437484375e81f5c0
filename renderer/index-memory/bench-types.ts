/** What the packing screen sees of the bench, and what the bench needs from outside. */
import type { ErrorParams } from '@shared/contract/envelope';
import type { ErrorCode } from '@shared/contract/error-codes';
import type { Approval } from '@shared/contract/journal';
import type { StationApi } from '@shared/contract/station';
import type { LabelOrder } from '@shared/contract/packing';
import type { Method } from '@shared/domain/fact';
import type { DeviceId, GestureId, ShipmentId, StationId } from '@shared/domain/ids';
import type { Person } from '@shared/domain/person';
import type { Verdict } from '@shared/domain/scan-verdict';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { Result } from '@shared/language/result';
import type { Clock } from '@shared/units/instant';
import type { IdSource } from '../services/ids';
import type { Scan } from '../scanning/scan';
import type { IndexHost } from './index-host';

/**
 * idle: nothing in hand. scanning: pieces are expected. completing: the last scan is on its way to the journal.
 * label-printing: verified, the label is on its way to paper. closed: the parcel shown is done. trouble: a person is needed.
 */
export type BenchPhase = 'idle' | 'scanning' | 'completing' | 'label-printing' | 'closed' | 'trouble';

export interface BenchTrouble {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly shipmentId: ShipmentId | null;
}

export interface BenchView {
  readonly version: number;
  readonly phase: BenchPhase;
  /** In hand: where scans go. */
  readonly open: ShipmentId | null;
  /** What the screen shows: the one in hand, else the last closed one until the next scan. */
  readonly shown: ShipmentId | null;
  readonly lastScan: Scan | null;
  readonly verdict: Verdict | null;
  /** Acts that are shown already and not yet in the journal. */
  readonly pending: number;
  readonly trouble: BenchTrouble | null;
  /** What `reopen` would open. */
  readonly lastClosed: ShipmentId | null;
  /** The label of the last closed one came with its closing, and was not on the box before. */
  readonly labelCameNow: boolean;
}

/** What the ear is told; the sounds are in scan-feedback. */
export type BenchSound =
  | 'good'
  | 'opened'
  | 'done'
  | 'undone'
  | 'parked'
  | 'not-in-this-shipment'
  | 'already-complete'
  | 'stopped'
  | 'unknown-code'
  | 'trouble';

/** Who did it how: a command barcode, a key or a button. */
export interface Gesture {
  readonly gestureId: GestureId;
  readonly deviceId: DeviceId;
  readonly method: Method;
}

export interface BenchPorts {
  readonly host: Pick<IndexHost, 'index' | 'accept' | 'catchUp'>;
  readonly journal: Pick<StationApi['journal'], 'append'>;
  readonly packing: Pick<StationApi['packing'], 'complete' | 'printLabel' | 'resolvePrint' | 'reopen'>;
  readonly labelOrders: (plan: ShipmentPlan) => Promise<Result<LabelOrder[], 'order-unknown'>>;
  readonly person: () => Person | null;
  readonly stationId: () => StationId;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Sync gives way for a moment. */
  readonly handsBusy: () => void;
  /** Asks the shop again about the orders in hand (I4). */
  readonly readAgain: (plan: ShipmentPlan) => void;
}

export type { Approval };
