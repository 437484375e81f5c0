import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * Lint adds what paths and types cannot say. Inline `eslint-disable` comments have no effect here: a rule that is
 * wrong is changed in this file, for everybody. tests/unit/rules plants one violation for each rule of our own.
 */
const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const PRODUCT = ['main/**', 'preload/**', 'printing/**', 'renderer/**'];

/** Patterns that hold everywhere in TypeScript. */
const everywhere = [
  {
    selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
    message: 'A cast through unknown hides a wrong type: parse the value, or correct the type.',
  },
  {
    selector: 'MemberExpression[property.name="sendSync"]',
    message: 'Synchronous IPC freezes the window: use invoke.',
  },
];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one name per thing everywhere.',
};

const noStationGlobal = [
  {
    selector: 'MemberExpression[object.name=/^(window|globalThis|self)$/][property.name="station"]',
    message: 'window.station is read only in renderer/services/station-api.ts.',
  },
  {
    selector: 'MemberExpression[object.name=/^(window|globalThis|self)$/][property.value="station"]',
    message: 'window.station is read only in renderer/services/station-api.ts.',
  },
  {
    selector:
      'VariableDeclarator[init.name=/^(window|globalThis|self)$/] > ObjectPattern > Property[key.name="station"]',
    message: 'window.station is read only in renderer/services/station-api.ts.',
  },
];

const noOwnClock = [
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Take the clock as an argument: time is injected here.',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Take the clock as an argument: time is injected here.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'Take the clock as an argument: time is injected here.',
  },
];

const restrict = (...patterns) => ({ 'no-restricted-syntax': ['error', ...everywhere, ...patterns.flat()] });

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      'out/**',
      'dist/**',
      'release/**',
      '.cache/**',
      'test-results/**',
      'resources/**',
      'tests/fixtures/**',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  {
    rules: {
      complexity: ['error', 15],
      'max-lines': ['error', 400],
      eqeqeq: 'error',
      'no-constant-condition': 'error',
      'no-control-regex': 'off',
      'no-debugger': 'error',
      'no-dupe-else-if': 'error',
      'no-duplicate-case': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-implied-eval': 'error',
      'no-loss-of-precision': 'error',
      'no-new-func': 'error',
      'no-self-compare': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'use-isnan': 'error',
      'valid-typeof': 'error',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...restrict(noDefaultExport),
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': false },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' },
  },
  {
    files: PRODUCT,
    ignores: ['main/diagnostics/**', 'main/simulators/index.ts', 'main/simulators/cli.ts', '**/*.json'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['main/**/*.ts'],
    ignores: ['main/ipc/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'electron', importNames: ['ipcMain'], message: 'ipcMain is used only in main/ipc.' },
            { name: 'electron/main', importNames: ['ipcMain'], message: 'ipcMain is used only in main/ipc.' },
          ],
        },
      ],
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    ignores: ['renderer/services/station-api.ts', 'renderer/sync/**'],
    rules: restrict(noDefaultExport, noStationGlobal),
  },
  {
    files: ['preload/shared/**/*.ts'],
    rules: restrict(noDefaultExport, noOwnClock),
  },
  {
    files: ['renderer/sync/**/*.ts'],
    rules: restrict(noDefaultExport, noOwnClock, noStationGlobal),
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['tests/**'],
    rules: { 'max-lines': ['error', 600], '@typescript-eslint/unbound-method': 'off' },
  },
);
