/** How the business treats the orders of one store: how urgent, in which order of work, when the platform is told. */
import { z } from 'zod';
import { addMs, type Instant } from '../units/instant';
import { platform, type OrderSnapshot } from './order';
import { poolId, storeId } from './ids';

/** verify-first: the last scan prints. label-first: the label is printed before and its scan opens the parcel. */
export const orderOfWork = z.enum(['verify-first', 'label-first']);
export type OrderOfWork = z.infer<typeof orderOfWork>;

/** At which fact a platform is told "shipped". */
export const tellAt = z.enum(['labelled', 'verified', 'closed', 'weighed', 'handed-over']);
export type TellAt = z.infer<typeof tellAt>;

/** Facts that exist today. Weighing and hand-over come with their own flows; until then a store cannot wait for them. */
export const TELLABLE_NOW: readonly TellAt[] = ['labelled', 'verified', 'closed'];

/** Who a label names as its sender. Blank where the business prints none. */
export const sender = z.object({
  name: z.string().max(100),
  phone: z.string().max(60),
  address: z.string().max(300),
});
export type Sender = z.infer<typeof sender>;

export const storePolicy = z.object({
  storeId,
  platform,
  name: z.string().min(1).max(100),
  warehouse: z.string().min(1).max(100),
  /** 1 is the most urgent. */
  tier: z.number().int().min(1).max(9),
  /** Hours from payment within which the tier promises to ship. */
  slaHours: z
    .number()
    .min(0.25)
    .max(24 * 60),
  lane: z.string().min(1).max(60),
  orderOfWork,
  tellAt: tellAt.refine(
    (moment) => TELLABLE_NOW.includes(moment),
    'this station does not weigh parcels or hand them over yet, so no platform can be told at that moment',
  ),
  /** How long a delivery waits after closing, so that reopening can take it back. Milliseconds. */
  withdrawWindowMs: z.number().int().min(0).max(3_600_000),
  /** Courier for manual numbers, and the pool they come from. */
  carrier: z.string().min(1).max(100),
  poolId,
  sender: sender.default({ name: '', phone: '', address: '' }),
  /** Shop knowledge older than this is told to the packer in red. Minutes. */
  staleAfterMinutes: z.number().int().min(1).max(10_080),
  /** Older than that and offline: go on, go on and list for a re-check, or set aside (O06). */
  whenStale: z.enum(['go-on', 'go-on-and-list', 'set-aside']),
});
export type StorePolicy = z.infer<typeof storePolicy>;

/** The deadline that rules a shipment, and why: the earlier of the platform's promise and the tier's hours. */
export function rulingDeadline(
  order: Pick<OrderSnapshot, 'shipBy' | 'paidAt' | 'createdAt'>,
  policy: Pick<StorePolicy, 'slaHours'>,
): { readonly at: Instant; readonly because: 'platform-promise' | 'tier' } {
  const byTier = addMs(order.paidAt ?? order.createdAt, Math.round(policy.slaHours * 3_600_000));
  if (order.shipBy !== null && order.shipBy <= byTier) return { at: order.shipBy, because: 'platform-promise' };
  return { at: byTier, because: 'tier' };
}
