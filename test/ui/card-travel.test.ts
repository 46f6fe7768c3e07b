// Cards that leave one computer and arrive at another.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { newContents, type Contents } from '../../src/firmware/memory.ts';
import { DSC_PLUS, OCRA_CARD } from '../../src/firmware/profiles.ts';
import { cardImage } from '../../src/ui/cards/card-image.ts';
import type * as passphraseKey from '../../src/ui/cards/passphrase-key.ts';
import { deriveKey } from '../../src/ui/cards/passphrase-key.ts';
import { withCards, type Run, type Setting } from './run-command.ts';

/** The least that is taken: an eighth of the usual work, which the tests of the built command do. */
const COST = vi.hoisted(() => ({ logN: 14, r: 8, p: 1 }));

vi.mock('../../src/ui/cards/passphrase-key.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof passphraseKey>()),
  PASSPHRASE_COST: COST,
}));

const KEY_HEX = '3132333435363738393031323334353637383930';
const PASSPHRASE = 'correct horse battery';
const piped: Setting = { input: `${PASSPHRASE}\n` };
const atTerminal = (...typed: string[]): Setting => ({ terminals: ['stdin', 'stderr'], typed });

/** Two computers, a card "work" at the first, and the file it is to travel in. */
async function withTraveller(...options: string[]) {
  const from = withCards();
  const to = withCards();
  const file = join(from.home, 'travelling.card');
  await from.dsc(['card', 'new', 'work', '--key', KEY_HEX, ...options]);
  return {
    from,
    to,
    file,
    exported: (setting = piped) => from.dsc(['card', 'export', 'work', file, '--passphrase-stdin'], setting),
    imported: (args: string[] = [], setting = piped) =>
      to.dsc(['card', 'import', file, '--passphrase-stdin', ...args], setting),
  };
}

function expectRefusal({ status, stdout, stderr }: Run, exit: number, message: RegExp): void {
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  expect(stderr.slice('error: '.length, -1)).toMatch(message);
  expect({ status, stdout }).toEqual({ status: exit, stdout: '' });
}

describe('dsc card export', () => {
  test.each([
    [
      'a passphrase that is too short',
      { input: 'shorter' },
      2,
      /^the passphrase is shorter than 8 characters/,
    ],
    ['no passphrase', { input: '' }, 2, /^the passphrase is shorter/],
    ['bytes that are no text', { input: Buffer.alloc(12, 0xff) }, 2, /^the passphrase is not UTF-8/],
    ['an endless passphrase', { input: 'x'.repeat(5000) }, 2, /more than 4096 bytes/],
    ['two that differ', atTerminal(PASSPHRASE, `${PASSPHRASE}!`), 2, /^the two passphrases are not the same/],
    ['one that is too short, typed', atTerminal('short', 'short'), 2, /^the passphrase is shorter/],
    [
      'a terminal nobody sees',
      { terminals: ['stdin'], input: PASSPHRASE },
      2,
      /^standard input is a terminal/,
    ],
  ] as [string, Setting, number, RegExp][])(
    'refuses %s and writes nothing',
    async (_, setting, exit, message) => {
      const { exported, from } = await withTraveller();
      expectRefusal(await exported(setting), exit, message);
      expect(readdirSync(from.home).toSorted()).toEqual(['cards', 'device.key']);
    },
  );

  test('without a passphrase and a terminal to ask on says how to give one', async () => {
    const { from, file } = await withTraveller();
    for (const terminals of [[], ['stdin'], ['stderr']] as const) {
      const run = await from.dsc(['card', 'export', 'work', file], { terminals });
      expectRefusal(run, 2, /^there is no passphrase, [^;]+; pipe it in with --passphrase-stdin$/);
    }
  });

  test.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('never overwrites %s, and says so before it asks', async (_, put) => {
    const { from, file } = await withTraveller();
    put(file);
    const run = await from.dsc(['card', 'export', 'work', file], atTerminal(PASSPHRASE, PASSPHRASE));
    expectRefusal(run, 1, /^there is a file "[^"]+" already; choose another name, or remove it first$/);
    expect(run.asked).toEqual([]);
    if (statSync(file).isFile()) expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('does not follow a link that leads nowhere', async () => {
    const { from, file, exported } = await withTraveller();
    symlinkSync(join(from.home, 'elsewhere'), file);
    expectRefusal(await exported(), 1, /^there is a file/);
    expect(existsSync(join(from.home, 'elsewhere'))).toBe(false);
  });

  test('says where it cannot write', async () => {
    const { from } = await withTraveller();
    const args = ['card', 'export', 'work', join(from.home, 'no', 'folder'), '--passphrase-stdin'];
    expectRefusal(await from.dsc(args, piped), 1, /^cannot write "[^"]+": no such file or directory; /);
  });

  test('of no card asks for nothing', async () => {
    const { from, file } = await withTraveller();
    const run = await from.dsc(['card', 'export', 'other', file], atTerminal(PASSPHRASE, PASSPHRASE));
    expectRefusal(run, 1, /^there is no card other, /);
    expect(run.asked).toEqual([]);
  });

  test('asks twice at a terminal, whether or not standard input was meant', async () => {
    for (const options of [[], ['--passphrase-stdin']]) {
      const { from, file } = await withTraveller();
      const args = ['card', 'export', 'work', file, ...options];
      const run = await from.dsc(args, atTerminal(PASSPHRASE, PASSPHRASE));
      expect(run).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^card work is in "[^\n]*", sealed with the passphrase\n$/) as string,
        stderr: '',
        asked: ['Passphrase:', 'Once more:'],
      });
    }
  });

  test('writes one file, for its user alone, without the key', async () => {
    const { from, file, exported } = await withTraveller();
    expect(await exported()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('sealed with the passphrase') as string,
      stderr: '',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    for (const secret of [KEY_HEX, Buffer.from(KEY_HEX, 'hex'), PASSPHRASE]) {
      expect(bytes.includes(secret)).toBe(false);
    }
    expect(readdirSync(from.home).toSorted()).toEqual(['cards', 'device.key', 'travelling.card']);
  });

  test('never writes the same bytes twice', async () => {
    const { from, file, exported } = await withTraveller();
    await exported();
    const again = join(from.home, 'again.card');
    await from.dsc(['card', 'export', 'work', again, '--passphrase-stdin'], piped);
    const [one, two] = [file, again].map((path) => readFileSync(path).subarray(4096));
    expect(one?.equals(two ?? Buffer.of())).toBe(false);
  });
});

describe('dsc card import', () => {
  test.each([
    ['another passphrase', [], { input: 'incorrect horse' }, 1, /^the passphrase does not open "[^"]+"/],
    ['no passphrase', [], { input: '' }, 1, /^the passphrase does not open "[^"]+"/],
    ['a name that is none', ['--name', '../x'], piped, 2, /^that is no name of a card/],
  ] as [string, string[], Setting, number, RegExp][])(
    'refuses %s',
    async (_, args, setting, exit, message) => {
      const { to, exported, imported } = await withTraveller();
      await exported();
      expectRefusal(await imported(args, setting), exit, message);
      expect(readdirSync(to.home)).toEqual([]);
    },
  );

  test('without a passphrase and a terminal to ask on says how to give one', async () => {
    const { to, file, exported } = await withTraveller();
    await exported();
    expectRefusal(await to.dsc(['card', 'import', file]), 2, /pipe it in with --passphrase-stdin$/);
  });

  test.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
    ['an empty file', (path: string) => writeFileSync(path, '')],
    ['a text', (path: string) => writeFileSync(path, 'DSC-CARD, or so it says\n'.repeat(1000))],
    ['a huge file', (path: string) => writeFileSync(path, Buffer.alloc(100_000))],
  ])('refuses %s before it asks', async (_, put) => {
    const { to, file } = await withTraveller();
    put(file);
    const run = await to.dsc(['card', 'import', file], atTerminal(PASSPHRASE));
    expectRefusal(run, 1, /^"[^"]+" is no card that can travel; write one with "dsc card export" where/);
    expect(run.asked).toEqual([]);
  });

  test('refuses the file of a card that was not exported', async () => {
    const { from, to } = await withTraveller();
    const run = await to.dsc(['card', 'import', join(from.home, 'cards', 'work.card')], piped);
    expectRefusal(run, 1, /is no card that can travel/);
  });

  test('refuses a file that is not there, and one from a later version', async () => {
    const { to, file, exported, imported } = await withTraveller();
    expectRefusal(await imported(), 1, /^cannot read "[^"]+": no such file or directory; /);
    await exported();
    writeFileSync(file, readFileSync(file).fill(3, 8, 9));
    expectRefusal(await imported(), 1, /^"[^"]+" is from a newer dsc; update dsc to take it in$/);
    expect(readdirSync(to.home)).toEqual([]);
  });

  test('opens a file of which one bank is damaged or cut off, and refuses it without both', async () => {
    for (const harm of [
      (path: string) => writeFileSync(path, readFileSync(path).fill(0, 4096, 8192)),
      (path: string) => truncateSync(path, 8192),
    ]) {
      const { file, exported, imported } = await withTraveller();
      await exported();
      harm(file);
      expect(await imported()).toMatchObject({ status: 0, stderr: '' });
      truncateSync(file, 4096 + 100);
      expectRefusal(
        await imported(['--name', 'other']),
        1,
        /^the passphrase does not open .+ file is damaged/,
      );
    }
  });

  test.each([
    ['log2 N', [10, 21]],
    ['log2 N', [10, 255]],
    ['log2 N', [10, 1]],
    ['r', [11, 0]],
    ['r', [11, 255]],
    ['p', [12, 0]],
    ['p', [12, 255]],
  ])('never does the work that a file with %s changed at %j asks for', async (_, [at = 0, value = 0]) => {
    const { file, exported, imported } = await withTraveller();
    await exported();
    writeFileSync(file, readFileSync(file).fill(value, at, at + 1));
    expectRefusal(await imported(), 1, /^the file asks for scrypt with [^;]+; [^;]*export the card again$/);
  });

  test.each([
    ['another serial number', 'DSC-1', 'DSC-2'],
    ['another suite', 'QN06', 'QN04'],
    ['another device', 'dsc-plus', 'dsc-plut'],
  ])('refuses a header with %s', async (_, original, other) => {
    const { file, exported, imported } = await withTraveller('--serial', 'DSC-1');
    await exported();
    const bytes = readFileSync(file);
    bytes.write(other, bytes.indexOf(original), 'latin1');
    writeFileSync(file, bytes);
    expectRefusal(await imported(), 1, /^the passphrase does not open .+ or the file is damaged; /);
  });

  test('never overwrites a card, and says so before it asks', async () => {
    const { to, file, exported } = await withTraveller();
    await exported();
    await to.dsc(['card', 'new', 'travelling']);
    const before = readFileSync(join(to.home, 'cards', 'travelling.card'));
    const run = await to.dsc(['card', 'import', file], atTerminal(PASSPHRASE));
    expectRefusal(run, 1, /^there is a card travelling already, .+"dsc card rm travelling"$/);
    expect(run.asked).toEqual([]);
    expect(readFileSync(join(to.home, 'cards', 'travelling.card')).equals(before)).toBe(true);
  });

  test('needs a name where that of the file is none', async () => {
    const { to, file, exported, from } = await withTraveller();
    await exported();
    const odd = join(from.home, 'my card!.card');
    writeFileSync(odd, readFileSync(file));
    const args = ['card', 'import', odd, '--passphrase-stdin'];
    expectRefusal(await to.dsc(args, piped), 2, /^the name of the file is no name of a card; say .+ --name$/);
    const named = await to.dsc([...args, '--name', 'mine', '--passphrase-stdin'], piped);
    expect(named.stdout).toMatch(/^name {4}mine\n/);
  });
});

describe('a card that somebody else made', () => {
  const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: DSC_PLUS.suite };
  const contents = newContents(new Uint8Array(20).fill(7));
  const own = { ...DSC_PLUS, id: 'own', name: 'My own' };

  /** Takes in what was sealed with the passphrase as it should be, whatever it is. */
  async function taken(other: Record<string, unknown>, changed: Partial<Contents> = {}) {
    const { home, dsc } = withCards();
    const salt = new Uint8Array(16).fill(1);
    const key = await deriveKey(PASSPHRASE, { ...COST, salt });
    const seal = { key, salt, source: { kind: 'passphrase', ...COST } } as const;
    const file = join(home, 'mine.card');
    writeFileSync(file, cardImage({ ...identity, ...other }, { ...contents, ...changed }, seal));
    const run = await dsc(['card', 'import', file, '--passphrase-stdin'], piped);
    return { run, files: readdirSync(home) };
  }

  test.each([
    ['a serial number that moves the cursor', { serial: '\u001b[2J' }, {}, /its serial number is wrong/],
    ['no serial number', { serial: undefined }, {}, /its serial number is wrong/],
    ['a serial number that is an object', { serial: {} }, {}, /its serial number is wrong/],
    ['no suite', { suite: undefined }, {}, /its device cannot operate its suite/],
    ['a suite that is none', { suite: 'HOTP' }, {}, /its device cannot operate its suite/],
    ['a suite with a clock', { suite: `${DSC_PLUS.suite}-T1M` }, {}, /its device cannot operate its suite/],
    ['no device', { profile: undefined }, {}, /its profile is wrong/],
    ['an unknown device', { profile: 'dsc-minus' }, {}, /its profile is wrong/],
    [
      'a device without times',
      { profile: { ...own, times: {} } },
      {},
      /its profile is wrong: times\.touch: /,
    ],
    ['a name that moves the cursor', { profile: { ...own, name: '\u001b[2J' } }, {}, /is wrong: name: /],
    ['an empty key', {}, { key: new Uint8Array() }, /its key is too short/],
    ['a short key', {}, { key: new Uint8Array(15) }, /its key is too short/],
    ['countless responses', {}, { responses: 2 ** 60 }, /its counts are too high/],
    ['a battery beyond its size', {}, { battery: { charge: 1e9, at: 0 } }, /its battery is wrong/],
    ['a battery of no size', {}, { battery: { charge: NaN, at: 0 } }, /its battery is wrong/],
  ] as [string, Record<string, unknown>, Partial<Contents>, RegExp][])(
    'is refused with %s',
    async (_, other, changed, message) => {
      const { run, files } = await taken(other, changed);
      expectRefusal(run, 1, /^the card in "[^"]+" cannot work: [^;]+; ask whoever made it for another$/);
      expect(run.stderr).toMatch(message);
      expect(run.stderr).not.toContain('\u001b');
      expect(files).toEqual(['mine.card']);
    },
  );

  test('is taken with a device of its own', async () => {
    const { run } = await taken({ profile: own });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(/^device {2}My own$/m);
  });
});

describe('a card that travelled', () => {
  test('is the card it was: key, counter, counts, battery and device', async () => {
    const options = ['--profile', OCRA_CARD.id, '--suite', 'OCRA-1:HOTP-SHA1-6:C-QN08-PSHA1', '--battery'];
    const { from, to, exported, imported } = await withTraveller(...options);
    const env = { DSC_PIN: '1234' };
    for (let i = 0; i < 2; i++) await from.dsc(['respond', '12345678'], { env });
    await exported();
    const { stdout, status } = await imported(['--name', 'work']);
    expect(stdout).toMatch(/^used {4}2 power-ons, 2 responses\ncounter 2\nbattery /m);
    expect(status).toBe(0);
    const show = ['card', 'show', 'work', '--show-key', '--json'];
    const [before, after] = await Promise.all(
      [from, to].map(async ({ dsc }) => JSON.parse((await dsc(show)).stdout) as Record<string, unknown>),
    );
    expect(after).toEqual({ ...before, file: join(to.home, 'cards', 'work.card') });
    expect(after).toMatchObject({ keyHex: KEY_HEX, counter: '2', responses: 2, profile: 'ocra-card' });
    const responses = await Promise.all([from, to].map(({ dsc }) => dsc(['respond', '12345678'], { env })));
    expect(responses[0]?.stdout).toMatch(/^\d{6}\n$/);
    expect(responses[1]?.stdout).toBe(responses[0]?.stdout);
  });

  test('is sealed with the key of where it is, in a file of its user alone', async () => {
    const { from, to, exported, imported } = await withTraveller();
    await exported();
    await imported(['--name', 'work']);
    const files = [from, to].map(({ home }) => join(home, 'cards', 'work.card'));
    expect(statSync(files[1] ?? '').mode & 0o777).toBe(0o600);
    writeFileSync(files[1] ?? '', readFileSync(files[0] ?? ''));
    expectRefusal(await to.dsc(['card', 'show', 'work']), 1, /ERROR 2: .+ sealed with another device key/);
  });

  test('is called as its file is, unless told', async () => {
    const { to, exported, imported } = await withTraveller();
    await exported();
    await imported();
    await imported(['--name', 'other']);
    expect(readdirSync(join(to.home, 'cards')).toSorted()).toEqual(['other.card', 'travelling.card']);
  });
});
