import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // On a build server the results are written down too, to be counted.
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results.json' }]] : ['default'],
    // Costs nothing until a test asks for a database.
    globalSetup: ['test/host/postgres-of-the-run.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          // Some compare a hundred thousand cases, and machines are busy; no test says how fast anything is.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/acceptance/**'],
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['test/acceptance/**/*.test.ts'],
          // Real processes in real terminals: one file after the other, and time for a slow machine.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
