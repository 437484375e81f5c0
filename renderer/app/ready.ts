import { useEffect } from 'react';

export type Ready = 'locked' | 'first-run' | 'sign-in' | 'work' | 'failed';

/**
 * Says on <html> what is usable now (`data-ready`), and on the page's time line when it was painted (`ready:STATE`), for tests
 * and for measuring a start. @param state null: not yet.
 */
export function useReady(state: Ready | null): void {
  useEffect(() => {
    if (state === null) {
      delete document.documentElement.dataset['ready'];
      return;
    }
    document.documentElement.dataset['ready'] = state;
    markPainted(`ready:${state}`);
  }, [state]);
}

/** Marks the first message behind the frame that follows: by then the frame is on the screen. */
function markPainted(name: string): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    performance.mark(name);
    channel.port1.close();
  };
  requestAnimationFrame(() => channel.port2.postMessage(null));
}
