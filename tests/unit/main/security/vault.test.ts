import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeId } from '@shared/domain/ids';
import { emptySecretsRecord, secretsVersions, Vault, type Keyring } from '../../../../main/security/vault';
import { emptyVaultRecord, vaultVersions } from '../../../../main/security/vault-record';
import { AtomicJsonFile } from '../../../../main/settings/atomic-json-file';

const PASSPHRASE = '一把很长的钥匙 please';
const SHOP = storeId.parse('shop');
const noKeyring: Keyring = {
  isAvailable: () => false,
  seal: () => {
    throw new Error('no keyring');
  },
  open: () => {
    throw new Error('no keyring');
  },
};
/** A keyring of one user: what another one sealed does not open. */
const keyringOf = (user: string): Keyring => ({
  isAvailable: () => true,
  seal: (text) => Buffer.from(`${user}|${text}`),
  open: (sealed) => {
    const [owner, text] = Buffer.from(sealed).toString().split('|');
    if (owner !== user || text === undefined) throw new Error('another keyring');
    return text;
  },
});

let folder: string;
let nowMs = 1_000_000;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-vault-'));
  nowMs = 1_000_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A vault as the program has it after a start. */
async function start(keyring: Keyring = noKeyring): Promise<Vault> {
  const vault = new Vault({
    vaultFile: new AtomicJsonFile({
      path: join(folder, 'vault.json'),
      versions: vaultVersions,
      empty: emptyVaultRecord,
      whenUnreadable: 'leave',
    }),
    secretsFile: new AtomicJsonFile({
      path: join(folder, 'secrets.json'),
      versions: secretsVersions,
      empty: emptySecretsRecord,
      whenUnreadable: 'set-aside',
    }),
    keyFilePath: join(folder, 'vault.key'),
    keyring,
    random: (bytes) => randomBytes(bytes),
    nowMs: () => nowMs,
  });
  await vault.start();
  return vault;
}

const onDisk = (): string =>
  ['vault.json', 'secrets.json', 'vault.key']
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');

describe('a vault without a keyring', () => {
  it('does not exist until somebody has chosen, and gives nothing out', async () => {
    const vault = await start();
    expect(vault.state()).toBe('not-created');
    expect([vault.isOpen(), vault.fieldKeys(), vault.photoKey(), vault.storeSecret(SHOP)]).toEqual([
      false,
      null,
      null,
      null,
    ]);
    await expect(vault.saveStoreSecret(SHOP, { apiKey: 'sk_invented_1' })).rejects.toThrow('locked');
    expect(onDisk()).toBe('');
  });

  it('is sealed by a passphrase, opened by it after a restart, and by no other', async () => {
    const first = await start();
    expect(await first.create({ kind: 'passphrase', passphrase: PASSPHRASE })).toBe('created');
    await first.saveStoreSecret(SHOP, { apiKey: 'sk_invented_1' });
    const keys = first.fieldKeys();

    const second = await start();
    expect([second.state(), second.fieldKeys(), second.storeSecret(SHOP)]).toEqual(['locked', null, null]);
    expect(await second.unlock('another passphrase')).toEqual({ kind: 'wrong-passphrase' });
    expect(await second.unlock(PASSPHRASE)).toEqual({ kind: 'open' });
    expect(second.state()).toBe('passphrase');
    expect(second.fieldKeys()).toEqual(keys);
    expect(second.storeSecret(SHOP)).toEqual({ apiKey: 'sk_invented_1' });
    expect(onDisk()).not.toContain('sk_invented_1');
  });

  it('takes no short passphrase, counting characters and not bytes', async () => {
    const vault = await start();
    expect(await vault.create({ kind: 'passphrase', passphrase: '九个汉字不算够长吗' })).toBe('passphrase-too-short');
    expect(vault.state()).toBe('not-created');
  });

  it('is created once', async () => {
    const vault = await start();
    const outcomes = await Promise.all([vault.create({ kind: 'key-file' }), vault.create({ kind: 'key-file' })]);
    expect(outcomes).toEqual(['created', 'vault-exists']);
  });

  it('makes wrong tries wait, longer each time, also when they come at once', async () => {
    await (await start()).create({ kind: 'passphrase', passphrase: PASSPHRASE });
    const vault = await start();
    const outcomes = await Promise.all(['a', 'b', 'c', PASSPHRASE].map((text) => vault.unlock(text)));
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'wrong-passphrase',
      'wrong-passphrase',
      'wrong-passphrase',
      'too-many-tries',
    ]);
    expect(outcomes[3]).toEqual({ kind: 'too-many-tries', waitMs: 2_000 });
    nowMs += 2_000;
    expect(await vault.unlock('d')).toEqual({ kind: 'wrong-passphrase' });
    expect(await vault.unlock(PASSPHRASE)).toEqual({ kind: 'too-many-tries', waitMs: 4_000 });
    nowMs += 4_000;
    expect(await vault.unlock(PASSPHRASE)).toEqual({ kind: 'open' });
  });

  it('opens by its key file, which only the owner can read', async () => {
    await (await start()).create({ kind: 'key-file' });
    chmodSync(join(folder, 'vault.key'), 0o644);
    const again = await start();
    expect([again.state(), again.isOpen()]).toEqual(['key-file', true]);
    expect(statSync(join(folder, 'vault.key')).mode & 0o777).toBe(0o600);
  });

  it('says that its key is missing when the key file is gone or another one', async () => {
    await (await start()).create({ kind: 'key-file' });
    writeFileSync(join(folder, 'vault.key'), `${'ab'.repeat(32)}\n`);
    expect((await start()).state()).toBe('keyring-missing');
    rmSync(join(folder, 'vault.key'));
    const vault = await start();
    expect(vault.state()).toBe('keyring-missing');
    expect(await vault.create({ kind: 'key-file' })).toBe('vault-exists');
    expect(await vault.unlock('anything at all')).toEqual({ kind: 'wrong-passphrase' });
  });
});

describe('a vault with a keyring', () => {
  it('creates itself and opens by itself', async () => {
    const first = await start(keyringOf('ann'));
    expect([first.state(), first.isOpen()]).toEqual(['keyring', true]);
    const again = await start(keyringOf('ann'));
    expect(again.fieldKeys()).toEqual(first.fieldKeys());
  });

  it('stays shut, and is never made anew, when the keyring is gone or somebody else’s', async () => {
    await start(keyringOf('ann'));
    for (const keyring of [noKeyring, keyringOf('bob')]) {
      const vault = await start(keyring);
      expect([vault.state(), vault.isOpen()]).toEqual(['keyring-missing', false]);
      expect(await vault.create({ kind: 'key-file' })).toBe('vault-exists');
    }
    expect((await start(keyringOf('ann'))).isOpen()).toBe(true);
  });

  it('is not made anew over a record that cannot be read', async () => {
    writeFileSync(join(folder, 'vault.json'), '{"version": 1, "wrap": ');
    const vault = await start(keyringOf('ann'));
    expect([vault.state(), vault.isOpen()]).toEqual(['keyring-missing', false]);
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toBe('{"version": 1, "wrap": ');
  });
});

describe('what a vault holds', () => {
  it('has different keys for different purposes, as copies that a receiver may overwrite', async () => {
    const vault = await start(keyringOf('ann'));
    const purposes = ['contact', 'money', 'search', 'photo', 'badge', 'pin'] as const;
    const texts = purposes.map((purpose) => Buffer.from(vault.key(purpose) ?? []).toString('hex'));
    expect(new Set(texts).size).toBe(purposes.length);
    vault.key('contact')?.fill(0);
    expect(Buffer.from(vault.fieldKeys()?.contact ?? []).toString('hex')).toBe(texts[0]);
  });

  it('adds, replaces and removes the secrets of shops', async () => {
    const vault = await start(keyringOf('ann'));
    const other = storeId.parse('other');
    await vault.saveStoreSecrets(
      new Map([
        [SHOP, { apiKey: 'sk_invented_1' }],
        [other, { email: 'clerk@example.invalid', password: 'pw' }],
      ]),
    );
    await vault.saveStoreSecret(SHOP, { apiKey: 'sk_invented_2' });
    await vault.removeStoreSecret(other);
    const again = await start(keyringOf('ann'));
    expect([again.storeSecret(SHOP), again.storeSecret(other)]).toEqual([{ apiKey: 'sk_invented_2' }, null]);
  });

  it('keeps a box of secrets that its key does not open, and says that it is unreadable', async () => {
    const first = await start(keyringOf('ann'));
    await first.saveStoreSecret(SHOP, { apiKey: 'sk_invented_1' });
    const foreign = readFileSync(join(folder, 'secrets.json'), 'utf8');
    rmSync(join(folder, 'vault.json'));
    const vault = await start(keyringOf('ann'));
    expect([vault.hasUnreadableSecrets(), vault.storeSecret(SHOP)]).toEqual([true, null]);
    await vault.saveStoreSecret(SHOP, { apiKey: 'sk_invented_9' });
    const kept = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as { unopened: unknown[] };
    expect(kept.unopened).toEqual([(JSON.parse(foreign) as { box: unknown }).box]);
    expect((await start(keyringOf('ann'))).storeSecret(SHOP)).toEqual({ apiKey: 'sk_invented_9' });
  });

  it('tells who waits for it once it is open, and nobody who cancelled', async () => {
    const vault = await start();
    const told: string[] = [];
    vault.whenOpen(() => told.push('waited'));
    vault.whenOpen(() => told.push('cancelled'))();
    expect(told).toEqual([]);
    await vault.create({ kind: 'key-file' });
    vault.whenOpen(() => told.push('at once'));
    expect(told).toEqual(['waited', 'at once']);
  });
});
