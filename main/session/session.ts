/**
 * Who is signed in at this station. The session belongs to the station, not to a window: one bench, one pair of hands.
 * It ends with the program.
 */
import type { Approval } from '@shared/contract/journal';
import type { FieldKeys, SessionState } from '@shared/contract/session';
import type { PersonId } from '@shared/domain/ids';
import { hasRight, readableClasses, type Person } from '@shared/domain/person';
import { NO_MISSES, oneMoreMiss, waitBeforeTry, type Misses } from '@shared/domain/try-limit';
import { pinMatches } from './credentials';
import { asPerson, type People, type PeopleOutcome, type PersonEntry } from './people';
import type { KeptFile, StoredPerson, TriesRecord } from './people-record';

export interface SessionOptions {
  readonly people: People;
  readonly tries: KeptFile<TriesRecord>;
  /** Key under which PINs are stored; null while the vault is locked. */
  readonly pinKey: () => Uint8Array | null;
  readonly fieldKeys: () => { contact: Uint8Array; money: Uint8Array; search: Uint8Array } | null;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  /** Writes down what happened; must not fail the act itself. @param subject an id, never a name */
  readonly audit: (action: string, subject: string) => void;
  /** The misses could not be written down; they hold for this run. */
  readonly onTriesNotSaved: (error: unknown) => void;
  /** Told after every change of who is signed in. */
  readonly onChanged: (state: SessionState) => void;
}

export type SignIn =
  | { readonly kind: 'in'; readonly state: SessionState }
  | { readonly kind: 'badge-unknown' | 'pin-wrong' | 'vault-locked' }
  | { readonly kind: 'too-many-tries'; readonly waitMs: number };

type PinCheck =
  | { readonly kind: 'right'; readonly stored: StoredPerson }
  | { readonly kind: 'pin-wrong' }
  | { readonly kind: 'too-many-tries'; readonly waitMs: number };

export class Session {
  private signedIn: PersonId | null = null;
  /** PIN checks go one after another, so that parallel tries cannot pass the limit together. */
  private turn: Promise<unknown> = Promise.resolve();

  /** Misses of this run on top of those on file, so that a disk that refuses does not lift the limit. */
  private readonly misses: Map<string, Misses>;

  constructor(private readonly options: SessionOptions) {
    this.misses = new Map(Object.entries(options.tries.value().misses));
  }

  /** Who is signed in, with the role that they have now. */
  current(): Person | null {
    const stored = this.options.people.stored().find(({ personId }) => personId === this.signedIn);
    return stored === undefined ? null : asPerson(stored);
  }

  state(): SessionState {
    return { person: this.current() };
  }

  signInByBadge(badge: string): SignIn {
    if (this.options.pinKey() === null) return { kind: 'vault-locked' };
    const stored = this.options.people.findByBadge(badge);
    return stored === null ? { kind: 'badge-unknown' } : this.begin(stored, 'signed-in-by-badge');
  }

  async signInByPin(personId: PersonId, pin: string): Promise<SignIn> {
    const key = this.options.pinKey();
    if (key === null) return { kind: 'vault-locked' };
    const checked = await this.checkPin(personId, pin, key);
    return checked.kind === 'right' ? this.begin(checked.stored, 'signed-in-by-pin') : checked;
  }

  signOut(): SessionState {
    if (this.signedIn !== null) {
      this.options.audit('signed-out', this.signedIn);
      this.signedIn = null;
      this.options.onChanged(this.state());
    }
    return this.state();
  }

  /** Keys of what the signed-in role may read (I9). @returns the code to refuse with where there are none. */
  fieldKeys(): FieldKeys | 'not-signed-in' | 'vault-locked' {
    const person = this.current();
    if (person === null) return 'not-signed-in';
    const keys = this.options.fieldKeys();
    if (keys === null) return 'vault-locked';
    const classes = readableClasses(person.role);
    return {
      contact: classes.includes('contact') ? new Uint8Array(keys.contact) : null,
      money: classes.includes('money') ? new Uint8Array(keys.money) : null,
      search: new Uint8Array(keys.search),
    };
  }

  /** A second person's word by badge or PIN; wrong PINs count against the same limit. Does not change who is signed in. */
  async checkApproval(approval: Approval): Promise<Person | null> {
    const key = this.options.pinKey();
    if (key === null) return null;
    if ('badge' in approval) {
      const stored = this.options.people.findByBadge(approval.badge);
      return stored === null ? null : asPerson(stored);
    }
    const checked = await this.checkPin(approval.personId, approval.pin, key);
    return checked.kind === 'right' ? asPerson(checked.stored) : null;
  }

  /**
   * Saves a person. Allowed to an administrator, and to anybody in a profile that never had people, where the first one
   * must be an administrator. @throws SettingsNotSaved
   */
  async savePerson(entry: PersonEntry): Promise<PeopleOutcome> {
    const { people } = this.options;
    const known = entry.personId === null || people.stored().some(({ personId }) => personId === entry.personId);
    if (!this.maySetUp() || (!known && !people.isNew())) return { ok: false, code: 'not-allowed', index: 0 };
    const outcome = await people.save([entry]);
    const saved = outcome.ok ? outcome.people[0] : undefined;
    if (saved !== undefined) this.options.audit('person-saved', saved.personId);
    if (saved !== undefined && saved.personId === this.signedIn) this.options.onChanged(this.state());
    return outcome;
  }

  /** May settings be changed now: by an administrator, or in a profile that nobody has set up yet? */
  maySetUp(): boolean {
    const person = this.current();
    return person === null ? this.options.people.isNew() : hasRight(person.role, 'set-up');
  }

  private begin(stored: StoredPerson, action: string): SignIn {
    const before = this.signedIn;
    if (before !== null && before !== stored.personId) this.options.audit('signed-out', before);
    this.signedIn = stored.personId;
    this.options.audit(action, stored.personId);
    this.options.onChanged(this.state());
    return { kind: 'in', state: this.state() };
  }

  private checkPin(personId: string, pin: string, key: Uint8Array): Promise<PinCheck> {
    const mine = this.turn.then(() => this.checkPinNow(personId, pin, key));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async checkPinNow(personId: string, pin: string, key: Uint8Array): Promise<PinCheck> {
    const { people, nowMs } = this.options;
    const misses = this.misses.get(personId) ?? NO_MISSES;
    const waitMs = waitBeforeTry(misses, nowMs());
    if (waitMs > 0) return { kind: 'too-many-tries', waitMs };
    const stored = people.stored().find((candidate) => candidate.personId === personId) ?? null;
    if (await pinMatches(pin, stored?.pin ?? null, key)) {
      if (stored === null) return { kind: 'pin-wrong' };
      if (misses.count > 0) await this.keepMisses(personId, null);
      return { kind: 'right', stored };
    }
    // Only people who exist are counted, so that invented ids cannot fill the file.
    if (stored !== null) {
      await this.keepMisses(personId, oneMoreMiss(misses, nowMs()));
      this.options.audit('pin-wrong', personId);
    }
    return { kind: 'pin-wrong' };
  }

  private async keepMisses(personId: string, misses: Misses | null): Promise<void> {
    if (misses === null) this.misses.delete(personId);
    else this.misses.set(personId, misses);
    try {
      await this.options.tries.save({ misses: Object.fromEntries(this.misses) });
    } catch (error) {
      this.options.onTriesNotSaved(error);
    }
  }
}
