/** The whole program behind the windows: the shell at once, the core right after it. */
import type { AreaName } from '@shared/contract/channel-names';
import { AREAS } from '@shared/contract/station';
import { toInstant } from '@shared/units/instant';
import type { ContentSource } from '../app/station-scheme';
import type { AreaBinding } from '../ipc/register-handlers';
import type { FeedPort, StationCore } from './ports';
import { createShell, type Shell, type ShellOptions } from './shell';

export interface StationOptions extends Omit<ShellOptions, 'core'> {
  readonly openFeedPort: (windowId: number) => Promise<FeedPort>;
}

export interface Station {
  /** Implementations of an area; those of the core wait until it has started. */
  bindingOf(area: AreaName): Promise<AreaBinding>;
  readonly photo: ContentSource;
  readonly practiceLabels: ContentSource;
  /** Ends everything that runs beside the windows. */
  stop(): Promise<void>;
}

/** Builds and starts the station. The promise settles when windows can be answered; the core starts behind it. */
export async function startStation(options: StationOptions): Promise<Station> {
  const logger = options.logger('station');
  // The shell's handlers await the core, and the core is built from the shell.
  let core: Promise<StationCore> | null = null;
  const coreStarted = (): Promise<StationCore> => core ?? Promise.reject(new Error('the core is not built yet'));
  const shell = createShell({ ...options, core: coreStarted });
  await shell.open();
  core = startCore(shell, options);
  shell.setUp(core).catch((error: unknown) => logger.error('station-not-complete', error));
  return {
    bindingOf: async (area) => {
      if (area === 'app' || area === 'session') return shell.binding(area);
      const { handlers } = await coreStarted();
      return { calls: AREAS[area].calls, handlers: handlers[area] };
    },
    photo: async (path, method) => {
      if (method !== 'GET') return null;
      return (await coreStarted()).photo(path);
    },
    practiceLabels: (path, method, body) => shell.practiceLabels.answer(path, method, body),
    stop: async () => {
      shell.stop();
      await (await coreStarted()).stop();
    },
  };
}

async function startCore(shell: Shell, options: StationOptions): Promise<StationCore> {
  const { createStationCore } = await import('./core');
  const { profileDir, resourcesDir, logger, random, openFeedPort } = options;
  const { session, vault, settings, broadcast } = shell;
  const clock = { now: () => toInstant(options.nowMs()) };
  const core = createStationCore({
    profileDir,
    resourcesDir,
    session,
    vault,
    settings,
    broadcast,
    logger,
    clock,
    random,
    openFeedPort,
  });
  await core.start();
  return core;
}
