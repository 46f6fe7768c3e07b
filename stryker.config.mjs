// Mutation testing of the firmware: each small change of it should make a test fail.

export default {
  mutate: ['src/firmware/**/*.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutants.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Over half as long again as all its tests take, so that only endless loops end so.
  timeoutMS: 5_000,
  // Stryker rewrites paths in this file by the compiler's old interface, which TypeScript 7 has not. None needs it.
  tsconfigFile: 'none',
  ignorePatterns: ['dist'],
  tempDirName: 'mutants/sandbox',
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { reportTests: false },
  htmlReporter: { fileName: 'mutants/report.html' },
  jsonReporter: { fileName: 'mutants/report.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
