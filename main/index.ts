/**
 * Start of the program, in the order that matters: flags, one instance per profile, our scheme, then the first window; all
 * that it does not need to appear is loaded behind it.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { IS_TEST_BUILD } from '@shared/language/build-flags';
import { FLAGS_HELP, parseCommandLine, type CommandLine } from './app/command-line';
import { createFeedPortOpener } from './app/feed-port';
import { forbiddenSwitches } from './app/forbidden-switches';
import { setApplicationMenu } from './app/menu';
import { ORIGIN } from './app/origin';
import { registerStationScheme, serveStationScheme } from './app/station-scheme';
import { systemKeyring } from './app/system-keyring';
import { themeAtStart } from './app/theme-at-start';
import { openVirtualPrinterWindow } from './app/virtual-printer-window';
import { guardAllPages } from './app/window-guards';
import { StationWindows } from './app/windows';
import { watchForCrashes, writeCrashReport } from './diagnostics/crash-report';
import { LogFile } from './diagnostics/log-file';
import { StationLog } from './diagnostics/logger';
import { registerAllCalls } from './ipc/register-handlers';
import type { Station } from './wiring/station';

const STOP_LIMIT_MS = 8_000;
const ROOT = join(__dirname, '..', '..');
const nowMs = (): number => Date.now();

/** Ends the program with a message where the person who started it will see it. */
function refuseStart(message: string): void {
  dialog.showErrorBox('Tallyman', message);
  app.exit(2);
}

function begin(): void {
  // A program started with the project's folder has that folder as its first argument.
  const isDefaultApp = 'defaultApp' in process && process.defaultApp === true;
  const parsed = parseCommandLine(process.argv.slice(isDefaultApp ? 2 : 1), process.cwd());
  if (!parsed.ok) return refuseStart(`${parsed.error}\n\n${FLAGS_HELP}`);
  const build = { isPackaged: app.isPackaged, isTestBuild: IS_TEST_BUILD };
  const forbidden = forbiddenSwitches((name) => app.commandLine.hasSwitch(name), build);
  if (forbidden.length > 0) return refuseStart(`This program does not accept: --${forbidden.join(', --')}`);
  const profileDir = settleProfile(parsed.value);
  if (!app.requestSingleInstanceLock()) return app.exit(0);
  registerStationScheme();
  run(parsed.value, profileDir);
}

/** One folder per profile: ours on top, Chromium's below `browser`. Must run before the lock, which belongs to it. */
function settleProfile({ profileDir, demo }: CommandLine): string {
  const folder = profileDir ?? `${app.getPath('userData')}${demo ? '-demo' : ''}`;
  mkdirSync(join(folder, 'browser'), { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  app.setPath('sessionData', join(folder, 'browser'));
  return folder;
}

function run(commandLine: CommandLine, profileDir: string): void {
  const log = new StationLog(new LogFile(join(profileDir, 'logs', 'station.log')), nowMs);
  const logger = log.forModule('app');
  const report = (process: string, reason: string, error?: unknown): void => {
    const facts = { process, reason, error, version: app.getVersion(), runtime: `Electron ${processVersion()}` };
    writeCrashReport(join(profileDir, 'logs'), facts, nowMs());
    logger.error(`${process}-failed`, error ?? new Error(reason), { reason });
  };
  watchForCrashes(
    process,
    (reason, error) => report('main', reason, error),
    () => app.exit(1),
  );
  const devTools = !app.isPackaged || IS_TEST_BUILD;
  let station: Promise<Station> | null = null;
  const running = (): Promise<Station> => station ?? Promise.reject(new Error('the station is not built yet'));
  const windows = new StationWindows({
    bridgeFile: join(__dirname, '..', 'preload', 'bridge.cjs'),
    kiosk: commandLine.kiosk,
    devTools,
    theme: () => themeAtStart(profileDir),
    logger,
    onCrash: (windowId, reason) => report('renderer', `${reason} in window ${windowId}`),
  });
  app.on('second-instance', () => windows.focusFirst());
  app.on('window-all-closed', () => app.quit());
  stopBeforeQuit(running, (error) => logger.error('stop-failed', error));

  void app.whenReady().then(() => {
    logger.info('ready', { version: app.getVersion(), electron: processVersion(), demo: commandLine.demo });
    guardAllPages(logger);
    setApplicationMenu(commandLine.kiosk, devTools);
    serveStationScheme({
      pagesFolder: join(__dirname, '..', 'renderer'),
      sources: new Map([
        ['/photo/', async (...request) => (await running()).photo(...request)],
        ['/virtual-printer/', async (...request) => (await running()).practiceLabels(...request)],
      ]),
      nonce: () => randomBytes(16).toString('base64'),
      onFailure: (error) => logger.error('page-file-not-served', error),
    });
    registerAllCalls({
      origin: ORIGIN,
      ownWindows: () => windows.ids(),
      bindingOf: async (area) => (await running()).bindingOf(area),
      logger: log.forModule('ipc'),
    });
    const first = windows.open();
    const openPrinter = (): void => {
      if (commandLine.kiosk || first.isDestroyed()) return;
      const printer = openVirtualPrinterWindow((error) => logger.error('virtual-printer-not-shown', error));
      first.once('closed', () => printer.destroy());
    };
    station = import('./wiring/station').then(({ startStation }) =>
      startStation({
        profileDir,
        commandLine,
        version: app.getVersion(),
        origin: ORIGIN,
        systemLocale: app.getLocale(),
        programFolder: __dirname,
        resourcesDir: join(ROOT, 'resources'),
        keyring: systemKeyring,
        windows: () => windows.pages(),
        openWindow: () => void windows.open(),
        onPractice: openPrinter,
        openFeedPort: createFeedPortOpener((id) => windows.page(id)),
        nowMs,
        random: (bytes) => randomBytes(bytes),
        logger: (prefix) => log.forModule(prefix),
      }),
    );
    station.catch((error: unknown) => report('main', 'station-not-started', error));
  });
}

const processVersion = (): string => process.versions['electron'] ?? 'unknown';

/** Lets the journal and the simulators end before the process does; a stop that hangs does not keep the window's owner waiting. */
function stopBeforeQuit(station: () => Promise<Station>, onFailure: (error: unknown) => void): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, STOP_LIMIT_MS));
    const stopping = station().then((running) => running.stop());
    void Promise.race([stopping.catch(onFailure), limit]).then(() => app.exit(0));
  });
}

begin();
