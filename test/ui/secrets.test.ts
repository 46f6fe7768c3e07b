import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  ...['export', 'import', 'upgrade', 'battery'].flatMap((name) => [
    ['card', name, SECRET],
    ['card', name, 'work', SECRET, SECRET],
    ['card', name, 'work', `--passphrase=${SECRET}`],
    ['card', name, 'work', `--passphrase-stdin=${SECRET}`],
    ['card', name, 'work', `-p${SECRET}`],
  ]),
  ['card', 'import', 'x.card', '--name', SECRET],
  ['card', 'battery', 'work', `--full=${SECRET}`],
  ['card', 'new', 'work', `--battery=${SECRET}`],
  ['--record-secrets', SECRET],
  [`--record-secrets=${SECRET}`],
  ['--card', SECRET, 'card', 'show', 'work'],
  ['respond', '000001', '--record-secrets', '--card', SECRET],
  ['respond', '000001', `--record-secrets=${SECRET}`],
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

/** Without what takes the name of a file to read, which is repeated: people must see which one is meant. */
const WORDS = [
  'card new list show rm export upgrade battery respond ocra completion complete help work -- -x --nonsense --debug --json --card --lang',
  '--full --name --passphrase-stdin --record-secrets --serial --suite --key --key-stdin --question --counter --pin --pin-stdin --session --time --batch',
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

  test('neither a passphrase, whatever becomes of it', async () => {
    const { home, dsc } = withCards();
    await dsc(['card', 'new', 'work']);
    const file = join(home, 'it.card');
    const runs = [
      await dsc(['card', 'export', 'work', file, '--passphrase-stdin'], { input: PART }),
      await dsc(['card', 'export', 'work', file], {
        terminals: ['stdin', 'stderr'],
        typed: [SECRET, `${SECRET}!`],
      }),
      await dsc(['card', 'export', 'work', join(home, 'no', 'where'), '--passphrase-stdin'], {
        input: SECRET,
      }),
      await dsc(['card', 'export', 'work', file, '--passphrase-stdin'], { input: `${SECRET}!` }),
      await dsc(['--debug', 'card', 'import', file, '--passphrase-stdin'], { input: SECRET }),
    ];
    expect(runs.map(({ status }) => status)).toEqual([2, 2, 1, 0, 1]);
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain(PART);
  });

  test('nor the keys of a card and of a computer, where the card is damaged', async () => {
    const { home, dsc } = withCards();
    await dsc(['card', 'new', 'work', '--key', SECRET]);
    const path = join(home, 'cards', 'work.card');
    const whole = readFileSync(path);
    const deviceKey = readFileSync(join(home, 'device.key'), 'latin1');
    const unsealed = { format: 1, serial: 'S', suite: 'HOTP', keyHex: SECRET };
    for (const bytes of [
      Buffer.from(whole).fill(0, 4096),
      Buffer.from(whole).fill(0, 0, 4096),
      Buffer.from(JSON.stringify(unsealed)),
      Buffer.from(JSON.stringify(unsealed).slice(0, -3)),
    ]) {
      writeFileSync(path, bytes);
      for (const args of [
        ['card', 'show', 'work', '--show-key'],
        ['card', 'list'],
        ['card', 'upgrade', 'work'],
        ['card', 'battery', 'work', '--full'],
        ['respond', '000001'],
      ]) {
        const { status, stdout, stderr } = await dsc(['--debug', ...args], { env: { DSC_PIN: '1234' } });
        expect(stdout + stderr).not.toContain(PART);
        expect(stdout + stderr).not.toContain(deviceKey.slice(0, 8));
        expect(status).toBe(1);
      }
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
