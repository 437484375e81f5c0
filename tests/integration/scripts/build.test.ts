import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProject } from '../../../scripts/build.mjs';

const PROJECT_ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The smallest project with every kind of code that the build knows. */
const SOURCES: Readonly<Record<string, string>> = {
  'main/index.ts':
    "import { app } from 'electron';\nimport { flag } from '@shared/flag';\nvoid app.whenReady().then(async () => {\n" +
    "  const { SerialPort } = await import('serialport');\n  const { later } = await import('./later');\n" +
    '  console.log(SerialPort, later, flag);\n});\n',
  'main/later.ts': "export const later = 'only when needed';\n",
  'main/simulators/index.ts': "import { flag } from '@shared/flag';\nconsole.log(flag);\n",
  'preload/bridge.ts':
    "import { contextBridge } from 'electron';\nimport { flag } from '@shared/flag';\ncontextBridge.exposeInMainWorld('station', { flag });\n",
  'preload/shared/flag.ts':
    'declare const __TEST_BUILD__: boolean;\nexport const flag = `test build ${__TEST_BUILD__}`;\n',
  'renderer/index.html':
    '<!doctype html><html><head><title>a</title></head><body><script type="module" src="./main.tsx"></script></body></html>\n',
  'renderer/main.tsx':
    "import { flag } from '@shared/flag';\nimport './style.css';\n" +
    "const worker = new Worker(new URL('./sync/ingest-worker.ts', import.meta.url), { type: 'module' });\n" +
    'worker.onmessage = () => document.body.append(flag);\n',
  'renderer/style.css': 'body { margin: 0 }\n',
  'renderer/sync/ingest-worker.ts': "self.postMessage('ready');\n",
};

describe('the build', () => {
  let root = '';
  const read = (path: string): string => readFileSync(join(root, 'out', path), 'utf8');

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'tallyman-build-'));
    for (const path of ['package.json', 'package-lock.json', 'tsconfig.base.json', 'scripts/build.mjs']) {
      cpSync(join(PROJECT_ROOT, path), join(root, path));
    }
    symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
    for (const [path, text] of Object.entries(SOURCES)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    expect(await buildProject({ root, testBuild: false })).toBe(true);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('does nothing while sources and flags are the same, and leaves nothing aside', async () => {
    expect(await buildProject({ root, testBuild: false })).toBe(false);
    expect(readdirSync(join(root, '.cache'))).toEqual([]);
  });

  it('makes CommonJS for main, with what is imported later in files beside it', () => {
    expect(read('main/index.cjs')).toContain('require("electron")');
    expect(read('main/index.cjs')).not.toContain('only when needed');
    expect(readdirSync(join(root, 'out', 'main')).some((name) => /^later-.*\.cjs$/.test(name))).toBe(true);
  });

  it('loads native modules by require, because import() finds nothing inside the packed archive', () => {
    expect(read('main/index.cjs')).toContain('require("serialport")');
    expect(read('main/index.cjs')).not.toMatch(/\bimport\(/);
  });

  it('makes one preload file that requires nothing but electron', () => {
    expect(readdirSync(join(root, 'out', 'preload'))).toEqual(['bridge.cjs']);
    const required = [...read('preload/bridge.cjs').matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]);
    expect(required).toEqual(['electron']);
  });

  it('makes a page without inline scripts or styles, and workers as files', () => {
    const page = read('renderer/index.html');
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=|data:/);
    const assets = readdirSync(join(root, 'out', 'renderer', 'assets'));
    expect(assets.some((name) => /^ingest-worker-.*\.js$/.test(name))).toBe(true);
    expect(assets.some((name) => name.endsWith('.map'))).toBe(false);
  });

  it('compiles the doors for tests in only when asked to', async () => {
    expect(read('preload/bridge.cjs')).toContain('false');
    expect(await buildProject({ root, testBuild: true })).toBe(true);
    expect(read('preload/bridge.cjs')).toContain('true');
  });

  it('leaves the last good build when a new one fails', async () => {
    writeFileSync(join(root, 'main', 'index.ts'), "import { gone } from './gone';\nconsole.log(gone);\n");
    await expect(buildProject({ root, testBuild: true })).rejects.toThrow('gone');
    expect(read('main/index.cjs')).toContain('require("electron")');
    expect(readdirSync(join(root, '.cache'))).toEqual([]);
  });
});
