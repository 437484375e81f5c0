import { firstTables } from './0010-first-tables';
import type { Migration } from './migration';

/** All steps, oldest first. */
export const MIGRATIONS: readonly Migration[] = [firstTables];

/** The version that this program writes. */
export const NEWEST_VERSION = MIGRATIONS.at(-1)?.number ?? 0;
