import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plantTree } from './planted-tree';

const ESLINT = fileURLToPath(new URL('../../../node_modules/eslint/bin/eslint.js', import.meta.url));
const reportSchema = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(z.object({ ruleId: z.string().nullable(), message: z.string() })),
  }),
);

interface Planted {
  readonly what: string;
  readonly rule: string;
  /** Part of the message, where one rule carries several of ours. */
  readonly says?: string;
  readonly file: string;
  readonly text: string;
}

const branches = Array.from({ length: 16 }, (_, index) => `  if (value === ${index}) return '${index}';`).join('\n');
const readsStation = 'export const read = (): unknown => Reflect.get(window.station, "x");\n';
const declaresStation = 'declare global {\n  interface Window {\n    station: object;\n  }\n}\n';

const PLANTED: readonly Planted[] = [
  {
    what: 'ipcMain outside main/ipc',
    rule: 'no-restricted-imports',
    file: 'main/app/listens.ts',
    text: "import { ipcMain } from 'electron';\nexport const listen = (): void => void ipcMain.removeAllListeners('a');\n",
  },
  {
    what: 'window.station outside its one reader',
    rule: 'no-restricted-syntax',
    says: 'window.station',
    file: 'renderer/features/queue/reads.ts',
    text: `${declaresStation}${readsStation}`,
  },
  {
    what: 'window.station taken apart',
    rule: 'no-restricted-syntax',
    says: 'window.station',
    file: 'renderer/app/takes-apart.ts',
    text: 'const { station } = window;\nexport const taken: unknown = station;\n',
  },
  {
    what: 'window.station in the sync engine',
    rule: 'no-restricted-syntax',
    says: 'window.station',
    file: 'renderer/sync/reads.ts',
    text: readsStation,
  },
  {
    what: 'synchronous IPC',
    rule: 'no-restricted-syntax',
    says: 'Synchronous IPC',
    file: 'preload/waits.ts',
    text: "import { ipcRenderer } from 'electron';\nexport const ask = (): unknown => ipcRenderer.sendSync('a');\n",
  },
  {
    what: 'console outside the logger',
    rule: 'no-console',
    file: 'main/app/prints.ts',
    text: "export const print = (): void => console.log('a');\n",
  },
  {
    what: 'any',
    rule: '@typescript-eslint/no-explicit-any',
    file: 'main/app/loose.ts',
    text: 'export const loose = (value: any): string => String(value);\n',
  },
  {
    what: 'a non-null assertion',
    rule: '@typescript-eslint/no-non-null-assertion',
    file: 'main/app/asserts.ts',
    text: 'export const first = (values: readonly string[]): string => values[0]!;\n',
  },
  {
    what: 'a cast through unknown',
    rule: 'no-restricted-syntax',
    says: 'cast through unknown',
    file: 'main/app/casts.ts',
    text: 'export const cast = 1 as unknown as string;\n',
  },
  {
    what: 'a promise that nobody waits for',
    rule: '@typescript-eslint/no-floating-promises',
    file: 'main/app/floats.ts',
    text: 'export function float(): void {\n  Promise.resolve(1);\n}\n',
  },
  {
    what: 'a silenced compiler',
    rule: '@typescript-eslint/ban-ts-comment',
    file: 'main/app/silences.ts',
    text: '// @ts-expect-error it is a string\nexport const silent: string = 1;\n',
  },
  {
    what: 'a lint rule switched off in place',
    rule: 'eqeqeq',
    file: 'main/app/switches-off.ts',
    text: '/* eslint-disable */\nexport const same = (a: unknown, b: unknown): boolean => a == b;\n',
  },
  {
    what: 'an empty catch',
    rule: 'no-empty',
    file: 'main/app/swallows.ts',
    text: 'export function swallow(act: () => void): void {\n  try {\n    act();\n  } catch {}\n}\n',
  },
  {
    what: 'a default export',
    rule: 'no-restricted-syntax',
    says: 'Export by name',
    file: 'main/app/by-default.ts',
    text: 'export default 1;\n',
  },
  {
    what: 'an import of types that looks like one of values',
    rule: '@typescript-eslint/consistent-type-imports',
    file: 'main/app/imports-types.ts',
    text: "import { Stats } from 'node:fs';\nexport type Size = Stats['size'];\n",
  },
  {
    what: 'the wall clock in shared code',
    rule: 'no-restricted-syntax',
    says: 'clock',
    file: 'preload/shared/domain/now.ts',
    text: 'export const now = (): number => Date.now();\n',
  },
  {
    what: 'today in shared code',
    rule: 'no-restricted-syntax',
    says: 'clock',
    file: 'preload/shared/domain/today.ts',
    text: 'export const today = (): Date => new Date();\n',
  },
  {
    what: 'the wall clock in the sync engine',
    rule: 'no-restricted-syntax',
    says: 'clock',
    file: 'renderer/sync/now.ts',
    text: 'export const now = (): number => Date.now();\n',
  },
  {
    what: 'a hook after a condition',
    rule: 'react-hooks/rules-of-hooks',
    file: 'renderer/components/Conditional.tsx',
    text:
      "import { useState } from 'react';\nexport function Conditional({ on }: { readonly on: boolean }): string {\n" +
      "  if (!on) return '';\n  const [text] = useState('a');\n  return text;\n}\n",
  },
  {
    what: 'an effect that misses what it depends on',
    rule: 'react-hooks/exhaustive-deps',
    file: 'renderer/components/Stale.tsx',
    text:
      "import { useEffect } from 'react';\nexport function Stale({ tell, text }: { readonly tell: (text: string) => void; readonly text: string }): null {\n" +
      '  useEffect(() => tell(text), []);\n  return null;\n}\n',
  },
  {
    what: 'a file of more than 400 lines',
    rule: 'max-lines',
    file: 'main/app/long.ts',
    text: Array.from({ length: 401 }, (_, index) => `export const value${index} = ${index};`).join('\n'),
  },
  {
    what: 'a function with more than 15 ways through',
    rule: 'complexity',
    file: 'main/app/winding.ts',
    text: `export function wind(value: number): string {\n${branches}\n  return '';\n}\n`,
  },
];

/** What the rules must let through: each door in its one place, and time that is handed in. */
const ALLOWED: Readonly<Record<string, string>> = {
  'main/ipc/registers.ts':
    "import { ipcMain } from 'electron';\nexport const clear = (): void => void ipcMain.removeAllListeners('a');\n",
  'main/diagnostics/logger.ts': "export const log = (): void => console.log('a');\n",
  'renderer/services/station-api.ts': `${declaresStation}export const station = (): object => window.station;\n`,
  'renderer/services/clock.ts': 'export const now = (): number => Date.now();\n',
  'preload/shared/domain/later.ts': 'export const later = (nowMs: number): Date => new Date(nowMs + 1);\n',
};

describe('lint', () => {
  const tree = plantTree({ ...ALLOWED, ...Object.fromEntries(PLANTED.map(({ file, text }) => [file, text])) });
  afterAll(() => tree.remove());
  const { stdout, status } = spawnSync(process.execPath, [ESLINT, 'main', 'preload', 'renderer', '--format', 'json'], {
    cwd: tree.root,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  const report = reportSchema.parse(JSON.parse(stdout));
  const messagesIn = (file: string): { ruleId: string | null; message: string }[] =>
    report.find(({ filePath }) => filePath.endsWith(`/${file}`))?.messages ?? [];

  it('ends with a failure when something is found', () => {
    expect(status).toBe(1);
  });

  it.each(PLANTED)('refuses $what', ({ rule, says = '', file }) => {
    const found = messagesIn(file).filter(({ ruleId, message }) => ruleId === rule && message.includes(says));
    expect(found.length, JSON.stringify(messagesIn(file))).toBeGreaterThan(0);
  });

  it.each(Object.keys(ALLOWED))('lets %s be', (file) => {
    expect(report.some(({ filePath }) => filePath.endsWith(`/${file}`))).toBe(true);
    expect(messagesIn(file)).toEqual([]);
  });
});
