// The tests that `npm run mutants` asks whether they notice a change of the firmware.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/firmware/**/*.test.ts'],
    setupFiles: ['test/pinned-seed.ts'],
  },
});
