/** Everything about a page that can be done before a transaction opens: digest, judge, seal, plan. */
import type { ClearOrder, OrderSnapshot } from '@shared/domain/order';
import { planSingle } from '@shared/domain/plan-shipment';
import type { StorePolicy } from '@shared/domain/store';
import type { Instant } from '@shared/units/instant';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { FieldKeyRing } from '../data/field-keys';
import type { SourcedPlan } from '../data/ingest-repository';
import type { OrderRow, OrderSource } from '../data/rows';
import { sealBatch } from '../data/seal';
import { keyedDigest, tokensOfContact } from '../data/search-tokens';
import { judgeOrder, type OrderJudgement } from './judge-order';

/** Keys of the one who seals: all of them. */
export interface SealKeys extends FieldKeyRing {
  readonly contact: CryptoKey;
  readonly money: CryptoKey;
}

type Photos = Readonly<Record<string, string>>;

export interface JudgedOrder {
  readonly order: OrderSnapshot;
  readonly photos: Photos;
  readonly source: OrderSource;
  readonly judgement: OrderJudgement;
}

/** Photos of one order out of its page's. */
function photosOf(order: OrderSnapshot, photos: Photos): Photos {
  const own: Record<string, string> = {};
  for (const { imageUrl } of order.lines) {
    const path = imageUrl === null ? undefined : photos[imageUrl];
    if (imageUrl !== null && path !== undefined) own[imageUrl] = path;
  }
  return own;
}

/**
 * Tells what each order of a page is against what stands. The digest is keyed, because a plain one over a phone number
 * could be guessed back. Two readings of one order in a page are judged one after another.
 */
export async function judgePage(
  key: CryptoKey,
  page: { readonly orders: readonly OrderSnapshot[]; readonly photos: Photos; readonly readAt: Instant },
  standing: (order: OrderSnapshot) => OrderSource | undefined,
): Promise<JudgedOrder[]> {
  const prepared = page.orders.map((order) => ({ order, photos: photosOf(order, page.photos) }));
  const fingerprints = await Promise.all(
    prepared.map(({ order, photos }) => keyedDigest(key, `order:${JSON.stringify([order, photos])}`)),
  );
  const within = new Map<string, OrderSource>();
  return prepared.map(({ order, photos }, position) => {
    const source = { version: order.version, readAt: page.readAt, fingerprint: fingerprints[position] ?? '' };
    const judgement = judgeOrder(within.get(order.orderKey) ?? standing(order), source);
    if (judgement !== 'older') within.set(order.orderKey, source);
    return { order, photos, source, judgement };
  });
}

/** The last reading of each order; an earlier one of the same page is superseded. */
const lastOfEach = (orders: readonly JudgedOrder[]): JudgedOrder[] => [
  ...new Map(orders.map((judged) => [judged.order.orderKey, judged])).values(),
];

/** Seals and plans the orders that changed. */
export async function prepareOrders(
  keys: SealKeys,
  policy: StorePolicy,
  judged: readonly JudgedOrder[],
): Promise<{ readonly orders: OrderRow[]; readonly plans: SourcedPlan[] }> {
  const changed = lastOfEach(judged);
  const [contacts, moneys, tokens] = await Promise.all([
    sealBatch(
      keys.contact,
      'contact',
      changed.map(({ order }) => ({ orderKey: order.orderKey, value: order.contact })),
    ),
    sealBatch(
      keys.money,
      'money',
      changed.map(({ order }) => ({ orderKey: order.orderKey, value: order.money })),
    ),
    Promise.all(changed.map(({ order }) => tokensOfContact(keys.search, order.contact))),
  ]);
  const rows = changed.flatMap(({ order, photos, source }, at): OrderRow[] => {
    const [sealedContact, sealedMoney] = [contacts[at], moneys[at]];
    if (sealedContact === undefined || sealedMoney === undefined) return [];
    const { contact: _contact, money: _money, ...clear } = order;
    return [
      { orderKey: order.orderKey, order: clear, source, sealedContact, sealedMoney, tokens: tokens[at] ?? [], photos },
    ];
  });
  return { orders: rows, plans: rows.map((row) => ({ plan: planOfRow(row, policy), source: row.source })) };
}

/** The plan that follows from a stored order under a policy. */
export function planOfRow(row: OrderRow, policy: StorePolicy): ShipmentPlan {
  return planClear(row.order, policy, row.tokens, row.source.readAt, row.photos);
}

function planClear(
  order: ClearOrder,
  policy: StorePolicy,
  tokens: readonly string[],
  knownAt: Instant,
  photos: Photos,
): ShipmentPlan {
  return planSingle(order, {
    policy,
    tokens,
    knownAt,
    photoOf: (line) => (line.imageUrl === null ? null : (photos[line.imageUrl] ?? null)),
  });
}
