/** The arbiter as the delivery runner sees it. */
import type { Instant } from '@shared/units/instant';
import type { DeliveryState } from '@shared/domain/delivery';
import type { DeliveryId, ShipmentId } from '@shared/domain/ids';
import type { DeliveryWork } from '@shared/domain/shipment-work';
import type { Arbiter } from './arbiter';

interface Step {
  readonly deliveryId: DeliveryId;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly code: string;
  readonly notBefore: Instant;
}

export interface BenchDeliveries {
  all(): Iterable<DeliveryWork>;
  find(id: DeliveryId): DeliveryWork | undefined;
  isHeld(shipment: ShipmentId): boolean;
  move(step: Step): Promise<boolean>;
}

export function deliveryLedgerOf(arbiter: Arbiter): BenchDeliveries {
  const { state } = arbiter;
  return {
    all: () => state.allDeliveries(),
    find: (id) => state.delivery(id),
    isHeld: (shipment) => (state.work(shipment)?.holds.length ?? 0) > 0,
    move: async (step) => {
      const delivery = state.delivery(step.deliveryId);
      if (delivery === undefined) return false;
      const { orderKey, shipmentId } = delivery;
      const fact = arbiter.factOf(arbiter.programAct(), { kind: 'delivery-moved', orderKey, shipmentId, ...step });
      return (await arbiter.record({ facts: [fact] })).ok;
    },
  };
}
