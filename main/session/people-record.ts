/** The people of a station as `people.json` keeps them: no PIN and no badge can be read back from it. */
import { z } from 'zod';
import { person } from '@shared/domain/person';

export const pinHash = z.object({
  salt: z.base64(),
  hash: z.base64(),
  /** scrypt's N; r = 8, p = 1. */
  n: z
    .number()
    .int()
    .min(2 ** 12)
    .max(2 ** 18),
});
export type PinHash = z.infer<typeof pinHash>;

export const storedPerson = person.extend({
  /** HMAC of the badge's text under a key of the vault, base64. */
  badge: z.base64().nullable(),
  pin: pinHash.nullable(),
});
export type StoredPerson = z.infer<typeof storedPerson>;

export const peopleRecord = z.object({ people: z.array(storedPerson) });
export type PeopleRecord = z.infer<typeof peopleRecord>;
export const emptyPeopleRecord = (): PeopleRecord => ({ people: [] });
export const peopleVersions = { newest: 1, schema: peopleRecord, steps: {} };

/** Misses in a row per person, so that a restart does not give fresh tries. */
export const triesRecord = z.object({
  misses: z.record(z.string(), z.object({ count: z.number().int().min(0), lastAtMs: z.number().min(0) })),
});
export type TriesRecord = z.infer<typeof triesRecord>;
export const emptyTriesRecord = (): TriesRecord => ({ misses: {} });
export const triesVersions = { newest: 1, schema: triesRecord, steps: {} };

/** A file as main/settings keeps it. */
export interface KeptFile<T> {
  value(): T;
  unreadableFile(): string | null;
  save(value: T): Promise<void>;
}
