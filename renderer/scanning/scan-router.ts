/** Sends a scan where it belongs by what it is, never by what has the focus. */
import { COMMAND_PREFIX, findCommand, type Command } from './command-codes';
import type { Scan } from './scan';

/** What every badge of ours begins with; a badge of another making works while nobody is signed in. */
export const BADGE_PREFIXES = ['TB-', 'BADGE'] as const;

export type RoutedScan =
  | { readonly kind: 'badge'; readonly scan: Scan; readonly badge: string }
  | { readonly kind: 'command'; readonly scan: Scan; readonly command: Command }
  /** A command barcode that this program does not know: of another version's sheet. */
  | { readonly kind: 'unknown-command'; readonly scan: Scan }
  | { readonly kind: 'code'; readonly scan: Scan };

/** Shortest badge text that main takes. */
const SHORTEST_BADGE = 4;

/** Pure. @param signedIn without anybody signed in every other code is taken for a badge. */
export function routeScan(scan: Scan, signedIn: boolean): RoutedScan {
  const command = findCommand(scan.code);
  if (command !== undefined) return { kind: 'command', scan, command };
  if (scan.code.startsWith(COMMAND_PREFIX)) return { kind: 'unknown-command', scan };
  const looksLikeBadge = BADGE_PREFIXES.some((prefix) => scan.code.startsWith(prefix));
  if (looksLikeBadge || (!signedIn && scan.code.length >= SHORTEST_BADGE))
    return { kind: 'badge', scan, badge: scan.code };
  return { kind: 'code', scan };
}

/** @returns whether it dealt with the scan; else the one registered before it is asked. */
export type ScanHandler = (routed: RoutedScan) => boolean;

export interface ScanRouter {
  /** The newest handler is asked first: a dialog that waits for a badge before the screen under it. @returns cancel. */
  handle(handler: ScanHandler): () => void;
  /** @returns false when nobody dealt with it. */
  accept(scan: Scan): boolean;
}

/** @param isSignedIn asked for each scan. */
export function createScanRouter(isSignedIn: () => boolean): ScanRouter {
  const handlers: ScanHandler[] = [];
  return {
    handle: (handler) => {
      handlers.push(handler);
      return () => {
        const at = handlers.indexOf(handler);
        if (at >= 0) handlers.splice(at, 1);
      };
    },
    accept: (scan) => {
      const routed = routeScan(scan, isSignedIn());
      return [...handlers].reverse().some((handler) => handler(routed));
    },
  };
}
