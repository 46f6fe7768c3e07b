// How often a property is tried that says nothing of it; one that wants more says how many times as often.
import fc from 'fast-check';

/** A hundred, unless the tests are run so often themselves that fewer must do. */
export const usualRuns = (): number => fc.readConfigureGlobal().numRuns ?? 100;
