/** The people of this station: who they are, and whose badge or PIN is whose. */
import { personId as personIdSchema, type PersonId } from '@shared/domain/ids';
import { hasRight, type Person, type Role } from '@shared/domain/person';
import { hashBadge, hashPin } from './credentials';
import type { KeptFile, PeopleRecord, StoredPerson } from './people-record';

/** A person as somebody entered them. A badge or PIN that is `null` keeps the stored one. */
export interface PersonEntry {
  readonly personId: PersonId | null;
  readonly name: string;
  readonly role: Role;
  readonly badge: string | null;
  readonly pin: string | null;
}

export interface PeopleKeys {
  /** Null while the vault is locked. */
  badge(): Uint8Array | null;
  pin(): Uint8Array | null;
}

export type PeopleRefusal = 'badge-taken' | 'last-administrator' | 'vault-locked' | 'not-allowed';
export type PeopleOutcome =
  | { readonly ok: true; readonly people: readonly Person[] }
  | { readonly ok: false; readonly code: PeopleRefusal; readonly index: number };

export const asPerson = ({ personId, name, role }: StoredPerson): Person => ({ personId, name, role });

const canSignIn = (stored: StoredPerson): boolean => stored.badge !== null || stored.pin !== null;

export class People {
  constructor(
    private readonly file: KeptFile<PeopleRecord>,
    private readonly keys: PeopleKeys,
    private readonly random: (bytes: number) => Uint8Array,
  ) {}

  list(): readonly Person[] {
    return this.stored().map(asPerson);
  }

  stored(): readonly StoredPerson[] {
    return this.file.value().people;
  }

  /** True only for a profile that never had anybody; a people file that cannot be read is not an empty one. */
  isNew(): boolean {
    return this.stored().length === 0 && this.file.unreadableFile() === null;
  }

  /** @returns null for an unknown badge, and while the vault is locked. */
  findByBadge(badge: string): StoredPerson | null {
    const key = this.keys.badge();
    if (key === null) return null;
    const hash = hashBadge(badge, key);
    return this.stored().find((stored) => stored.badge === hash) ?? null;
  }

  /**
   * Checks entries against each other and the stored people without saving. The first problem is named with the entry's
   * index.
   */
  async prepare(entries: readonly PersonEntry[]): Promise<PeopleOutcome & { readonly stored?: StoredPerson[] }> {
    const [badgeKey, pinKey] = [this.keys.badge(), this.keys.pin()];
    if (badgeKey === null || pinKey === null) return { ok: false, code: 'vault-locked', index: 0 };
    const all = [...this.stored()];
    const saved: Person[] = [];
    for (const [index, entry] of entries.entries()) {
      const at = all.findIndex((stored) => stored.personId === entry.personId);
      const older = all[at] ?? null;
      const merged = await this.merge(entry, older, badgeKey, pinKey);
      if (all.some((other, place) => place !== at && merged.badge !== null && other.badge === merged.badge)) {
        return { ok: false, code: 'badge-taken', index };
      }
      if (older === null) all.push(merged);
      else all[at] = merged;
      saved.push(asPerson(merged));
    }
    const administrators = all.filter((stored) => hasRight(stored.role, 'set-up') && canSignIn(stored));
    if (administrators.length === 0) return { ok: false, code: 'last-administrator', index: 0 };
    return { ok: true, people: saved, stored: all };
  }

  /** Saves entries, all or none. @throws SettingsNotSaved */
  async save(entries: readonly PersonEntry[]): Promise<PeopleOutcome> {
    const prepared = await this.prepare(entries);
    if (!prepared.ok || prepared.stored === undefined) return prepared;
    await this.file.save({ people: prepared.stored });
    return { ok: true, people: prepared.people };
  }

  private async merge(
    entry: PersonEntry,
    older: StoredPerson | null,
    badgeKey: Uint8Array,
    pinKey: Uint8Array,
  ): Promise<StoredPerson> {
    const drawnId = `person-${Buffer.from(this.random(9)).toString('base64url')}`;
    return {
      personId: entry.personId ?? personIdSchema.parse(drawnId),
      name: entry.name,
      role: entry.role,
      badge: entry.badge === null ? (older?.badge ?? null) : hashBadge(entry.badge, badgeKey),
      pin: entry.pin === null ? (older?.pin ?? null) : await hashPin(entry.pin, pinKey, this.random),
    };
  }
}
