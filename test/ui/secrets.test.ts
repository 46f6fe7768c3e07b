import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCards } from './run-command.ts';

const SECRET = '5ec2e7'.padEnd(40, '9');

/** What may be wrong on a command line, with a secret where none belongs. */
const SLIPS: string[][] = [
  [SECRET],
  ['--card', SECRET, SECRET],
  ['--lang', SECRET],
  [`--lang=${SECRET}`],
  ['card', SECRET],
  ['card', 'new', SECRET],
  ['card', 'new', 'work', SECRET],
  ['card', 'new', 'work', '--serial', `${SECRET}?`],
  ['card', 'new', 'work', '--suite', SECRET],
  ['card', 'new', 'work', '--key', `${SECRET}?`],
  ['card', 'new', 'work', `--keyhex=${SECRET}`],
  ['card', 'new', 'work', `--key${SECRET}`],
  ['card', 'new', 'work', `--json=${SECRET}`],
  ['card', 'list', SECRET],
  ['card', 'show', SECRET],
  ['card', 'show', 'work', SECRET],
  ['card', 'rm', SECRET],
  ['card', 'rm', 'work', SECRET],
  ['respond', SECRET],
  ['respond', '000001', SECRET],
  ['respond', '000001', '--card', SECRET],
  ['respond', '000001', `--pni=${SECRET}`],
  ['respond', '000001', `-p${SECRET}`],
  ['respond', '000001', `--pin-stdin=${SECRET}`],
  ['ocra', SECRET],
  ['ocra', '--suite', SECRET, '--key', '00', '--question', '1'],
  ['ocra', `--keyhex=${SECRET}`],
  ['ocra', '--batch', SECRET],
  ['ocra', '--batch', '--pin', SECRET],
  ['ocra', '--suite', 'OCRA-1:HOTP-SHA1-6:QN08', '--key', `${SECRET}?`, '--question', '1'],
  ...['--question', '--counter', '--pin', '--pin-hash', '--session', '--time-steps', '--time'].map(
    (option) => [
      'ocra',
      '--suite',
      'OCRA-1:HOTP-SHA1-6:QN08',
      '--key',
      '00',
      '--question',
      '1',
      option,
      SECRET,
    ],
  ),
  ['completion', SECRET],
  ['completion', 'bash', SECRET],
];

const WORDS = [
  'card new list show rm respond ocra completion complete help work -- -x --nonsense --debug --json --card --lang',
  '--serial --suite --key --key-stdin --question --counter --pin --pin-stdin --session --time --batch',
].flatMap((words) => words.split(' '));

/** The beginning of a PIN is a secret too. */
const PART = SECRET.slice(0, 6);

describe('a secret in the wrong place of the command line is not repeated', () => {
  test.each(SLIPS.map((args) => [args]))('%j', async (args) => {
    const { dsc } = withCards();
    await dsc(['card', 'new', 'work']);
    for (const all of [args, ['--debug', ...args]]) {
      const { status, stdout, stderr } = await dsc(all, { terminals: ['stdin', 'stderr'] });
      expect(stderr).toMatch(/^error: /);
      expect(stdout + stderr).not.toContain(PART);
      expect(status).toBe(2);
    }
  });

  test('wherever it stands among words of the language', async () => {
    const { dsc } = withCards();
    const words = fc.constantFrom(...WORDS);
    const planted = fc.constantFrom(
      SECRET,
      `--pni=${SECRET}`,
      `--key=${SECRET}`,
      `-p${SECRET}`,
      `x ${SECRET}`,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 5 }), planted, fc.nat(5), async (others, secret, at) => {
        const { stdout, stderr } = await dsc(others.toSpliced(at, 0, secret));
        expect(stdout + stderr).not.toContain(PART);
      }),
      { numRuns: 500 },
    );
  });
});
