import { useCallback, useEffect, useRef, useState } from 'react';
import type { Reply, StationError } from '@shared/contract/envelope';

/** An answer on its way, there, or refused. Screens show three different pictures for it. */
export type Asked<T> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: StationError };

/**
 * Asks main once and again whenever `follow` says so. An answer that comes after a later question is dropped.
 * @param ask and @param follow must be stable (useCallback or outside the component).
 */
export function useAsked<T>(
  ask: () => Promise<Reply<T>>,
  follow?: (again: () => void) => () => void,
): readonly [Asked<T>, () => void] {
  const [asked, setAsked] = useState<Asked<T>>({ kind: 'asking' });
  const turn = useRef(0);
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    void ask().then((reply) => {
      if (mine !== turn.current) return;
      setAsked(reply.ok ? { kind: 'answered', value: reply.value } : { kind: 'refused', error: reply.error });
    });
  }, [ask]);
  useEffect(() => {
    again();
    const cancel = follow?.(again);
    return () => {
      turn.current += 1;
      cancel?.();
    };
  }, [again, follow]);
  return [asked, again];
}

/** The value, or null while it is asked for or when it was refused. */
export const valueOf = <T>(asked: Asked<T>): T | null => (asked.kind === 'answered' ? asked.value : null);
