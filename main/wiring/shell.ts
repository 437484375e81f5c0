/**
 * Puts the shell together: settings, vault, people, session and what windows ask about the program itself. Loaded after the
 * first window is on its way.
 */
import { join } from 'node:path';
import type { AppInfo } from '@shared/contract/app';
import type { AreaName } from '@shared/contract/channel-names';
import { AREAS } from '@shared/contract/station';
import { PracticeLabels } from '../app/practice-labels';
import { PracticeWarehouse } from '../app/practice-warehouse';
import { Provisioning } from '../app/provisioning';
import type { CommandLine } from '../app/command-line';
import { appHandlers } from '../ipc/app-handlers';
import { createBroadcast, type Listener } from '../ipc/broadcast';
import type { AreaBinding } from '../ipc/register-handlers';
import { sessionHandlers } from '../ipc/session-handlers';
import { Vault, secretsVersions, emptySecretsRecord, type Keyring } from '../security/vault';
import { emptyVaultRecord, vaultVersions } from '../security/vault-record';
import { People } from '../session/people';
import { emptyPeopleRecord, emptyTriesRecord, peopleVersions, triesVersions } from '../session/people-record';
import { Session } from '../session/session';
import { AtomicJsonFile } from '../settings/atomic-json-file';
import { filesSetAside, StationSettings } from '../settings/station-settings';
import type { Broadcast, Logger, SessionPort, SettingsPort, StationCore, VaultPort } from './ports';

export interface ShellOptions {
  readonly profileDir: string;
  readonly commandLine: CommandLine;
  readonly version: string;
  readonly origin: string;
  readonly systemLocale: string;
  readonly programFolder: string;
  readonly resourcesDir: string;
  readonly keyring: Keyring;
  readonly windows: () => readonly Listener[];
  readonly openWindow: () => void;
  /** The practice warehouse is up: its printer's window may open. */
  readonly onPractice: () => void;
  readonly core: () => Promise<StationCore>;
  readonly nowMs: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly logger: (prefix: string) => Logger;
}

export interface Shell {
  readonly settings: StationSettings & SettingsPort;
  readonly vault: Vault & VaultPort;
  readonly session: SessionPort;
  readonly broadcast: Broadcast;
  readonly practiceLabels: PracticeLabels;
  binding(area: Extract<AreaName, 'app' | 'session'>): AreaBinding;
  /** Opens the vault where it opens by itself; then the shell can answer. */
  open(): Promise<void>;
  /**
   * What needs the core: the provision document, and the simulators of a practice profile. Windows that ask about a profile
   * that is being set up for the first time are answered when that is done, so that none opens the assistant in vain.
   */
  setUp(coreStarted: Promise<unknown>): Promise<void>;
  stop(): void;
}

export function createShell(options: ShellOptions): Shell {
  const parts = keptParts(options);
  const { settings, vault, people } = parts;
  const logger = options.logger('shell');
  const broadcast = createBroadcast(options.windows, options.logger('broadcast'));
  const settling = new Settling();
  const isBeingSetUp = (): boolean => settling.isUnderWay() && people.isNew() && setsItselfUp(options.commandLine);
  const tellInfo = (): void => {
    if (!isBeingSetUp()) broadcast('app', 'infoChanged', info());
  };
  const audit = auditor(options.core, logger);
  const session = new Session({
    people,
    tries: parts.tries,
    pinKey: () => vault.key('pin'),
    fieldKeys: () => vault.fieldKeys(),
    nowMs: options.nowMs,
    audit,
    onTriesNotSaved: (error) => logger.error('tries-not-saved', error),
    onChanged: (state) => broadcast('session', 'changed', state),
  });
  const provisioning = new Provisioning({ ...parts, ...options, onApplied: tellInfo, logger });
  const practiceLabels = new PracticeLabels(join(options.resourcesDir, 'demo', 'virtual-printer'));
  const practice = new PracticeWarehouse({
    ...parts,
    ...options,
    provisioning,
    labels: practiceLabels,
    logger: options.logger('practice'),
    onReady: options.onPractice,
  });
  const isPractice = (): boolean => options.commandLine.demo || practice.isSetUp();
  const info = (): AppInfo => readInfo(options, parts, provisioning, isPractice());
  vault.onStateChanged(tellInfo);
  settings.onChanged(tellInfo);
  const app = appHandlers({
    info: async () => {
      if (isBeingSetUp()) await settling.ended;
      return info();
    },
    openWindow: options.openWindow,
    vault,
    maySetUp: () => session.maySetUp(),
    provision: (text) => provisioning.fromText(text),
    practice: () => practice.start(),
    saveLook: (look) => settings.saveLook(look),
    audit,
    logger: options.logger('page'),
  });
  const handlers = { app, session: sessionHandlers({ session, people, onPeopleChanged: tellInfo }) };
  return {
    settings,
    vault,
    session,
    broadcast,
    practiceLabels,
    binding: (area) => ({ calls: AREAS[area].calls, handlers: handlers[area] }),
    open: () => openParts(parts, options, logger),
    setUp: async (coreStarted) => {
      try {
        await coreStarted;
        const { provisionFile } = options.commandLine;
        if (provisionFile !== null) await provisioning.fromFile(provisionFile);
        const problems = isPractice() ? await practice.start() : [];
        if (problems.length > 0) provisioning.tell(problems);
      } finally {
        settling.end();
        tellInfo();
      }
    },
    stop: () => practice.stop(),
  };
}

/** The time until a profile's set-up at start has succeeded or failed. */
class Settling {
  private underWay = true;
  private settle: () => void = () => undefined;
  readonly ended = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  isUnderWay(): boolean {
    return this.underWay;
  }

  end(): void {
    this.underWay = false;
    this.settle();
  }
}

const setsItselfUp = ({ provisionFile, demo }: CommandLine): boolean => provisionFile !== null || demo;

/** Everything of the shell that lies in the profile's folder. */
function keptParts(options: ShellOptions) {
  const { profileDir, random, nowMs, keyring } = options;
  const settings = new StationSettings({
    profileDir,
    languageFlag: options.commandLine.language,
    systemLocale: options.systemLocale,
    random,
  });
  const vaultFile = new AtomicJsonFile({
    path: join(profileDir, 'vault.json'),
    versions: vaultVersions,
    empty: emptyVaultRecord,
    whenUnreadable: 'leave',
  });
  const secretsFile = new AtomicJsonFile({
    path: join(profileDir, 'secrets.json'),
    versions: secretsVersions,
    empty: emptySecretsRecord,
    whenUnreadable: 'set-aside',
  });
  const peopleFile = new AtomicJsonFile({
    path: join(profileDir, 'people.json'),
    versions: peopleVersions,
    empty: emptyPeopleRecord,
    whenUnreadable: 'leave',
  });
  const tries = new AtomicJsonFile({
    path: join(profileDir, 'sign-in-tries.json'),
    versions: triesVersions,
    empty: emptyTriesRecord,
    whenUnreadable: 'set-aside',
  });
  const vault = new Vault({
    vaultFile,
    secretsFile,
    keyFilePath: join(profileDir, 'vault.key'),
    keyring,
    random,
    nowMs,
  });
  const keys = { badge: () => vault.key('badge'), pin: () => vault.key('pin') };
  const people = new People(peopleFile, keys, random);
  return { settings, vault, people, peopleFile, vaultFile, tries };
}

type KeptParts = ReturnType<typeof keptParts>;

async function openParts({ vault, settings }: KeptParts, { commandLine }: ShellOptions, logger: Logger): Promise<void> {
  try {
    await settings.settle();
    await vault.start();
    if (commandLine.demo && vault.state() === 'not-created') await vault.create({ kind: 'key-file' });
  } catch (error) {
    // A disk that refuses: the window still opens and says so at the first save.
    logger.error('profile-not-written', error);
  }
  logger.info('vault', { state: vault.state() });
}

function readInfo(
  options: ShellOptions,
  { vault, people, settings, vaultFile, peopleFile }: KeptParts,
  provisioning: Provisioning,
  demo: boolean,
): AppInfo {
  const unreadable = [vaultFile.unreadableFile(), peopleFile.unreadableFile()].filter((name) => name !== null);
  if (vault.hasUnreadableSecrets()) unreadable.push('secrets.json');
  return {
    version: options.version,
    stationId: settings.stationId(),
    vault: vault.state(),
    demo,
    kiosk: options.commandLine.kiosk,
    firstRun: people.isNew(),
    look: settings.look(),
    unreadableFiles: [...unreadable, ...filesSetAside(options.profileDir)],
    provisionProblems: [...provisioning.problems()],
    origin: options.origin,
  };
}

/** Audit facts wait for the core; one that cannot be written is logged and never fails the act that it tells of. */
function auditor(core: () => Promise<StationCore>, logger: Logger): (action: string, subject: string) => void {
  return (action, subject) => {
    void core()
      .then((running) => running.audit(action, subject))
      .catch((error: unknown) => logger.error('audit-not-written', error, { action, subject }));
  };
}
