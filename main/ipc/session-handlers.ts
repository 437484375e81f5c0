/** Signing in and out, and the people of this station. */
import { answered, refused } from '@shared/contract/envelope';
import type { AreaHandlers } from '@shared/contract/define-area';
import type { sessionArea } from '@shared/contract/session';
import type { People } from '../session/people';
import type { Session, SignIn } from '../session/session';
import type { CallContext } from '../wiring/ports';

export interface SessionHandlerPorts {
  readonly session: Session;
  readonly people: People;
  /** The first person was saved: the assistant's state changed. */
  readonly onPeopleChanged: () => void;
}

export function sessionHandlers({
  session,
  people,
  onPeopleChanged,
}: SessionHandlerPorts): AreaHandlers<typeof sessionArea, CallContext> {
  return {
    state: () => answered(session.state()),
    signInByBadge: ({ badge }) => signInReply(session.signInByBadge(badge)),
    signInByPin: async ({ personId, pin }) => signInReply(await session.signInByPin(personId, pin)),
    signOut: () => answered(session.signOut()),
    fieldKeys: () => {
      const keys = session.fieldKeys();
      return typeof keys === 'string' ? refused(keys) : answered(keys);
    },
    people: () => answered([...people.list()]),
    savePerson: async (entry) => {
      try {
        const outcome = await session.savePerson(entry);
        if (!outcome.ok) return refused(outcome.code);
        onPeopleChanged();
        const [saved] = outcome.people;
        return saved === undefined ? refused('internal') : answered(saved);
      } catch (error) {
        if (isNotSaved(error)) return refused('settings-not-saved');
        throw error;
      }
    },
  };
}

function signInReply(outcome: SignIn) {
  if (outcome.kind === 'in') return answered(outcome.state);
  if (outcome.kind === 'too-many-tries') return refused(outcome.kind, { seconds: Math.ceil(outcome.waitMs / 1000) });
  return refused(outcome.kind);
}

const isNotSaved = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'settings-not-saved';
