import type { DeliveryState } from '@shared/domain/delivery';
import type { DeliveryId } from '@shared/domain/ids';

/** What can be done on the deliveries screen. */
export interface DeliveriesActs {
  readonly show: (state: DeliveryState) => void;
  readonly choose: (id: DeliveryId | null) => void;
  readonly tryAgain: (id: DeliveryId) => void;
  readonly settleOutside: (id: DeliveryId, reason: string) => void;
}
