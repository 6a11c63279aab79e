// One configuration for all tests. A suite that lacks something here skips its tests and says what is missing.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['./test/support/seed.ts', './test/support/door.ts'],
    // libxgboost keeps state per process: every test file gets a process of its own.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/support/report-skipped.mjs'],
  },
});
