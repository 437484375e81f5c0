import { useCallback, useEffect, useState } from 'react';
import { hashOf, routeOfHash, routeOfKey, type Route } from './routes';

/** Where this window is: in the address, so that a reload comes back to it. Function keys move. */
export function useRoute(): { readonly route: Route; readonly go: (route: Route) => void } {
  const [route, setRoute] = useState<Route>(() => routeOfHash(window.location.hash));
  const go = useCallback((next: Route) => {
    window.location.hash = hashOf(next);
    setRoute(next);
    // Scans belong to the window, not to what had the focus; a button of the last screen must not keep it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }, []);
  useEffect(() => {
    const onHash = (): void => setRoute(routeOfHash(window.location.hash));
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const next = routeOfKey(event.key);
      if (next === null) return;
      event.preventDefault();
      go(next);
    };
    window.addEventListener('hashchange', onHash);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('hashchange', onHash);
      window.removeEventListener('keydown', onKey);
    };
  }, [go]);
  return { route, go };
}
