import type { Person, Role } from '@shared/domain/person';
import { personId } from '@shared/domain/ids';

/** An invented person of a role. */
export function aPerson(role: Role = 'packer', changes: Partial<Person> = {}): Person {
  return { personId: personId.parse(`person-${role}`), name: `样例 ${role}`, role, ...changes };
}
