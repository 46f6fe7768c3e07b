import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseCardName } from '../../../src/ui/cards/card-name.ts';
import { lockCard } from '../../../src/ui/cards/card-lock.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const DEMO = parseCardName('demo');
const WORK = parseCardName('work');

afterEach(() => {
  vi.restoreAllMocks();
});

/** Waiting that takes no time, and remembers how long it would have been. */
function noWaiting(during: (waited: number) => void = () => {}) {
  let waited = 0;
  return {
    waited: () => waited,
    async sleep(ms: number) {
      waited += ms;
      during(waited);
    },
  };
}

describe('a card in use', () => {
  test('is waited for, five seconds long, and then its user is named', async () => {
    const home = temporaryFolder();
    const release = await lockCard(home, DEMO);
    const clock = noWaiting();
    await expect(lockCard(home, DEMO, { clock })).rejects.toMatchObject({
      code: 'card-in-use',
      message: `card demo is in use by process ${process.pid}; end that program, then try again`,
    });
    expect(clock.waited()).toBe(5000);
    release();
  });

  test.each([0, 1, 120])('is waited for as long as patience lasts: %d ms', async (patience) => {
    const home = temporaryFolder();
    const release = await lockCard(home, DEMO);
    const clock = noWaiting();
    await expect(lockCard(home, DEMO, { clock, patience })).rejects.toMatchObject({ code: 'card-in-use' });
    expect(clock.waited()).toBe(patience);
    release();
  });

  test('is had as soon as it is released', async () => {
    const home = temporaryFolder();
    const release = await lockCard(home, DEMO);
    const clock = noWaiting((soFar) => soFar === 300 && release());
    const releaseAgain = await lockCard(home, DEMO, { clock });
    expect(clock.waited()).toBe(300);
    releaseAgain();
  });

  test('does not keep anybody from another card', async () => {
    const home = temporaryFolder();
    const releases = [
      await lockCard(home, DEMO, { patience: 0 }),
      await lockCard(home, WORK, { patience: 0 }),
    ];
    for (const release of releases) release();
  });

  test('stays in use when an earlier user releases it twice', async () => {
    const home = temporaryFolder();
    const first = await lockCard(home, DEMO);
    first();
    const second = await lockCard(home, DEMO, { patience: 0 });
    first();
    await expect(lockCard(home, DEMO, { patience: 0 })).rejects.toMatchObject({ code: 'card-in-use' });
    expect(readFileSync(join(home, 'locks', 'demo.pid'), 'utf8')).toBe(`${process.pid}\n`);
    second();
  });

  test('has one user at a time, and each gets a turn', async () => {
    const home = temporaryFolder();
    let users = 0;
    let turns = 0;
    const turn = async () => {
      const release = await lockCard(home, DEMO, { patience: Infinity, clock: noWaiting() });
      users += 1;
      expect(users).toBe(1);
      for (let i = 0; i < 5; i += 1) await Promise.resolve();
      users -= 1;
      turns += 1;
      release();
    };
    await Promise.all(Array.from({ length: 10 }, turn));
    expect(turns).toBe(10);
  });

  const dead = spawnSync(process.execPath, ['--version']).pid;

  test.each(['', '12', 'x\n', '1e3\n', `${'1'.repeat(100)}\n`, `${dead}\n`])(
    'by a process that is not known, after %j: the message says no number',
    async (text) => {
      const home = temporaryFolder();
      const release = await lockCard(home, DEMO);
      writeFileSync(join(home, 'locks', 'demo.pid'), text);
      await expect(lockCard(home, DEMO, { patience: 0 })).rejects.toMatchObject({
        message: expect.stringMatching(/^card demo is in use by another process; /),
      });
      release();
    },
  );
});

describe('a lock', () => {
  test("is in a folder of its user alone, outside the cards', and leaves an empty file", async () => {
    const home = join(temporaryFolder(), 'home');
    const release = await lockCard(home, DEMO);
    expect(readdirSync(home)).toEqual(['locks']);
    expect(statSync(join(home, 'locks')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(home, 'locks')).toSorted()).toEqual(['demo.lock', 'demo.pid']);
    release();
    expect(readdirSync(join(home, 'locks'))).toEqual(['demo.lock']);
    expect(statSync(join(home, 'locks', 'demo.lock'))).toMatchObject({ size: 0 });
    expect(statSync(join(home, 'locks', 'demo.lock')).mode & 0o777).toBe(0o600);
  });

  test('writes its number to no other file that a link leads to, and waits for no pipe', async () => {
    const home = temporaryFolder();
    const other = join(home, 'other');
    writeFileSync(other, 'precious');
    mkdirSync(join(home, 'locks'));
    symlinkSync(other, join(home, 'locks', 'demo.pid'));
    (await lockCard(home, DEMO))();
    expect(readFileSync(other, 'utf8')).toBe('precious');
    spawnSync('mkfifo', [join(home, 'locks', 'demo.pid')]);
    (await lockCard(home, DEMO))();
  });

  test('whose number cannot be written or removed is as good', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'locks', 'demo.pid'), { recursive: true });
    const release = await lockCard(home, DEMO);
    await expect(lockCard(home, DEMO, { patience: 0 })).rejects.toMatchObject({ code: 'card-in-use' });
    release();
    (await lockCard(home, DEMO, { patience: 0 }))();
  });

  test('is had without a warning that SQLite is an experiment, and later warnings are given', async () => {
    const sqlite = process.getBuiltinModule('node:sqlite');
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
      process.emitWarning('SQLite is an experimental feature', 'ExperimentalWarning');
      return sqlite;
    });
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    (await lockCard(temporaryFolder(), DEMO))();
    expect(warned).not.toHaveBeenCalled();
    process.emitWarning('another');
    expect(warned).toHaveBeenCalledWith('another');
  });
});

describe('trouble with the folder of locks is named', () => {
  const folderTrouble = (path: string) => ({
    code: 'folder-trouble',
    message: expect.stringMatching(
      new RegExp(`^cannot [a-z ]+ ${path}: .+; put that right, or set DSC_HOME`),
    ),
  });

  test('where there is a file in its place', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'locks'), '');
    await expect(lockCard(home, DEMO)).rejects.toMatchObject(folderTrouble(join(home, 'locks')));
  });

  test.runIf(process.platform === 'linux')('where no folder can be made', async () => {
    await expect(lockCard('/proc/nothing', DEMO)).rejects.toMatchObject(folderTrouble('/proc/nothing/locks'));
  });

  test.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a file of something else', (path: string) => writeFileSync(path, 'something else'.repeat(100))],
  ])('where %s is in the place of the lock', async (_, put) => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'locks'));
    put(join(home, 'locks', 'demo.lock'));
    await expect(lockCard(home, DEMO)).rejects.toMatchObject(folderTrouble(join(home, 'locks', 'demo.lock')));
  });
});
