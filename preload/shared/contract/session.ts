import { z } from 'zod';
import { person, role } from '../domain/person';
import { personId } from '../domain/ids';
import { call, defineArea, event } from './define-area';

export const sessionState = z.object({ person: person.nullable() });
export type SessionState = z.infer<typeof sessionState>;

/** Raw keys of the classes that the signed-in role may read; the page imports them non-extractable and overwrites the bytes. */
const rawKey = z.instanceof(Uint8Array).refine((bytes) => bytes.length === 32, 'a key has 32 bytes');
export const fieldKeys = z.object({ contact: rawKey.nullable(), money: rawKey.nullable(), search: rawKey });
export type FieldKeys = z.infer<typeof fieldKeys>;

export const pin = z.string().regex(/^\d{4,12}$/);
/** Badge text as the scanner gives it, normalised to upper case. */
export const badge = z.string().min(4).max(60);

export const sessionArea = defineArea(
  'session',
  {
    state: call({ ask: z.null(), answer: sessionState, refuses: [] }),
    signInByBadge: call({ ask: z.object({ badge }), answer: sessionState, refuses: ['badge-unknown', 'vault-locked'] }),
    signInByPin: call({
      ask: z.object({ personId, pin }),
      answer: sessionState,
      refuses: ['pin-wrong', 'too-many-tries', 'vault-locked'],
    }),
    signOut: call({ ask: z.null(), answer: sessionState, refuses: [] }),
    fieldKeys: call({ ask: z.null(), answer: fieldKeys, refuses: ['not-signed-in', 'vault-locked'] }),
    /** For the sign-in screen: names and roles, never PINs or badges. */
    people: call({ ask: z.null(), answer: z.array(person), refuses: [] }),
    savePerson: call({
      ask: z.object({
        personId: personId.nullable(),
        name: z.string().min(1).max(100),
        role,
        badge: badge.nullable(),
        pin: pin.nullable(),
      }),
      answer: person,
      refuses: ['not-allowed', 'badge-taken', 'last-administrator', 'vault-locked', 'settings-not-saved'],
    }),
  },
  { changed: event({ carries: sessionState }) },
);
