// The lock of a card and the device key, shared by real processes: they wait, take turns, and die.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseCardName } from '../../src/ui/cards/card-name.ts';
import { lockCard } from '../../src/ui/cards/card-lock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const DEMO = parseCardName('demo');

const source = (file: string) =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/ui/cards', file)).href);

/** Runs a script in a process of its own. */
function run(script: string) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env: {} });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const ended = once(child, 'close').then(() => said);
  return {
    child,
    ended,
    /** Resolves as soon as the process has written this line, rejects when it has ended without. */
    async says(line: string) {
      while (!said.stdout.split('\n').includes(line)) {
        await Promise.race([once(child.stdout, 'data'), ended]);
        if (child.exitCode !== null && !said.stdout.includes(line)) throw new Error(said.stderr);
      }
    },
  };
}

/** A process that locks the card, says so, and releases it when its input has ended. */
function user(home: string, patience = 5000) {
  return run(`
    import { lockCard } from ${source('card-lock.ts')};
    const begin = performance.now();
    try {
      const release = await lockCard(${JSON.stringify(home)}, 'demo', { patience: ${patience} });
      console.log('locked');
      process.stdin.resume().on('end', release);
    } catch ({ code, message }) {
      console.log(code);
      console.log(message);
      console.log(Math.round(performance.now() - begin));
    }`);
}

describe('a card that a process uses', () => {
  test('is had by the next when that one releases it, and nobody is warned of anything', async () => {
    const home = temporaryFolder();
    const first = user(home);
    await first.says('locked');
    expect(readFileSync(join(home, 'locks', 'demo.pid'), 'utf8')).toBe(`${first.child.pid}\n`);
    const second = user(home, 60_000);
    await expect(lockCard(home, DEMO, { patience: 500 })).rejects.toMatchObject({ code: 'card-in-use' });
    first.child.stdin.end();
    await second.says('locked');
    second.child.stdin.end();
    for (const each of [first, second]) expect(await each.ended).toEqual({ stdout: 'locked\n', stderr: '' });
    expect(readdirSync(join(home, 'locks'))).toEqual(['demo.lock']);
  });

  test('is refused when patience has ended, and its user named', async () => {
    const home = temporaryFolder();
    const first = user(home);
    await first.says('locked');
    const { stdout, stderr } = await user(home, 400).ended;
    const [code, message, waited] = stdout.split('\n');
    expect({ code, stderr }).toEqual({ code: 'card-in-use', stderr: '' });
    expect(message).toMatch(new RegExp(`^card demo is in use by process ${first.child.pid}; `));
    expect(Number(waited)).toBeGreaterThanOrEqual(400);
  });

  test('stays in use when another user in this process is refused', async () => {
    const home = temporaryFolder();
    const release = await lockCard(home, DEMO);
    await expect(lockCard(home, DEMO, { patience: 0 })).rejects.toMatchObject({ code: 'card-in-use' });
    expect((await user(home, 0).ended).stdout).toMatch(/^card-in-use\n/);
    release();
    (await lockCard(home, DEMO, { patience: 0 }))();
  });

  test('is free at once when that process is killed', async () => {
    const home = temporaryFolder();
    const first = user(home);
    await first.says('locked');
    first.child.kill('SIGKILL');
    await first.ended;
    const release = await lockCard(home, DEMO, { patience: 0 });
    expect(readFileSync(join(home, 'locks', 'demo.pid'), 'utf8')).toBe(`${process.pid}\n`);
    release();
  });

  test('is had by who waits for it when that process is killed', async () => {
    const home = temporaryFolder();
    const first = user(home);
    await first.says('locked');
    const second = user(home, 60_000);
    await expect(lockCard(home, DEMO, { patience: 300 })).rejects.toMatchObject({ code: 'card-in-use' });
    first.child.kill('SIGKILL');
    await second.says('locked');
  });

  test('is kept by who never releases it, however much memory is tidied up', async () => {
    const home = temporaryFolder();
    const holder = run(`
      import { setFlagsFromString } from 'node:v8';
      import { runInNewContext } from 'node:vm';
      import { lockCard } from ${source('card-lock.ts')};
      setFlagsFromString('--expose-gc');
      await lockCard(${JSON.stringify(home)}, 'demo');
      for (let i = 0; i < 5; i += 1) {
        runInNewContext('gc')();
        await new Promise(setImmediate);
      }
      console.log('tidy');
      setInterval(() => {}, 1000);`);
    await holder.says('tidy');
    await expect(lockCard(home, DEMO, { patience: 0 })).rejects.toMatchObject({ code: 'card-in-use' });
  });

  test('is had by ten in turn, never by two at once', async () => {
    const home = temporaryFolder();
    const log = JSON.stringify(join(home, 'log'));
    const endings = Array.from(
      { length: 10 },
      () =>
        run(`
          import { appendFileSync } from 'node:fs';
          import { lockCard } from ${source('card-lock.ts')};
          for (let turn = 0; turn < 3; turn += 1) {
            const release = await lockCard(${JSON.stringify(home)}, 'demo', { patience: 60_000 });
            appendFileSync(${log}, 'in\\n');
            await new Promise((resolve) => setTimeout(resolve, 5));
            appendFileSync(${log}, 'out\\n');
            release();
          }`).ended,
    );
    for (const { stderr } of await Promise.all(endings)) expect(stderr).toBe('');
    expect(readFileSync(join(home, 'log'), 'utf8')).toBe('in\nout\n'.repeat(30));
  });
});

test('processes that make the device key at once all get one key', async () => {
  const home = join(temporaryFolder(), 'home');
  const endings = Array.from(
    { length: 8 },
    () =>
      run(`
        import { deviceKey } from ${source('device-key.ts')};
        console.log(Buffer.from(await deviceKey(${JSON.stringify(home)})).toString('hex'));`).ended,
  );
  const said = await Promise.all(endings);
  const key = readFileSync(join(home, 'device.key'), 'utf8');
  expect(key).toMatch(/^[0-9a-f]{64}\n$/);
  for (const each of said) expect(each).toEqual({ stdout: key, stderr: '' });
  expect(readdirSync(home)).toEqual(['device.key']);
});
