import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plantTree } from './planted-tree';

const CHECK = fileURLToPath(new URL('../../../scripts/check/dependency-rules.mjs', import.meta.url));
const resultSchema = z.object({
  violations: z.array(z.object({ rule: z.string(), from: z.string(), to: z.string() })),
  unread: z.array(z.string()),
  read: z.number(),
  problems: z.array(z.string()),
});

/** Runs the real check over a planted project. */
function runCheck(root: string): z.infer<typeof resultSchema> & { status: number | null } {
  const { status, stdout } = spawnSync(process.execPath, [CHECK, '--json'], { cwd: root, encoding: 'utf8' });
  return { status, ...resultSchema.parse(JSON.parse(stdout)) };
}

/** A module that exports one value, and one that imports it. */
const leaf = 'export const value = 1;\n';
const importing = (specifier: string): string => `import { value } from '${specifier}';\nexport const other = value;\n`;
const importingType = (specifier: string): string =>
  `import type { Value } from '${specifier}';\nexport type Other = Value;\n`;
const importingPackage = (name: string): string => `import * as thing from '${name}';\nexport const other = thing;\n`;

interface Planted {
  readonly rule: string;
  readonly what: string;
  readonly from: string;
  readonly text: string;
}

/** One violation at least for each rule, each in a file of its own. */
const PLANTED: readonly Planted[] = [
  { rule: 'no-cycles', what: 'a cycle', from: 'main/journal/a.ts', text: importing('./b') },
  { rule: 'no-cycles', what: 'a cycle of types', from: 'main/journal/c.ts', text: importingType('./d') },
  { rule: 'every-import-is-found', what: 'a lost import', from: 'main/app/lost.ts', text: importing('./nowhere') },
  {
    rule: 'packages-are-declared',
    what: 'a package that only happens to be installed',
    from: 'main/app/undeclared.ts',
    text: importingPackage('follow-redirects'),
  },
  {
    rule: 'nothing-imports-tests',
    what: 'product code with a test fake',
    from: 'main/app/fake.ts',
    text: importing('../../tests/fakes/leaf'),
  },
  {
    rule: 'shared-is-pure',
    what: 'shared code with a package other than zod',
    from: 'preload/shared/domain/impure.ts',
    text: importingPackage('dexie'),
  },
  {
    rule: 'shared-is-pure',
    what: 'shared code with Node',
    from: 'preload/shared/domain/node.ts',
    text: importingPackage('node:fs'),
  },
  { rule: 'bridge-is-thin', what: 'a bridge with zod', from: 'preload/thick.ts', text: importingPackage('zod') },
  {
    rule: 'bridge-carries-names-only',
    what: 'a bridge with a shared value',
    from: 'preload/heavy.ts',
    text: importing('@shared/leaf'),
  },
  {
    rule: 'printing-pure-core',
    what: 'a layout that reads files',
    from: 'printing/layout/reads-files.ts',
    text: importingPackage('node:fs'),
  },
  {
    rule: 'printing-pure-core',
    what: 'an encoder with a transport',
    from: 'printing/encoders/sends.ts',
    text: importing('../transports/leaf'),
  },
  {
    rule: 'documents-and-encoders-meet-in-layout',
    what: 'a document that knows an encoder',
    from: 'printing/documents/knows-encoder.ts',
    text: importing('../encoders/leaf'),
  },
  {
    rule: 'printing-knows-no-process',
    what: 'printing with main',
    from: 'printing/queue/knows-main.ts',
    text: importing('../../main/leaf'),
  },
  {
    rule: 'printing-knows-no-process',
    what: 'printing with the renderer',
    from: 'printing/queue/knows-renderer.ts',
    text: importing('../../renderer/leaf'),
  },
  {
    rule: 'electron-only-where-named',
    what: 'printing with Electron',
    from: 'printing/transports/knows-electron.ts',
    text: importingPackage('electron'),
  },
  {
    rule: 'main-never-renders',
    what: 'main with the renderer, types only',
    from: 'main/app/renders.ts',
    text: importingType('../../renderer/leaf'),
  },
  {
    rule: 'main-areas-are-siblings',
    what: 'an area of main with another',
    from: 'main/deliveries/knows-platform.ts',
    text: importing('../platforms/leaf'),
  },
  {
    rule: 'main-areas-are-siblings',
    what: 'an area of main with the wiring',
    from: 'main/feed/knows-wiring.ts',
    text: importing('../wiring/leaf'),
  },
  {
    rule: 'ports-are-interfaces',
    what: 'a port that knows an area',
    from: 'main/wiring/ports.ts',
    text: importingType('../platforms/leaf'),
  },
  {
    rule: 'simulators-are-strangers',
    what: 'a simulator with a connector',
    from: 'main/simulators/knows-connector.ts',
    text: importing('../platforms/leaf'),
  },
  {
    rule: 'connectors-know-no-simulator',
    what: 'a connector with a simulator',
    from: 'main/platforms/knows-simulator.ts',
    text: importing('../simulators/leaf'),
  },
  {
    rule: 'renderer-has-no-backdoor',
    what: 'the renderer with main, types only',
    from: 'renderer/services/backdoor.ts',
    text: importingType('../../main/leaf'),
  },
  {
    rule: 'renderer-has-no-backdoor',
    what: 'the renderer with a printer transport',
    from: 'renderer/services/prints.ts',
    text: importing('../../printing/transports/leaf'),
  },
  {
    rule: 'renderer-has-no-backdoor',
    what: 'the renderer with Electron',
    from: 'renderer/services/knows-electron.ts',
    text: importingPackage('electron'),
  },
  {
    rule: 'renderer-has-no-node',
    what: 'the renderer with Node',
    from: 'renderer/services/knows-node.ts',
    text: importingPackage('node:fs'),
  },
  {
    rule: 'features-are-islands',
    what: 'a feature with another',
    from: 'renderer/features/packing/knows-queue.ts',
    text: importing('../queue/leaf'),
  },
  {
    rule: 'only-app-knows-features',
    what: 'a component with a feature',
    from: 'renderer/components/knows-feature.ts',
    text: importing('../features/queue/leaf'),
  },
  {
    rule: 'engine-has-no-ui',
    what: 'the sync engine with React',
    from: 'renderer/sync/knows-react.ts',
    text: importingPackage('react'),
  },
  {
    rule: 'engine-has-no-ui',
    what: 'the data layer with a component',
    from: 'renderer/data/knows-component.ts',
    text: importing('../components/leaf'),
  },
  {
    rule: 'dexie-lives-in-data',
    what: 'a screen with Dexie',
    from: 'renderer/features/queue/knows-dexie.ts',
    text: importingPackage('dexie'),
  },
];

const LEAVES = [
  'main',
  'main/platforms',
  'main/simulators',
  'main/wiring',
  'preload/shared',
  'printing/encoders',
  'printing/transports',
  'renderer',
  'renderer/components',
  'renderer/features/queue',
  'tests/fakes',
];

/** Imports that the rules must let through. */
const ALLOWED: Readonly<Record<string, string>> = {
  'main/index.ts': `${importing('./wiring/leaf')}export { value as platform } from './platforms/leaf';\n`,
  'main/wiring/wires.ts': `${importing('../platforms/leaf')}export { value as shared } from '@shared/leaf';\n`,
  'main/platforms/inside.ts': `${importing('./leaf')}export { value as shared } from '@shared/leaf';\n`,
  'main/session/knows-ports.ts': "import type { Other } from '../wiring/ports';\nexport type Third = Other;\n",
  'main/app/opens.ts': importingPackage('electron'),
  'preload/bridge.ts':
    "import { contextBridge } from 'electron';\nimport { CHANNELS } from '@shared/contract/channel-names';\n" +
    "import type { Value } from '@shared/leaf';\nexport const names: readonly [unknown, unknown, Value] = [contextBridge, CHANNELS, 1];\n",
  'preload/shared/contract/channel-names.ts': "export const CHANNELS = ['a'];\n",
  'preload/shared/domain/parses.ts': "import { z } from 'zod';\nexport const schema = z.string();\n",
  'printing/layout/places.ts': importing('@shared/leaf'),
  'printing/documents/lays-out.ts': "export { other } from '../layout/places';\n",
  'renderer/data/database.ts': importingPackage('dexie'),
  'renderer/app/routes.ts': importing('../features/queue/leaf'),
  'renderer/features/queue/screen.ts': `${importing('../../components/leaf')}export * as react from 'react';\n`,
};

const plantedFiles = Object.fromEntries([
  ...LEAVES.map((folder) => [`${folder}/leaf.ts`, `${leaf}export type Value = number;\n`]),
  ['main/journal/b.ts', "export { other as value } from './a';\n"],
  ['main/journal/d.ts', "export type { Other as Value } from './c';\n"],
  ...PLANTED.map(({ from, text }) => [from, text]),
  ...Object.entries(ALLOWED),
]) as Record<string, string>;

describe('the dependency rules', () => {
  const tree = plantTree(plantedFiles);
  afterAll(() => tree.remove());
  const result = runCheck(tree.root);

  it.each(PLANTED)('$rule refuses $what', ({ rule, from }) => {
    const found = result.violations.filter((violation) => violation.from === from).map((violation) => violation.rule);
    expect(found).toContain(rule);
  });

  it('let through what the layers are for', () => {
    expect(result.violations.filter(({ from }) => from in ALLOWED)).toEqual([]);
  });

  it('each have a planted violation', () => {
    const config = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[];
    };
    const planted = new Set(PLANTED.map(({ rule }) => rule));
    expect(config.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });

  it('are applied to every source file, and end with a failure', () => {
    expect(result.unread).toEqual([]);
    expect(result.read).toBe(Object.keys(plantedFiles).filter((path) => !path.startsWith('tests/')).length);
    expect(result.status).toBe(1);
  });
});

describe('a dependency check that reads less than there is', () => {
  it('fails and names the file that was not read', () => {
    const tree = plantTree({ 'main/read.ts': leaf, 'main/overlooked.ts': leaf });
    writeFileSync(
      join(tree.root, '.dependency-cruiser.cjs'),
      "module.exports = { forbidden: [], options: { exclude: 'overlooked' } };\n",
    );
    const { problems, status } = runCheck(tree.root);
    tree.remove();
    expect(problems).toEqual(['not read by the dependency check: main/overlooked.ts']);
    expect(status).toBe(1);
  });

  it('fails when it reads nothing at all', () => {
    const tree = plantTree({});
    const { problems, status } = runCheck(tree.root);
    tree.remove();
    expect(problems).toEqual(['no module was read']);
    expect(status).toBe(1);
  });
});
