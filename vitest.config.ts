import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: new URL('test/own-folders.ts', import.meta.url).pathname,
    // Some tests start real programs, on machines that may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The machines that run this have few cores, and some tests start real programs beside.
    maxWorkers: 2,
    reporters: ['default', './scripts/vitest-counts.ts'],
  },
});
