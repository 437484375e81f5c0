/** The closed list of codes that can cross the bridge. The catalogue in renderer/i18n has three sentences for each. */
import { z } from 'zod';

export const errorCode = z.enum([
  // general
  'bad-request',
  'bad-answer',
  'unknown-sender',
  'internal',
  'not-allowed',
  'not-signed-in',
  'vault-locked',
  // vault and provision
  'wrong-passphrase',
  'passphrase-too-short',
  'vault-exists',
  'provision-invalid',
  // session
  'badge-unknown',
  'pin-wrong',
  'too-many-tries',
  'badge-taken',
  'last-administrator',
  // journal
  'revision-moved',
  'rule-refused',
  'disk-full',
  'disk-failed',
  'journal-closed',
  // packing and printing
  'no-number-left',
  'printer-not-set',
  'printer-unknown',
  'printer-unreachable',
  'label-failed',
  'contact-unreadable',
  'job-unknown',
  'job-state-differs',
  'lead-needed',
  // stores
  'store-unknown',
  'store-exists',
  'store-unreachable',
  'store-refused',
  'numbers-invalid',
  'delivery-unknown',
  'delivery-state-differs',
  'settings-unreadable',
  'settings-not-saved',
]);
export type ErrorCode = z.infer<typeof errorCode>;
