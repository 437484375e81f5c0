/** Applies a provision document to this station: everything is checked first, and then everything or nothing is done. */
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Look, ProvisionProblem } from '@shared/contract/app';
import type { StoreSecret } from '@shared/contract/stores';
import type { PoolId, StoreId, WaybillNo } from '@shared/domain/ids';
import type { Role } from '@shared/domain/person';
import type { PersonId } from '@shared/domain/ids';
import { writeAside } from './atomic-json-file';
import type { ProvisionDocument } from './provision-document';
import type { StationSettings, StoreEntry } from './station-settings';

export interface ProvisionedPerson {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly badge: string | null;
  readonly pin: string | null;
}

/** What a provision changes outside the settings' own file. */
export interface ProvisionTargets {
  /** Index and reason of the first person who cannot be saved, or null. */
  checkPeople(people: readonly ProvisionedPerson[]): Promise<{ readonly index: number; readonly code: string } | null>;
  savePeople(people: readonly ProvisionedPerson[]): Promise<void>;
  saveStoreSecrets(secrets: ReadonlyMap<StoreId, StoreSecret>): Promise<void>;
  /** Numbers that the journal knows already are left out there. */
  importNumbers(pool: PoolId, carrier: string, numbers: readonly WaybillNo[]): Promise<void>;
}

/**
 * Applies a checked document; stores, printers and people that are known by their id are updated, others stay. Secrets go
 * first and settings last: what a cut leaves behind is finished by applying the same document again. The copy that is kept
 * (`provision.yaml`) has no secrets, PINs, badges or numbers.
 * @returns problems that only this station can know; then nothing was done. @throws SettingsNotSaved
 */
export async function applyProvision(
  document: ProvisionDocument,
  settings: StationSettings,
  targets: ProvisionTargets,
  profileDir: string,
): Promise<ProvisionProblem[]> {
  const people = document.people.map(({ badge, pin, ...rest }) => ({
    ...rest,
    badge: badge ?? null,
    pin: pin ?? null,
  }));
  if (people.length > 0) {
    const refused = await targets.checkPeople(people);
    if (refused !== null) return [{ path: `people[${refused.index}]`, problem: refused.code }];
  }
  await targets.saveStoreSecrets(secretsOf(document));
  if (people.length > 0) await targets.savePeople(people);
  await settings.saveAll({
    stores: mergeById(settings.stores(), storesOf(document), ({ policy }) => policy.storeId),
    printers: mergeById(settings.printers(), document.printers, ({ printerId }) => printerId),
    ...(document.look === undefined ? {} : { look: mergeLook(settings.look(), document.look) }),
  });
  await writeAside(join(profileDir, 'provision.yaml'), stringify(withoutSecrets(document)));
  for (const { poolId, carrier, numbers } of document.numbers) await targets.importNumbers(poolId, carrier, numbers);
  return [];
}

function secretsOf(document: ProvisionDocument): Map<StoreId, StoreSecret> {
  const secrets = new Map<StoreId, StoreSecret>();
  for (const { policy, secret } of document.stores) if (secret !== undefined) secrets.set(policy.storeId, secret);
  return secrets;
}

const storesOf = (document: ProvisionDocument): StoreEntry[] =>
  document.stores.map(({ policy, connection }) => ({ policy, connection }));

function mergeById<T>(older: readonly T[], newer: readonly T[], idOf: (entry: T) => string): T[] {
  const merged = new Map(older.map((entry) => [idOf(entry), entry]));
  for (const entry of newer) merged.set(idOf(entry), entry);
  return [...merged.values()];
}

function mergeLook(older: Look, newer: NonNullable<ProvisionDocument['look']>): Look {
  return {
    language: newer.language ?? older.language,
    theme: newer.theme ?? older.theme,
    soundVolume: newer.soundVolume ?? older.soundVolume,
    speakStops: newer.speakStops ?? older.speakStops,
  };
}

/** What the profile keeps of the document, to show what was set up from outside. */
export function withoutSecrets(document: ProvisionDocument): Record<string, unknown> {
  return {
    version: document.version,
    ...(document.vault === undefined ? {} : { vault: document.vault }),
    ...(document.look === undefined ? {} : { look: document.look }),
    stores: storesOf(document),
    printers: document.printers,
    people: document.people.map(({ personId, name, role }) => ({ personId, name, role })),
    numbers: document.numbers.map(({ poolId, carrier, numbers }) => ({ poolId, carrier, count: numbers.length })),
  };
}
