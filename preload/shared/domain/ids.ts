import { z } from 'zod';

/** Ids are opaque text of at most 200 characters without control characters; platform numbers stay text, so 19 digits stay exact. */
const opaqueId = z
  .string()
  .min(1)
  .max(200)
  // eslint's no-control-regex is about accidents; here control characters are what we look for.
  .refine((text) => ![...text].some((char) => char.charCodeAt(0) < 32), 'control characters are not allowed in an id');

/** A store's id holds no slash, so that an order key can be taken apart again. */
export const storeId = opaqueId.refine((text) => !text.includes('/'), 'a store id has no slash').brand<'StoreId'>();
export type StoreId = z.infer<typeof storeId>;
export const orderNo = opaqueId.brand<'OrderNo'>();
export type OrderNo = z.infer<typeof orderNo>;
/** storeId + '/' + the platform's own number: the key of an order everywhere. */
export const orderKey = opaqueId.brand<'OrderKey'>();
export type OrderKey = z.infer<typeof orderKey>;
export const lineId = opaqueId.brand<'LineId'>();
export type LineId = z.infer<typeof lineId>;
export const shipmentId = opaqueId.brand<'ShipmentId'>();
export type ShipmentId = z.infer<typeof shipmentId>;
export const parcelId = opaqueId.brand<'ParcelId'>();
export type ParcelId = z.infer<typeof parcelId>;
export const personId = opaqueId.brand<'PersonId'>();
export type PersonId = z.infer<typeof personId>;
export const stationId = opaqueId.brand<'StationId'>();
export type StationId = z.infer<typeof stationId>;
export const deviceId = opaqueId.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof deviceId>;
export const factId = opaqueId.brand<'FactId'>();
export type FactId = z.infer<typeof factId>;
export const gestureId = opaqueId.brand<'GestureId'>();
export type GestureId = z.infer<typeof gestureId>;
export const deliveryId = opaqueId.brand<'DeliveryId'>();
export type DeliveryId = z.infer<typeof deliveryId>;
export const jobId = opaqueId.brand<'JobId'>();
export type JobId = z.infer<typeof jobId>;
export const poolId = opaqueId.brand<'PoolId'>();
export type PoolId = z.infer<typeof poolId>;
export const printerId = opaqueId.brand<'PrinterId'>();
export type PrinterId = z.infer<typeof printerId>;
/** A waybill number as printed: letters, digits and hyphens, 4…40 characters, upper case. */
export const waybillNo = z
  .string()
  .regex(/^[A-Z0-9-]{4,40}$/)
  .brand<'WaybillNo'>();
export type WaybillNo = z.infer<typeof waybillNo>;

/** Builds the key of an order from its store and the platform's number. @throws ZodError when the two together pass 200 characters. */
export const orderKeyOf = (store: StoreId, number: OrderNo): OrderKey => orderKey.parse(`${store}/${number}`);

/** Takes an order key apart: the store before the first slash, the platform's number (which may hold slashes) after it. @throws ZodError for text that is no key. */
export function orderKeyParts(key: OrderKey): { readonly storeId: StoreId; readonly orderNo: OrderNo } {
  const slash = key.indexOf('/');
  return { storeId: storeId.parse(key.slice(0, Math.max(0, slash))), orderNo: orderNo.parse(key.slice(slash + 1)) };
}

/**
 * The id of the shipment that an order gets by itself. It is derived, not drawn: after a wiped database a fresh pull
 * makes the same shipment again and the journal's facts find it.
 */
export const shipmentIdOf = (key: OrderKey): ShipmentId => shipmentId.parse(`${key}#1`);
