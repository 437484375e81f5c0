/**
 * A thousand shipments as columns: how the memory index is kept on disk and, untouched, in memory. Goods and texts that
 * repeat are kept once; numbers lie in typed arrays; a plan is put together only when somebody asks for that one.
 */
import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { StopReason } from '@shared/domain/shipment';
import type { PackedStrings } from './packed-strings';

/** Raised whenever the layout below changes; chunks of another format are left alone and written anew. */
export const COLUMNS_FORMAT = 1;

/** Bit of each stop in `stops`, which is a set: read back in this order. New reasons are added at the end. */
export const STOP_BITS: readonly StopReason[] = [
  'cancelled',
  'unpaid',
  'refunded',
  'refund-under-way',
  'platform-hold',
  'needs-a-look',
  'shipped-elsewhere',
];

/** Where a moment is missing. */
export const NO_MOMENT = -1;

/** What all shipments of one policy share. */
export interface PlanHead {
  readonly storeId: string;
  readonly warehouse: string;
  readonly tier: number;
  readonly lane: string;
  readonly orderOfWork: 'verify-first' | 'label-first';
}

/** Kept once however many lines sell it. */
export interface Goods {
  readonly sku: string;
  readonly title: string;
  readonly variantTitle: string;
  readonly barcodes: readonly string[];
  readonly photo: string | null;
}

export interface PlanColumns {
  readonly format: number;
  readonly rows: number;
  readonly ids: PackedStrings;
  readonly changed: Float64Array;
  readonly heads: readonly PlanHead[];
  readonly head: Uint16Array;
  readonly deadline: Float64Array;
  readonly byPromise: Uint8Array;
  readonly createdAt: Float64Array;
  readonly notBefore: Float64Array;
  readonly knownAt: Float64Array;
  readonly stops: Uint8Array;
  /** Repeating texts: hold detail, memo, flag, method; entry 0 is the empty one. */
  readonly texts: readonly string[];
  readonly stopDetail: Uint32Array;
  readonly sellerMemo: Uint32Array;
  readonly sellerFlag: Uint32Array;
  readonly shippingMethod: Uint32Array;
  /** End of each row's part of the order columns. */
  readonly orderEnds: Uint32Array;
  /** '' where the key is the shipment's id without `#1`. */
  readonly orderKeys: PackedStrings;
  /** '' where the number is the key without its store. */
  readonly orderNos: PackedStrings;
  readonly displayNos: PackedStrings;
  /** End of each row's part of the line columns. */
  readonly lineEnds: Uint32Array;
  readonly lineIds: PackedStrings;
  /** Which of the row's orders a line belongs to. */
  readonly lineOrder: Uint8Array;
  readonly lineGoods: Uint32Array;
  /** Each goods once. */
  readonly goodsSkus: PackedStrings;
  readonly goodsTitles: PackedStrings;
  readonly goodsVariants: PackedStrings;
  /** '' where there is no photo. */
  readonly goodsPhotos: PackedStrings;
  /** End of each goods' part of `goodsBarcodes`. */
  readonly goodsBarcodeEnds: Uint32Array;
  readonly goodsBarcodes: PackedStrings;
  readonly due: Uint32Array;
  readonly shipped: Uint32Array;
  /** End of each row's part of `tokens`. */
  readonly tokenEnds: Uint32Array;
  readonly tokens: PackedStrings;
  /** Few rows have work: those that do, by row. */
  readonly works: readonly (readonly [row: number, work: ShipmentWork])[];
  /** Sources of single shipments, for the ingest worker; `readAt` is NO_MOMENT where there is none. */
  readonly sourceUpdatedAt: Float64Array;
  readonly sourceRevision: Float64Array;
  readonly sourceReadAt: Float64Array;
  readonly fingerprints: PackedStrings;
}
