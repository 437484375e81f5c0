import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The only alias of the project. It is repeated in tsconfig.base.json and scripts/build.mjs. */
const alias = { '@shared': fileURLToPath(new URL('./preload/shared', import.meta.url)) };

/** Each project is one part of `npm test`. Parts that drive a real window run one file after another. */
const project = (name, include, test = {}) => ({
  resolve: { alias },
  define: { __TEST_BUILD__: 'true' },
  test: {
    name,
    include,
    exclude: ['**/node_modules/**'],
    environment: 'node',
    allowOnly: false,
    restoreMocks: true,
    // One second, the runner's own, is shorter than a busy machine's hiccup.
    expect: { poll: { timeout: 10_000 } },
    ...test,
  },
});
const inSeries = {
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 120_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    projects: [
      project('unit', ['tests/unit/**/*.test.{ts,tsx}'], { testTimeout: 20_000, maxWorkers: 2 }),
      project('integration', ['tests/integration/**/*.test.{ts,tsx}'], { testTimeout: 60_000, maxWorkers: 2 }),
      project('e2e', ['tests/e2e/**/*.e2e.ts'], inSeries),
      project('faults', ['tests/faults/**/*.fault.ts'], inSeries),
      project('pictures', ['tests/pictures/**/*.picture.ts'], inSeries),
    ],
  },
});
