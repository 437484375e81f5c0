import { describe, expect, it } from 'vitest';
import { storeId } from '@shared/domain/ids';
import { addMs, toInstant } from '@shared/units/instant';
import { describeCrash } from '../../../../renderer/app/describe-crash';
import { gateStop } from '../../../../renderer/app/gate-stop';
import { hashOf, routeOfHash, routeOfKey, ROUTES } from '../../../../renderer/app/routes';
import { chosenChips, shellNotices, type StoreChip } from '../../../../renderer/app/shell-view';

const NOW = toInstant(1_790_000_000_000);
const plain = { vault: 'keyring', firstRun: false, demo: false } as const;
const untouched = { kind: 'untouched' } as const;

describe('what stands before the work', () => {
  it('is nothing on a station that is set up and open', () => {
    expect(gateStop(plain, untouched)).toBeNull();
  });

  it('is the vault before everything else, also while the assistant is open', () => {
    expect(gateStop({ ...plain, vault: 'locked', firstRun: true }, untouched)).toBe('locked');
    expect(gateStop({ ...plain, vault: 'keyring-missing' }, untouched)).toBe('keyring-missing');
    expect(gateStop({ ...plain, vault: 'not-created' }, untouched)).toBe('not-created');
  });

  it('is the assistant on an empty station, and its vault only when a step needs one', () => {
    const empty = { ...plain, vault: 'not-created', firstRun: true } as const;
    expect(gateStop(empty, untouched)).toBe('assistant');
    expect(gateStop(empty, { kind: 'begun', step: 'administrator', wantsVault: true })).toBe('not-created');
    expect(
      gateStop({ ...empty, vault: 'passphrase' }, { kind: 'begun', step: 'administrator', wantsVault: true }),
    ).toBe('assistant');
  });

  it('keeps an assistant that was begun until it is finished, though the station is no longer empty', () => {
    expect(gateStop(plain, { kind: 'begun', step: 'administrator', wantsVault: false })).toBe('assistant');
    expect(gateStop(plain, { kind: 'closed' })).toBeNull();
  });

  it('waits for the practice warehouse, and goes on by itself when it is there', () => {
    expect(gateStop({ ...plain, demo: true, firstRun: true }, untouched)).toBe('preparing-practice');
    expect(gateStop({ ...plain, demo: true }, untouched)).toBeNull();
  });
});

describe('moving between screens', () => {
  it('has one key and one address for each', () => {
    expect(new Set(ROUTES.map(({ key }) => key)).size).toBe(ROUTES.length);
    for (const { route, key } of ROUTES) {
      expect(routeOfKey(key)).toBe(route);
      expect(routeOfHash(hashOf(route))).toBe(route);
    }
  });

  it('opens packing for an address that it does not know', () => {
    expect(routeOfHash('#/nowhere')).toBe('packing');
    expect(routeOfKey('F11')).toBeNull();
  });
});

describe('what stands around the screens', () => {
  const chip = (name: string, state: StoreChip['state']): StoreChip => ({
    storeId: storeId.parse(name),
    name,
    state,
    caughtUpAt: addMs(NOW, -1_000),
    failingSince: null,
  });

  it('shows stores in trouble first and counts those for which there is no room', () => {
    const { chips, more } = chosenChips(
      [chip('a', 'fresh'), chip('b', 'offline'), chip('c', 'refused'), chip('d', 'fresh')],
      3,
    );
    expect(chips.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(more).toBe(1);
  });

  it('tells background trouble worst first', () => {
    const notices = shellNotices({
      disk: 'disk-full',
      databaseFailed: true,
      stores: [chip('a', 'offline')],
      unsent: 12,
      isKeyFile: true,
      unreadableFiles: ['printers.json'],
    });
    expect(notices.map(({ kind }) => kind)).toEqual([
      'disk-full',
      'database-failed',
      'offline',
      'unreadable-files',
      'key-file',
    ]);
    expect(notices[2]).toEqual({ kind: 'offline', unsent: 12, stores: 1 });
  });

  it('reports a crash by names alone, because a message may quote what was on the screen', () => {
    const detail = describeCrash(new TypeError('cannot read 138 0000 4417'), '\n    at DetailPanel');
    expect(detail).toBe('TypeError\n    at DetailPanel');
    expect(describeCrash('text', 'x'.repeat(9_000))).toHaveLength(4_000);
  });
});
