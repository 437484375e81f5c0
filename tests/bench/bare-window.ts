/** A bare Electron window, started by the same means as the station, for everything that is measured against "as little as possible". */
import { cpSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { prepareLaunch, sandboxFlags } from '../../scripts/electron-path.mjs';
import { PROJECT_ROOT } from '../../scripts/places.mjs';

export interface BareProgram {
  readonly version: string;
  launch(): Promise<{ readonly app: ElectronApplication; readonly page: Page; readonly startedAtMs: number }>;
  remove(): Promise<void>;
}

/** Lays the bare program out in a folder of its own. */
export async function prepareBareProgram(): Promise<BareProgram> {
  const root = await mkdtemp(join(tmpdir(), 'tallyman-bare-'));
  cpSync(join(PROJECT_ROOT, 'tests', 'bench', 'bare'), root, { recursive: true });
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
  const { executablePath, args, version } = prepareLaunch(root);
  return {
    version,
    launch: async () => {
      const profile = await mkdtemp(join(root, 'profile-'));
      const startedAtMs = Date.now();
      const app = await _electron.launch({
        executablePath,
        args: [...args, ...sandboxFlags(), `--user-data-dir=${profile}`],
      });
      const page = await app.firstWindow();
      await page.locator('html[data-ready]').waitFor({ state: 'attached' });
      return { app, page, startedAtMs };
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
