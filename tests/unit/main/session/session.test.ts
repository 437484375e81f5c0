import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '@shared/contract/session';
import { personId, type PersonId } from '@shared/domain/ids';
import type { Role } from '@shared/domain/person';
import { People, type PersonEntry } from '../../../../main/session/people';
import {
  emptyPeopleRecord,
  emptyTriesRecord,
  peopleVersions,
  triesVersions,
} from '../../../../main/session/people-record';
import { Session } from '../../../../main/session/session';
import { AtomicJsonFile } from '../../../../main/settings/atomic-json-file';

const key = (purpose: string): Uint8Array => createHash('sha256').update(purpose).digest();
const id = (text: string): PersonId => personId.parse(text);
const entry = (who: string | null, role: Role, change: Partial<PersonEntry> = {}): PersonEntry => ({
  personId: who === null ? null : id(who),
  name: `Person ${who ?? 'new'}`,
  role,
  badge: who === null ? null : `BADGE-${who}`,
  pin: '1234',
  ...change,
});

let folder: string;
let nowMs: number;
let audited: string[];
let told: SessionState[];
let vaultOpen: boolean;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-session-'));
  nowMs = 1_000_000;
  audited = [];
  told = [];
  vaultOpen = true;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A session as the program has it after a start. */
function start(): { session: Session; people: People } {
  const open = (purpose: string) => () => (vaultOpen ? key(purpose) : null);
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const peopleFile = new AtomicJsonFile({
    path: join(folder, 'people.json'),
    versions: peopleVersions,
    empty: emptyPeopleRecord,
    whenUnreadable: 'leave',
  });
  const tries = new AtomicJsonFile({
    path: join(folder, 'tries.json'),
    versions: triesVersions,
    empty: emptyTriesRecord,
    whenUnreadable: 'set-aside',
  });
  const people = new People(peopleFile, { badge: open('badge'), pin: open('pin') }, random);
  const session = new Session({
    people,
    tries,
    pinKey: open('pin'),
    fieldKeys: () => (vaultOpen ? { contact: key('contact'), money: key('money'), search: key('search') } : null),
    nowMs: () => nowMs,
    audit: (action, subject) => audited.push(`${action} ${subject}`),
    onTriesNotSaved: (error) => {
      throw error;
    },
    onChanged: (state) => told.push(state),
  });
  return { session, people };
}

/** A bench with one person of each role that matters here. */
async function staffed(): Promise<{ session: Session; people: People }> {
  const started = start();
  await started.people.save([
    entry('ada', 'administrator'),
    entry('lin', 'lead'),
    entry('pei', 'packer'),
    entry('fin', 'finance'),
  ]);
  return started;
}

const who = (session: Session): string | null => session.current()?.personId ?? null;

describe('signing in', () => {
  it('works by badge, whatever the case and blanks the scanner gives', async () => {
    const { session } = await staffed();
    expect(session.signInByBadge(' badge-pei ')).toMatchObject({
      kind: 'in',
      state: { person: { personId: 'pei', name: 'Person pei', role: 'packer' } },
    });
    expect(session.signInByBadge('BADGE-nobody')).toEqual({ kind: 'badge-unknown' });
    expect(who(session)).toBe('pei');
  });

  it('works by PIN, after a restart too', async () => {
    await staffed();
    const { session } = start();
    expect(await session.signInByPin(id('lin'), '1234')).toMatchObject({ kind: 'in' });
    expect(who(session)).toBe('lin');
  });

  it('is told to everybody and written down with ids only', async () => {
    const { session } = await staffed();
    session.signInByBadge('BADGE-pei');
    session.signInByBadge('BADGE-lin');
    session.signOut();
    session.signOut();
    expect(told.map(({ person }) => person?.personId ?? null)).toEqual(['pei', 'lin', null]);
    expect(audited).toEqual(['signed-in-by-badge pei', 'signed-out pei', 'signed-in-by-badge lin', 'signed-out lin']);
  });

  it('is refused while the vault is locked', async () => {
    const { session } = await staffed();
    vaultOpen = false;
    expect(session.signInByBadge('BADGE-pei')).toEqual({ kind: 'vault-locked' });
    expect(await session.signInByPin(id('pei'), '1234')).toEqual({ kind: 'vault-locked' });
    expect(await session.checkApproval({ badge: 'BADGE-lin' })).toBeNull();
  });

  it('keeps no badge and no PIN that could be read back', async () => {
    await staffed();
    expect(readFileSync(join(folder, 'people.json'), 'utf8')).not.toMatch(/BADGE|1234"/);
  });
});

describe('a wrong PIN', () => {
  it('counts per person, makes longer and longer waits, also for tries at once, and is forgotten by a right one', async () => {
    const { session } = await staffed();
    const tries = await Promise.all(['1', '2', '3', '4'].map((end) => session.signInByPin(id('pei'), `000${end}`)));
    expect(tries.map(({ kind }) => kind)).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'too-many-tries']);
    expect(await session.signInByPin(id('pei'), '1234')).toEqual({ kind: 'too-many-tries', waitMs: 2_000 });
    expect(await session.signInByPin(id('lin'), '1234')).toMatchObject({ kind: 'in' });
    nowMs += 2_000;
    expect(await session.signInByPin(id('pei'), '1234')).toMatchObject({ kind: 'in' });
    expect(await session.signInByPin(id('pei'), '0000')).toEqual({ kind: 'pin-wrong' });
    expect(audited.filter((line) => line === 'pin-wrong pei')).toHaveLength(4);
  });

  it('is still counted after a restart', async () => {
    const { session } = await staffed();
    for (const pin of ['0001', '0002', '0003']) await session.signInByPin(id('pei'), pin);
    expect(await start().session.signInByPin(id('pei'), '1234')).toMatchObject({ kind: 'too-many-tries' });
  });

  it('tells nothing about who exists', async () => {
    const { session } = await staffed();
    expect(await session.signInByPin(id('nobody'), '1234')).toEqual({ kind: 'pin-wrong' });
  });
});

describe('a second person’s word', () => {
  it('counts by badge or PIN without changing who is signed in', async () => {
    const { session } = await staffed();
    session.signInByBadge('BADGE-pei');
    expect(await session.checkApproval({ badge: 'badge-lin' })).toMatchObject({ personId: 'lin', role: 'lead' });
    expect(await session.checkApproval({ personId: 'lin', pin: '1234' })).toMatchObject({ personId: 'lin' });
    expect(await session.checkApproval({ personId: 'lin', pin: '9999' })).toBeNull();
    expect(await session.checkApproval({ badge: 'BADGE-x' })).toBeNull();
    expect(who(session)).toBe('pei');
  });

  it('counts wrong PINs against the same limit', async () => {
    const { session } = await staffed();
    for (const pin of ['0001', '0002', '0003']) await session.checkApproval({ personId: 'lin', pin });
    expect(await session.checkApproval({ personId: 'lin', pin: '1234' })).toBeNull();
    expect(await session.signInByPin(id('lin'), '1234')).toMatchObject({ kind: 'too-many-tries' });
  });
});

describe('keys for sealed fields', () => {
  it.each([
    ['pei', { contact: false, money: false }],
    ['lin', { contact: true, money: false }],
    ['fin', { contact: false, money: true }],
    ['ada', { contact: true, money: true }],
  ])('follow the role of %s', async (person, readable) => {
    const { session } = await staffed();
    session.signInByBadge(`BADGE-${person}`);
    const keys = session.fieldKeys();
    if (typeof keys === 'string') throw new Error(keys);
    expect({ contact: keys.contact !== null, money: keys.money !== null }).toEqual(readable);
    expect(keys.search).toHaveLength(32);
  });

  it('are given to nobody who is not signed in, and not from a locked vault', async () => {
    const { session } = await staffed();
    expect(session.fieldKeys()).toBe('not-signed-in');
    session.signInByBadge('BADGE-ada');
    vaultOpen = false;
    expect(session.fieldKeys()).toBe('vault-locked');
  });
});

describe('saving people', () => {
  it('lets anybody make the first administrator of a new profile, and nobody else', async () => {
    const { session } = start();
    expect(await session.savePerson(entry('pei', 'packer'))).toMatchObject({ code: 'last-administrator' });
    expect(await session.savePerson(entry(null, 'administrator', { badge: null, pin: null }))).toMatchObject({
      code: 'last-administrator',
    });
    expect(await session.savePerson(entry(null, 'administrator'))).toMatchObject({ ok: true });
    expect(await session.savePerson(entry(null, 'packer'))).toMatchObject({ code: 'not-allowed' });
  });

  it('does not take an unreadable people file for a new profile', async () => {
    writeFileSync(join(folder, 'people.json'), 'torn');
    const { session } = start();
    expect(session.maySetUp()).toBe(false);
    expect(await session.savePerson(entry(null, 'administrator'))).toMatchObject({ code: 'not-allowed' });
    expect(readFileSync(join(folder, 'people.json'), 'utf8')).toBe('torn');
  });

  it('is an administrator’s right', async () => {
    const { session, people } = await staffed();
    expect(await session.savePerson(entry(null, 'packer'))).toMatchObject({ code: 'not-allowed' });
    session.signInByBadge('BADGE-lin');
    expect(await session.savePerson(entry(null, 'packer'))).toMatchObject({ code: 'not-allowed' });
    session.signInByBadge('BADGE-ada');
    expect(await session.savePerson(entry(null, 'packer', { badge: 'BADGE-new' }))).toMatchObject({ ok: true });
    expect(people.list()).toHaveLength(5);
    expect(session.signInByBadge('BADGE-new')).toMatchObject({ kind: 'in' });
  });

  it('refuses a badge that somebody else has, and an id that nobody has', async () => {
    const { session } = await staffed();
    session.signInByBadge('BADGE-ada');
    expect(await session.savePerson(entry('pei', 'packer', { badge: 'badge-lin' }))).toMatchObject({
      code: 'badge-taken',
    });
    expect(await session.savePerson(entry('ghost', 'packer'))).toMatchObject({ code: 'not-allowed' });
  });

  it('keeps badge and PIN where none is given, and the last administrator in office', async () => {
    const { session } = await staffed();
    session.signInByBadge('BADGE-ada');
    const renamed = entry('ada', 'administrator', { name: 'Ada B', badge: null, pin: null });
    expect(await session.savePerson(renamed)).toMatchObject({ ok: true });
    expect(told.at(-1)).toEqual({ person: { personId: 'ada', name: 'Ada B', role: 'administrator' } });
    expect(session.signInByBadge('BADGE-ada')).toMatchObject({ kind: 'in' });
    expect(await session.savePerson(entry('ada', 'packer'))).toMatchObject({ code: 'last-administrator' });
  });

  it('takes rights away at once from somebody who is signed in', async () => {
    const { session } = await staffed();
    session.signInByBadge('BADGE-ada');
    await session.savePerson(entry('lin', 'administrator'));
    await session.savePerson(entry('ada', 'packer'));
    expect(await session.savePerson(entry('pei', 'packer'))).toMatchObject({ code: 'not-allowed' });
  });

  it('is refused while the vault is locked', async () => {
    const { session } = start();
    vaultOpen = false;
    expect(await session.savePerson(entry(null, 'administrator'))).toMatchObject({ code: 'vault-locked' });
  });

  it('saves all entries of a list or none', async () => {
    const { people } = await staffed();
    const outcome = await people.save([entry('new-1', 'packer'), entry('new-2', 'packer', { badge: 'BADGE-new-1' })]);
    expect(outcome).toEqual({ ok: false, code: 'badge-taken', index: 1 });
    expect(people.list()).toHaveLength(4);
  });
});
