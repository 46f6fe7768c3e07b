// The tests that `npm run mutants` asks whether they notice a change of the firmware.
import { statSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const sizeOf = ({ moduleId }: TestSpecification): number => statSync(moduleId).size;

/** The small files first, which are quick: the first test that fails is the last that is asked. */
class SmallFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => sizeOf(a) - sizeOf(b)));
  }
}

export default defineConfig({
  test: {
    // That of the document says what each device is.
    include: ['test/firmware/**/*.test.ts', 'test/docs/profiles.test.ts'],
    // They ask what the others ask, many times over, or of every place at once: hours, over all mutants.
    exclude: ['ocra/differential', 'card-responses', 'power-cuts', 'walk'].map(
      (name) => `test/firmware/${name}.test.ts`,
    ),
    sequence: { sequencer: SmallFirst },
    setupFiles: ['test/pinned-seed.ts'],
    // On a busy machine a slow test is no failed one: a mutant must not seem noticed because of that.
    testTimeout: 10_000,
  },
});
