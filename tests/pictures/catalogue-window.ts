import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { build } from 'vite';
import { findElectronRuntime } from '../../scripts/setup/electron-runtime.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const WORK = join(ROOT, '.cache', 'pictures');

/** Builds the renderer alone, with the test doors open, as scripts/build.mjs does. */
async function buildRenderer(): Promise<string> {
  const outDir = join(WORK, 'renderer');
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(ROOT, 'renderer'),
    base: './',
    define: { __TEST_BUILD__: 'true' },
    resolve: { alias: { '@shared': join(ROOT, 'preload', 'shared') } },
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: 'chrome114',
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 8_000,
    },
  });
  return outDir;
}

/** A folder with the runtime's files linked and our small main as its app: the stand-in runtime takes no folder argument. */
function launchFolder(runtime: { folder: string; executable: string }): string {
  const target = join(WORK, 'electron');
  rmSync(target, { recursive: true, force: true });
  const copyTree = (from: string, to: string): void => {
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const [source, copy] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) copyTree(source, copy);
      else {
        try {
          linkSync(source, copy);
        } catch {
          copyFileSync(source, copy);
        }
      }
    }
  };
  copyTree(runtime.folder, target);
  rmSync(join(target, 'resources', 'app'), { recursive: true, force: true });
  symlinkSync(join(import.meta.dirname, 'page'), join(target, 'resources', 'app'), 'dir');
  return target;
}

export interface CatalogueWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Messages of the page's console that are errors, refusals of the policy among them. */
  readonly errors: string[];
}

/** Opens the catalogue in a real Electron. The caller closes `app`. */
export async function openCatalogue(): Promise<CatalogueWindow> {
  const folder = await buildRenderer();
  const runtime = findElectronRuntime(ROOT);
  if (runtime === undefined) throw new Error('there is no Electron: run npm test, which sets one up');
  const profile = join(WORK, `profile-${process.pid}`);
  const app = await _electron.launch({
    executablePath: join(launchFolder(runtime), 'electron'),
    args: ['--no-sandbox', '--force-device-scale-factor=1', `--user-data-dir=${profile}`],
    env: { ...process.env, TALLYMAN_PICTURES_FOLDER: folder },
  });
  app.on('close', () => rmSync(profile, { recursive: true, force: true }));
  const page = await app.firstWindow();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return { app, page, errors };
}
