import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { PRACTICE_PEOPLE } from '@shared/domain/practice';
import { useScans } from '../../state/scan-context';
import { useStation } from '../../state/station-context';
import { useAct } from '../../state/use-act';
import { useAsked, valueOf } from '../../state/use-asked';
import { SignInPanel } from './SignInPanel';

export interface SignInScreenProps {
  readonly isDemo: boolean;
  /** A badge that nobody has: heard, not only seen. */
  readonly onRefused: () => void;
}

/** Who works here now. */
export function SignInScreen({ isDemo, onRefused }: SignInScreenProps): ReactNode {
  const station = useStation();
  const { busy, problem, run } = useAct();
  const [people] = useAsked(useCallback(() => station.session.people(null), [station]));
  const signIn = (badge: string): void => {
    void run(() => station.session.signInByBadge({ badge }));
  };
  useScans((routed) => {
    if (routed.kind !== 'badge') return false;
    signIn(routed.badge);
    return true;
  });
  const told = useRef(onRefused);
  useEffect(() => {
    told.current = onRefused;
  });
  const isRefused = problem !== null;
  useEffect(() => {
    if (isRefused) told.current();
  }, [isRefused]);
  return (
    <SignInPanel
      people={valueOf(people)}
      practice={isDemo ? PRACTICE_PEOPLE : []}
      busy={busy}
      problem={problem}
      onBadge={signIn}
      onPin={(personId, pin) => void run(() => station.session.signInByPin({ personId, pin }))}
    />
  );
}
