import { describe, expect, it } from 'vitest';
import { undocumentedScripts } from '../../../scripts/check/readme-commands.mjs';
import { translationProblems } from '../../../scripts/check/translations.mjs';
import { skippedTests } from '../../../scripts/check/whole-tests.mjs';
import { plantTree } from './planted-tree';

/** Plants files, lets one check look at them, and removes them. */
function inTree<T>(files: Readonly<Record<string, string>>, look: (root: string) => T): T {
  const tree = plantTree(files);
  try {
    return look(tree.root);
  } finally {
    tree.remove();
  }
}

const texts = (chinese: object, english: object, screen = ''): Record<string, string> => ({
  'renderer/i18n/zh-CN.json': JSON.stringify(chinese),
  'renderer/i18n/en.json': JSON.stringify(english),
  'renderer/app/Screen.tsx': screen,
});

describe('the translation check', () => {
  const check = (files: Record<string, string>): string[] | undefined => inTree(files, translationProblems);

  it('accepts two complete languages with plural forms of their own', () => {
    const chinese = { queue: { title: '队列', count_other: '{{count}} 单' } };
    const english = { queue: { title: 'Queue', count_one: '{{count}} order', count_other: '{{count}} orders' } };
    const screen = "t('queue.title'); t('queue.count', { count }); t(`queue.${name}`); format('no.key');";
    expect(check(texts(chinese, english, screen))).toEqual([]);
  });

  it('names a text that one language lacks', () => {
    expect(check(texts({ a: '甲', b: '乙' }, { a: 'A' }))).toEqual(['en.json has no "b"']);
    expect(check(texts({ a: '甲' }, { a: 'A', b: 'B' }))).toEqual(['zh-CN.json has no "b"']);
  });

  it('names a counted text without its general form', () => {
    expect(check(texts({ n_other: '{{count}}' }, { n_one: '{{count}}' }))).toEqual(['en.json has no "n_other"']);
  });

  it('names an empty text', () => {
    expect(check(texts({ a: ' ' }, { a: 'A' }))).toEqual(['zh-CN.json: "a" is empty or not a text']);
  });

  it('names a placeholder that differs', () => {
    const problems = check(texts({ a: '{{name}} 甲' }, { a: '{{person}} A' }));
    expect(problems).toEqual(['"a" has the placeholders name in zh-CN, person in en']);
  });

  it('names a key on a screen that has no text', () => {
    const problems = check(texts({ a: '甲' }, { a: 'A' }, `t("a"); i18n.t('b'); <Trans i18nKey="c" />`));
    expect(problems).toEqual([
      'renderer/app/Screen.tsx uses "b", which has no text',
      'renderer/app/Screen.tsx uses "c", which has no text',
    ]);
  });

  it('refuses one language alone and is silent only while there is none', () => {
    expect(check({ 'renderer/i18n/en.json': '{}' })?.[0]).toMatch(/^missing: .*zh-CN\.json$/);
    expect(check({})).toBeUndefined();
  });
});

describe('the check for tests that would not run', () => {
  // The words are put together here, or this file itself would be found.
  const call = (...names: string[]): string => `${names.join('.')}('a', () => undefined);\n`;

  it.each([
    call('it', 'skip'),
    call('test', 'only'),
    call('describe', 'skip'),
    call('it', 'todo'),
    call('describe', 'skipIf(true)'),
    call('it', 'concurrent', 'only'),
    call(`x${'it'}`),
    call(`f${'describe'}`),
    call('context', 'skip'),
  ])('finds %s', (line) => {
    const found = inTree({ 'tests/unit/a.test.ts': `// a test\n${line}` }, skippedTests);
    expect(found).toEqual([`tests/unit/a.test.ts:2: ${line.trim()}`]);
  });

  it('lets ordinary tests be', () => {
    const text = `${call('it')}${call('describe')}${call('it', 'each([1])')}queue.skip(1);\n`;
    expect(inTree({ 'tests/unit/a.test.ts': text }, skippedTests)).toEqual([]);
  });
});

describe('the check of the README', () => {
  const scripts = JSON.stringify({ scripts: { start: 'a', test: 'b', build: 'c' } });
  const check = (readme: string): string[] =>
    inTree({ 'package.json': scripts, 'README.md': readme }, undocumentedScripts);

  it('wants each npm script in a row of a table', () => {
    const table = '| `npm start -- --demo` | opens |\n| `npm test` | tests |\n';
    expect(check(`${table}| \`npm run build\` | builds |\n`)).toEqual([]);
    expect(check(`${table}Use \`npm run build\`.\n`)).toEqual([
      "README.md's command table does not mention npm run build",
    ]);
  });

  it('fails without a README', () => {
    expect(inTree({ 'package.json': scripts }, undocumentedScripts)).toEqual(['README.md is missing']);
  });
});
