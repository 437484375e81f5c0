/** What the queue shows, as data, and the pure rules behind it. */
import type { StoreId } from '@shared/domain/ids';
import type { Contact, OrderMoney } from '@shared/domain/order';
import type { PlannedLine, ShipmentPlan, ShipmentState } from '@shared/domain/shipment';
import type { AsideReason } from '@shared/domain/shipment-state';
import { unitsToPack } from '@shared/domain/shipment-state';
import type { ShipmentWork } from '@shared/domain/shipment-work';
import { currentParcel } from '@shared/domain/shipment-work';
import type { Fact } from '@shared/domain/fact';
import type { Instant } from '@shared/units/instant';
import type { IconName } from '../../components/icons/icon-paths';
import type { Tone } from '../../components/pill/Pill';

/** Boards are groups of states: what a lead looks for together. */
export const STATE_GROUPS = {
  ready: ['ready'],
  underWay: ['open', 'verified', 'labelled', 'weighed'],
  waiting: ['waiting'],
  held: ['held'],
  exception: ['exception', 'short'],
  done: ['closed', 'handed-over'],
  cancelled: ['cancelled'],
} as const satisfies Readonly<Record<string, readonly ShipmentState[]>>;

export type StateGroup = keyof typeof STATE_GROUPS;
export const GROUP_ORDER: readonly StateGroup[] = [
  'ready',
  'underWay',
  'waiting',
  'held',
  'exception',
  'done',
  'cancelled',
];

export const GROUP_LOOK: Readonly<Record<StateGroup, { readonly icon: IconName; readonly tone: Tone }>> = {
  ready: { icon: 'box', tone: 'accent' },
  underWay: { icon: 'scan', tone: 'accent' },
  waiting: { icon: 'clock', tone: 'calm' },
  held: { icon: 'hand', tone: 'warn' },
  exception: { icon: 'warn', tone: 'stop' },
  done: { icon: 'check', tone: 'ok' },
  cancelled: { icon: 'wrong', tone: 'calm' },
};

/** Colour and shape of a state. */
export const STATE_LOOK: Readonly<Record<ShipmentState, { readonly icon: IconName; readonly tone: Tone }>> = {
  waiting: { icon: 'clock', tone: 'calm' },
  ready: { icon: 'box', tone: 'accent' },
  open: { icon: 'scan', tone: 'accent' },
  verified: { icon: 'tick', tone: 'warn' },
  labelled: { icon: 'tag', tone: 'accent' },
  weighed: { icon: 'tick', tone: 'accent' },
  closed: { icon: 'check', tone: 'ok' },
  'handed-over': { icon: 'send', tone: 'ok' },
  held: { icon: 'hand', tone: 'warn' },
  exception: { icon: 'warn', tone: 'stop' },
  short: { icon: 'warn', tone: 'stop' },
  cancelled: { icon: 'wrong', tone: 'calm' },
};

/** Counted shipments of a group. */
export const countOfGroup = (byState: Readonly<Record<ShipmentState, number>>, group: StateGroup): number =>
  STATE_GROUPS[group].reduce((sum, state) => sum + byState[state], 0);

export interface QueueRow {
  readonly key: string;
  readonly state: ShipmentState;
  readonly tier: number;
  readonly deadline: Instant;
  readonly deadlineBecause: ShipmentPlan['deadlineBecause'];
  readonly displayNos: readonly string[];
  readonly storeName: string;
  /** First kind of goods, then how many more kinds there are. */
  readonly firstGoods: string;
  readonly moreKinds: number;
  readonly units: number;
  readonly sellerMemo: string;
  readonly sellerFlag: string;
  readonly parcels: number;
  readonly waybillNo: string | null;
}

const goodsName = (line: PlannedLine): string =>
  [line.title, line.variantTitle].filter((text) => text !== '').join(' ');

/** One shipment as a row. */
export function queueRow(
  plan: ShipmentPlan,
  work: ShipmentWork | null,
  state: ShipmentState,
  storeName: string,
): QueueRow {
  const lines = plan.lines.filter((line) => line.due > 0);
  const shown = lines.length === 0 ? plan.lines : lines;
  const [first] = shown;
  return {
    key: plan.shipmentId,
    state,
    tier: plan.tier,
    deadline: plan.deadline,
    deadlineBecause: plan.deadlineBecause,
    displayNos: plan.orders.map((order) => order.displayNo),
    storeName,
    firstGoods: first === undefined ? '' : goodsName(first),
    moreKinds: Math.max(0, shown.length - 1),
    units: plan.lines.reduce((sum, line) => sum + unitsToPack(line, work), 0),
    sellerMemo: plan.sellerMemo,
    sellerFlag: plan.sellerFlag,
    parcels: work?.parcels.length ?? 0,
    waybillNo: currentParcel(work)?.number?.waybillNo ?? null,
  };
}

/** A value that is sealed: what this role sees of it. */
export type Sealed<T> =
  | { readonly kind: 'not-for-this-role' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'open'; readonly value: T };

export interface QueueDetail {
  readonly row: QueueRow;
  readonly reasons: readonly AsideReason[];
  readonly lines: readonly {
    readonly key: string;
    readonly name: string;
    readonly sku: string;
    readonly photo: string | null;
    readonly counted: number;
    readonly due: number;
  }[];
  readonly shippingMethod: string;
  readonly knownAt: Instant;
  readonly contact: Sealed<Contact>;
  readonly money: Sealed<OrderMoney>;
  /** Facts of the shipment, oldest first; null while they are read. */
  readonly walk: readonly Fact[] | null;
  readonly holds: readonly { readonly factId: string; readonly reason: string }[];
  /** A lead may place and release holds. */
  readonly mayHold: boolean;
  readonly mayPack: boolean;
}

export interface QueueFilters {
  readonly group: StateGroup | null;
  readonly storeId: StoreId | null;
  readonly text: string;
}

export interface QueueStore {
  readonly storeId: StoreId;
  readonly name: string;
  readonly count: number;
}

export type QueueView =
  | { readonly kind: 'loading'; readonly loaded: number | null }
  | { readonly kind: 'failed' }
  | {
      readonly kind: 'ready';
      readonly now: Instant;
      readonly total: number;
      readonly groups: Readonly<Record<StateGroup, number>>;
      readonly stores: readonly QueueStore[];
      readonly filters: QueueFilters;
      readonly length: number;
      readonly rowAt: (position: number) => QueueRow | undefined;
      readonly chosen: number;
      readonly detail: QueueDetail | null;
    };
