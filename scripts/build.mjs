import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT, SOURCE_AREAS } from './places.mjs';
import { runScript } from './setup.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';

/**
 * What main's folder holds: name of the bundle, source, and whether it must be there. Each entry is one small file;
 * what it imports dynamically becomes a chunk beside it, so `__dirname` is out/main in all of them.
 */
const MAIN_ENTRIES = [
  { name: 'index', source: 'main/index.ts' },
  { name: 'simulators', source: 'main/simulators/index.ts' },
  { name: 'raster-worker', source: 'printing/raster-worker.ts' },
  { name: 'picture-worker', source: 'main/simulators/virtual-printer/picture-worker.ts' },
];

/** Not bundled: Electron itself, native modules, and packages that find their own files at run time. */
const MAIN_EXTERNALS = ['electron', 'serialport', 'usb'];

/** The oldest runtime on which one build must run: Electron 25 with Node 18 and Chromium 114. */
const TARGETS = { node: 'node18', chrome: 'chrome114' };

const STAMP = '.input-hash';

/**
 * Builds out/main, out/preload and out/renderer. Does nothing when sources, lock file and flags are those of the
 * last build.
 * @param {{ root?: string, testBuild?: boolean }} [options] testBuild: compile in the doors that exist for tests only
 *   (`IS_TEST_BUILD`); by default what TALLYMAN_TEST_BUILD=1 says.
 * @returns {Promise<boolean>} whether it built
 */
export async function buildProject(options = {}) {
  const { root = PROJECT_ROOT, testBuild = process.env.TALLYMAN_TEST_BUILD === '1' } = options;
  const inputHash = hashInputs(root, testBuild);
  const stampFile = join(root, 'out', STAMP);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === inputHash) return false;

  // Built aside and moved into place whole: a build that was killed leaves the last good one.
  const aside = join(root, '.cache', `build-${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  const common = commonOptions(root, testBuild);
  try {
    const outcomes = await Promise.allSettled([
      build(mainOptions(root, aside, common)),
      build(preloadOptions(root, aside, common)),
      build(rendererOptions(root, aside, common, react)),
    ]);
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
    writeFileSync(join(aside, STAMP), inputHash);
    rmSync(join(root, 'out'), { recursive: true, force: true });
    renameSync(aside, join(root, 'out'));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return true;
}

function commonOptions(root, testBuild) {
  return {
    configFile: false,
    mode: 'production',
    logLevel: 'warn',
    define: { __TEST_BUILD__: String(testBuild) },
    resolve: { alias: { '@shared': join(root, 'preload', 'shared') } },
  };
}

/** CommonJS for the Node inside Electron; ES modules in main came only with Electron 28. */
function mainOptions(root, aside, common) {
  const present = MAIN_ENTRIES.filter(({ source }, index) => index === 0 || existsSync(join(root, source)));
  return {
    ...common,
    root,
    define: { ...common.define, 'process.env.NODE_ENV': '"production"' },
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ...nodeBuild(join(aside, 'main')),
      rolldownOptions: {
        input: Object.fromEntries(present.map(({ name, source }) => [name, join(root, source)])),
        external: isExternal(MAIN_EXTERNALS),
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          // A lazy require and not import(): the ES module loader of older Electrons finds nothing inside app.asar.
          dynamicImportInCjs: false,
        },
      },
    },
  };
}

/** One file with everything in it: a sandboxed preload can require nothing but electron. */
function preloadOptions(root, aside, common) {
  return {
    ...common,
    root,
    define: { ...common.define, 'process.env.NODE_ENV': '"production"' },
    publicDir: false,
    ssr: { noExternal: true, target: 'webworker' },
    build: {
      ...nodeBuild(join(aside, 'preload')),
      target: TARGETS.chrome,
      rolldownOptions: {
        input: { bridge: join(root, 'preload', 'bridge.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

/** Plain files without inline scripts or data: addresses, so that a strict content security policy can hold. */
function rendererOptions(root, aside, common, react) {
  return {
    ...common,
    root: join(root, 'renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: TARGETS.chrome,
      outDir: join(aside, 'renderer'),
      emptyOutDir: true,
      sourcemap: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4_000,
    },
  };
}

function nodeBuild(outDir) {
  return { ssr: true, target: TARGETS.node, outDir, emptyOutDir: true, minify: false, sourcemap: false };
}

function isExternal(packages) {
  const names = [...packages, ...builtinModules];
  return (id) => id.startsWith('node:') || names.some((name) => id === name || id.startsWith(`${name}/`));
}

/** A hash over everything that decides what a build looks like. */
function hashInputs(root, testBuild) {
  const hash = createHash('sha256').update(JSON.stringify({ testBuild }));
  const folders = SOURCE_AREAS.flatMap((area) => listFiles(join(root, area)));
  const files = [
    ...folders,
    ...['package-lock.json', 'tsconfig.base.json', 'scripts/build.mjs'].map((n) => join(root, n)),
  ];
  for (const file of files.sort()) {
    hash.update(`\0${relative(root, file).split(sep).join('/')}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.split(sep).includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runScript(async () => {
    const startedAt = performance.now();
    await ensureNpmPackages(PROJECT_ROOT);
    const built = await buildProject();
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    console.log(built ? `Built out/ in ${seconds} s.` : 'out/ is up to date.');
  });
}
