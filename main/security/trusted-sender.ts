/** Who may talk to main: the top frame of one of our own windows, on our own origin. Everybody else is refused. */

export interface SenderFacts {
  /** Address of the frame that sent the message; empty when the frame is gone already. */
  readonly frameUrl: string;
  /** False for frames inside a page. */
  readonly isTopFrame: boolean;
  /** The webContents id of the window. */
  readonly windowId: number;
}

/**
 * @param origin scheme and host of our pages, such as `tallyman://station`
 * @param ownWindows ids of the windows that were given the bridge
 */
export function isTrustedSender(sender: SenderFacts, origin: string, ownWindows: ReadonlySet<number>): boolean {
  if (!sender.isTopFrame || !ownWindows.has(sender.windowId)) return false;
  const url = parseUrl(sender.frameUrl);
  if (url === null) return false;
  // Node's URL has the opaque origin "null" for own schemes, so the parts are compared; user names and ports are refused.
  return `${url.protocol}//${url.host}` === origin && url.username === '' && url.password === '';
}

/** `URL.canParse` came with Node 18.17 and Electron 25 has 18.15. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
