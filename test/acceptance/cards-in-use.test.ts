// Cards that many use at once, that are killed in use, that the app holds, and that it shows with their faults.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DSC, dsc, environment, start, temporaryFolder } from './command-run.ts';
import { DEMO, displays, getChallenge, openApp } from './terminal-app.ts';
import { openWindow } from './terminal-window.ts';

const KEY_HEX = '3132333435363738393031323334353637383930';
const COUNTING = 'OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1';
const PIN = { DSC_PIN: '1234' };

/** A user's home with the card "work". */
function withWork(...options: string[]): string {
  const home = temporaryFolder();
  expect(dsc(['card', 'new', 'work', '--key', KEY_HEX, ...options], { home }).status).toBe(0);
  return home;
}

function shown(home: string, name = 'work'): Record<string, unknown> {
  const { stdout, stderr } = dsc(['card', 'show', name, '--json'], { home });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('a card that many use', () => {
  test('counts each of ten responses at once, and none comes twice of a suite with a counter', async () => {
    const home = withWork('--suite', COUNTING);
    const env = { ...environment(home), ...PIN };
    const users = Array.from({ length: 10 }, () => start(['respond', '000001'], { env }));
    const endings = await Promise.all(users.map(({ ended }) => ended));
    for (const { status, stderr } of endings) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(new Set(endings.map(({ stdout }) => stdout)).size).toBe(10);
    expect(shown(home)).toMatchObject({ responses: 10, powerOns: 10, counter: '10' });
    expect(readdirSync(join(home, 'data', 'locks'))).toEqual(['work.lock']);
  });

  test('opens after any kill, with every response that was seen', async () => {
    const home = withWork('--suite', COUNTING);
    const env = { ...environment(home), ...PIN };
    const begin = performance.now();
    await start(['respond', '000001'], { env }).ended;
    const whole = performance.now() - begin;
    let seen = 1;
    let before = 1;
    let killed = 0;
    for (let round = 1; round <= 25; round++) {
      const { child, ended } = start(['respond', '000001'], { env });
      const timer = setTimeout(() => child.kill('SIGKILL'), whole * (0.25 + round * 0.03));
      const { stdout, signal } = await ended;
      clearTimeout(timer);
      if (stdout !== '') seen += 1;
      if (signal) killed += 1;
      const { responses, counter } = shown(home);
      expect(Number(responses)).toBeGreaterThanOrEqual(Math.max(seen, before));
      expect(Number(responses)).toBeLessThanOrEqual(1 + round);
      expect(counter).toBe(String(responses));
      before = Number(responses);
    }
    // Otherwise the test has killed nothing.
    expect(killed).toBeGreaterThan(0);
  });

  test('remembers a response as soon as it is printed', async () => {
    const home = withWork();
    for (let responses = 1; responses <= 5; responses++) {
      const { child, ended } = start(['respond', '000001'], { env: { ...environment(home), ...PIN } });
      child.stdout?.once('data', () => child.kill('SIGKILL'));
      expect((await ended).stdout).toBe('82666722\n');
      expect(shown(home)).toMatchObject({ responses });
    }
  });
});

describe('a card that the app holds', () => {
  test('is refused to others after they have waited, and shown to them at once', async () => {
    const home = withWork();
    const window = openApp({ args: ['--card', 'work'], env: { HOME: home } });
    await window.shows(/DSC-\d+/);
    expect(shown(home)).toMatchObject({ responses: 0 });
    const file = join(home, 'data', 'cards', 'work.card');
    const env = { ...environment(home), ...PIN };
    const before = performance.now();
    const users = [
      start(['respond', '000001'], { env }),
      start(['card', 'rm', 'work'], { env }),
      start(['--record', join(home, 'it.jsonl'), 'respond', '000001'], { env }),
    ];
    const endings = await Promise.all(users.map(({ ended }) => ended));
    expect(performance.now() - before).toBeGreaterThan(4900);
    for (const { status, stdout, stderr } of endings) {
      expect(stderr).toBe(
        `error: card work is in use by process ${window.pid}; end that program, then try again\n`,
      );
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    }
    expect(existsSync(file)).toBe(true);
    expect(existsSync(join(home, 'it.jsonl'))).toBe(false);
    window.type('q');
    await window.ended;
    expect(dsc(['respond', '000001'], { home, env: PIN })).toMatchObject({ status: 0, stdout: '82666722\n' });
  });

  test('is free when the app is killed', async () => {
    const home = withWork();
    const window = openApp({ args: ['--card', 'work'], env: { HOME: home } });
    await window.shows(/DSC-\d+/);
    window.signal('SIGKILL');
    await window.ended;
    expect(dsc(['respond', '000001'], { home, env: PIN })).toMatchObject({ status: 0 });
  });
});

describe('the app', () => {
  /** A screen reader's lines, which say what the display shows in letters. */
  const spoken = (home: string, ...args: string[]) =>
    openApp({ args: ['--card', 'work', ...args], env: { HOME: home, INK_SCREEN_READER: 'true' } });

  test('shows ERROR 2 of a card whose memory cannot be read, and goes on', async () => {
    const home = withWork();
    const file = join(home, 'data', 'cards', 'work.card');
    writeFileSync(file, readFileSync(file).fill(0x5a, 4096));
    const window = spoken(home);
    await window.shows(/off/);
    window.type('p');
    await window.shows(/ERROR 2/);
    window.type('q');
    expect((await window.ended).status).toBe(0);
  });

  test.each([
    ['a header that is damaged', (bytes: Buffer) => bytes.fill(0, 0, 8), /work\.card is damaged; put back/],
    ['a later format', (bytes: Buffer) => bytes.fill(9, 8, 9), /work\.card is from a newer dsc; update/],
    [
      'an earlier format',
      (bytes: Buffer) => bytes.fill('{', 0, 1),
      /bring it up to date with\s+"dsc card upgr/,
    ],
    ['an exported card', (bytes: Buffer) => bytes.fill(1, 9, 10), /take it\s+in with "dsc card import"/],
  ])('ends in one line for %s', async (_, damage, message) => {
    const home = withWork();
    const file = join(home, 'data', 'cards', 'work.card');
    writeFileSync(file, damage(readFileSync(file)));
    const window = openApp({ args: ['--card', 'work'], env: { HOME: home }, columns: 400 });
    await window.shows(message);
    expect((await window.ended).status).toBe(1);
    expect(window.text().trim().split('\n')).toHaveLength(1);
  });

  test('lets a card be operated that the host does not take, and says so at the login', async () => {
    const home = withWork('--suite', COUNTING);
    const window = openApp({ args: ['--card', 'work'], env: { HOME: home } });
    await window.shows(/DSC-\d+/);
    window.type(`\t${DEMO.user}\r${DEMO.password}\r`);
    await window.shows(/The host takes no card of this suite/);
    window.type('\tp');
    await displays(window, /^PIN>$/);
    window.type('1234\r');
    await displays(window, /^CHALLNG>$/);
    window.type('000001\r');
    const response = await displays(window, /^\d{8}$/);
    const ocra = `ocra --suite ${COUNTING} --key ${KEY_HEX} --question 000001 --pin 1234 --counter 0`;
    expect(dsc(ocra.split(' ')).stdout).toBe(`${response}\n`);
    // Before it is shown it has been counted, whatever becomes of the app.
    window.signal('SIGKILL');
    await window.ended;
    expect(shown(home)).toMatchObject({ responses: 1, counter: '1' });
  });

  test('records what happens to the card, for its user alone and without secrets', async () => {
    const home = withWork();
    const file = join(home, 'it.jsonl');
    const window = openApp({ args: ['--card', 'work', '--record', file], env: { HOME: home } });
    await window.shows(/DSC-\d+/);
    window.type('\t');
    const challenge = await getChallenge(window);
    window.type('\tp');
    await displays(window, /^PIN>$/);
    window.type(`${DEMO.pin}\r`);
    await displays(window, /^CHALLNG>$/);
    window.type(`${challenge}\r`);
    const response = await displays(window, /^\d{8}$/);
    window.type('q');
    expect((await window.ended).status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries[0]).toMatchObject({ type: 'card', version: 1 });
    const keys = entries.flatMap(({ type, key }) => (type === 'press' ? [key] : [])).join('');
    expect(keys).toBe(`press****ok${challenge}ok`);
    for (const secret of [response, KEY_HEX, DEMO.password]) expect(text).not.toContain(secret);
    expect(entries).toContainEqual(expect.objectContaining({ type: 'display', text: '########' }));
  });

  test('never records over a file, and leaves the card free', async () => {
    const home = withWork();
    const file = join(home, 'it.jsonl');
    writeFileSync(file, 'mine');
    const window = openApp({ args: ['--card', 'work', '--record', file], env: { HOME: home } });
    await window.shows(/^error: there is a file .+ already; choose another name/m);
    expect((await window.ended).status).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(dsc(['respond', '000001'], { home, env: PIN }).status).toBe(0);
  });

  test('goes on without room for its recording, and tells that at its end', async () => {
    const home = withWork();
    const file = join(home, 'it.jsonl');
    const full = `data:text/javascript,
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const write = fs.writeFileSync;
      fs.writeFileSync = (file, ...others) => {
        if (typeof file !== 'number') return write(file, ...others);
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', errno: -28 });
      };
      syncBuiltinESMExports();`;
    const window = openWindow({
      args: ['--import', full, DSC, '--card', 'work', '--record', file],
      env: { ...environment(home), LANG: 'en_US.UTF-8', NO_COLOR: '1' },
    });
    await window.shows(/DSC-\d+/);
    window.type('p');
    await displays(window, /^PIN>$/);
    window.type('q');
    await window.shows(/^error: cannot write all of .+ no space left on device; put that right/m);
    expect((await window.ended).status).toBe(1);
  });
});

describe('a card that travels between two users', () => {
  test('is taken in with the passphrase alone, and responds the same there', () => {
    const [from, to] = [withWork(), temporaryFolder()];
    const file = join(from, 'work.card');
    const passphrase = 'correct horse battery';
    const move = (home: string, args: string[], input: string) =>
      dsc(['card', ...args, '--passphrase-stdin'], { home, input });
    expect(move(from, ['export', 'work', file], passphrase)).toMatchObject({
      status: 0,
      stdout: `card work is in "${file}", sealed with the passphrase\n`,
      stderr: '',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(move(to, ['import', file], 'incorrect horse')).toMatchObject({ status: 1, stdout: '' });
    expect(existsSync(join(to, 'data'))).toBe(false);
    expect(move(to, ['import', file], passphrase)).toMatchObject({ status: 0, stderr: '' });
    expect(dsc(['respond', '000001'], { home: to, env: PIN }).stdout).toBe('82666722\n');
  });
});
