import type { IconName } from '../components/icons/icon-paths';
import type { TextKey } from '../i18n/i18n';

/** The screens that a signed-in person moves between; each has its key, and its command barcode. */
export const ROUTES = [
  { route: 'packing', key: 'F1', icon: 'box', text: 'nav.packing' },
  { route: 'queue', key: 'F2', icon: 'list', text: 'nav.queue' },
  { route: 'deliveries', key: 'F3', icon: 'send', text: 'nav.deliveries' },
  { route: 'printing', key: 'F6', icon: 'printer', text: 'nav.printing' },
  { route: 'set-up', key: 'F7', icon: 'gear', text: 'nav.setUp' },
] as const satisfies readonly { route: string; key: string; icon: IconName; text: TextKey }[];

export type Route = (typeof ROUTES)[number]['route'];

/** The route behind a function key, or null. */
export const routeOfKey = (key: string): Route | null => ROUTES.find((entry) => entry.key === key)?.route ?? null;

/** The route that an address names (`#/queue`); packing for everything else. */
export function routeOfHash(hash: string): Route {
  const name = hash.replace(/^#\/?/, '').split('/')[0];
  return ROUTES.find((entry) => entry.route === name)?.route ?? 'packing';
}

export const hashOf = (route: Route): string => `#/${route}`;
