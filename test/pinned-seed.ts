// The same random inputs in every run: under mutation testing a mutant shall live or die by the tests, not by luck.
import fc from 'fast-check';

// There are thousands of runs. A mutant is dead at the first failure: nobody reads the smallest.
fc.configureGlobal({ seed: 6287, numRuns: 20, endOnFailure: true });
