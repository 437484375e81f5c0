/** Pictures on disk with a limit: what was not looked at for longest goes first. Only product photos; they can be fetched again. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@shared/units/instant';
import type { ImageType } from './image-type';

const ENDINGS: Readonly<Record<ImageType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};
const TYPES = new Map(Object.entries(ENDINGS).map(([type, ending]) => [ending, type as ImageType]));
const NAME = /^([0-9a-f]{40})\.(png|jpg|gif|webp)$/;

interface Kept {
  readonly type: ImageType;
  readonly bytes: number;
}

export interface PhotoFilesOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly clock: Clock;
}

export class PhotoFiles {
  /** Least recently used first. */
  private readonly kept = new Map<string, Kept>();
  private total = 0;
  private opened: Promise<void> | null = null;
  private writes = 0;

  constructor(private readonly options: PhotoFilesOptions) {}

  static keyOf(store: string, address: string): string {
    return createHash('sha256').update(`${store}\n${address}`).digest('hex').slice(0, 40);
  }

  async read(key: string): Promise<{ readonly bytes: Uint8Array; readonly type: ImageType } | null> {
    await this.open();
    const found = this.kept.get(key);
    if (found === undefined) return null;
    try {
      const path = this.pathOf(key, found.type);
      const bytes = await readFile(path);
      this.kept.delete(key);
      this.kept.set(key, found);
      const now = new Date(this.options.clock.now());
      await utimes(path, now, now);
      return { bytes, type: found.type };
    } catch {
      // Somebody removed the file: it is fetched again.
      this.forget(key);
      return null;
    }
  }

  /** @throws as node:fs does (a full disk); the caller shows the picture all the same. */
  async write(key: string, type: ImageType, bytes: Uint8Array): Promise<void> {
    await this.open();
    this.writes += 1;
    const aside = join(this.options.folder, `${key}.${this.writes}.new`);
    await writeFile(aside, bytes, { mode: 0o600 });
    await rename(aside, this.pathOf(key, type));
    this.forget(key);
    this.kept.set(key, { type, bytes: bytes.length });
    this.total += bytes.length;
    await this.shrink();
  }

  private pathOf(key: string, type: ImageType): string {
    return join(this.options.folder, `${key}.${ENDINGS[type]}`);
  }

  private forget(key: string): void {
    this.total -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }

  private async shrink(): Promise<void> {
    for (const [key, { type }] of this.kept) {
      if (this.total <= this.options.maxBytes) return;
      this.forget(key);
      await rm(this.pathOf(key, type), { force: true });
    }
  }

  private open(): Promise<void> {
    this.opened ??= this.load();
    return this.opened;
  }

  private async load(): Promise<void> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const files: { key: string; type: ImageType; bytes: number; usedAt: number }[] = [];
    for (const name of await readdir(folder)) {
      const [, key, ending] = NAME.exec(name) ?? [];
      const type = TYPES.get(ending ?? '');
      if (key === undefined || type === undefined) {
        await rm(join(folder, name), { recursive: true }); // a file that was being written when the program ended
        continue;
      }
      const { size, mtimeMs } = await stat(join(folder, name));
      files.push({ key, type, bytes: size, usedAt: mtimeMs });
    }
    for (const { key, type, bytes } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      this.kept.set(key, { type, bytes });
      this.total += bytes;
    }
    await this.shrink();
  }
}
