/** A person as an administrator types them. Badge and PIN are only ever set, never shown. */
import { badge as badgeSchema, pin as pinSchema } from '@shared/contract/session';
import type { Person, Role } from '@shared/domain/person';

export interface PersonDraft {
  readonly personId: Person['personId'] | null;
  readonly name: string;
  readonly role: Role;
  readonly badge: string;
  readonly pin: string;
}

export const NEW_PERSON: PersonDraft = { personId: null, name: '', role: 'packer', badge: '', pin: '' };

export const draftOfPerson = (person: Person): PersonDraft => ({
  ...NEW_PERSON,
  personId: person.personId,
  name: person.name,
  role: person.role,
});

export type PersonField = 'name' | 'badge' | 'pin';
export interface PersonToSave {
  readonly personId: Person['personId'] | null;
  readonly name: string;
  readonly role: Role;
  readonly badge: string | null;
  readonly pin: string | null;
}
export type ParsedPerson =
  | { readonly ok: true; readonly person: PersonToSave }
  | { readonly ok: false; readonly problems: ReadonlySet<PersonField> };

/** A new person needs a badge or a PIN, else they could never sign in. */
export function parsePerson(draft: PersonDraft): ParsedPerson {
  const name = draft.name.trim();
  const badge = draft.badge.trim().toUpperCase();
  const problems = new Set<PersonField>();
  if (name === '' || name.length > 100) problems.add('name');
  if (badge !== '' && !badgeSchema.safeParse(badge).success) problems.add('badge');
  if (draft.pin !== '' && !pinSchema.safeParse(draft.pin).success) problems.add('pin');
  if (draft.personId === null && badge === '' && draft.pin === '') problems.add('pin');
  if (problems.size > 0) return { ok: false, problems };
  return {
    ok: true,
    person: {
      personId: draft.personId,
      name,
      role: draft.role,
      badge: badge === '' ? null : badge,
      pin: draft.pin === '' ? null : draft.pin,
    },
  };
}
