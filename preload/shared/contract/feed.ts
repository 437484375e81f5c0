/**
 * The feed: a MessagePort from main straight to the ingest worker of the window that holds the Web Lock. Main schedules,
 * calls and maps; the worker applies pages and owns cursors. Credits keep main from running ahead; no worker, no pulling.
 */
import { z } from 'zod';
import { instant } from '../units/instant';
import { journalRecord } from '../domain/fact';
import { orderSnapshot } from '../domain/order';
import { orderKey, storeId } from '../domain/ids';
import { storePolicy } from '../domain/store';
import { call, defineArea } from './define-area';

const rawKey = z.instanceof(Uint8Array).refine((bytes) => bytes.length === 32, 'a key has 32 bytes');

/** Main → worker. */
export const toWorker = z.discriminatedUnion('kind', [
  /** First message: keys for sealing, and what the stores' policies are. */
  z.object({
    kind: z.literal('welcome'),
    keys: z.object({ contact: rawKey, money: rawKey, search: rawKey }),
    policies: z.array(storePolicy),
  }),
  z.object({ kind: z.literal('policies'), policies: z.array(storePolicy) }),
  z.object({
    kind: z.literal('page'),
    pageId: z.number().int().min(1),
    storeId,
    orders: z.array(orderSnapshot).max(1000),
    /** Photo path under our scheme per image address of this page. */
    photos: z.record(z.string(), z.string()),
    /** Cursor to keep in the same transaction; null for orders read one by one. */
    cursor: z.string().nullable(),
    more: z.boolean(),
    readAt: instant,
  }),
  /** Journal records in order; catch-up after `hello`, then live. */
  z.object({ kind: z.literal('records'), records: z.array(journalRecord).max(2000), headSeq: z.number().int().min(0) }),
]);
export type ToWorker = z.infer<typeof toWorker>;

/** Worker → main. */
export const toMain = z.discriminatedUnion('kind', [
  /** The worker is up: where its database stands. */
  z.object({
    kind: z.literal('hello'),
    cursors: z.record(z.string(), z.string()),
    appliedSeq: z.number().int().min(0),
    credits: z.number().int().min(1).max(64),
  }),
  /** A page is durable; its credit is free again. */
  z.object({
    kind: z.literal('applied'),
    pageId: z.number().int().min(1),
    changed: z.number().int().min(0),
    unchanged: z.number().int().min(0),
    older: z.number().int().min(0),
  }),
  /** A page could not be applied; main stops that store's pull and tells the person. */
  z.object({ kind: z.literal('failed'), pageId: z.number().int().min(1), code: z.string().max(200) }),
  /** The database applied records up to here. */
  z.object({ kind: z.literal('caughtUp'), appliedSeq: z.number().int().min(0) }),
  /** Please read this order again now (before its label, after a clash). */
  z.object({ kind: z.literal('readOrder'), orderKey, storeId }),
]);
export type ToMain = z.infer<typeof toMain>;

export const feedArea = defineArea(
  'feed',
  { open: call({ ask: z.null(), answer: z.null(), refuses: ['vault-locked'] }) },
  {},
);
