// Card files under hard conditions: many writers, sudden death, folders that refuse.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UNSEALED } from '../fixtures/unsealed.ts';
import { DSC, dsc, environment, start, temporaryFolder } from './command-run.ts';

/** The files in the folder of cards. */
function files(home: string): string[] {
  const folder = join(home, 'data', 'cards');
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe('without DSC_HOME', () => {
  test.runIf(process.platform === 'linux')('cards are where the XDG specification puts them', () => {
    const home = temporaryFolder();
    const usual = join(home, '.local', 'share', 'dsc-plus', 'cards');
    for (const [env, folder] of [
      [{}, usual],
      [{ XDG_DATA_HOME: 'relative' }, usual],
      [{ XDG_DATA_HOME: join(home, 'xdg') }, join(home, 'xdg', 'dsc-plus', 'cards')],
    ] as const) {
      const made = dsc(['card', 'new', 'work'], { home, env: { ...env, DSC_HOME: '' } });
      expect(made).toMatchObject({ status: 0, stderr: '' });
      expect(readdirSync(folder)).toEqual(['work.card']);
      rmSync(join(folder, 'work.card'));
    }
  });
});

describe('where nothing can be made', () => {
  test.runIf(process.platform === 'linux')('the folder is named in one line, and the command ends', () => {
    const made = dsc(['card', 'new', 'work'], {
      home: temporaryFolder(),
      env: { DSC_HOME: '/proc/nothing' },
    });
    expect(made).toMatchObject({ status: 1, stdout: '' });
    expect(made.stderr).toMatch(/^error: .*\/proc\/nothing.*\n$/);
  });

  test.each(['', 'relative'])(
    'a HOME that is %j is none, and no key is written where the command runs',
    (HOME) => {
      const home = temporaryFolder();
      const made = dsc(['card', 'new', 'work'], { home, env: { DSC_HOME: '', XDG_DATA_HOME: '', HOME } });
      expect(made).toMatchObject({ status: 1, stdout: '' });
      expect(made.stderr).toMatch(/^error: .*no home folder; set DSC_HOME.*\n$/);
    },
  );
});

describe('processes that make the same card at once', () => {
  test('have one winner, whose card is the one that is there', async () => {
    const home = temporaryFolder();
    const rivals = Array.from({ length: 6 }, () =>
      start(['card', 'new', 'work', '--show-key', '--json'], { env: environment(home) }),
    );
    const endings = await Promise.all(rivals.map(({ ended }) => ended));
    const winners = endings.filter(({ status }) => status === 0);
    expect(winners).toHaveLength(1);
    for (const { status, stderr } of endings.filter((each) => !winners.includes(each))) {
      expect(stderr).toMatch(/^error: there is a card work already, [^\n]+\n$/);
      expect(status).toBe(1);
    }
    expect(dsc(['card', 'show', 'work', '--show-key', '--json'], { home }).stdout).toBe(winners[0]?.stdout);
    expect(files(home)).toEqual(['work.card']);
  });
});

describe('a process killed while it makes a card', () => {
  /** Lets the process kill itself before or after a step of the writing of a file. */
  const dieAt = (step: string, moment: 'before' | 'after', file = '') => [
    '--import',
    `data:text/javascript,
      import fs from 'node:fs/promises';
      import { syncBuiltinESMExports } from 'node:module';
      const step = fs['${step}'];
      fs['${step}'] = async (...args) => {
        if (!String(args[0]).includes('${file}')) return step(...args);
        if ('${moment}' === 'after') await step(...args);
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => {});
      };
      syncBuiltinESMExports();`,
  ];

  test.each([
    ['before', 'mkdir'],
    ['after', 'mkdir'],
    ['before', 'open'],
    ['after', 'open'],
    ['before', 'link', 'device.key'],
    ['after', 'link', 'device.key'],
    ['after', 'rm', 'device.key'],
    ['before', 'open', 'work.card'],
    ['after', 'open', 'work.card'],
    ['before', 'link', 'work.card'],
  ] as const)(
    '%s %s %s leaves none, and nothing that the next does not tidy up',
    async (moment, step, file?: string) => {
      const home = temporaryFolder();
      const { ended } = start(['card', 'new', 'work'], {
        node: dieAt(step, moment, file),
        env: environment(home),
      });
      expect(await ended).toMatchObject({ signal: 'SIGKILL', stdout: '' });
      expect(files(home)).not.toContain('work.card');
      expect(dsc(['card', 'list'], { home })).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect(dsc(['card', 'new', 'work'], { home }).status).toBe(0);
      expect(files(home)).toEqual(['work.card']);
      expect(readdirSync(join(home, 'data')).toSorted()).toEqual(['cards', 'device.key']);
    },
  );

  test('before link leaves none, and no key once that card is removed', async () => {
    const home = temporaryFolder();
    const { ended } = start(['card', 'new', 'work'], {
      node: dieAt('link', 'before', 'work.card'),
      env: environment(home),
    });
    await ended;
    expect(files(home)).toHaveLength(1);
    expect(dsc(['card', 'rm', 'work'], { home })).toMatchObject({ status: 1, stdout: '' });
    expect(files(home)).toEqual([]);
  });

  test.each([
    ['after', 'link'],
    ['before', 'rm'],
    ['after', 'rm'],
  ] as const)('%s %s leaves it whole, and it is removed without a trace', async (moment, step) => {
    const home = temporaryFolder();
    const { ended } = start(['card', 'new', 'work'], {
      node: dieAt(step, moment, 'work.card'),
      env: environment(home),
    });
    expect(await ended).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    expect(dsc(['card', 'show', 'work'], { home })).toMatchObject({ status: 0, stderr: '' });
    expect(dsc(['card', 'list'], { home }).stdout.split('\n')).toHaveLength(2);
    expect(dsc(['card', 'rm', 'work'], { home }).status).toBe(0);
    expect(files(home)).toEqual([]);
  });

  test('at any moment leaves the whole card or none', async () => {
    for (let delay = 20; delay < 120; delay += 5) {
      const home = temporaryFolder();
      const { child, ended } = start(['card', 'new', 'work'], { env: environment(home) });
      setTimeout(() => child.kill('SIGKILL'), delay);
      await ended;
      const { status, stderr } = dsc(['card', 'show', 'work'], { home });
      expect(stderr).toMatch(/^$|^error: there is no card work, /);
      expect(status).toBe(files(home).includes('work.card') ? 0 : 1);
    }
  });
});

test('a process killed while it brings a card up to date leaves the old file or the new', async () => {
  const outcomes = new Set<boolean>();
  for (let delay = 20; delay < 180; delay += 16) {
    const home = temporaryFolder();
    const cards = join(home, 'data', 'cards');
    mkdirSync(cards, { recursive: true });
    writeFileSync(join(cards, 'old.card'), UNSEALED.text);
    const { child, ended } = start(['card', 'upgrade', 'old'], { env: environment(home) });
    setTimeout(() => child.kill('SIGKILL'), delay);
    await ended;
    const isOld = readFileSync(join(cards, 'old.card'), 'latin1') === UNSEALED.text;
    outcomes.add(isOld);
    const { status, stdout } = dsc(['card', 'upgrade', 'old'], { home });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: isOld ? 'card old is sealed now\n' : 'card old is up to date\n',
    });
    expect(dsc(['card', 'show', 'old'], { home }).stdout).toContain(UNSEALED.serial);
    expect(dsc(['card', 'rm', 'old'], { home }).status).toBe(0);
    expect(files(home)).toEqual([]);
  }
  // At least one was killed before it had done, or the test killed nothing.
  expect(outcomes).toContain(true);
});

describe('a folder that refuses', () => {
  // The superuser may read and write everything, so that the command is run as nobody.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  // Nobody may not even be able to enter the folder that this project is in.
  const runs = spawnSync(process.execPath, [DSC, '--version'], { ...nobody, env: {} }).status === 0;

  test.runIf(runs)('is named, with the reason and what to do', async () => {
    const home = temporaryFolder();
    dsc(['card', 'new', 'work'], { home });
    const cards = join(home, 'data', 'cards');
    chmodSync(home, 0o755);
    chmodSync(cards, 0o000);
    for (const command of [['list'], ['show', 'work'], ['new', 'other'], ['rm', 'work']]) {
      const { ended } = start(['card', ...command], { ...nobody, env: environment(home) });
      const { status, stdout, stderr } = await ended;
      expect(stderr).toMatch(
        /^error: cannot [^\n]+: permission denied; put that right, or set DSC_HOME to another folder\n$/,
      );
      expect(stderr).toContain(join(home, 'data'));
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    }
    chmodSync(cards, 0o700);
  });

  test('because it is a file is named too', () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'data'), '');
    for (const command of [['list'], ['show', 'work'], ['new', 'work'], ['rm', 'work']]) {
      const { status, stderr } = dsc(['card', ...command], { home });
      expect(stderr).toMatch(/^error: cannot [^\n]+; put that right, or set DSC_HOME to another folder\n$/);
      expect(status).toBe(1);
    }
  });

  test("a card that others could read under a lax umask is the user's alone", async () => {
    const home = temporaryFolder();
    const { ended } = start(['card', 'new', 'work'], {
      node: ['--import', 'data:text/javascript,process.umask(0)'],
      env: environment(home),
    });
    expect((await ended).status).toBe(0);
    expect(statSync(join(home, 'data', 'cards', 'work.card')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'data', 'cards')).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, 'data')).mode & 0o777).toBe(0o700);
  });
});

describe('a file that is no card any more', () => {
  test('is named and never quoted', () => {
    const home = temporaryFolder();
    dsc(['card', 'new', 'work'], { home });
    const file = join(home, 'data', 'cards', 'work.card');
    const whole = readFileSync(file);
    for (const damage of ['', 'x', whole.subarray(0, 4095), Buffer.concat([Buffer.from('x'), whole])]) {
      writeFileSync(file, damage);
      for (const command of [
        ['card', 'show', 'work', '--debug'],
        ['respond', '123456', '--pin-stdin'],
      ]) {
        const { status, stdout, stderr } = dsc(command, { home, input: '1234' });
        expect(stderr).toMatch(/^error: the card file [^\n]+ is damaged; /);
        expect(stderr).toContain(file);
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      }
    }
  });

  test('but a folder is one that can be read', () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'data', 'cards', 'work.card'), { recursive: true });
    expect(dsc(['card', 'show', 'work'], { home })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/work\.card is damaged/),
    });
    expect(dsc(['card', 'new', 'work'], { home })).toMatchObject({ status: 1 });
  });
});
