/** The station's windows: isolated, sandboxed, shown when their first picture is ready, and brought back after a crash. */
import { BrowserWindow, nativeTheme, type WebContents } from 'electron';
import type { Theme } from '@shared/contract/app';
import type { Logger } from '../wiring/ports';
import { ENTRY_URL } from './origin';

/** The page's own background in both themes (renderer/styles), so that a window does not flash while it loads. */
const BACKGROUND = { light: '#f5f6f8', dark: '#12161c' } as const;

/** More crashes than this within a minute are a loop, which waits before the next attempt. */
const QUICK_RELOADS = 3;
const LOOP_WAIT_MS = 10_000;

export interface WindowOptions {
  readonly bridgeFile: string;
  readonly kiosk: boolean;
  readonly devTools: boolean;
  readonly theme: () => Theme;
  readonly logger: Logger;
  /** A page's process is gone. @param reason Chromium's word for it */
  readonly onCrash: (windowId: number, reason: string) => void;
}

export class StationWindows {
  private readonly windows = new Map<number, BrowserWindow>();
  private readonly crashTimes = new Map<number, number[]>();

  constructor(private readonly options: WindowOptions) {}

  /** Opens one more station window. */
  open(): BrowserWindow {
    const { bridgeFile, kiosk, devTools, theme } = this.options;
    const window = new BrowserWindow({
      width: 1440,
      height: 900,
      minWidth: 1024,
      minHeight: 680,
      show: false,
      kiosk,
      autoHideMenuBar: true,
      backgroundColor: backgroundFor(theme()),
      title: 'Tallyman 理货台',
      webPreferences: {
        preload: bridgeFile,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        backgroundThrottling: false,
        spellcheck: false,
        autoplayPolicy: 'no-user-gesture-required',
        devTools,
      },
    });
    this.keep(window);
    void window.loadURL(ENTRY_URL).catch((error: unknown) => {
      this.options.logger.error('page-not-loaded', error, { windowId: window.id });
    });
    return window;
  }

  /** Ids (of webContents) of the windows that have the bridge and are alive. */
  ids(): ReadonlySet<number> {
    return new Set(this.windows.keys());
  }

  /** The pages that are alive. */
  pages(): readonly WebContents[] {
    return [...this.windows.values()].flatMap((window) => (window.isDestroyed() ? [] : [window.webContents]));
  }

  /** @returns null once the window is gone. */
  page(windowId: number): WebContents | null {
    return this.pages().find(({ id }) => id === windowId) ?? null;
  }

  /** Brings the oldest window to the front, for a second start with the same profile. */
  focusFirst(): void {
    const [window] = this.windows.values();
    if (window === undefined || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  private keep(window: BrowserWindow): void {
    const { id } = window.webContents;
    this.windows.set(id, window);
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => {
      this.windows.delete(id);
      this.crashTimes.delete(id);
    });
    window.on('page-title-updated', (event) => event.preventDefault());
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      this.options.onCrash(id, reason);
      this.bringBack(window, id);
    });
    window.webContents.on('unresponsive', () => this.options.logger.warn('window-unresponsive', { windowId: id }));
  }

  private bringBack(window: BrowserWindow, id: number): void {
    const nowMs = performance.now();
    const recent = [...(this.crashTimes.get(id) ?? []).filter((at) => nowMs - at < 60_000), nowMs];
    this.crashTimes.set(id, recent);
    const waitMs = recent.length > QUICK_RELOADS ? LOOP_WAIT_MS : 0;
    setTimeout(() => {
      if (window.isDestroyed()) return;
      void window.loadURL(ENTRY_URL).catch((error: unknown) => {
        this.options.logger.error('page-not-loaded', error, { windowId: id });
      });
    }, waitMs);
  }
}

const backgroundFor = (theme: Theme): string => {
  const dark = theme === 'system' ? nativeTheme.shouldUseDarkColors : theme === 'dark';
  return dark ? BACKGROUND.dark : BACKGROUND.light;
};
