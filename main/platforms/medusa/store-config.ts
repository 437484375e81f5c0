/** The settings of one Medusa store. Holds no secret. */
import { z } from 'zod';
import { storeId } from '@shared/domain/ids';

/** Keys of an order's `metadata` in which this business keeps what Medusa has no field for. */
const metadataKeys = z.object({
  /** 卖家备注, the seller's words to the warehouse. */
  sellerMemo: z.string().min(1).max(100).default('seller_memo'),
  sellerFlag: z.string().min(1).max(100).default('seller_flag'),
  /** A reason in words not to ship now. */
  hold: z.string().min(1).max(100).default('hold_reason'),
  /** ISO 8601 moments with a zone. */
  notBefore: z.string().min(1).max(100).default('ship_not_before'),
  shipBy: z.string().min(1).max(100).default('ship_by'),
});

export const medusaStoreConfig = z.object({
  storeId,
  /** Address of the shop's server, without a path behind it unless it lives under one. */
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** Which kind of secret the store's credential is. */
  auth: z.enum(['secret-key', 'email-password']).default('secret-key'),
  /** Stock location to ship from; null leaves it to the shop, which then takes the one of the order's shipping option. */
  locationId: z.string().min(1).max(200).nullable().default(null),
  /** How far back the first pull and a full sweep go. Days. */
  lookBackDays: z.number().int().min(1).max(400).default(30),
  /** Orders per page. */
  pageSize: z.number().int().min(1).max(200).default(50),
  /** How far each pull starts before the last one's newest change: covers changes that were committed late. Milliseconds. */
  overlapMs: z.number().int().min(1_000).max(600_000).default(30_000),
  /** Shops that take the money only at shipping: an authorised payment may then leave the house. */
  authorizedCountsAsPaid: z.boolean().default(false),
  timeouts: z
    .object({
      /** Limit of one read and of one write, the last byte included. Milliseconds. */
      readMs: z.number().int().min(100).max(120_000).default(20_000),
      writeMs: z.number().int().min(100).max(120_000).default(30_000),
      /** How long after a write of unknown fate nothing new is created: the old request may still be on its way. Milliseconds. */
      graceMs: z.number().int().min(0).max(600_000).default(15_000),
    })
    .prefault({}),
  metadataKeys: metadataKeys.prefault({}),
});
export type MedusaStoreConfig = z.infer<typeof medusaStoreConfig>;
