import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The machines that run this have few cores, and some tests start real programs beside.
    maxWorkers: 2,
    reporters: ['default', './scripts/vitest-counts.ts'],
  },
});
