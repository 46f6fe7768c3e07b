// Cards with something wrong: what each command says of it, and what to do.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newContents } from '../../src/firmware/memory.ts';
import { DSC_PLUS, type Profile } from '../../src/firmware/profiles.ts';
import { parseCardName } from '../../src/ui/cards/card-name.ts';
import { storeCard } from '../../src/ui/cards/card-folder.ts';
import { withCards } from './run-command.ts';

const WORK = parseCardName('work');
const env = { DSC_PIN: '1234' };
const key = new Uint8Array(20).fill(7);
const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: DSC_PLUS.suite };

/** A folder with the card "work". */
async function withWork(...options: string[]) {
  const cards = withCards();
  await cards.dsc(['card', 'new', 'work', ...options]);
  return { ...cards, path: join(cards.home, 'cards', 'work.card') };
}

/** Overwrites bytes of a file. */
function harm(path: string, from: number, to?: number): void {
  writeFileSync(path, readFileSync(path).fill(0x5a, from, to));
}

const FIRST_BANK = [4096, 8192] as const;
const SECOND_BANK = [8192, 12_288] as const;

const USES = [
  ['card', 'show', 'work'],
  ['card', 'show', 'work', '--json'],
  ['card', 'export', 'work', 'never-written.card', '--passphrase-stdin'],
  ['card', 'upgrade', 'work'],
  ['card', 'battery', 'work', '--full'],
  ['respond', '000001'],
];

describe('one damaged bank', () => {
  test.each([[FIRST_BANK], [SECOND_BANK]] as const)(
    'costs at most the last use of the card: %j',
    async ([from, to]) => {
      const { dsc, path } = await withWork();
      for (let i = 0; i < 3; i++) await dsc(['respond', '000001'], { env });
      harm(path, from, to);
      const { stdout, status } = await dsc(['card', 'show', 'work', '--json']);
      expect(status).toBe(0);
      const { responses } = JSON.parse(stdout) as { responses: number };
      expect([2, 3]).toContain(responses);
      expect((await dsc(['respond', '000001'], { env })).status).toBe(0);
      const after = JSON.parse((await dsc(['card', 'show', 'work', '--json'])).stdout) as {
        responses: number;
      };
      expect(after.responses).toBe(responses + 1);
    },
  );
});

describe('a card that cannot be read', () => {
  test.each([
    ['both banks damaged', (path: string) => harm(path, 4096)],
    ['both banks gone', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 4096))],
    ['salt damaged', (path: string) => harm(path, 16, 17)],
    ['unused bytes of the header changed', (path: string) => harm(path, 4000, 4001)],
    [
      'its banks exchanged',
      (path: string) => {
        const bytes = readFileSync(path);
        const parts = [bytes.subarray(0, 4096), bytes.subarray(8192), bytes.subarray(4096, 8192)];
        writeFileSync(path, Buffer.concat(parts));
      },
    ],
  ])('with %s shows ERROR 2, and every command says what to do', async (_, damage) => {
    const { dsc, home, path } = await withWork();
    damage(path);
    for (const args of USES) {
      const { status, stdout, stderr } = await dsc(args, { env, input: 'correct horse battery' });
      expect(stderr).toBe(
        `error: the card work shows ERROR 2: neither bank of its memory, ${path}, can be read; it is damaged, or sealed with another device key than ${join(home, 'device.key')}: put back a copy of what was changed, or remove the card with "dsc card rm work"\n`,
      );
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    }
    expect((await dsc(['card', 'rm', 'work'])).status).toBe(0);
  });

  test('is one with the banks of another card', async () => {
    const { dsc, home, path } = await withWork();
    await dsc(['card', 'new', 'other']);
    const other = readFileSync(join(home, 'cards', 'other.card'));
    const own = readFileSync(path);
    writeFileSync(path, Buffer.concat([own.subarray(0, 4096), other.subarray(4096)]));
    expect((await dsc(['card', 'show', 'work'])).stderr).toMatch(/shows ERROR 2/);
    // One's own bank is taken rather than one of another card, however new that is.
    for (let i = 0; i < 3; i++) await dsc(['respond', '000001', '--card', 'other'], { env });
    const newer = readFileSync(join(home, 'cards', 'other.card'));
    writeFileSync(path, Buffer.concat([own.subarray(0, 8192), newer.subarray(8192)]));
    const shown = JSON.parse((await dsc(['card', 'show', 'work', '--json'])).stdout) as object;
    expect(shown).toMatchObject({ responses: 0 });
  });

  test('is one whose header is damaged', async () => {
    const { dsc, path } = await withWork();
    harm(path, 0, 4096);
    for (const args of USES) {
      const { status, stdout, stderr } = await dsc(args, { env, input: 'correct horse battery' });
      expect(stderr).toMatch(
        /^error: the card file [^\n]+ is damaged; put back a copy of it, or remove it with/,
      );
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    }
  });
});

describe('the device key', () => {
  const cases: [string, (path: string) => void, RegExp][] = [
    [
      'missing',
      (path) => rmSync(path),
      /without the device key \S+, which is missing; put back a copy of it$/,
    ],
    ['another', (path) => writeFileSync(path, `${'0'.repeat(64)}\n`), /sealed with another device key than/],
    [
      'exposed',
      (path) => chmodSync(path, 0o640),
      /^error: other users may open the device key .+ "chmod 600 /,
    ],
    [
      'damaged',
      (path) => writeFileSync(path, 'key'),
      /is no file with 64 hexadecimal digits; put back a copy/,
    ],
  ];
  test.each(cases)(
    'that is %s is named by every command, and never made anew',
    async (_, change, message) => {
      const { dsc, home, path } = await withWork();
      const before = readFileSync(path);
      change(join(home, 'device.key'));
      for (const args of [...USES, ['card', 'list']]) {
        const { status, stderr, stdout } = await dsc(args, { env, input: 'correct horse battery' });
        expect(stderr).toMatch(/^error: [^\n]+\n$/);
        expect(stderr.trimEnd()).toMatch(message);
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      }
      expect(readFileSync(path).equals(before)).toBe(true);
    },
  );

  test('that is a link is none', async () => {
    const { dsc, home } = await withWork();
    copyFileSync(join(home, 'device.key'), join(home, 'real.key'));
    rmSync(join(home, 'device.key'));
    symlinkSync(join(home, 'real.key'), join(home, 'device.key'));
    expect((await dsc(['card', 'show', 'work'])).stderr).toMatch(/^error: the device key \S+ is no file/);
  });
});

describe('a card that gives no response says why', () => {
  /** What becomes of `dsc respond` with this battery. */
  async function respondWith(charge: number, profile: Profile = DSC_PLUS) {
    const { dsc, home } = withCards();
    const battery = { charge, at: Date.now() };
    await storeCard(home, WORK, {
      identity: { ...identity, profile },
      contents: { ...newContents(key), battery },
    });
    const run = await dsc(['respond', '000001'], { env });
    const shown = await dsc(['card', 'show', 'work', '--json']);
    return { ...run, shown: JSON.parse(shown.stdout) as Record<string, unknown>, dsc };
  }

  test.each([
    [
      'empty',
      0,
      /^error: nothing lights on the card work: its battery is empty; put in a fresh one with "dsc card/,
    ],
    [
      'nearly empty',
      0.001,
      /^error: the card work went off: its battery is empty now; put in a fresh one with/,
    ],
    [
      'defective',
      1e9,
      /^error: the card work shows ERROR 3: its battery is defective; put in a fresh one with/,
    ],
  ])('with a battery that is %s', async (_, charge, message) => {
    const { status, stdout, stderr, shown, dsc } = await respondWith(charge);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(shown['responses']).toBe(0);
    const [, way = ''] = /"dsc ([^"]+)"/.exec(stderr) ?? [];
    expect((await dsc(way.split(' '))).status).toBe(0);
    expect((await dsc(['respond', '000001'], { env })).stdout).toMatch(/^\d{8}\n$/);
  });

  test('on another device in its words', async () => {
    const own = { ...DSC_PLUS, id: 'own', notices: { lowBattery: 'LOW', fault: 'F' } };
    expect((await respondWith(1e9, own)).stderr).toMatch(/^error: the card work shows F3: its battery/);
  });

  test('but with a low battery it responds', async () => {
    expect(await respondWith(DSC_PLUS.power.low / 2)).toMatchObject({ status: 0, shown: { responses: 1 } });
  });
});

test('a folder in the place of a card is damaged, and no command waits for a pipe', async () => {
  const { dsc, home } = withCards();
  mkdirSync(join(home, 'cards', 'work.card'), { recursive: true });
  for (const args of USES) {
    const { status, stderr } = await dsc(args, { env, input: 'correct horse battery' });
    expect(stderr).toMatch(/work\.card is damaged; /);
    expect(status).toBe(1);
  }
});
