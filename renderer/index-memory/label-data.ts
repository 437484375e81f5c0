import type { LabelOrder } from '@shared/contract/packing';
import type { ShipmentId } from '@shared/domain/ids';
import type { ShipmentPlan } from '@shared/domain/shipment';
import type { Result } from '@shared/language/result';

/** Thrown by `of`; the act that needed the data is refused. */
export class LabelDataMissing extends Error {
  override readonly name = 'LabelDataMissing';
}

/**
 * Label data of the shipment in hand, read from the database when it is opened: at the last scan nothing waits for
 * IndexedDB behind a running sync.
 */
export class LabelData {
  private kept: {
    readonly id: ShipmentId;
    readonly plan: ShipmentPlan;
    readonly orders: Promise<LabelOrder[]>;
  } | null = null;

  constructor(private readonly read: (plan: ShipmentPlan) => Promise<Result<LabelOrder[], 'order-unknown'>>) {}

  prefetch(plan: ShipmentPlan): void {
    void this.fetch(plan).catch(() => {
      // Asked for again, and told, when the label is needed.
      this.kept = null;
    });
  }

  /** @throws LabelDataMissing when an order is not in the database. */
  async of(plan: ShipmentPlan): Promise<LabelOrder[]> {
    const { kept } = this;
    // A plan that changed since (another address, another quantity) needs other data.
    if (kept !== null && kept.id === plan.shipmentId && kept.plan === plan) return kept.orders;
    return this.fetch(plan);
  }

  private fetch(plan: ShipmentPlan): Promise<LabelOrder[]> {
    const orders = this.read(plan).then((read) => {
      if (!read.ok) throw new LabelDataMissing(read.error);
      return read.value;
    });
    this.kept = { id: plan.shipmentId, plan, orders };
    return orders;
  }
}
