import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCardFile } from '../../../src/ui/cards/card-folder.ts';
import { parseCardName } from '../../../src/ui/cards/card-name.ts';
import { newCard } from '../../../src/ui/cards/new-card.ts';
import { deviceKey, existingDeviceKey } from '../../../src/ui/cards/device-key.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const HEX = 'a0'.repeat(32);

describe('what lies where the device key should be', () => {
  test.each([
    ['an empty file', (path: string) => writeFileSync(path, '', { mode: 0o600 })],
    ['a short key', (path: string) => writeFileSync(path, `${HEX.slice(2)}\n`, { mode: 0o600 })],
    ['a long key', (path: string) => writeFileSync(path, `${HEX}00\n`, { mode: 0o600 })],
    ['two keys', (path: string) => writeFileSync(path, `${HEX}\n${HEX}\n`, { mode: 0o600 })],
    ['no hexadecimal', (path: string) => writeFileSync(path, `${'g0'.repeat(32)}\n`, { mode: 0o600 })],
    ['digits of another script', (path: string) => writeFileSync(path, '٣'.repeat(32), { mode: 0o600 })],
    ['a key after a line end', (path: string) => writeFileSync(path, `\n${HEX}`, { mode: 0o600 })],
    ['a huge file', (path: string) => writeFileSync(path, HEX.repeat(100_000), { mode: 0o600 })],
    ['a folder', (path: string) => mkdirSync(path, { mode: 0o700 })],
    ['a pipe', (path: string) => spawnSync('mkfifo', ['-m', '600', path])],
    ['a link to nowhere', (path: string) => symlinkSync('/nonexistent/key', path)],
    ['a link to a device', (path: string) => symlinkSync('/dev/zero', path)],
    [
      'a link to a key',
      (path: string) => {
        writeFileSync(`${path}.other`, `${HEX}\n`, { mode: 0o600 });
        symlinkSync(`${path}.other`, path);
      },
    ],
  ])('%s is refused with what to do, and left alone', async (_, put) => {
    const home = temporaryFolder();
    const path = join(home, 'device.key');
    put(path);
    const before = readdirSync(home);
    for (const key of [deviceKey, existingDeviceKey]) {
      await expect(key(home)).rejects.toMatchObject({
        code: 'damaged-device-key',
        message: `the device key ${path} is no file with 64 hexadecimal digits; put back a copy of it, since the cards sealed with it open with no other`,
      });
    }
    expect(readdirSync(home)).toEqual(before);
  });

  test.runIf(process.platform !== 'win32').each([0o640, 0o604, 0o620, 0o601, 0o777])(
    'a key of mode %o is refused, since others may know it',
    async (mode) => {
      const home = temporaryFolder();
      const path = join(home, 'device.key');
      writeFileSync(path, `${HEX}\n`);
      chmodSync(path, mode);
      for (const key of [deviceKey, existingDeviceKey]) {
        const refused = await key(home).catch((error: unknown) => error);
        expect(refused).toMatchObject({
          code: 'exposed-device-key',
          message: `other users may open the device key ${path}; run "chmod 600 ${path}", or set DSC_HOME to a folder where that works`,
        });
        expect(String(refused)).not.toContain(HEX);
      }
    },
  );

  test('a home that is a file is trouble with the folder', async () => {
    const home = join(temporaryFolder(), 'home');
    writeFileSync(home, '');
    for (const key of [deviceKey, existingDeviceKey]) {
      await expect(key(home)).rejects.toMatchObject({ code: 'folder-trouble' });
    }
  });

  test.runIf(process.platform === 'linux')('a home that cannot be made is named', async () => {
    await expect(deviceKey('/proc/nothing')).rejects.toMatchObject({
      code: 'folder-trouble',
      message: expect.stringMatching(/^cannot make the folder \/proc\/nothing: .*; put that right, or set /),
    });
  });
});

describe('the device key', () => {
  test('is not made by who only asks for it', async () => {
    const home = join(temporaryFolder(), 'home');
    expect(await existingDeviceKey(home)).toBeUndefined();
    expect(existsSync(home)).toBe(false);
  });

  test('is made once, of 32 bytes, in a file of its user alone', async () => {
    const home = join(temporaryFolder(), 'deep', 'home');
    const key = await deviceKey(home);
    expect(key).toHaveLength(32);
    expect(readFileSync(join(home, 'device.key'), 'utf8')).toBe(`${Buffer.from(key).toString('hex')}\n`);
    expect(statSync(join(home, 'device.key')).mode & 0o777).toBe(0o600);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(readdirSync(home)).toEqual(['device.key']);
    expect(await deviceKey(home)).toEqual(key);
    expect(await existingDeviceKey(home)).toEqual(key);
  });

  test('is another for another home', async () => {
    expect(await deviceKey(temporaryFolder())).not.toEqual(await deviceKey(temporaryFolder()));
  });

  test('is one for all who make it at once', async () => {
    const home = join(temporaryFolder(), 'home');
    const keys = await Promise.all(Array.from({ length: 30 }, () => deviceKey(home)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(readdirSync(home)).toEqual(['device.key']);
  });

  test.each([HEX, `${HEX}\n`, `${HEX.toUpperCase()}\r\n`])('is read from %j', async (text) => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'device.key'), text, { mode: 0o600 });
    expect(await existingDeviceKey(home)).toEqual(new Uint8Array(32).fill(0xa0));
  });
});

test('is not made anew where cards are sealed with one that is missing', async () => {
  const home = temporaryFolder();
  await createCardFile(home, parseCardName('work'), newCard());
  const key = join(home, 'device.key');
  const before = readFileSync(key, 'utf8');
  rmSync(key);
  await expect(createCardFile(home, parseCardName('other'), newCard())).rejects.toMatchObject({
    code: 'damaged-device-key',
    message: expect.stringContaining('put back a copy'),
  });
  expect(existsSync(key)).toBe(false);
  writeFileSync(key, before, { mode: 0o600 });
  await createCardFile(home, parseCardName('other'), newCard());
  expect(readdirSync(join(home, 'cards')).toSorted()).toEqual(['other.card', 'work.card']);
});
