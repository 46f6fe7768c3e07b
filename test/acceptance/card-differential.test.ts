// Cards, the built command and a second reading of RFC 6287, side by side.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScriptedCard } from '../../src/ui/script/scripted-card.ts';
import { ceremonies } from '../firmware/ceremonies.ts';
import { secondReading } from '../firmware/ocra/second-reading.ts';
import { start } from './command-run.ts';

/** In milliseconds. */
const PATIENCE = 180_000;
const CARDS = 1000;
const TIMES = 100;

/** Shown with a difference; `SEED` in the environment brings the same cards again. */
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31));

test(
  `${CARDS} cards of random suites answer ${CARDS * TIMES} challenges as the command and a second reading do`,
  async () => {
    const asked = [];
    const { child, ended } = start(['ocra', '--batch']);
    const drawn = ceremonies({ minLength: TIMES, maxLength: TIMES });
    for (const { profile, suite, isCounting, key, entries } of fc.sample(drawn, {
      numRuns: CARDS,
      seed: SEED,
    })) {
      const card = createScriptedCard({ profile, suite, key });
      const keyHex = Buffer.from(key).toString('hex');
      const requests = entries.map(([pin, question], counter) => ({
        suite,
        keyHex,
        question,
        pin,
        counter: isCounting ? counter : undefined,
      }));
      for (const request of requests) {
        const response = card.answer(request.pin, request.question);
        asked.push({ request, card: response, secondReading: secondReading(request) });
      }
      const lines = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
      if (child.stdin?.write(lines) === false) await once(child.stdin, 'drain');
    }
    child.stdin?.end();
    const { stdout, ...ending } = await ended;

    const answers = stdout.split('\n');
    // Only the first difference is shown: all of them could be thousands of lines.
    const line = asked.findIndex((each, i) => each.card !== each.secondReading || each.card !== answers[i]);
    expect(line === -1 ? undefined : { seed: SEED, ...asked[line], command: answers[line] }).toBeUndefined();
    expect(answers).toHaveLength(CARDS * TIMES + 1);
    expect(ending).toMatchObject({ status: 0, stderr: '' });
  },
  PATIENCE,
);
