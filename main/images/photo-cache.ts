/** Photos of goods for the windows: from disk where they are, else from the shop, small enough for a screen. */
import type { StoreId } from '@shared/domain/ids';
import type { Result } from '@shared/language/result';
import type { Clock, Instant } from '@shared/units/instant';
import { addMs } from '@shared/units/instant';
import type { Logger } from '../wiring/ports';
import type { PhotoFailure } from './fetch-photo';
import { imageTypeOf, type ImageType } from './image-type';
import { PhotoFiles } from './photo-files';
import { photoHost } from './photo-host';
import { readPhotoPath, signPhotoPath } from './photo-path';

export interface Photo {
  readonly bytes: Uint8Array;
  readonly type: string;
}

export interface PhotoCacheDeps {
  readonly folder: string;
  readonly photoKey: () => Uint8Array | null;
  /** Null for a store that is not set up (any more). */
  readonly shopBaseUrl: (store: StoreId) => string | null;
  readonly fetch: (address: string, shopBaseUrl: string) => Promise<Result<Uint8Array, PhotoFailure>>;
  /** Makes a picture fit the screen; null for what it cannot read. */
  readonly resize: (bytes: Uint8Array) => Promise<Uint8Array | null>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly maxDiskBytes?: number;
}

const DISK_BYTES = 200 * 1024 * 1024;
const AT_ONCE = 4;
const FORGET_FAILURE_MS = 60_000;
const FORGET_OFFLINE_MS = 10_000;
/** A picture that cannot be made smaller is shown as it is up to this size. */
const AS_IT_IS_BYTES = 1024 * 1024;
const REMEMBERED_FAILURES = 5_000;

export class PhotoCache {
  private readonly files: PhotoFiles;
  private readonly underWay = new Map<string, Promise<Photo | null>>();
  private readonly failedUntil = new Map<string, Instant>();
  private readonly queue: (() => void)[] = [];
  private fetching = 0;

  constructor(private readonly deps: PhotoCacheDeps) {
    this.files = new PhotoFiles({
      folder: deps.folder,
      maxBytes: deps.maxDiskBytes ?? DISK_BYTES,
      clock: deps.clock,
    });
  }

  /** The signed path for an address in a shop's data, or null where it may not be fetched or the vault is locked. */
  pathFor(store: StoreId, address: string): string | null {
    const key = this.deps.photoKey();
    const base = this.deps.shopBaseUrl(store);
    if (key === null || base === null || photoHost(address, base) === null) return null;
    return signPhotoPath(key, store, address);
  }

  /** @param path what follows `/photo/`. @returns null for an unsigned path, an unknown store, or a picture that cannot be had now. */
  async get(path: string): Promise<Photo | null> {
    const key = this.deps.photoKey();
    const asked = key === null ? null : readPhotoPath(key, path);
    const base = asked === null ? null : this.deps.shopBaseUrl(asked.storeId);
    if (asked === null || base === null) return null;
    const name = PhotoFiles.keyOf(asked.storeId, asked.address);
    const known = this.underWay.get(name);
    if (known !== undefined) return known;
    const found = this.find(name, asked.address, base).finally(() => this.underWay.delete(name));
    this.underWay.set(name, found);
    return found;
  }

  private async find(name: string, address: string, base: string): Promise<Photo | null> {
    const kept = await this.files.read(name);
    if (kept !== null) return kept;
    const until = this.failedUntil.get(name);
    if (until !== undefined && until > this.deps.clock.now()) return null;
    await this.turn();
    try {
      return await this.load(name, address, base);
    } finally {
      this.fetching -= 1;
      this.queue.shift()?.();
    }
  }

  private async load(name: string, address: string, base: string): Promise<Photo | null> {
    const fetched = await this.deps.fetch(address, base);
    if (!fetched.ok) {
      this.failed(
        name,
        fetched.error === 'offline' || fetched.error === 'too-slow' ? FORGET_OFFLINE_MS : FORGET_FAILURE_MS,
      );
      return null;
    }
    const photo = await this.fit(fetched.value);
    if (photo === null) {
      this.failed(name, FORGET_FAILURE_MS);
      return null;
    }
    await this.files
      .write(name, photo.type, photo.bytes)
      .catch((error: unknown) => this.deps.logger.error('photo-not-kept', error));
    return photo;
  }

  private async fit(bytes: Uint8Array): Promise<{ bytes: Uint8Array; type: ImageType } | null> {
    const type = imageTypeOf(bytes);
    if (type === null) return null;
    const smaller = await this.deps.resize(bytes);
    const smallerType = smaller === null ? null : imageTypeOf(smaller);
    if (smaller !== null && smallerType !== null) return { bytes: smaller, type: smallerType };
    return bytes.length <= AS_IT_IS_BYTES ? { bytes, type } : null;
  }

  private failed(name: string, forMs: number): void {
    this.failedUntil.delete(name);
    this.failedUntil.set(name, addMs(this.deps.clock.now(), forMs));
    const [oldest] = this.failedUntil.keys();
    if (this.failedUntil.size > REMEMBERED_FAILURES && oldest !== undefined) this.failedUntil.delete(oldest);
  }

  private async turn(): Promise<void> {
    if (this.fetching >= AT_ONCE) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.fetching += 1;
  }
}
