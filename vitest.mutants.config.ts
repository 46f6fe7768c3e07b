// The tests that `npm run mutants` asks whether they notice a change of the firmware.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/firmware/**/*.test.ts'],
    // It asks what the others ask, ten thousand times more: hours, over all mutants.
    exclude: ['test/firmware/ocra/differential.test.ts'],
    setupFiles: ['test/pinned-seed.ts'],
    // On a busy machine a slow test is no failed one: a mutant must not seem noticed because of that.
    testTimeout: 30_000,
  },
});
