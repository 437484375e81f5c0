/** The practice warehouse: simulators in a process of their own, reached only as a real shop and a real printer are. */
import { join } from 'node:path';
import { z } from 'zod';
import type { ProvisionProblem } from '@shared/contract/app';
import type { StationSettings } from '../settings/station-settings';
import type { Logger } from '../wiring/ports';
import { isPractice, practiceDocument, type PracticePlaces, type PracticeShop } from './practice-document';
import { PracticeProcess } from './practice-process';
import type { Provisioning } from './provisioning';
import type { PracticeLabels } from './practice-labels';

/** What the simulators say on their first line; each has a name and its own addresses. */
const announcement = z.object({ simulators: z.array(z.looseObject({ name: z.string() })) });
const shopAnnounced = z.object({
  name: z.string(),
  platform: z.literal('medusa'),
  title: z.string(),
  baseUrl: z.string(),
  locationId: z.string(),
  secretKey: z.string(),
});
const printerAnnounced = z.object({ printPort: z.number().int(), labelPort: z.number().int() });

const START_LIMIT_MS = 60_000;
const NOT_STARTED: ProvisionProblem = { path: 'practice', problem: 'the practice warehouse did not start' };

export interface PracticeOptions {
  readonly profileDir: string;
  /** Folder with the built simulators. */
  readonly programFolder: string;
  readonly settings: StationSettings;
  readonly provisioning: Provisioning;
  readonly labels: PracticeLabels;
  readonly logger: Logger;
  /** The simulators are up and the station is set up for them, for the first time in this run. */
  readonly onReady: () => void;
}

export class PracticeWarehouse {
  private process: PracticeProcess | null = null;
  private applied: Promise<ProvisionProblem[]> | null = null;
  private wasReady = false;

  constructor(private readonly options: PracticeOptions) {}

  /** Is this profile one for practice? */
  isSetUp(): boolean {
    return isPractice(this.options.settings.stores());
  }

  /** Starts the simulators and sets the station up for them. @returns problems; empty when all is ready. May be tried again. */
  start(): Promise<ProvisionProblem[]> {
    this.applied ??= this.startOnce().then((problems) => {
      if (problems.length > 0) this.stop();
      return problems;
    });
    return this.applied;
  }

  stop(): void {
    this.process?.stop();
    this.process = null;
    this.applied = null;
  }

  private tellReady(): void {
    if (this.wasReady) return;
    this.wasReady = true;
    this.options.onReady();
  }

  private startOnce(): Promise<ProvisionProblem[]> {
    const { programFolder, profileDir, logger } = this.options;
    return new Promise((resolve) => {
      const limit = setTimeout(() => resolve([NOT_STARTED]), START_LIMIT_MS);
      this.process = new PracticeProcess({
        program: join(programFolder, 'simulators.cjs'),
        args: ['--demo', '--state', join(profileDir, 'practice')],
        logger,
        onAnnounced: (said) => {
          clearTimeout(limit);
          void this.apply(said).then((problems) => {
            if (problems.length === 0) this.tellReady();
            resolve(problems);
          });
        },
      });
      this.process.start();
    });
  }

  private async apply(said: unknown): Promise<ProvisionProblem[]> {
    const { labels, provisioning, settings, logger } = this.options;
    const places = readPlaces(said);
    if (places === null) {
      logger.error('practice-announcement-unreadable', new Error('not the simulators we know'));
      return [NOT_STARTED];
    }
    labels.setPort(places.labelPort);
    try {
      return await provisioning.apply(
        practiceDocument(places, { stores: settings.stores(), printers: settings.printers() }),
      );
    } catch (error) {
      logger.error('practice-not-applied', error);
      return [NOT_STARTED];
    }
  }
}

/** @returns null when a shop or the printer is missing. */
function readPlaces(said: unknown): (PracticePlaces & { readonly labelPort: number }) | null {
  const parsed = announcement.safeParse(said);
  if (!parsed.success) return null;
  const shops: PracticeShop[] = [];
  let ports: z.infer<typeof printerAnnounced> | null = null;
  for (const simulator of parsed.data.simulators) {
    const shop = shopAnnounced.safeParse(simulator);
    if (shop.success) {
      const { name, title, baseUrl, locationId, secretKey } = shop.data;
      shops.push({ name, title, address: baseUrl, locationId, secret: { apiKey: secretKey } });
    }
    const printer = printerAnnounced.safeParse(simulator);
    if (printer.success) ports = printer.data;
  }
  return shops.length === 0 || ports === null ? null : { shops, ...ports };
}
