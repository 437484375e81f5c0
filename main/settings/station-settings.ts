/** The station's settings: one versioned file, read once, saved whole. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Language, Look } from '@shared/contract/app';
import type { PrinterSettings } from '@shared/contract/printing';
import { stationId } from '@shared/domain/ids';
import { AtomicJsonFile } from './atomic-json-file';
import { emptySettings, SETTINGS_VERSIONS, type Settings } from './versions/index';

export type StoreEntry = Settings['stores'][number];

export interface StationSettingsOptions {
  readonly profileDir: string;
  /** `--lang`: holds for this run, until somebody chooses another language on screen. */
  readonly languageFlag: Language | null;
  /** The system's language as a BCP 47 tag, such as `zh-Hans-CN`. */
  readonly systemLocale: string;
  /** Random bytes for the station's id. */
  readonly random: (bytes: number) => Uint8Array;
}

/** Any Chinese locale gets Chinese, everything else English. */
export const languageForLocale = (locale: string): Language => (/^zh\b/i.test(locale) ? 'zh-CN' : 'en');

export class StationSettings {
  private readonly file: AtomicJsonFile<Settings>;
  private readonly listeners = new Set<() => void>();
  private languageFlag: Language | null;
  private readonly drawnStationId: string;

  constructor(private readonly options: StationSettingsOptions) {
    this.languageFlag = options.languageFlag;
    this.drawnStationId = `station-${Buffer.from(options.random(8)).toString('hex')}`;
    this.file = new AtomicJsonFile({
      path: join(options.profileDir, 'settings.json'),
      versions: SETTINGS_VERSIONS,
      empty: emptySettings,
      whenUnreadable: 'set-aside',
    });
  }

  /** Makes the station's id permanent. @throws SettingsNotSaved; the id then holds for this run and is saved with the next change. */
  async settle(): Promise<void> {
    if (this.file.value().stationId === null) await this.change({});
  }

  stationId(): string {
    return this.file.value().stationId ?? this.drawnStationId;
  }

  stores(): readonly StoreEntry[] {
    return this.file.value().stores;
  }

  /** @throws SettingsNotSaved */
  async saveStores(stores: readonly StoreEntry[]): Promise<void> {
    await this.change({ stores: [...stores] });
  }

  printers(): readonly PrinterSettings[] {
    return this.file.value().printers;
  }

  /** @throws SettingsNotSaved */
  async savePrinters(printers: readonly PrinterSettings[]): Promise<void> {
    await this.change({ printers: [...printers] });
  }

  look(): Look {
    const { language, ...rest } = this.file.value().look;
    return { language: this.languageFlag ?? language ?? languageForLocale(this.options.systemLocale), ...rest };
  }

  /** @throws SettingsNotSaved */
  async saveLook(look: Look): Promise<void> {
    this.languageFlag = null;
    await this.change({ look: { ...look } });
  }

  /** Several parts in one write, so that a provision takes effect whole. @throws SettingsNotSaved */
  async saveAll(parts: Partial<Pick<Settings, 'stores' | 'printers' | 'look'>>): Promise<void> {
    if (parts.look !== undefined) this.languageFlag = null;
    await this.change(parts);
  }

  /** @returns cancel. */
  onChanged(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private async change(parts: Partial<Settings>): Promise<void> {
    await this.file.save({ ...this.file.value(), stationId: stationId.parse(this.stationId()), ...parts });
    for (const listener of this.listeners) listener();
  }
}

/** Names of the files that were set aside in a profile because they could not be read, now or in an earlier run. */
export function filesSetAside(profileDir: string): string[] {
  return readdirSync(profileDir)
    .filter((name) => /\.unreadable-\d+$/.test(name))
    .sort();
}
