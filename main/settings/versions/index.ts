/** The versions of the settings file. A new shape gets a file of its own and a step here; old files are never edited. */
import type { FileVersions } from '../atomic-json-file';
import { settings1, type Settings1 } from './settings-1';

export type Settings = Settings1;
export { emptySettings1 as emptySettings } from './settings-1';

export const SETTINGS_VERSIONS: FileVersions<Settings> = { newest: 1, schema: settings1, steps: {} };
