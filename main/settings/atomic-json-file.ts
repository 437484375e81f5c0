/**
 * A JSON file with a version, written aside, flushed and renamed, so that a power cut leaves the old or the new one and
 * never half of one. What cannot be read is kept and reported, never overwritten.
 */
import { constants, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { z } from 'zod';

/** Saving failed, or is refused because the file on disk could not be read. */
export class SettingsNotSaved extends Error {
  readonly code = 'settings-not-saved';
  constructor(fileName: string, cause?: unknown) {
    super(`${fileName} was not saved`, { cause });
    this.name = 'SettingsNotSaved';
  }
}

/** One shape per version that ever was; the newest is what the program works with. */
export interface FileVersions<T> {
  readonly newest: number;
  readonly schema: z.ZodType<T>;
  /** From version N (the key) to N + 1. Each takes the file's content as it was parsed. */
  readonly steps: Readonly<Record<number, (older: Readonly<Record<string, unknown>>) => Record<string, unknown>>>;
}

export interface AtomicJsonFileOptions<T> {
  readonly path: string;
  readonly versions: FileVersions<T>;
  /** What holds while there is no file. */
  readonly empty: () => T;
  /**
   * `set-aside`: an unreadable file is renamed to `….unreadable-<n>` and work goes on with the empty value. `leave`: it stays
   * where it is and every save is refused, for files whose silent loss would open a door (people, the vault).
   */
  readonly whenUnreadable: 'set-aside' | 'leave';
}

export class AtomicJsonFile<T> {
  private current: T | null = null;
  private exists = false;
  private unreadable: string | null = null;
  private mustNotSave = false;
  private saving: Promise<void> = Promise.resolve();

  constructor(private readonly options: AtomicJsonFileOptions<T>) {}

  /** The content; read once from disk, then what was last saved. */
  value(): T {
    this.current ??= this.read();
    return this.current;
  }

  /** Is there a readable file on disk? */
  isPresent(): boolean {
    this.value();
    return this.exists;
  }

  /** Name of the file that could not be read (where it lies now), or null. */
  unreadableFile(): string | null {
    this.value();
    return this.unreadable;
  }

  /**
   * Replaces the content; answers when it is flushed. Saves happen one after another in the order of the calls.
   * @throws SettingsNotSaved
   */
  async save(value: T): Promise<void> {
    this.value();
    if (this.mustNotSave) throw new SettingsNotSaved(basename(this.options.path));
    const mine = this.saving.then(() => this.write(value));
    this.saving = mine.catch(() => undefined);
    await mine;
  }

  private async write(value: T): Promise<void> {
    const { path, versions } = this.options;
    try {
      const content = { ...versions.schema.parse(value), version: versions.newest };
      await writeAside(path, `${JSON.stringify(content, null, 2)}\n`);
    } catch (error) {
      throw new SettingsNotSaved(basename(path), error);
    }
    this.current = value;
    this.exists = true;
  }

  private read(): T {
    const { path, empty } = this.options;
    if (!existsSync(path)) return empty();
    const read = this.parse();
    if (read !== null) {
      this.exists = true;
      return read;
    }
    const aside = this.options.whenUnreadable === 'leave' ? null : setAside(path);
    this.unreadable = aside ?? basename(path);
    this.mustNotSave = aside === null;
    return empty();
  }

  /** @returns null when the file is torn, is of another shape, or comes from a newer program. */
  private parse(): T | null {
    const { path, versions } = this.options;
    try {
      const raw: unknown = JSON.parse(readFileSync(path, 'utf8'));
      let content = asRecord(raw);
      const found = content['version'];
      if (typeof found !== 'number' || !Number.isInteger(found) || found < 1 || found > versions.newest) return null;
      for (let version = found; version < versions.newest; version += 1) {
        const step = versions.steps[version];
        if (step === undefined) return null;
        content = step(content);
      }
      const parsed = versions.schema.safeParse(content);
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }
}

const asRecord = (raw: unknown): Readonly<Record<string, unknown>> => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new Error('not an object');
  return Object.fromEntries(Object.entries(raw));
};

/** Renames a file to the first free `….unreadable-<n>`. @returns the new file's name, or null where the disk refused. */
function setAside(path: string): string | null {
  let number = 1;
  while (existsSync(`${path}.unreadable-${number}`)) number += 1;
  const target = `${path}.unreadable-${number}`;
  try {
    renameSync(path, target);
    return basename(target);
  } catch {
    return null;
  }
}

/**
 * Writes a file so that a power cut at any moment leaves the old or the new content: aside, fsync, rename, fsync of the
 * folder. Readable by the owner only. @throws the file system's error; then the old file is untouched.
 */
export async function writeAside(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aside = `${path}.new`;
  try {
    const file = await open(aside, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes a rename durable. Windows has no such call and keeps its directory entries in its own journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
