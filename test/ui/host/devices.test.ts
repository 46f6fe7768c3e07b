import { describe, expect, test, vi } from 'vitest';
import { withCards, type Setting } from '../run-command.ts';

// Real passwords are hashed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const KEY_HEX = '3132333435363738393031323334353637383930';
const PIN = { env: { DSC_PIN: '4821' } };
const TERMINALS = ['stdin', 'stderr'] as const;

/** A host with the users ann and bob, and a card `work` of this machine, W-1. */
async function withUsers() {
  const { dsc, ...cards } = withCards();
  const host = (args: string[], setting?: Setting) => dsc(['host', ...args], setting);
  for (const user of ['ann', 'bob']) {
    const added = await host(['user', 'add', user, '--balance', '500000', '--person', 'one'], {
      env: { DSC_PASSWORD: 'correct horse' },
    });
    expect(added.stderr).toBe('');
  }
  await dsc(['card', 'new', 'work', '--serial', 'W-1']);
  return { ...cards, dsc, host };
}

describe('dsc host device enrol', () => {
  test('takes serial number, suite and key from a card of this machine', async () => {
    const { host, dsc } = await withUsers();
    expect(await host(['device', 'enrol', 'ann', '--card', 'work'], PIN)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'device W-1 is enrolled for ann, and active\n',
    });
    const shown = JSON.parse((await host(['device', 'show', 'W-1', '--json'])).stdout);
    const card = JSON.parse((await dsc(['card', 'show', 'work', '--json'])).stdout);
    expect(shown).toEqual({
      serial: 'W-1',
      kind: 'card',
      suite: card.suite,
      state: 'active',
      users: ['ann'],
      wrongInARow: 0,
      requestedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      mailedAt: expect.any(String),
      activatedAt: expect.any(String),
    });
    expect((await host(['device', 'list'])).stdout).toBe('W-1  active  ann\n');
    expect((await host(['device', 'list', '--user', 'bob'])).stdout).toBe('');
    expect(JSON.parse((await host(['device', 'list', '--user', 'bob', '--json'])).stdout)).toEqual([]);
    expect((await host(['user', 'show', 'ann'])).stdout).toContain('device   W-1, active\n');
  });

  test('takes a card from elsewhere by its serial number and its key', async () => {
    const { host } = await withUsers();
    const args = ['device', 'enrol', 'ann', '--serial', 'E-1', '--key-stdin', '--mailed'];
    expect((await host(args, { ...PIN, input: `${KEY_HEX}\n` })).stdout).toBe(
      'device E-1 is enrolled for ann, and mailed\n',
    );
  });

  test('asks for key and PIN at a terminal, unseen', async () => {
    const { host } = await withUsers();
    const args = ['device', 'enrol', 'ann', '--serial', 'E-1', '--key-stdin'];
    const enrolled = await host(args, { terminals: TERMINALS, typed: [KEY_HEX, '4821', '4821'] });
    expect(enrolled).toMatchObject({ status: 0, asked: ['Key:', 'New PIN:', 'Once more:'] });
  });

  test.each([
    ['no card', []],
    ['a serial number alone', ['--serial', 'E-1']],
    ['a key alone', ['--key-stdin']],
    ['a card and another serial number', ['--card', 'work', '--serial', 'E-1']],
    ['a card and another suite', ['--card', 'work', '--suite', 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1']],
    ['a card and a key', ['--card', 'work', '--key-stdin']],
    ['two secrets on one input', ['--serial', 'E-1', '--key-stdin', '--pin-stdin']],
  ])('refuses %s', async (_, args) => {
    const { host } = await withUsers();
    const { status, stderr } = await host(['device', 'enrol', 'ann', ...args], { ...PIN, input: KEY_HEX });
    expect({ status, lines: stderr.split('\n').length }).toEqual({ status: 2, lines: 2 });
    expect((await host(['device', 'list'])).stdout).toBe('');
  });

  test('refuses an unknown user before it asks for a secret', async () => {
    const { host } = await withUsers();
    const enrolled = await host(['device', 'enrol', 'eve', '--card', 'work'], {
      terminals: TERMINALS,
      typed: '4821',
    });
    expect(enrolled).toMatchObject({ status: 1, asked: [] });
    expect(enrolled.stderr).toContain('there is no user of that name');
  });

  test('says what is wrong with a PIN, a key or a serial number, and repeats neither', async () => {
    const { host } = await withUsers();
    const serial = ['device', 'enrol', 'ann', '--serial', 'E-1', '--key-stdin'];
    for (const [args, pin, key, message] of [
      [serial, '48219', KEY_HEX, /pin: must be 4 digits/],
      [serial, '4821', KEY_HEX.slice(0, 30), /key: must be 16 to 64 bytes/],
      [serial, '4821', 'no key!', /neither hexadecimal nor base32/],
      [serial.with(4, '-x'), '4821', KEY_HEX, /serial|--serial/],
    ] as const) {
      const { status, stderr } = await host([...args], { env: { DSC_PIN: pin }, input: key });
      expect(status).not.toBe(0);
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain(pin);
      expect(stderr).not.toContain(key);
    }
  });
});

describe('a device', () => {
  test('goes through its life', async () => {
    const { host } = await withUsers();
    await host(['device', 'enrol', 'ann', '--card', 'work'], PIN);
    for (const [move, state] of [
      ['block', 'blocked'],
      ['unblock', 'active'],
      ['lost', 'lost'],
      ['found', 'active'],
      ['retire', 'retired'],
    ] as const) {
      expect(await host(['device', move, 'W-1'])).toMatchObject({
        status: 0,
        stdout: `device W-1 is ${state}\n`,
      });
    }
    const back = await host(['device', 'found', 'W-1']);
    expect(back.status).toBe(1);
    expect(back.stderr).toMatch(/^error: device: it is retired and cannot be found again; nothing[^\n]*\n$/);
  });

  test('is shared among user names of one person, each with a PIN of its own', async () => {
    const { host } = await withUsers();
    await host(['device', 'enrol', 'ann', '--card', 'work'], PIN);
    expect((await host(['device', 'share', 'W-1', 'bob'])).status).toBe(0);
    expect((await host(['device', 'list'])).stdout).toBe('W-1  active  ann, bob\n');
    const unsaid = await host(['device', 'reset-pin', 'W-1'], PIN);
    expect(unsaid.status).toBe(2);
    expect(unsaid.stderr).toMatch(/--user: ann, bob/);
    expect((await host(['device', 'reset-pin', 'W-1', '--user', 'bob'], PIN)).stdout).toBe(
      'bob has a new PIN for device W-1\n',
    );
    expect((await host(['device', 'unshare', 'W-1', 'bob'])).status).toBe(0);
    expect((await host(['device', 'reset-pin', 'W-1'], PIN)).stdout).toBe(
      'ann has a new PIN for device W-1\n',
    );
    expect((await host(['device', 'unshare', 'W-1', 'ann'])).status).toBe(1);
  });

  test.each(['block', 'unblock', 'lost', 'found', 'withdraw', 'retire', 'show', 'reset-pin'])(
    'that is not there cannot be told to %s',
    async (command) => {
      const { host } = await withUsers();
      const { status, stderr } = await host(['device', command, 'X-1'], PIN);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error: there is no such device; "dsc host device list"[^\n]*\n$/);
    },
  );

  test('that is mailed must be the one that was asked for', async () => {
    const { host } = await withUsers();
    await host(['device', 'enrol', 'ann', '--card', 'work'], PIN);
    expect(await host(['device', 'mail', 'W-1', '--card', 'work'])).toMatchObject({ status: 1 });
    const args = ['device', 'enrol', 'bob', '--serial', 'E-1', '--key-stdin'];
    await host(args, { ...PIN, input: KEY_HEX });
    const other = await host(['device', 'mail', 'E-1', '--card', 'work']);
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('--serial E-1');
  });
});
