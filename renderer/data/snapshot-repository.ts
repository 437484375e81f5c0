/** Keeps the snapshot chunks from which a memory index starts. Written at leisure, one chunk per transaction. */
import type { ShipmentWork } from '@shared/domain/shipment-work';
import type { ShipmentId } from '@shared/domain/ids';
import type { TallymanDatabase } from './database';
import { encodePlans } from './columns/encode-plans';
import { PlanChunk } from './columns/plan-chunk';
import { COLUMNS_FORMAT } from './columns/plan-columns';
import { readMetaNumber, writeMetaNumber } from './meta-repository';
import { readPlansSince, readWorksBehind, readWorksSince } from './plan-repository';
import type { PlanRow, WorkRow } from './rows';

/** Shipments per chunk: some hundred kilobytes, a few milliseconds to write. */
export const CHUNK_ROWS = 1_000;

/** Rows and works that belong into one chunk from now on. */
interface Edit {
  readonly plans: Map<ShipmentId, PlanRow>;
  readonly works: Map<ShipmentId, ShipmentWork>;
}

export class SnapshotRepository {
  constructor(private readonly database: TallymanDatabase) {}

  /** How many change numbers the chunks lag behind. */
  async lag(): Promise<number> {
    const [change, snapshot] = await Promise.all([
      readMetaNumber(this.database, 'change'),
      readMetaNumber(this.database, 'snapshotChange'),
    ]);
    return change - snapshot;
  }

  /**
   * Brings the chunks up to now. A chunk may be newer than `snapshotChange` for a moment or after a crash: rows carry
   * their own change number, and reading a row twice is harmless.
   * @param mayGoOn awaited before each chunk, so that hands go first; false leaves the rest for another time.
   */
  async refresh(mayGoOn: () => Promise<boolean>): Promise<'done' | 'left'> {
    await this.dropOtherFormats();
    const until = await readMetaNumber(this.database, 'change');
    const since = await readMetaNumber(this.database, 'snapshotChange');
    const [plans, works] = await Promise.all([
      readPlansSince(this.database, since),
      readWorksSince(this.database, since),
    ]);
    const edits = await this.assign(plans, [...(await readWorksBehind(this.database, plans)), ...works]);
    for (const [chunk, edit] of edits) {
      if (!(await mayGoOn())) return 'left';
      await this.rewrite(chunk, edit);
    }
    await writeMetaNumber(this.database, 'snapshotChange', until);
    return 'done';
  }

  private async dropOtherFormats(): Promise<void> {
    const { snapshots, meta } = this.database;
    await this.database.transaction('rw', [snapshots, meta], async () => {
      const rows = await snapshots.toArray();
      if (rows.every((row) => row.columns.format === COLUMNS_FORMAT)) return;
      await snapshots.clear();
      await writeMetaNumber(this.database, 'snapshotChange', 0);
    });
  }

  /** A shipment stays in its chunk; new ones fill the chunks that have room. */
  private async assign(plans: readonly PlanRow[], works: readonly WorkRow[]): Promise<Map<number, Edit>> {
    const chunkOf = new Map<ShipmentId, number>();
    const sizes = new Map<number, number>();
    await this.database.snapshots.each(({ chunk, columns }) => {
      const read = new PlanChunk(columns);
      for (let row = 0; row < read.rows; row += 1) chunkOf.set(read.idAt(row), chunk);
      sizes.set(chunk, read.rows);
    });
    const edits = new Map<number, Edit>();
    const editOf = (chunk: number): Edit => {
      const edit = edits.get(chunk) ?? { plans: new Map(), works: new Map() };
      edits.set(chunk, edit);
      return edit;
    };
    let open = [...sizes].find(([, size]) => size < CHUNK_ROWS)?.[0] ?? sizes.size;
    for (const row of plans) {
      let chunk = chunkOf.get(row.shipmentId);
      if (chunk === undefined) {
        if (row.gone) continue;
        while ((sizes.get(open) ?? 0) >= CHUNK_ROWS) open += 1;
        chunk = open;
        sizes.set(open, (sizes.get(open) ?? 0) + 1);
        chunkOf.set(row.shipmentId, chunk);
      }
      editOf(chunk).plans.set(row.shipmentId, row);
    }
    for (const { shipmentId, work } of works) {
      const chunk = chunkOf.get(shipmentId);
      if (chunk !== undefined) editOf(chunk).works.set(shipmentId, work);
    }
    return edits;
  }

  private async rewrite(chunk: number, edit: Edit): Promise<void> {
    const { snapshots } = this.database;
    await this.database.transaction('rw', [snapshots], async () => {
      const stored = await snapshots.get(chunk);
      const rows = new Map<ShipmentId, PlanRow>();
      const works = new Map<ShipmentId, ShipmentWork>();
      if (stored !== undefined) collect(new PlanChunk(stored.columns), rows, works);
      for (const [id, row] of edit.plans) rows.set(id, row);
      for (const [id, work] of edit.works) works.set(id, work);
      await snapshots.put({
        chunk,
        columns: encodePlans(
          [...rows.values()].filter((row) => !row.gone),
          works,
        ),
      });
    });
  }
}

/** Takes a chunk apart again into rows. */
function collect(chunk: PlanChunk, rows: Map<ShipmentId, PlanRow>, works: Map<ShipmentId, ShipmentWork>): void {
  for (let row = 0; row < chunk.rows; row += 1) {
    const plan = chunk.planAt(row);
    const changed = chunk.columns.changed[row] ?? 0;
    rows.set(plan.shipmentId, { shipmentId: plan.shipmentId, changed, plan, gone: false, source: chunk.sourceAt(row) });
  }
  for (const [row, work] of chunk.columns.works) works.set(chunk.idAt(row), work);
}
