/**
 * Frozen databases: what a shipped version of the program left on disk, one JSON file per version, written once and never
 * again. Bytes and number columns are kept with their kind, because JSON has none.
 *
 * To freeze the newest version before adding a step: `TALLYMAN_FREEZE=1 npx vitest run tests/unit/renderer/data/migrations.test.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TallymanDatabase } from '../../renderer/data/database';
import { MIGRATIONS } from '../../renderer/data/migrations';

const frozenFile = z.object({ version: z.number().int(), tables: z.record(z.string(), z.array(z.unknown())) });
export type FrozenDatabase = z.infer<typeof frozenFile>;

const BINARY = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array } as const;
type BinaryKind = keyof typeof BINARY;
const binary = z.object({
  $binary: z.enum(['Uint8Array', 'Uint16Array', 'Uint32Array', 'Int32Array', 'Float64Array']),
  numbers: z.array(z.number()),
});

export const fixturePath = (version: number): string =>
  fileURLToPath(new URL(`../fixtures/databases/frozen-${String(version).padStart(4, '0')}.json`, import.meta.url));

export const isFrozen = (version: number): boolean => existsSync(fixturePath(version));

const packed = (_key: string, value: unknown): unknown => {
  if (!ArrayBuffer.isView(value)) return value;
  const kind = value.constructor.name as BinaryKind;
  return { $binary: kind, numbers: [...(value as Uint8Array)] };
};

const unpacked = (_key: string, value: unknown): unknown => {
  const parsed = binary.safeParse(value);
  return parsed.success ? BINARY[parsed.data.$binary].from(parsed.data.numbers) : value;
};

/** Everything in a database, as it lies there. */
export async function freeze(database: TallymanDatabase): Promise<FrozenDatabase> {
  const tables: Record<string, unknown[]> = {};
  for (const table of database.tables) tables[table.name] = await table.toArray();
  return { version: database.verno, tables };
}

export const writeFrozen = (frozen: FrozenDatabase): void =>
  writeFileSync(fixturePath(frozen.version), `${JSON.stringify(frozen, packed)}\n`);

export const readFrozen = (version: number): FrozenDatabase =>
  frozenFile.parse(JSON.parse(readFileSync(fixturePath(version), 'utf8'), unpacked));

/** Lays a frozen database down under a name, at its own version, as the old program would have left it. */
export async function thaw(frozen: FrozenDatabase, name: string): Promise<void> {
  const steps = MIGRATIONS.filter((step) => step.number <= frozen.version);
  const database = new TallymanDatabase(name, steps);
  await database.open();
  for (const [table, rows] of Object.entries(frozen.tables)) await database.table(table).bulkPut(rows);
  database.close();
}
