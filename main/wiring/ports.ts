/**
 * The seams between main's areas. Areas do not import each other; they get these ports from main/wiring when they are built,
 * and tests hand them real small implementations.
 */
import type { Person } from '@shared/domain/person';
import type { StoreId } from '@shared/domain/ids';
import type { StorePolicy } from '@shared/domain/store';
import type { MedusaConnection, StoreSecret } from '@shared/contract/stores';
import type { PrinterSettings } from '@shared/contract/printing';
import type { Approval } from '@shared/contract/journal';
import type { AREAS } from '@shared/contract/station';
import type { AreaHandlers } from '@shared/contract/define-area';
import type { PoolId, WaybillNo } from '@shared/domain/ids';
import type { Clock } from '@shared/units/instant';
import type { z } from 'zod';

/** Who is signed in, and whose word counts as a second person's. */
export interface SessionPort {
  current(): Person | null;
  /** Checks a second person's badge or PIN; `null` when it is wrong. Does not change who is signed in. */
  checkApproval(approval: Approval): Promise<Person | null>;
}

export interface FieldKeyBytes {
  readonly contact: Uint8Array;
  readonly money: Uint8Array;
  readonly search: Uint8Array;
}

/** Secrets; everything answers null while the vault is locked. Callers never keep key bytes. */
export interface VaultPort {
  isOpen(): boolean;
  /** Fresh copies each time, because receivers overwrite them. */
  fieldKeys(): FieldKeyBytes | null;
  storeSecret(id: StoreId): StoreSecret | null;
  saveStoreSecret(id: StoreId, secret: StoreSecret): Promise<void>;
  removeStoreSecret(id: StoreId): Promise<void>;
  /** Key for signing photo paths, so that a page can fetch no other address through main. */
  photoKey(): Uint8Array | null;
  /** Runs once the vault is open (at once if it is). @returns cancel. */
  whenOpen(listener: () => void): () => void;
}

export interface StoreSettings {
  readonly policy: StorePolicy;
  readonly connection: MedusaConnection;
}

/** Versioned settings files, written aside and renamed. Saving refuses with `settings-not-saved` by throwing SettingsNotSaved. */
export interface SettingsPort {
  stationId(): string;
  stores(): readonly StoreSettings[];
  saveStores(stores: readonly StoreSettings[]): Promise<void>;
  printers(): readonly PrinterSettings[];
  savePrinters(printers: readonly PrinterSettings[]): Promise<void>;
  /** @returns cancel. */
  onChanged(listener: () => void): () => void;
}

type Areas = typeof AREAS;

/** Tells every window; validated against the contract before it leaves. */
export type Broadcast = <A extends keyof Areas, E extends keyof Areas[A]['events'] & string>(
  area: A,
  event: E,
  carried: Areas[A]['events'][E] extends { carries: infer S extends z.ZodType } ? z.input<S> : never,
) => void;

/** Logs an event name plus ids; redaction happens inside. */
export interface Logger {
  debug(event: string, ids?: Readonly<Record<string, unknown>>): void;
  info(event: string, ids?: Readonly<Record<string, unknown>>): void;
  warn(event: string, ids?: Readonly<Record<string, unknown>>): void;
  error(event: string, error: unknown, ids?: Readonly<Record<string, unknown>>): void;
}

/** Who asked: the window's webContents id. */
export interface CallContext {
  readonly windowId: number;
}

/** A port to a window's worker, as MessagePortMain offers it; tests use node's worker_threads MessagePort. */
export interface FeedPort {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** What the core (journal, bench, printing, deliveries, feed, images) is built from; made by main/index.ts. */
export interface CorePorts {
  /** Absolute, exists, belongs to this process alone. */
  readonly profileDir: string;
  /** Absolute: `resources/` with fonts, printers and label templates. */
  readonly resourcesDir: string;
  readonly session: SessionPort;
  readonly vault: VaultPort;
  readonly settings: SettingsPort;
  readonly broadcast: Broadcast;
  logger(prefix: string): Logger;
  readonly clock: Clock;
  /** Cryptographically random bytes. */
  random(bytes: number): Uint8Array;
  /** Opens a port to a window's worker; rejects when the window is gone. */
  openFeedPort(windowId: number): Promise<FeedPort>;
}

type CoreArea = 'journal' | 'packing' | 'printing' | 'stores' | 'numbers' | 'deliveries' | 'feed';

/** What the core offers to main/index.ts. */
export interface StationCore {
  readonly handlers: { readonly [A in CoreArea]: AreaHandlers<Areas[A], CallContext> };
  /** @param path what follows `/photo/` in an address of our scheme. Null: no such photo. */
  photo(path: string): Promise<{ readonly bytes: Uint8Array; readonly type: string } | null>;
  /** Writes an `audited` fact. @param subject an id, never a name */
  audit(action: string, subject: string): Promise<void>;
  /** Numbers that the journal knows already are left out. */
  importNumbers(pool: PoolId, carrier: string, numbers: readonly WaybillNo[]): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
