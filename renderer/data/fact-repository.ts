import type { Fact } from '@shared/domain/fact';
import type { ShipmentId } from '@shared/domain/ids';
import type { TallymanDatabase } from './database';

/** Reads what happened, for the walk that a person looks at. */
export class FactRepository {
  constructor(private readonly database: TallymanDatabase) {}

  /** The facts of one shipment in the order of the journal; those that the worker has not mirrored yet are missing. */
  async factsOf(id: ShipmentId): Promise<readonly Fact[]> {
    const rows = await this.database.facts.where('shipmentId').equals(id).toArray();
    return rows.sort((a, b) => a.seq - b.seq).map((row) => row.fact);
  }
}
