// Card files of earlier formats: refused by every command but the one that brings them up to date.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UNSEALED } from '../fixtures/unsealed.ts';
import { withCards } from './run-command.ts';

const env = { DSC_PIN: '1234' };
const KEY_HEX = Buffer.from(UNSEALED.key).toString('hex');

/** A folder with the card "old" of format 1, or whatever else is in its file. */
function withOld(content: string | Uint8Array = UNSEALED.text) {
  const cards = withCards();
  mkdirSync(join(cards.home, 'cards'));
  const path = join(cards.home, 'cards', 'old.card');
  writeFileSync(path, content, { mode: 0o644 });
  return { ...cards, path };
}

describe('a card of an earlier format', () => {
  test.each([
    [['card', 'show', 'old']],
    [['card', 'show', 'old', '--show-key']],
    [['card', 'list']],
    [['card', 'export', 'old', 'never-written.card', '--passphrase-stdin']],
    [['card', 'battery', 'old', '--full']],
    [['respond', '000001']],
  ])('is refused by %j, which names the way out', async (args) => {
    const { dsc, path } = withOld();
    const { status, stdout, stderr } = await dsc(args, { env, input: 'correct horse battery' });
    expect(stderr).toBe(
      `error: the card file ${path} is of an earlier format, which anybody could have made; if it is yours, bring it up to date with "dsc card upgrade old"\n`,
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(readFileSync(path, 'utf8')).toBe(UNSEALED.text);
  });

  test('can be removed', async () => {
    const { dsc, home } = withOld();
    expect(await dsc(['card', 'rm', 'old'])).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(home, 'cards'))).toEqual([]);
  });
});

describe('dsc card upgrade', () => {
  test('seals the card, which then is the same, for its user alone', async () => {
    const { dsc, home, path } = withOld();
    expect(await dsc(['card', 'upgrade', 'old'])).toMatchObject({
      status: 0,
      stdout: 'card old is sealed now\n',
      stderr: '',
    });
    const { stdout } = await dsc(['card', 'show', 'old', '--show-key', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      serial: UNSEALED.serial,
      profile: 'dsc-plus',
      suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
      responses: 0,
      powerOns: 0,
      keyHex: KEY_HEX,
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(path);
    expect(bytes.includes(KEY_HEX) || bytes.includes(Buffer.from(UNSEALED.key))).toBe(false);
    expect(readdirSync(join(home, 'cards'))).toEqual(['old.card']);
    expect((await dsc(['respond', '000001'], { env })).stdout).toMatch(/^\d{8}\n$/);
  });

  test('of a card that is up to date says so and changes nothing', async () => {
    const { dsc, path } = withOld();
    await dsc(['card', 'upgrade', 'old']);
    const before = readFileSync(path);
    expect(await dsc(['card', 'upgrade', 'old'])).toMatchObject({
      status: 0,
      stdout: 'card old is up to date\n',
      stderr: '',
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each([
    [
      'cut off',
      UNSEALED.text.slice(0, -10),
      /is damaged; put back a copy of it, or remove it with "dsc card rm/,
    ],
    ['empty', '', /is damaged; put back a copy of it, or remove it with "dsc card rm old"$/],
    ['of no format', 'DSC-CARX', /is damaged; put back a copy/],
    ['a later format as text', UNSEALED.text.replace('"format": 1', '"format": 9'), /is damaged; put back/],
    [
      'of no use',
      UNSEALED.text.replace('QN06-PSHA1', 'QN06-PSHA1-T1M'),
      /is of no use: [^;]+ it has no clock \(T\); put back a copy of it, or remove it with "dsc card rm old"$/,
    ],
  ])('refuses a file that is %s, and leaves it as it is', async (_, content, message) => {
    const { dsc, path } = withOld(content);
    const { status, stdout, stderr } = await dsc(['card', 'upgrade', 'old']);
    expect(stderr).toMatch(/^error: the card file [^\n]+\n$/);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr).not.toContain(KEY_HEX.slice(0, 8));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  test('never calls up to date what cannot be read', async () => {
    const { dsc, home, path } = withOld();
    await dsc(['card', 'upgrade', 'old']);
    const whole = readFileSync(path);
    for (const [bytes, message] of [
      [Buffer.from(whole).fill(0, 4096), /shows ERROR 2/],
      [Buffer.from(whole).fill(3, 8, 9), /is from a newer dsc/],
      [Buffer.from(whole).fill(1, 9, 10), /was made by "dsc card export"/],
    ] as const) {
      writeFileSync(path, bytes);
      const { status, stdout, stderr } = await dsc(['card', 'upgrade', 'old']);
      expect(stderr).toMatch(message);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    }
    writeFileSync(path, whole);
    writeFileSync(join(home, 'device.key'), `${'0'.repeat(64)}\n`);
    expect((await dsc(['card', 'upgrade', 'old'])).stderr).toMatch(/sealed with another device key/);
  });

  test('of no card says so', async () => {
    const { dsc } = withCards();
    expect(await dsc(['card', 'upgrade', 'old'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error: there is no card old, /) as string,
    });
  });
});
