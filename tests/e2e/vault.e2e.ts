/** How a profile keeps its secrets on a machine with a keyring, and on one without. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startKeyring } from './harness/keyring';
import { launchStation, makeProfileDir, type LaunchedStation } from './harness/launch-station';
import { callStation, valueOf } from './harness/station-call';

const PASSPHRASE = '一把很长的钥匙 please';
const ADMINISTRATOR = { personId: null, name: 'Ada Test', role: 'administrator', badge: 'BADGE-0001', pin: '4711' };

let profileDir: string;
beforeEach(async () => {
  profileDir = await makeProfileDir();
});
afterEach(() => rm(profileDir, { recursive: true, force: true }));

const vaultOf = async ({ window }: LaunchedStation): Promise<string> =>
  ((await valueOf(window, 'app', 'info', null)) as { vault: string }).vault;
const codeOf = async (station: LaunchedStation, area: string, name: string, ask: unknown): Promise<string> =>
  (await callStation(station.window, area, name, ask)).error?.code ?? 'accepted';

/** What the journal says of sensitive acts, in order. */
async function auditsOf({ window }: LaunchedStation): Promise<readonly string[]> {
  const read = (await valueOf(window, 'journal', 'readSince', { afterSeq: 0, limit: 100 })) as {
    records: { facts: { body: { kind: string; action?: string; subject?: string } }[] }[];
  };
  const bodies = read.records.flatMap(({ facts }) => facts.map(({ body }) => body));
  return bodies.filter(({ kind }) => kind === 'audited').map(({ action, subject }) => `${action} ${subject}`);
}

describe('without a keyring', () => {
  it('the vault waits for a choice; a passphrase then opens it after every start, and only that one', async () => {
    const first = await launchStation({ profileDir });
    expect(await vaultOf(first)).toBe('not-created');
    expect(await codeOf(first, 'session', 'savePerson', ADMINISTRATOR)).toBe('vault-locked');
    expect(await codeOf(first, 'app', 'createVault', { kind: 'passphrase', passphrase: 'short' })).toBe(
      'passphrase-too-short',
    );
    expect(await codeOf(first, 'app', 'createVault', { kind: 'passphrase', passphrase: PASSPHRASE })).toBe('accepted');
    expect(await codeOf(first, 'session', 'savePerson', ADMINISTRATOR)).toBe('accepted');
    await first.close();

    const second = await launchStation({ profileDir });
    try {
      expect(await vaultOf(second)).toBe('locked');
      expect(await codeOf(second, 'session', 'signInByBadge', { badge: 'BADGE-0001' })).toBe('vault-locked');
      expect(await codeOf(second, 'app', 'unlockVault', { passphrase: 'not this one' })).toBe('wrong-passphrase');
      expect(await codeOf(second, 'app', 'unlockVault', { passphrase: PASSPHRASE })).toBe('accepted');
      expect(await vaultOf(second)).toBe('passphrase');
      const [{ personId }] = (await valueOf(second.window, 'session', 'people', null)) as [{ personId: string }];
      expect(await codeOf(second, 'session', 'signInByPin', { personId, pin: '0000' })).toBe('pin-wrong');
      expect(await codeOf(second, 'session', 'signInByPin', { personId, pin: '4711' })).toBe('accepted');
      await expect
        .poll(() => auditsOf(second))
        .toEqual([
          'vault-created passphrase',
          `person-saved ${personId}`,
          `pin-wrong ${personId}`,
          `signed-in-by-pin ${personId}`,
        ]);
      const keys = (await valueOf(second.window, 'session', 'fieldKeys', null)) as Record<string, unknown>;
      expect(Object.keys(keys).sort()).toEqual(['contact', 'money', 'search']);
    } finally {
      await second.close();
    }
  });
});

describe('with a real keyring', () => {
  it('the vault makes itself and opens by itself, and stays shut when the keyring is gone', async () => {
    const keyring = await startKeyring();
    const withKeyring = { profileDir, env: keyring.env, flags: ['--password-store=gnome-libsecret'] };
    try {
      const first = await launchStation(withKeyring);
      expect(await vaultOf(first)).toBe('keyring');
      expect(await codeOf(first, 'session', 'savePerson', ADMINISTRATOR)).toBe('accepted');
      await first.close();
      expect(readFileSync(join(profileDir, 'vault.json'), 'utf8')).toContain('"keyring"');

      const second = await launchStation(withKeyring);
      expect(await codeOf(second, 'session', 'signInByBadge', { badge: 'badge-0001' })).toBe('accepted');
      await second.close();
    } finally {
      await keyring.stop();
    }
    const without = await launchStation({ profileDir });
    try {
      expect(await vaultOf(without)).toBe('keyring-missing');
      expect(await codeOf(without, 'app', 'createVault', { kind: 'key-file' })).toBe('vault-exists');
      expect(await codeOf(without, 'session', 'signInByBadge', { badge: 'BADGE-0001' })).toBe('vault-locked');
    } finally {
      await without.close();
    }
  });
});
