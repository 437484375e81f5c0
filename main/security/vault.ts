/**
 * The vault of a profile: one random key, wrapped by the system's keyring, a passphrase or a key file, and everything that
 * follows from it. Field keys, the photo key and the keys for badges and PINs are derived from it (HKDF-SHA-256), so they
 * cannot be lost apart from it; the shops' secrets lie in a file sealed under it. Nothing is ever kept plain by silence:
 * without a keyring the vault does not exist until a person has chosen.
 */
import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { VaultState } from '@shared/contract/app';
import { storeSecret, type StoreSecret } from '@shared/contract/stores';
import type { StoreId } from '@shared/domain/ids';
import { NO_MISSES, oneMoreMiss, waitBeforeTry, type Misses } from '@shared/domain/try-limit';
import { createKeyFile, readKeyFile } from './key-file';
import { openBox, sealBox, sealedBox, type SealedBox } from './sealed-box';
import {
  checkOf,
  fits,
  PROFILE_KEY_BYTES,
  unwrapByKeyFile,
  unwrapByPassphrase,
  wrapByKeyFile,
  wrapByPassphrase,
  type VaultRecord,
  type VaultWrap,
} from './vault-record';

/** The system's keyring, as far as it really encrypts. */
export interface Keyring {
  isAvailable(): boolean;
  seal(text: string): Uint8Array;
  /** @throws Error when the keyring cannot open it. */
  open(sealed: Uint8Array): string;
}

/** A file as main/settings keeps it. */
export interface KeptFile<T> {
  value(): T;
  unreadableFile(): string | null;
  save(value: T): Promise<void>;
}

export const secretsRecord = z.object({
  box: sealedBox.nullable(),
  /** Boxes that the profile's key could not open when they were replaced; kept, never overwritten. */
  unopened: z.array(sealedBox),
});
export type SecretsRecord = z.infer<typeof secretsRecord>;
export const emptySecretsRecord = (): SecretsRecord => ({ box: null, unopened: [] });
export const secretsVersions = { newest: 1, schema: secretsRecord, steps: {} };

const secrets = z.object({ stores: z.record(z.string(), storeSecret) });
type Secrets = z.infer<typeof secrets>;
const SECRETS_PURPOSE = 'tallyman/secrets/1';

export const SHORTEST_PASSPHRASE = 10;

export interface VaultOptions {
  readonly vaultFile: KeptFile<VaultRecord>;
  readonly secretsFile: KeptFile<SecretsRecord>;
  readonly keyFilePath: string;
  readonly keyring: Keyring;
  readonly random: (bytes: number) => Uint8Array;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

export type VaultChoice = { readonly kind: 'passphrase'; readonly passphrase: string } | { readonly kind: 'key-file' };
export type CreateOutcome = 'created' | 'vault-exists' | 'passphrase-too-short';
export type UnlockOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'wrong-passphrase' }
  | { readonly kind: 'too-many-tries'; readonly waitMs: number };

/** What keys are derived for; the text is part of the derivation and never changes. */
export type KeyPurpose = 'contact' | 'money' | 'search' | 'photo' | 'badge' | 'pin';

export class Vault {
  private profileKey: Uint8Array | null = null;
  private secrets: Secrets = { stores: {} };
  private secretsUnreadable = false;
  private misses: Misses = NO_MISSES;
  private readonly waiting = new Set<() => void>();
  private readonly stateListeners = new Set<() => void>();
  /** Unlocking and saving go one after another, so that parallel tries cannot pass the limit together. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: VaultOptions) {}

  /** Opens what opens by itself: keyring and key file. A fresh profile with a real keyring gets its vault here. */
  async start(): Promise<void> {
    const { wrap } = this.options.vaultFile.value();
    if (wrap === null) {
      if (this.isAbsent() && this.options.keyring.isAvailable()) await this.createWith(this.wrapByKeyring);
      return;
    }
    const key = wrap.kind === 'passphrase' ? null : this.unwrapAlone(wrap);
    if (key !== null && fits(this.options.vaultFile.value(), key)) this.becomeOpen(key);
  }

  state(): VaultState {
    const { wrap } = this.options.vaultFile.value();
    if (wrap === null) return this.isAbsent() ? 'not-created' : 'keyring-missing';
    if (this.profileKey !== null) return wrap.kind;
    return wrap.kind === 'passphrase' ? 'locked' : 'keyring-missing';
  }

  /** First start without a keyring. @throws SettingsNotSaved */
  create(choice: VaultChoice): Promise<CreateOutcome> {
    return this.inTurn(async () => {
      if (this.state() !== 'not-created') return 'vault-exists';
      if (choice.kind === 'key-file') {
        await this.createWith(this.wrapByNewKeyFile);
        return 'created';
      }
      if ([...choice.passphrase].length < SHORTEST_PASSPHRASE) return 'passphrase-too-short';
      await this.createWith((key) => wrapByPassphrase(key, choice.passphrase, this.options.random));
      return 'created';
    });
  }

  /** Opens a vault that is sealed with a passphrase; tries are limited (see try-limit). */
  unlock(passphrase: string): Promise<UnlockOutcome> {
    return this.inTurn(async () => {
      const record = this.options.vaultFile.value();
      if (this.profileKey !== null) return { kind: 'open' };
      if (record.wrap?.kind !== 'passphrase') return { kind: 'wrong-passphrase' };
      const waitMs = waitBeforeTry(this.misses, this.options.nowMs());
      if (waitMs > 0) return { kind: 'too-many-tries', waitMs };
      const key = await unwrapByPassphrase(record.wrap, passphrase);
      if (key === null || !fits(record, key)) {
        this.misses = oneMoreMiss(this.misses, this.options.nowMs());
        return { kind: 'wrong-passphrase' };
      }
      this.misses = NO_MISSES;
      this.becomeOpen(key);
      return { kind: 'open' };
    });
  }

  isOpen(): boolean {
    return this.profileKey !== null;
  }

  /** A key for one purpose, as a fresh copy; null while the vault is locked. */
  key(purpose: KeyPurpose): Uint8Array | null {
    if (this.profileKey === null) return null;
    return new Uint8Array(hkdfSync('sha256', this.profileKey, new Uint8Array(0), `tallyman/key/1/${purpose}`, 32));
  }

  fieldKeys(): { contact: Uint8Array; money: Uint8Array; search: Uint8Array } | null {
    const [contact, money, search] = [this.key('contact'), this.key('money'), this.key('search')];
    return contact === null || money === null || search === null ? null : { contact, money, search };
  }

  photoKey(): Uint8Array | null {
    return this.key('photo');
  }

  storeSecret(id: StoreId): StoreSecret | null {
    return this.profileKey === null ? null : (this.secrets.stores[id] ?? null);
  }

  /** @throws SettingsNotSaved, and Error while the vault is locked (callers check `isOpen` and refuse with `vault-locked`). */
  saveStoreSecret(id: StoreId, secret: StoreSecret): Promise<void> {
    return this.saveStoreSecrets(new Map([[id, secret]]));
  }

  /** Several at once in one write. @throws as `saveStoreSecret` */
  saveStoreSecrets(added: ReadonlyMap<StoreId, StoreSecret>): Promise<void> {
    return this.inTurn(async () => {
      if (added.size > 0) await this.saveSecrets({ ...this.secrets.stores, ...Object.fromEntries(added) });
    });
  }

  removeStoreSecret(id: StoreId): Promise<void> {
    return this.inTurn(async () => {
      const left = Object.entries(this.secrets.stores).filter(([key]) => key !== id);
      await this.saveSecrets(Object.fromEntries(left));
    });
  }

  whenOpen(listener: () => void): () => void {
    if (this.profileKey !== null) {
      listener();
      return () => undefined;
    }
    this.waiting.add(listener);
    return () => {
      this.waiting.delete(listener);
    };
  }

  /** True when the secrets' file is readable but its box is not: the shops' secrets must be entered again. */
  hasUnreadableSecrets(): boolean {
    return this.secretsUnreadable;
  }

  /** Runs after each change of `state()`. @returns cancel. */
  onStateChanged(listener: () => void): () => void {
    this.stateListeners.add(listener);
    return () => {
      this.stateListeners.delete(listener);
    };
  }

  private isAbsent(): boolean {
    return this.options.vaultFile.unreadableFile() === null;
  }

  private readonly wrapByKeyring = async (key: Uint8Array): Promise<VaultWrap> => {
    const sealed = this.options.keyring.seal(Buffer.from(key).toString('base64'));
    return { kind: 'keyring', wrapped: Buffer.from(sealed).toString('base64') };
  };

  /** A key file that is there already belongs to a vault whose record did not get written: it can be used. */
  private readonly wrapByNewKeyFile = async (key: Uint8Array): Promise<VaultWrap> => {
    const { keyFilePath, random } = this.options;
    let fileKey = readKeyFile(keyFilePath);
    if (fileKey === null) {
      fileKey = random(32);
      createKeyFile(keyFilePath, fileKey);
    }
    return wrapByKeyFile(key, fileKey, random);
  };

  private async createWith(wrapIt: (key: Uint8Array) => Promise<VaultWrap>): Promise<void> {
    const key = this.options.random(PROFILE_KEY_BYTES);
    await this.options.vaultFile.save({ wrap: await wrapIt(key), check: checkOf(key) });
    this.becomeOpen(key);
  }

  private unwrapAlone(wrap: Exclude<VaultWrap, { kind: 'passphrase' }>): Uint8Array | null {
    if (wrap.kind === 'key-file') {
      const fileKey = readKeyFile(this.options.keyFilePath);
      return fileKey === null ? null : unwrapByKeyFile(wrap.box, fileKey);
    }
    if (!this.options.keyring.isAvailable()) return null;
    try {
      return Buffer.from(this.options.keyring.open(Buffer.from(wrap.wrapped, 'base64')), 'base64');
    } catch {
      // Another user's keyring, or one that was reset: the state `keyring-missing` says so on screen.
      return null;
    }
  }

  private becomeOpen(key: Uint8Array): void {
    this.profileKey = key;
    this.secrets = this.readSecrets(key);
    const ready = [...this.waiting];
    this.waiting.clear();
    for (const listener of this.stateListeners) listener();
    for (const listener of ready) listener();
  }

  private readSecrets(key: Uint8Array): Secrets {
    const { box } = this.options.secretsFile.value();
    const plain = box === null ? null : openSecrets(key, box);
    this.secretsUnreadable = box !== null && plain === null;
    return plain ?? { stores: {} };
  }

  private async saveSecrets(stores: Secrets['stores']): Promise<void> {
    const { profileKey } = this;
    if (profileKey === null) throw new Error('the vault is locked');
    const plain = Buffer.from(JSON.stringify({ stores }), 'utf8');
    const kept = this.options.secretsFile.value();
    const unopened = this.secretsUnreadable && kept.box !== null ? [...kept.unopened, kept.box] : kept.unopened;
    const box = sealBox(profileKey, SECRETS_PURPOSE, plain, this.options.random);
    await this.options.secretsFile.save({ box, unopened });
    this.secrets = { stores };
    this.secretsUnreadable = false;
  }

  private inTurn<R>(work: () => Promise<R>): Promise<R> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

/** @returns null when the box is not of this key, or holds something else than secrets. */
function openSecrets(key: Uint8Array, box: SealedBox): Secrets | null {
  const plain = openBox(key, SECRETS_PURPOSE, box);
  if (plain === null) return null;
  const parsed = secrets.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
  return parsed.success ? parsed.data : null;
}
