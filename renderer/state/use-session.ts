import { useEffect, useState } from 'react';
import type { StationApi } from '@shared/contract/station';
import type { Person } from '@shared/domain/person';

export type SignedIn = { readonly kind: 'asking' } | { readonly kind: 'known'; readonly person: Person | null };

/** Who is signed in, followed live: another window may sign somebody in or out. */
export function useSession(station: StationApi): SignedIn {
  const [session, setSession] = useState<SignedIn>({ kind: 'asking' });
  useEffect(() => {
    let told = false;
    const cancel = station.session.on.changed(({ person }) => {
      told = true;
      setSession({ kind: 'known', person });
    });
    void station.session.state(null).then((reply) => {
      // An event is newer than the answer to a question asked before it.
      if (!told) setSession({ kind: 'known', person: reply.ok ? reply.value.person : null });
    });
    return cancel;
  }, [station]);
  return session;
}
