/** Which deliveries a parcel still needs, and with which facts it closes. */
import type { FactBody, PlannedDelivery, Units } from '@shared/domain/fact';
import { deliveryId, orderKeyParts, type OrderKey } from '@shared/domain/ids';
import { countedByLine, lineRefOf, toldByLine, type ParcelWork, type ShipmentWork } from '@shared/domain/shipment-work';
import type { TellAt } from '@shared/domain/store';
import type { Instant } from '@shared/units/instant';

export interface DeliveryPlanning {
  readonly newId: () => string;
  readonly nextSequence: (key: OrderKey) => number;
  readonly notBefore: Instant;
}

/** Units in the box that no shop was told of and no delivery will tell: what is told already is never told again (I1). */
function untoldUnits(work: ShipmentWork, parcel: ParcelWork): readonly Units[] {
  const told = toldByLine(work, parcel.parcelId);
  const counted = countedByLine(parcel);
  const lines = new Map(parcel.counts.map((count) => [lineRefOf(count), count]));
  return [...lines].flatMap(([ref, { orderKey, lineId }]) => {
    const quantity = (counted.get(ref) ?? 0) - (told.get(ref) ?? 0);
    return quantity > 0 ? [{ orderKey, lineId, quantity }] : [];
  });
}

/** One delivery per order for the units that are not told yet. Empty without a number, because there is nothing to tell. */
export function planDeliveries(work: ShipmentWork, parcel: ParcelWork, planning: DeliveryPlanning): PlannedDelivery[] {
  const { number, parcelId } = parcel;
  if (number === null) return [];
  const byOrder = new Map<OrderKey, Units[]>();
  for (const unit of untoldUnits(work, parcel))
    byOrder.set(unit.orderKey, [...(byOrder.get(unit.orderKey) ?? []), unit]);
  return [...byOrder].map(([orderKey, parts]) => ({
    deliveryId: deliveryId.parse(planning.newId()),
    idempotencyKey: planning.newId(),
    ...orderKeyParts(orderKey),
    orderKey,
    shipmentId: work.shipmentId,
    parcelId,
    carrier: number.carrier,
    waybillNo: number.waybillNo,
    units: parts.map(({ lineId, quantity }) => ({ lineId, quantity })),
    sequence: planning.nextSequence(orderKey),
    notBefore: planning.notBefore,
  }));
}

/** The facts that shut a box: its deliveries, where they do not exist yet, and the closing itself. */
export function closingBodies(
  work: ShipmentWork,
  parcel: ParcelWork,
  told: TellAt,
  planning: DeliveryPlanning,
): FactBody[] {
  const where = { shipmentId: work.shipmentId, parcelId: parcel.parcelId };
  const deliveries = planDeliveries(work, parcel, planning);
  if (told === 'closed') return [{ kind: 'parcel-closed', ...where, deliveries }];
  const created: FactBody[] = deliveries.length > 0 ? [{ kind: 'deliveries-created', ...where, deliveries }] : [];
  return [...created, { kind: 'parcel-closed', ...where, deliveries: [] }];
}
