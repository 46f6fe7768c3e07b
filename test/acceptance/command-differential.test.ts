// The built command, the firmware and a second reading of RFC 6287, side by side.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firmwareReading } from '../firmware/ocra/firmware-reading.ts';
import { requests } from '../firmware/ocra/requests.ts';
import { secondReading } from '../firmware/ocra/second-reading.ts';
import { start } from './command-run.ts';

/** In milliseconds. A quiet machine needs 15 seconds, one that does other things too several times as long. */
const PATIENCE = 180_000;
const REQUESTS = 100_000;
/** Drawn and written at once: the command works on one piece while the next is made. */
const PIECE = 1000;

/** Shown with a difference; `SEED` in the environment brings the same requests again. */
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31 - REQUESTS));

test(
  `one batch answers ${REQUESTS} random requests as the firmware and a second reading do`,
  async () => {
    const asked = [];
    const { child, ended } = start(['ocra', '--batch']);
    for (let seed = SEED; asked.length < REQUESTS; seed++) {
      const drawn = fc.sample(requests, { numRuns: PIECE, seed });
      for (const request of drawn) {
        asked.push({ request, secondReading: secondReading(request), firmware: firmwareReading(request) });
      }
      const lines = drawn.map((request) => `${JSON.stringify(request)}\n`).join('');
      if (child.stdin?.write(lines) === false) await once(child.stdin, 'drain');
    }
    child.stdin?.end();
    const { stdout, ...ending } = await ended;

    const answers = stdout.split('\n');
    // Only the first difference is shown: all of them could be thousands of lines.
    const line = asked.findIndex(
      ({ secondReading: response, firmware }, i) => firmware !== response || answers[i] !== response,
    );
    expect(line === -1 ? undefined : { seed: SEED, ...asked[line], command: answers[line] }).toBeUndefined();
    expect(answers).toHaveLength(REQUESTS + 1);
    expect(ending).toMatchObject({ status: 0, stderr: '' });
  },
  PATIENCE,
);
