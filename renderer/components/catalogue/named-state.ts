import type { ReactNode } from 'react';

/** One state of a component or screen, by name. The catalogue shows them in test builds; tests/pictures looks at each. */
export interface NamedState {
  /** `area/state`, as it stands in the address: `#/catalogue/packing/idle`. */
  readonly name: string;
  /** Screens are shown inside the shell, those before signing in without its navigation, components on a plain ground. */
  readonly within: 'shell' | 'gate' | 'page' | 'ground';
  readonly render: () => ReactNode;
}

/** The moment at which every state of the catalogue is shown: 24 November 2026, 14:05 in Shanghai. */
export const CATALOGUE_NOW_MS = Date.UTC(2026, 10, 24, 6, 5, 0);
