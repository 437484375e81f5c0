/** All areas together: what `window.station` offers and what a test's fake must offer. */
import { appArea } from './app';
import { deliveriesArea } from './deliveries';
import type { AreaApi } from './define-area';
import { feedArea } from './feed';
import { journalArea } from './journal';
import { numbersArea } from './numbers';
import { packingArea } from './packing';
import { printingArea } from './printing';
import { sessionArea } from './session';
import { storesArea } from './stores';

export const AREAS = {
  app: appArea,
  session: sessionArea,
  journal: journalArea,
  packing: packingArea,
  printing: printingArea,
  stores: storesArea,
  numbers: numbersArea,
  deliveries: deliveriesArea,
  feed: feedArea,
} as const;

/** The typed API of a window. */
export type StationApi = { readonly [A in keyof typeof AREAS]: AreaApi<(typeof AREAS)[A]> };

/** What the preload puts on `window.station`: names only, nothing typed; `renderer/services/station-api.ts` types and checks it. */
export interface RawBridge {
  call(area: string, name: string, ask: unknown): Promise<unknown>;
  /** @returns its cancel. */
  on(area: string, name: string, listener: (carried: unknown) => void): () => void;
}
