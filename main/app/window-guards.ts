/** Walls around every page, whoever opened it: no navigation, no new windows, no permissions, no network of its own. */
import { app, session, type WebContents } from 'electron';
import type { Logger } from '../wiring/ports';
import { ORIGIN } from './origin';

/** The one permission our pages have: keeping the database when the disk is nearly full. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['persistent-storage']);

/** Everything a page could reach outside our scheme. Main alone talks to the network. */
const FOREIGN_ADDRESSES = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];

/** Puts the walls up; needs Electron to be ready and must run before the first window. */
export function guardAllPages(logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, logger));
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(ALLOWED_PERMISSIONS.has(permission) && isOurs(details.requestingUrl));
  });
  defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => ALLOWED_PERMISSIONS.has(permission) && isOurs(origin),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest({ urls: FOREIGN_ADDRESSES }, (details, answer) => {
    // The developer tools load their own pages; they exist only in development and test builds.
    logger.warn('page-request-blocked', { resourceType: details.resourceType });
    answer({ cancel: true });
  });
  defaultSession.on('will-download', (event) => event.preventDefault());
}

function guardPage(contents: WebContents, logger: Logger): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    logger.warn('navigation-denied', { windowId: contents.id });
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => {
    logger.warn('new-window-denied', { windowId: contents.id });
    return { action: 'deny' };
  });
}

const isOurs = (address: string): boolean => address === ORIGIN || address.startsWith(`${ORIGIN}/`);
