/** Where all rigs keep what is expensive to make. */
export function cacheRoot(): string;
/** Text that changes whenever the installed shop would. */
export function medusaLockHash(): Promise<string>;
/** Folder with PostgreSQL's programs, or null. */
export function findPostgres(): string | null;
/** Installs Debian's PostgreSQL when it is missing. */
export function ensurePostgres(): Promise<string>;
/** Installs the shop into the cache; at once when it is there. */
export function ensureMedusa(): Promise<{ readonly dir: string; readonly hash: string }>;
/** Runs a program to its end. */
export function run(program: string, args: readonly string[], options?: object): Promise<string>;
