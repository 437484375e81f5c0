/** Who acts, and what each role may do and read. The one table that main and screens both ask; main enforces it. */
import { z } from 'zod';
import { personId } from './ids';

export const role = z.enum(['packer', 'picker', 'lead', 'support', 'finance', 'administrator']);
export type Role = z.infer<typeof role>;

export const person = z.object({ personId, name: z.string().min(1).max(100), role });
export type Person = z.infer<typeof person>;

/** Classes of sealed fields; one key each. */
export const fieldClass = z.enum(['contact', 'money']);
export type FieldClass = z.infer<typeof fieldClass>;

export type Right =
  | 'pack' // scan, verify, close, undo, reopen
  | 'release' // release what was not scanned, clear holds, re-ship
  | 'resolve-print' // say what a printer did
  | 'manage-deliveries' // act on parked deliveries
  | 'import-numbers'
  | 'set-up' // stores, printers, people, settings
  | 'see-contact'
  | 'see-money';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  packer: ['pack', 'resolve-print'],
  picker: [],
  lead: ['pack', 'release', 'resolve-print', 'manage-deliveries', 'import-numbers', 'see-contact'],
  support: ['see-contact'],
  finance: ['see-money'],
  administrator: [
    'pack',
    'release',
    'resolve-print',
    'manage-deliveries',
    'import-numbers',
    'set-up',
    'see-contact',
    'see-money',
  ],
};

/** May this role do that? */
export const hasRight = (who: Role, right: Right): boolean => RIGHTS[who].includes(right);

/** Which classes of sealed fields a role's window gets keys for (I9). */
export function readableClasses(who: Role): readonly FieldClass[] {
  const classes: FieldClass[] = [];
  if (hasRight(who, 'see-contact')) classes.push('contact');
  if (hasRight(who, 'see-money')) classes.push('money');
  return classes;
}
