// Cards put through random lives for as long as one likes: npm run soak -- --minutes N [--seed S]; or hosts killed under
// load: npm run soak -- --host --minutes N
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { nothing } from '../firmware/exercise.ts';
import { live, lives, type Life } from '../firmware/lives.ts';

/** Lives of one seed: few enough that a violation comes again soon when its seed is asked for. */
const LIVES = 20;
const LONGEST = 400;

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, host: { type: 'boolean' } },
});
const minutes = Number(values.minutes ?? 1);
const firstSeed = Number(values.seed ?? Date.now() % 2 ** 31);
if (!(minutes > 0 && minutes <= 10_000 && Number.isInteger(firstSeed))) {
  console.error(
    'usage: npm run soak -- --minutes N [--seed S], or --host --minutes N; N more than 0, at most 10000; S an integer',
  );
  process.exit(2);
}

if (values.host) {
  const { soakHost } = await import('./host-soak.ts');
  show(await soakHost(minutes));
  process.exit();
}

console.log(`from seed ${firstSeed} on, for ${minutes} min`);
const tally = nothing();
const property = fc.property(lives(LONGEST), (life) => live(life, tally));
const began = performance.now();
let seed = firstSeed;
for (; performance.now() - began < minutes * 60_000; seed++) {
  const result = fc.check(property, { seed, numRuns: LIVES });
  if (!result.failed) continue;
  tell(result.counterexample?.[0], result.errorInstance);
  process.exitCode = 1;
  break;
}
const seconds = (performance.now() - began) / 1000;

show({ seeds: seed - firstSeed, ...tally });
console.log(`${Math.round(tally.events / seconds).toLocaleString('en')} events a second`);

function show(counts: Readonly<Record<string, number>>): void {
  for (const [what, count] of Object.entries(counts)) {
    console.log(`${what.padEnd(10)} ${count.toLocaleString('en')}`);
  }
}

function tell(life: Life | undefined, violation: unknown): void {
  console.error(`violation: --seed ${seed}; the fewest events that were found to lead to it:`);
  if (life) console.error(JSON.stringify({ ...life.card, profile: life.card.profile.id }));
  for (const event of life?.events ?? []) console.error(JSON.stringify(event));
  console.error(violation);
}
