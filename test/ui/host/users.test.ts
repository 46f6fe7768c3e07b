import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { withCards } from '../run-command.ts';

// Real passwords are hashed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const PASSWORD = { env: { DSC_PASSWORD: 'correct horse' } };
const TERMINALS = ['stdin', 'stderr'] as const;

/** A host with the user ann. */
async function withAnn() {
  const cards = withCards();
  const added = await cards.dsc(['host', 'user', 'add', 'ann', '--balance', '750000'], PASSWORD);
  expect(added).toMatchObject({ status: 0, stderr: '', stdout: 'user ann is added\n' });
  return cards;
}

describe('dsc host user add', () => {
  test('makes database and key ring for this user alone', async () => {
    const { home } = await withAnn();
    for (const file of ['host.sqlite', 'host-keys.json']) {
      expect(statSync(join(home, file)).mode & 0o777).toBe(0o600);
    }
  });

  test('asks for the password twice, unseen', async () => {
    const { dsc } = withCards();
    const typed = ['correct horse', 'correct horse'];
    const added = await dsc(['host', 'user', 'add', 'root', '--administrator'], {
      terminals: TERMINALS,
      typed,
    });
    expect(added).toMatchObject({
      status: 0,
      stdout: 'administrator root is added\n',
      asked: ['New password:', 'Once more:'],
    });
  });

  test.each([
    [
      'two entries that differ',
      { terminals: TERMINALS, typed: ['one way of many', 'other ways'] },
      2,
      /entries .* differ/,
    ],
    ['nobody to ask', {}, 2, /DSC_PASSWORD .*--password-stdin/],
  ] as const)('refuses %s', async (_, setting, status, message) => {
    const { dsc } = withCards();
    const added = await dsc(['host', 'user', 'add', 'ann'], setting);
    expect(added.status).toBe(status);
    expect(added.stderr).toMatch(message);
    expect(added.stderr).not.toMatch(/one|other/);
    expect((await dsc(['host', 'user', 'list'])).stdout).toBe('');
  });

  test.each([
    ['Password1234', /^error: password: is among the commonest [^\n]*\n$/],
    ['ann and the sea', /^error: password: has the user name in it[^\n]*\n$/],
    ['elevenchars', /^error: password: must be 12 to 1024 characters[^\n]*\n$/],
  ])('refuses the password %s', async (DSC_PASSWORD, message) => {
    const { dsc } = withCards();
    const added = await dsc(['host', 'user', 'add', 'ann'], { env: { DSC_PASSWORD } });
    expect(added.status).toBe(1);
    expect(added.stderr).toMatch(message);
    expect((await dsc(['host', 'user', 'list'])).stdout).toBe('');
  });

  test.each(['elevenchars', 'Password1234', 'ann and the sea'])(
    'refuses %s at once, and does not ask for it again',
    async (typed) => {
      const { dsc } = withCards();
      const added = await dsc(['host', 'user', 'add', 'ann'], { terminals: TERMINALS, typed });
      expect(added).toMatchObject({ status: 1, asked: ['New password:'] });
      expect(added.stderr).toMatch(/^error: password: [^\n]*\n$/);
    },
  );

  test('refuses a name that is taken before it asks for a password', async () => {
    const { dsc } = await withAnn();
    const again = await dsc(['host', 'user', 'add', 'ann'], { terminals: TERMINALS, typed: 'x' });
    expect(again).toMatchObject({ status: 1, asked: [] });
    expect(again.stderr).toMatch(/^error: name: another user has it[^\n]*\n$/);
  });

  test('reads the password from standard input, which no argument could be', async () => {
    const { dsc } = withCards();
    const given = await dsc(['host', 'user', 'add', 'ann', '--password-stdin'], { input: 'correct horse\n' });
    expect(given.status).toBe(0);
    const argument = await dsc(['host', 'user', 'add', 'bob', '--password', 'correct horse']);
    expect(argument.status).toBe(2);
    expect(argument.stderr).not.toContain('horse');
  });

  test.each(['-1', '1.5', '1e6', 'much', '9999999999999'])('refuses a balance of %s', async (balance) => {
    const { home, dsc } = withCards();
    const added = await dsc(['host', 'user', 'add', 'ann', `--balance=${balance}`], PASSWORD);
    expect(added.status).toBe(2);
    expect(added.stderr).toMatch(/--balance must be a whole number/);
    expect(existsSync(join(home, 'host.sqlite'))).toBe(false);
  });
});

describe('users', () => {
  test('are listed and shown, without anything of their passwords', async () => {
    const { dsc } = await withAnn();
    await dsc(['host', 'user', 'add', 'Zoe', '--administrator', '--person', 'zoe.z'], PASSWORD);
    expect((await dsc(['host', 'user', 'list'])).stdout).toBe(
      'Zoe  administrator  enabled  USD 0       zoe.z\nann  user           enabled  USD 750000\n',
    );
    const ann = { name: 'ann', role: 'user', disabled: false, balance: 750_000 };
    const listed = await dsc(['host', 'user', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toEqual([
      { name: 'Zoe', role: 'administrator', disabled: false, balance: 0, person: 'zoe.z' },
      ann,
    ]);
    expect(JSON.parse((await dsc(['host', 'user', 'show', 'ann', '--json'])).stdout)).toEqual({
      ...ann,
      devices: [],
    });
    expect((await dsc(['host', 'user', 'show', 'ann'])).stdout).toBe(
      'name     ann\nrole     user\nstate    enabled\nbalance  USD 750000\n',
    );
  });

  test('are changed, disabled and enabled, and the trail says by whom', async () => {
    const { dsc } = await withAnn();
    await dsc(['host', 'user', 'set', 'ann', '--role', 'administrator', '--balance', '5', '--person', 'p']);
    expect((await dsc(['host', 'user', 'disable', 'ann'])).stdout).toMatch(/^user ann is disabled/);
    expect((await dsc(['host', 'user', 'list'])).stdout).toBe('ann  administrator  disabled  USD 5  p\n');
    await dsc(['host', 'user', 'enable', 'ann']);
    await dsc(['host', 'user', 'set', 'ann', '--no-person']);
    await dsc(['host', 'user', 'set-password', 'ann'], PASSWORD);
    expect((await dsc(['host', 'user', 'list'])).stdout).toBe('ann  administrator  enabled  USD 5\n');
    const trail = (await dsc(['host', 'audit', '--user', 'ann', '--json'])).stdout.trimEnd().split('\n');
    const entries = trail.map((line) => JSON.parse(line));
    expect(entries.map(({ event }) => String(event)).toSorted()).toEqual([
      'password-changed',
      'user-added',
      'user-changed',
      'user-changed',
      'user-disabled',
      'user-enabled',
    ]);
    for (const { actor } of entries) expect(actor).toMatch(/^machine:.+/);
  });

  test('get no short password, and are not asked for it again', async () => {
    const { dsc } = await withAnn();
    const setting = { terminals: TERMINALS, typed: 'elevenchars' };
    const { status, stderr, asked } = await dsc(['host', 'user', 'set-password', 'ann'], setting);
    expect([status, asked]).toEqual([1, ['New password:']]);
    expect(stderr).toMatch(/^error: password: must be 12 to 1024 characters/);
  });

  test('are logged out everywhere, and the trail says by whom', async () => {
    const { dsc } = await withAnn();
    const { status, stdout } = await dsc(['host', 'user', 'log-out', 'ann']);
    expect([status, stdout]).toEqual([0, 'user ann is logged out everywhere, sessions ended: 0\n']);
    const trail = (await dsc(['host', 'audit', '--user', 'ann', '--json'])).stdout.trimEnd().split('\n');
    expect(trail.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ event: 'session-ended', actor: expect.stringMatching(/^machine:.+/) }),
    );
  });

  test.each([
    ['show', 'bob'],
    ['disable', 'bob'],
    ['enable', 'bob'],
    ['log-out', 'bob'],
    ['set', 'bob', '--balance', '1'],
    ['set-password', 'bob'],
    ['disable', 'no such name'],
  ])('that are not there are told so: %s %s', async (...args) => {
    const { dsc } = await withAnn();
    const { status, stderr } = await dsc(['host', 'user', ...args], PASSWORD);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: there is no user of that name; "dsc host user list"[^\n]*\n$/);
  });

  test.each([[[]], [['--role', 'king']], [['--balance', 'x']]])(
    'are not changed by %j',
    async (args: string[]) => {
      const { dsc } = await withAnn();
      expect((await dsc(['host', 'user', 'set', 'ann', ...args])).status).toBe(2);
      expect((await dsc(['host', 'user', 'list'])).stdout).toBe('ann  user  enabled  USD 750000\n');
    },
  );
});

describe('a database that is not there', () => {
  test.each([
    ['user', 'list'],
    ['user', 'disable', 'ann'],
    ['user', 'log-out', 'ann'],
    ['device', 'list'],
    ['audit'],
    ['audit', 'verify'],
    ['rekey'],
  ])('is not made by %s %s', async (...args) => {
    const { home, dsc } = withCards();
    const { status, stderr } = await dsc(['host', ...args]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: there is no database .*host\.sqlite; [^\n]*\n$/);
    for (const file of ['host.sqlite', 'host-keys.json']) expect(existsSync(join(home, file))).toBe(false);
  });
});
