import { describe, expect, test } from 'vitest';
import { withCards, type Setting } from './run-command.ts';

const KEY_HEX = '3132333435363738393031323334353637383930';
/** Of this key and PIN 1234, to 000001. */
const RESPONSE = '82666722\n';

/** A folder with the card "work" of the published key. */
async function withWork() {
  const cards = withCards();
  await cards.dsc(['card', 'new', 'work', '--key', KEY_HEX]);
  return cards;
}

describe('dsc respond', () => {
  const pins: [string, string[], Setting][] = [
    ['from DSC_PIN', [], { env: { DSC_PIN: '1234' } }],
    ['from standard input', ['--pin-stdin'], { input: '1234\n' }],
    ['from standard input without a line end', ['--pin-stdin'], { input: '1234' }],
    ['from the prompt', [], { terminals: ['stdin', 'stderr'], typed: '1234' }],
    ['from the prompt, output in a file', ['--pin-stdin'], { terminals: ['stdin', 'stderr'], typed: '1234' }],
    ['from standard input rather than DSC_PIN', ['--pin-stdin'], { input: '1234', env: { DSC_PIN: '9999' } }],
  ];
  test.each(pins)('prints the eight digits for a PIN %s', async (_, options, setting) => {
    const { dsc } = await withWork();
    expect(await dsc(['respond', ...options, '000001'], setting)).toMatchObject({
      status: 0,
      stdout: RESPONSE,
      stderr: '',
    });
  });

  test('asks for the PIN only where there is no other', async () => {
    const { dsc } = await withWork();
    const terminals = ['stdin', 'stdout', 'stderr'] as const;
    expect((await dsc(['respond', '000001'], { terminals, typed: '1234' })).asked).toEqual(['PIN:']);
    const { asked, stdout } = await dsc(['respond', '000001'], { terminals, env: { DSC_PIN: '1234' } });
    expect({ asked, stdout }).toEqual({ asked: [], stdout: RESPONSE });
  });

  test('answers a wrong PIN like any other', async () => {
    const { dsc } = await withWork();
    const { status, stdout } = await dsc(['respond', '000001'], { env: { DSC_PIN: '4321' } });
    expect(stdout).toMatch(/^[0-9]{8}\n$/);
    expect(stdout).not.toBe(RESPONSE);
    expect(status).toBe(0);
  });

  test('takes as many digits as the suite of the card says', async () => {
    const { dsc } = withCards();
    await dsc(['card', 'new', 'short', '--key', KEY_HEX, '--suite', 'OCRA-1:HOTP-SHA512-4:QN04-PSHA256']);
    const { stdout } = await dsc(['respond', '0000'], { env: { DSC_PIN: '1234' } });
    expect(stdout).toMatch(/^[0-9]{4}\n$/);
    const ocra = `ocra --suite OCRA-1:HOTP-SHA512-4:QN04-PSHA256 --key ${KEY_HEX} --question 0000 --pin 1234`;
    const computed = await dsc(ocra.split(' '));
    expect(computed.stdout).toBe(stdout);
  });

  test('never waits: without a PIN and a terminal to ask on it exits 2', async () => {
    const { dsc } = await withWork();
    for (const terminals of [[], ['stdin'], ['stderr'], ['stdout', 'stderr']] as const) {
      expect(await dsc(['respond', '000001'], { terminals, typed: '1234' })).toMatchObject({
        status: 2,
        stdout: '',
        stderr:
          'error: there is no PIN, and no terminal to ask for it; set DSC_PIN or pipe it in with --pin-stdin\n',
        asked: [],
      });
    }
  });

  test('--pin-stdin reads no PIN that would be typed openly, without a prompt', async () => {
    const { dsc } = await withWork();
    const setting: Setting = { terminals: ['stdin', 'stdout'], input: '1234\n', typed: '1234' };
    expect(await dsc(['respond', '--pin-stdin', '000001'], setting)).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'error: standard input is a terminal, but standard error is none to ask on; pipe the secret in, or do not redirect standard error\n',
      asked: [],
    });
  });

  test.each([
    '',
    '1',
    '123',
    '12345',
    'abcd',
    '12a4',
    ' 1234',
    '１２３４',
    '١٢٣٤',
    '1234\n\n',
    '-123',
    '1234\0',
  ])('refuses the PIN %j without repeating it', async (pin) => {
    const { dsc } = await withWork();
    const { status, stdout, stderr } = await dsc(['respond', '--pin-stdin', '000001'], { input: pin });
    expect(stderr).toBe('error: the PIN from standard input must be 4 digits 0-9, no more and no fewer\n');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  test.each([
    '',
    '1',
    '00001',
    '0000001',
    'abcdef',
    '00 001',
    '００００００',
    '0x1234',
    '123456\n',
    '1e5123',
  ])('refuses the challenge %j before it asks for a PIN', async (challenge) => {
    const { dsc } = await withWork();
    expect(
      await dsc(['respond', '--', challenge], { terminals: ['stdin', 'stderr'], typed: '1234' }),
    ).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'error: the challenge must be 6 digits 0-9, no more and no fewer\n',
      asked: [],
    });
  });
});

describe('the card that responds', () => {
  const env = { DSC_PIN: '1234' };

  test('is the only one there is', async () => {
    const { dsc } = await withWork();
    expect((await dsc(['respond', '000001'], { env })).stdout).toBe(RESPONSE);
  });

  test('is the one that is named, before the command or after it', async () => {
    const { dsc } = await withWork();
    await dsc(['card', 'new', 'demo']);
    expect((await dsc(['respond', '000001', '--card', 'work'], { env })).stdout).toBe(RESPONSE);
    expect((await dsc(['--card', 'work', 'respond', '000001'], { env })).stdout).toBe(RESPONSE);
  });

  test('is not the demo card, which the app made, where there is another', async () => {
    const { dsc } = await withWork();
    await dsc(['card', 'new', 'demo']);
    expect((await dsc(['respond', '000001'], { env })).stdout).toBe(RESPONSE);
  });

  test('is the demo card where there is no other', async () => {
    const { dsc } = withCards();
    await dsc(['card', 'new', 'demo', '--key', KEY_HEX]);
    expect((await dsc(['respond', '000001'], { env })).stdout).toBe(RESPONSE);
  });

  test('must be named where there are several', async () => {
    const { dsc } = await withWork();
    for (const name of ['bank', 'demo']) await dsc(['card', 'new', name]);
    expect(await dsc(['respond', '000001'], { env })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'error: there are 3 cards; say which with --card: bank, demo, work\n',
    });
  });

  test('must be made where there is none', async () => {
    const { home, dsc } = withCards();
    expect(await dsc(['respond', '000001'], { env })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `error: there is no card in ${home}; make one with "dsc card new NAME"\n`,
    });
  });

  test('must be there', async () => {
    const { dsc } = await withWork();
    expect(await dsc(['respond', '000001', '--card', 'home'], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error: there is no card home, [^\n]+\n$/) as string,
    });
    expect(await dsc(['respond', '000001', '--card', '../work'], { env })).toMatchObject({ status: 2 });
  });

  test('is the one named after the command where two are named', async () => {
    const { dsc } = await withWork();
    await dsc(['card', 'new', 'bank']);
    const args = ['--card', 'bank', 'respond', '000001', '--card', 'work'];
    expect((await dsc(args, { env })).stdout).toBe(RESPONSE);
  });
});
