/**
 * The invented people of the practice warehouse. Their badges and PINs are public on purpose: the sign-in screen shows them
 * in practice mode, and no other profile ever has them.
 */
import type { Role } from './person';

export interface PracticePerson {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly badge: string;
  readonly pin: string;
}

export const PRACTICE_PEOPLE: readonly PracticePerson[] = [
  { personId: 'practice-packer', name: '演练打包员 Pei', role: 'packer', badge: 'TB-P-0001', pin: '1111' },
  { personId: 'practice-lead', name: '演练组长 Lin', role: 'lead', badge: 'TB-L-0001', pin: '2222' },
  { personId: 'practice-administrator', name: '演练管理员 An', role: 'administrator', badge: 'TB-A-0001', pin: '3333' },
];

/** The practice shops' ids are this and the simulator's name. */
export const PRACTICE_STORE_PREFIX = 'practice-';
export const PRACTICE_PRINTER_ID = 'practice-printer';
export const PRACTICE_POOL_ID = 'practice-numbers';
