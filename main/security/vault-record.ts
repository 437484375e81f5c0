/** How a profile's key is wrapped on disk (`vault.json`), and how it is unwrapped again. */
import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { openBox, sealBox, sealedBox, type SealedBox } from './sealed-box';

export const PROFILE_KEY_BYTES = 32;

/** Cost bounds keep a planted file from choosing a weak or an endless derivation. */
const scryptCost = z.object({
  n: z
    .number()
    .int()
    .min(2 ** 15)
    .max(2 ** 20),
  r: z.number().int().min(8).max(16),
  p: z.number().int().min(1).max(4),
  salt: z.base64().min(16),
});

export const vaultRecord = z.object({
  wrap: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('keyring'), wrapped: z.base64() }),
      z.object({ kind: z.literal('passphrase'), scrypt: scryptCost, box: sealedBox }),
      z.object({ kind: z.literal('key-file'), box: sealedBox }),
    ])
    .nullable(),
  /** HMAC of the profile's key: tells a right key from a wrong one that some keyring handed out. */
  check: z.string().max(100),
});
export type VaultRecord = z.infer<typeof vaultRecord>;
export type VaultWrap = NonNullable<VaultRecord['wrap']>;
type PassphraseWrap = Extract<VaultWrap, { kind: 'passphrase' }>;

export const emptyVaultRecord = (): VaultRecord => ({ wrap: null, check: '' });

export const vaultVersions = { newest: 1, schema: vaultRecord, steps: {} };

type Random = (bytes: number) => Uint8Array;
const purposeOf = (kind: VaultWrap['kind']): string => `tallyman/vault/1/${kind}`;

/** Proof that a key is the profile's own; says nothing about the key. */
export const checkOf = (profileKey: Uint8Array): string =>
  createHmac('sha256', profileKey).update('tallyman/vault/1/check').digest('base64');

/** Is this the key that the record was made for? */
export function fits(record: VaultRecord, profileKey: Uint8Array): boolean {
  const [found, expected] = [Buffer.from(checkOf(profileKey)), Buffer.from(record.check)];
  return found.length === expected.length && timingSafeEqual(found, expected);
}

/** Seals the profile's key under a passphrase: scrypt N = 2^16, r = 8 (64 MB, about 0.2 s), fresh salt. */
export async function wrapByPassphrase(
  profileKey: Uint8Array,
  passphrase: string,
  random: Random,
): Promise<PassphraseWrap> {
  const cost = { n: 2 ** 16, r: 8, p: 1, salt: Buffer.from(random(16)).toString('base64') };
  const key = await stretch(passphrase, cost);
  return { kind: 'passphrase', scrypt: cost, box: sealBox(key, purposeOf('passphrase'), profileKey, random) };
}

/** @returns null when the passphrase is wrong. */
export async function unwrapByPassphrase(wrap: PassphraseWrap, passphrase: string): Promise<Uint8Array | null> {
  return openBox(await stretch(passphrase, wrap.scrypt), purposeOf('passphrase'), wrap.box);
}

export const wrapByKeyFile = (profileKey: Uint8Array, fileKey: Uint8Array, random: Random): VaultWrap => ({
  kind: 'key-file',
  box: sealBox(fileKey, purposeOf('key-file'), profileKey, random),
});

/** @returns null when the file holds another key. */
export const unwrapByKeyFile = (box: SealedBox, fileKey: Uint8Array): Uint8Array | null =>
  openBox(fileKey, purposeOf('key-file'), box);

/** The same passphrase typed on another keyboard may be composed differently, hence NFKC. */
function stretch(passphrase: string, cost: z.infer<typeof scryptCost>): Promise<Buffer> {
  const { n, r, p } = cost;
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), Buffer.from(cost.salt, 'base64'), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
