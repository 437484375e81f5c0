/** What the runner needs; main/wiring fits bench and connectors to it. */
import type { ConfirmShipment, DeliveryOutcome, DeliveryState } from '@shared/domain/delivery';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import type { DeliveryId, ShipmentId, StoreId } from '@shared/domain/ids';
import type { DeliveryWork } from '@shared/domain/shipment-work';
import type { Result } from '@shared/language/result';
import type { Instant } from '@shared/units/instant';

export interface DeliveryStep {
  readonly deliveryId: DeliveryId;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly code: string;
  readonly notBefore: Instant;
}

export interface DeliveryLedger {
  all(): Iterable<DeliveryWork>;
  find(id: DeliveryId): DeliveryWork | undefined;
  /** A station's hold: its shipment is not confirmed while it stands (I4). */
  isHeld(shipment: ShipmentId): boolean;
  /** @returns whether the step is flushed; false when the disk or a rule refused it. */
  move(step: DeliveryStep): Promise<boolean>;
}

/** The part of a shop connector that deliveries use. */
export interface DeliveryShop {
  confirmShipment(order: ConfirmShipment, attempt: number, signal: AbortSignal): Promise<DeliveryOutcome>;
  isShown(order: ConfirmShipment, signal: AbortSignal): Promise<Result<boolean, GatewayFailure>>;
}

/** @returns null while the store cannot be called (not set up, vault locked). */
export type ShopOf = (store: StoreId) => DeliveryShop | null;
