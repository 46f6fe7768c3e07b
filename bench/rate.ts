// Operations a second of functions too short to time one by one.
import { Bench } from 'tinybench';

const OPERATIONS = 1000;
const ROUNDS = 5;

/**
 * Measures how often each function can be called in a second, over batches of 1000 calls. The functions take turns in
 * rounds, and the figures are those of the round whose ratio of the first function to the second is the median: a
 * passing load on the machine meets all of a round, and no ratio is made of two rounds.
 */
export async function rates<Name extends string>(
  functions: Readonly<Record<Name, (call: number) => unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(functions) as Name[];
  const rounds: Record<Name, number>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bench = new Bench({ time: 500, warmupTime: 150 });
    for (const name of names) {
      const run = functions[name];
      let call = 0;
      bench.add(name, () => {
        for (let i = 0; i < OPERATIONS; i++) run(call++);
      });
    }
    await bench.run();
    rounds.push(
      Object.fromEntries(names.map((name) => [name, medianRate(bench, name)])) as Record<Name, number>,
    );
  }
  const [ours, peer] = names;
  if (ours === undefined || peer === undefined) throw new Error('rates: needs a function and its peer');
  const ratio = (round: Record<Name, number>): number => round[ours] / round[peer];
  return (
    rounds.toSorted((a, b) => ratio(a) - ratio(b))[ROUNDS >> 1] ?? Promise.reject(new Error('no rounds'))
  );
}

function medianRate(bench: Bench, name: string): number {
  const result = bench.getTask(name)?.result;
  if (result?.state !== 'completed') throw new Error(`${name}: did not run to its end`);
  return (OPERATIONS * 1000) / result.latency.p50;
}

/** A rate for people: 612,000/s. */
export function perSecond(rate: number): string {
  return `${(Math.round(rate / 100) * 100).toLocaleString('en')}/s`;
}
