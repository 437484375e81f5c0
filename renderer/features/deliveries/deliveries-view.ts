/** What the deliveries screen shows, as data. */
import type { DeliveryState } from '@shared/domain/delivery';
import type { DeliveryId } from '@shared/domain/ids';
import type { DeliveryWork } from '@shared/domain/shipment-work';
import type { Instant } from '@shared/units/instant';
import type { IconName } from '../../components/icons/icon-paths';
import type { Tone } from '../../components/pill/Pill';
import type { ErrorSentences } from '../../i18n/error-messages';

/** What needs a person comes first. */
export const DELIVERY_STATES: readonly DeliveryState[] = [
  'parked',
  'unknown',
  'waiting',
  'under-way',
  'acknowledged',
  'shown',
  'withdrawn',
];

export const DELIVERY_LOOK: Readonly<Record<DeliveryState, { readonly icon: IconName; readonly tone: Tone }>> = {
  parked: { icon: 'hand', tone: 'stop' },
  unknown: { icon: 'question', tone: 'warn' },
  waiting: { icon: 'clock', tone: 'calm' },
  'under-way': { icon: 'send', tone: 'accent' },
  acknowledged: { icon: 'tick', tone: 'ok' },
  shown: { icon: 'check', tone: 'ok' },
  withdrawn: { icon: 'undo', tone: 'calm' },
};

export interface DeliveryLine {
  readonly deliveryId: DeliveryId;
  readonly displayNo: string;
  readonly storeName: string;
  readonly waybillNo: string;
  readonly carrier: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When the next attempt may begin; null where none comes by itself. */
  readonly nextAttemptAt: Instant | null;
  readonly lastCode: string | null;
  readonly createdAt: Instant;
  /** When the order must be shown as shipped. */
  readonly deadline: Instant | null;
}

export interface DeliveriesView {
  readonly now: Instant;
  readonly counts: Readonly<Record<DeliveryState, number>>;
  readonly state: DeliveryState;
  /** Of the chosen state, most urgent first; null while they are read. */
  readonly lines: readonly DeliveryLine[] | null;
  readonly chosen: DeliveryId | null;
  readonly mayAct: boolean;
  readonly problem: ErrorSentences | null;
}

const COMES_BY_ITSELF: ReadonlySet<DeliveryState> = new Set(['waiting', 'unknown']);

/** When a delivery tries again by itself. */
export const nextAttemptOf = (delivery: Pick<DeliveryWork, 'state' | 'notBefore'>): Instant | null =>
  COMES_BY_ITSELF.has(delivery.state) ? delivery.notBefore : null;

/** May a person act on it? What waits in line needs nobody. */
export const isActable = (state: DeliveryState): boolean => state === 'parked' || state === 'unknown';

/** Most urgent first: the deadline, then the older one. */
export function byUrgency(a: DeliveryLine, b: DeliveryLine): number {
  const [late, early] = [a.deadline ?? Number.MAX_SAFE_INTEGER, b.deadline ?? Number.MAX_SAFE_INTEGER];
  return late === early ? a.createdAt - b.createdAt : late - early;
}
