/** What stands around every screen, as data. */
import type { Theme } from '@shared/contract/app';
import type { Freshness } from '@shared/contract/stores';
import type { StoreId } from '@shared/domain/ids';
import type { Role } from '@shared/domain/person';
import type { Instant } from '@shared/units/instant';

export interface StoreChip {
  readonly storeId: StoreId;
  readonly name: string;
  readonly state: Freshness['state'];
  readonly caughtUpAt: Instant | null;
  readonly failingSince: Instant | null;
}

/** Trouble in the background, worst first. */
export type ShellNotice =
  | { readonly kind: 'disk-full' | 'disk-failed' | 'torn-record-cut' | 'chain-broken' }
  | { readonly kind: 'offline'; readonly unsent: number; readonly stores: number }
  | { readonly kind: 'parked'; readonly count: number }
  | { readonly kind: 'key-file' }
  | { readonly kind: 'unreadable-files'; readonly files: readonly string[] }
  | { readonly kind: 'database-failed' };

export interface ShellView {
  readonly now: Instant;
  readonly stationId: string;
  readonly isDemo: boolean;
  readonly stores: readonly StoreChip[];
  readonly person: { readonly name: string; readonly role: Role } | null;
  readonly notices: readonly ShellNotice[];
  readonly theme: Theme;
  /** Deliveries that need a person, shown at the navigation. */
  readonly parked: number;
}

const TROUBLE: readonly Freshness['state'][] = [
  'refused',
  'offline',
  'silent',
  'no-worker',
  'never',
  'pulling',
  'fresh',
];

/** Stores in trouble first, then by name; the rest is counted. @param shown how many chips there is room for. */
export function chosenChips(
  stores: readonly StoreChip[],
  shown: number,
): { chips: readonly StoreChip[]; more: number } {
  const sorted = [...stores].sort(
    (a, b) => TROUBLE.indexOf(a.state) - TROUBLE.indexOf(b.state) || a.name.localeCompare(b.name),
  );
  return { chips: sorted.slice(0, shown), more: Math.max(0, sorted.length - shown) };
}

/** What the background has to say, worst first. */
export function shellNotices(facts: {
  readonly disk: 'disk-full' | 'disk-failed' | 'torn-record-cut' | 'chain-broken' | 'fine';
  readonly databaseFailed: boolean;
  readonly stores: readonly StoreChip[];
  readonly unsent: number;
  readonly isKeyFile: boolean;
  readonly unreadableFiles: readonly string[];
}): readonly ShellNotice[] {
  const notices: ShellNotice[] = [];
  if (facts.disk !== 'fine') notices.push({ kind: facts.disk });
  if (facts.databaseFailed) notices.push({ kind: 'database-failed' });
  // A network that swallows or resets everything looks like a silent store.
  const away = facts.stores.filter(({ state }) => state === 'offline' || state === 'silent').length;
  if (away > 0) notices.push({ kind: 'offline', unsent: facts.unsent, stores: away });
  if (facts.unreadableFiles.length > 0) notices.push({ kind: 'unreadable-files', files: facts.unreadableFiles });
  if (facts.isKeyFile) notices.push({ kind: 'key-file' });
  return notices;
}
