/**
 * Opens the built station in a real Electron, as a person would, on a profile of its own. Every end-to-end test goes through
 * here. Needs `out/` (npm test builds it) and a display (npm test provides one).
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, errors, type ElectronApplication, type Page } from 'playwright';
import { prepareLaunch, sandboxFlags } from '../../../scripts/electron-path.mjs';

export const STATION_URL = 'tallyman://station/index.html';

export interface LaunchOptions {
  /** An existing profile's folder; left out: a fresh one that goes with the station. */
  readonly profileDir?: string;
  /** A provision document, as an object or as text; handed over by `--provision`. */
  readonly provision?: object | string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Wait for the page's own word that it is ready; true unless said otherwise. */
  readonly waitUntilReady?: boolean;
  /** Milliseconds until the window must be there and ready; 60 s. */
  readonly timeoutMs?: number;
}

export interface LaunchedStation {
  readonly app: ElectronApplication;
  /** The first station window. */
  readonly window: Page;
  readonly profileDir: string;
  /** The lines of the station's log so far, parsed. */
  log(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Ends the program as a person does, waits for its end, and removes a profile that was made here. */
  close(): Promise<void>;
  /** Ends the program as a power cut does; the profile stays for the next start. */
  kill(): Promise<void>;
}

/** A folder for a profile that is used by several starts; the test removes it. */
export const makeProfileDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'tallyman-e2e-'));

/** The station windows of a program, in the order of opening; the virtual printer's window is none of them. */
export const stationWindows = (app: ElectronApplication): readonly Page[] =>
  app.windows().filter((page) => page.url().startsWith(STATION_URL));

/** Waits until a page says that it is ready (`data-ready` on `<html>`). */
export async function untilReady(page: Page, timeoutMs = 60_000): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: timeoutMs });
}

/** Opens the station. Rejects when no window comes up in time; then nothing is left running. */
export async function launchStation(options: LaunchOptions = {}): Promise<LaunchedStation> {
  const profileDir = options.profileDir ?? (await makeProfileDir());
  const timeoutMs = options.timeoutMs ?? 60_000;
  const flags = ['--profile', profileDir, ...(await provisionFlags(profileDir, options.provision))];
  const app = await launchElectron([...flags, ...(options.flags ?? [])], options.env ?? {}, timeoutMs);
  const station = { app, profileDir, isOurProfile: options.profileDir === undefined };
  try {
    const window = await firstStationWindow(app, timeoutMs);
    if (options.waitUntilReady !== false) await untilReady(window, timeoutMs);
    return { ...station, window, log: () => readLog(profileDir), close: () => close(station), kill: () => kill(app) };
  } catch (error) {
    await kill(app);
    throw error;
  }
}

/** Longest time until Electron itself is up, before a line of ours matters. Milliseconds. */
const RUNTIME_UP_MS = 30_000;

/**
 * Starts the runtime. There is no graphics card here: asked not to look for one, Chromium does not spend three GPU processes on
 * finding out, which on a busy machine now and then ends in a start that hangs for good. Such a start is given up and made once
 * more; a program of ours that fails to open its window is not, because that comes later.
 */
async function launchElectron(
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<ElectronApplication> {
  const { executablePath, args } = prepareLaunch();
  const launch = (limitMs: number): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath,
      args: [...args, ...sandboxFlags(), '--disable-gpu', ...flags],
      env: { ...definedEnvironment(), ...env },
      timeout: limitMs,
    });
  try {
    return await launch(Math.min(RUNTIME_UP_MS, timeoutMs));
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    return launch(timeoutMs);
  }
}

async function firstStationWindow(app: ElectronApplication, timeoutMs: number): Promise<Page> {
  const page = await app.firstWindow({ timeout: timeoutMs });
  await page.waitForURL(`${STATION_URL}**`, { timeout: timeoutMs });
  return page;
}

async function provisionFlags(profileDir: string, provision: object | string | undefined): Promise<string[]> {
  if (provision === undefined) return [];
  const file = `${profileDir}.provision.json`;
  await writeFile(file, typeof provision === 'string' ? provision : JSON.stringify(provision));
  return ['--provision', file];
}

function definedEnvironment(): Record<string, string> {
  const defined = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}

async function close(station: { app: ElectronApplication; profileDir: string; isOurProfile: boolean }): Promise<void> {
  await station.app.close();
  await rm(`${station.profileDir}.provision.json`, { force: true });
  if (station.isOurProfile) await rm(station.profileDir, { recursive: true, force: true, maxRetries: 5 });
}

async function kill(app: ElectronApplication): Promise<void> {
  const child = app.process();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

async function readLog(profileDir: string): Promise<Readonly<Record<string, unknown>>[]> {
  const file = join(profileDir, 'logs', 'station.log');
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
