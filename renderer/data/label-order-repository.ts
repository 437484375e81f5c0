import type { LabelOrder } from '@shared/contract/packing';
import type { ShipmentPlan } from '@shared/domain/shipment';
import { ok, refuse, type Result } from '@shared/language/result';
import type { TallymanDatabase } from './database';

/** What a label needs of a shipment's orders; contacts stay sealed, main opens them. */
export class LabelOrderRepository {
  constructor(private readonly database: TallymanDatabase) {}

  /** One entry per order, with this shipment's lines and quantities only. Refused when an order is not in the database. */
  async readFor(plan: ShipmentPlan): Promise<Result<LabelOrder[], 'order-unknown'>> {
    const rows = await this.database.orders.bulkGet(plan.orders.map((order) => order.orderKey));
    const orders: LabelOrder[] = [];
    for (const row of rows) {
      if (row === undefined) return refuse('order-unknown');
      orders.push({
        orderKey: row.orderKey,
        orderNo: row.order.orderNo,
        storeId: row.order.storeId,
        displayNo: row.order.displayNo,
        sealedContact: row.sealedContact,
        lines: plan.lines
          .filter((line) => line.orderKey === row.orderKey)
          .map(({ sku, title, variantTitle, due }) => ({ sku, title, variantTitle, quantity: due })),
      });
    }
    return ok(orders);
  }
}
