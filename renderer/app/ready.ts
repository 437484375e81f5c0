import { useEffect } from 'react';

export type Ready = 'locked' | 'first-run' | 'sign-in' | 'work' | 'failed';

/** Says on <html> what is usable now (`data-ready`), for tests and for measuring a start. @param state null: not yet. */
export function useReady(state: Ready | null): void {
  useEffect(() => {
    if (state === null) delete document.documentElement.dataset['ready'];
    else document.documentElement.dataset['ready'] = state;
  }, [state]);
}
