import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DSC_PLUS, OCRA_CARD } from '../../src/firmware/profiles.ts';
import { withCards } from './run-command.ts';

const KEY_HEX = '3132333435363738393031323334353637383930';
const KEY_BASE32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SUITE = 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1';

describe('dsc card new', () => {
  test('makes a card and shows it without its key', async () => {
    const { home, dsc } = withCards();
    const { status, stdout, stderr } = await dsc([
      'card',
      'new',
      'work',
      '--serial',
      'A-1',
      '--key',
      KEY_HEX,
    ]);
    expect(stdout).toBe(
      [
        'name    work',
        'serial  A-1',
        'device  Digital Security Card+',
        `suite   ${SUITE}`,
        `file    ${join(home, 'cards', 'work.card')}`,
        'used    0 power-ons, 0 responses\n',
      ].join('\n'),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('shows the key if asked to, in both writings', async () => {
    const { home, dsc } = withCards();
    const { stdout } = await dsc([
      'card',
      'new',
      'work',
      '--serial',
      'A-1',
      '--key',
      KEY_BASE32,
      '--show-key',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toEqual({
      name: 'work',
      serial: 'A-1',
      profile: 'dsc-plus',
      suite: SUITE,
      file: join(home, 'cards', 'work.card'),
      powerOns: 0,
      responses: 0,
      keyHex: KEY_HEX,
      keyBase32: KEY_BASE32,
    });
    expect((await dsc(['card', 'new', 'other', '--key', KEY_HEX, '--show-key'])).stdout).toMatch(
      new RegExp(`\nkey     ${KEY_HEX}\nbase32  ${KEY_BASE32}\n$`),
    );
  });

  test('makes each of the devices, and one of a file', async () => {
    const { home, dsc } = withCards();
    const file = join(home, 'own.json');
    writeFileSync(file, JSON.stringify({ ...DSC_PLUS, id: 'own', name: 'My own' }));
    for (const [name, profile, device] of [
      ['a', 'dsc-plus', 'Digital Security Card+'],
      ['b', 'dsc', 'Digital Security Card'],
      ['c', 'ocra-card', OCRA_CARD.name],
      ['d', file, 'My own'],
    ] as const) {
      const made = await dsc(['card', 'new', name, '--profile', profile]);
      expect(made.stdout).toContain(`\ndevice  ${device}\n`);
      expect((await dsc(['card', 'show', name])).stdout).toBe(made.stdout);
    }
    expect((await dsc(['card', 'list'])).stdout.split('\n').map((row) => row.split(/ +/)[2])).toEqual([
      'dsc-plus',
      'dsc',
      'ocra-card',
      'own',
      undefined,
    ]);
    // The card has its device with it.
    rmSync(file);
    expect((await dsc(['respond', '000001', '--card', 'd'], { env: { DSC_PIN: '1234' } })).status).toBe(0);
  });

  test('gives each card a key of 20 random bytes and a serial number of its own', async () => {
    const { dsc } = withCards();
    const made = [];
    for (const name of ['a', 'b', 'c']) {
      made.push(JSON.parse((await dsc(['card', 'new', name, '--show-key', '--json'])).stdout));
    }
    for (const { keyHex, serial } of made) {
      expect(keyHex).toMatch(/^[0-9a-f]{40}$/);
      expect(serial).toMatch(/^DSC-[0-9]{8}$/);
    }
    expect(new Set(made.map(({ keyHex }) => keyHex)).size).toBe(3);
    expect(new Set(made.map(({ serial }) => serial)).size).toBe(3);
  });

  test.each([
    KEY_HEX,
    `${KEY_HEX}\n`,
    `${KEY_BASE32}\r\n`,
    `${KEY_HEX.slice(0, 20)}\n${KEY_HEX.slice(20)}\n`,
  ])('reads the key %j from standard input', async (input) => {
    const { dsc } = withCards();
    const { stdout } = await dsc(['card', 'new', 'work', '--key-stdin', '--show-key', '--json'], { input });
    expect(JSON.parse(stdout)).toMatchObject({ keyHex: KEY_HEX });
  });

  test('asks for the key, unseen, at a terminal', async () => {
    const { dsc } = withCards();
    const { stdout, asked } = await dsc(['card', 'new', 'work', '--key-stdin', '--show-key', '--json'], {
      terminals: ['stdin', 'stderr'],
      typed: KEY_BASE32,
    });
    expect(asked).toEqual(['Key:']);
    expect(JSON.parse(stdout)).toMatchObject({ keyHex: KEY_HEX });
  });

  test.each([
    ['a name with a path', ['../evil'], '', 2, /^that is no name of a card/],
    ['a name with a NUL', ['a\0b'], '', 2, /^that is no name of a card/],
    ['an endless name', ['a'.repeat(5000)], '', 2, /^that is no name of a card/],
    ['an empty name', [''], '', 2, /^that is no name of a card/],
    ['a bad serial number', ['work', '--serial', 'a b'], '', 2, /^that is no serial number/],
    ['an endless serial number', ['work', '--serial', 'a'.repeat(33)], '', 2, /^that is no serial number/],
    ['a serial number like an option', ['work', '--serial=-S'], '', 2, /^that is no serial number/],
    ['a key that is none', ['work', '--key', 'sesame!'], '', 2, /^the key is neither hexadecimal nor base32/],
    ['an empty key', ['work', '--key', ''], '', 2, /^key: must be 16 to 64 bytes, is 0/],
    ['a key of 15 bytes', ['work', '--key', '00'.repeat(15)], '', 2, /^key: must be 16 to 64 bytes, is 15/],
    ['a key of 65 bytes', ['work', '--key', '00'.repeat(65)], '', 2, /^key: must be 16 to 64 bytes, is 65/],
    ['no key where one should come', ['work', '--key-stdin'], '', 2, /^key: must be 16 to 64 bytes, is 0/],
    [
      'an endless key',
      ['work', '--key-stdin'],
      '0'.repeat(5000),
      2,
      /^standard input holds more than 4096 bytes/,
    ],
    ['two keys', ['work', '--key', KEY_HEX, '--key-stdin'], KEY_HEX, 2, /cannot be used with/],
    ['a device that is not there', ['work', '--profile', 'dsc-minus'], '', 1, /^there is no profile "dsc-m/],
    ['a device without a name', ['work', '--profile', ''], '', 1, /^there is no profile ""/],
    [
      'a suite that the device cannot operate',
      ['work', '--profile', 'dsc', '--suite', 'OCRA-1:HOTP-SHA1-8:QA06-PSHA1'],
      '',
      2,
      /^the Digital Security Card cannot operate /,
    ],
    ['no suite', ['work', '--suite', 'HOTP'], '', 2, /^--suite: the algorithm at position 0 must be OCRA-1/],
    [
      'a suite it cannot operate',
      ['work', '--suite', `${SUITE}-T1M`],
      '',
      2,
      /cannot operate .* it has no clock/,
    ],
  ] as const)('refuses %s and leaves nothing', async (_, args, input, status, message) => {
    const { home, dsc } = withCards();
    const made = await dsc(['card', 'new', ...args], { input });
    expect(made.stderr).toMatch(/^error: [^\n]+\n$/);
    expect(made.stderr.slice('error: '.length)).toMatch(message);
    expect(made.stderr).not.toMatch(/sesame|0000000000/);
    expect(made).toMatchObject({ status, stdout: '' });
    expect(readdirSync(home)).toEqual([]);
  });

  test('never overwrites', async () => {
    const { dsc } = withCards();
    const { stdout } = await dsc(['card', 'new', 'work', '--show-key']);
    expect(await dsc(['card', 'new', 'work'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: there is a card work already, [^\n]+"dsc card rm work"\n$/,
      ) as string,
    });
    expect((await dsc(['card', 'show', 'work', '--show-key'])).stdout).toBe(stdout);
  });
});

describe('dsc card list', () => {
  test('prints nothing where there is nothing, and an empty list as JSON', async () => {
    const { dsc } = withCards();
    expect(await dsc(['card', 'list'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect((await dsc(['card', 'list', '--json'])).stdout).toBe('[]\n');
  });

  test('prints name, serial number, device and suite in columns, without keys', async () => {
    const { dsc } = withCards();
    await dsc(['card', 'new', 'work', '--serial', 'LONGER-1', '--key', KEY_HEX]);
    await dsc(['card', 'new', 'a', '--serial', 'S2', '--suite', 'OCRA-1:HOTP-SHA256-6:QN08-PSHA256']);
    expect((await dsc(['card', 'list'])).stdout).toBe(
      `a     S2        dsc-plus  OCRA-1:HOTP-SHA256-6:QN08-PSHA256\nwork  LONGER-1  dsc-plus  ${SUITE}\n`,
    );
    expect(JSON.parse((await dsc(['card', 'list', '--json'])).stdout)).toEqual([
      { name: 'a', serial: 'S2', profile: 'dsc-plus', suite: 'OCRA-1:HOTP-SHA256-6:QN08-PSHA256' },
      { name: 'work', serial: 'LONGER-1', profile: 'dsc-plus', suite: SUITE },
    ]);
  });

  test('lists the others beside damaged ones, names one of these and exits 1', async () => {
    const { home, dsc } = withCards();
    await dsc(['card', 'new', 'work', '--serial', 'S1']);
    writeFileSync(join(home, 'cards', 'bad.card'), KEY_HEX);
    writeFileSync(join(home, 'cards', 'worse.card'), '');
    const { status, stdout, stderr } = await dsc(['card', 'list']);
    expect(stdout).toBe(`work  S1  dsc-plus  ${SUITE}\n`);
    expect(stderr).toBe(
      `error: the card file ${join(home, 'cards', 'bad.card')} is damaged; put back a copy of it, or remove it with "dsc card rm bad" (and 1 more that cannot be read)\n`,
    );
    expect(status).toBe(1);
  });
});

describe('dsc card show', () => {
  test('shows what "card new" showed', async () => {
    const { dsc } = withCards();
    for (const options of [[], ['--json'], ['--show-key'], ['--show-key', '--json']]) {
      await dsc(['card', 'rm', 'work']);
      const { stdout } = await dsc(['card', 'new', 'work', ...options]);
      expect(stdout).not.toBe('');
      expect(await dsc(['card', 'show', 'work', ...options])).toMatchObject({
        status: 0,
        stdout,
        stderr: '',
      });
    }
  });

  test('shows no key unless asked to', async () => {
    const { dsc } = withCards();
    await dsc(['card', 'new', 'work', '--key', KEY_HEX]);
    for (const options of [[], ['--json']]) {
      const { stdout } = await dsc(['card', 'show', 'work', ...options]);
      expect(stdout).not.toContain(KEY_HEX);
      expect(stdout).not.toContain(KEY_BASE32);
    }
  });

  test('of a file from a newer version says so', async () => {
    const { home, dsc } = withCards();
    await dsc(['card', 'new', 'work']);
    const path = join(home, 'cards', 'work.card');
    writeFileSync(path, readFileSync(path).fill(3, 8, 9));
    expect(await dsc(['card', 'show', 'work'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/is from a newer dsc; update dsc to use it\n$/) as string,
    });
  });
});

describe('dsc card rm', () => {
  test('removes a card without a word', async () => {
    const { home, dsc } = withCards();
    await dsc(['card', 'new', 'work']);
    expect(await dsc(['card', 'rm', 'work'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(readdirSync(join(home, 'cards'))).toEqual([]);
  });

  test('says that there is none, and leaves nothing', async () => {
    const { home, dsc } = withCards();
    expect(await dsc(['card', 'rm', 'work'])).toMatchObject({
      status: 1,
      stderr: `error: there is no card work, ${join(home, 'cards', 'work.card')} is missing; "dsc card list" names the cards there are\n`,
    });
    expect(readdirSync(home)).toEqual([]);
  });

  test('removes a damaged card', async () => {
    const { home, dsc } = withCards();
    await dsc(['card', 'new', 'work']);
    writeFileSync(join(home, 'cards', 'work.card'), 'x');
    expect((await dsc(['card', 'rm', 'work'])).status).toBe(0);
  });
});
