import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import type * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { newContents } from '../../../src/firmware/memory.ts';
import { DSC_PLUS, PROFILES } from '../../../src/firmware/profiles.ts';
import { storeCard } from '../../../src/ui/cards/card-folder.ts';
import { parseCardName } from '../../../src/ui/cards/card-name.ts';
import { createRecordingFile } from '../../../src/ui/recordings/recording-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { withCards } from '../run-command.ts';

const disk = vi.hoisted(() => ({ room: Infinity }));

// A disk that takes what it has room for, and then says that it is full.
vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  return {
    ...real,
    writeFileSync: ((file: number, bytes: Uint8Array, ...options: []) => {
      if (typeof file !== 'number') return real.writeFileSync(file, bytes, ...options);
      const taken = bytes.subarray(0, Math.min(bytes.length, disk.room));
      disk.room -= taken.length;
      real.writeFileSync(file, taken);
      if (taken.length === bytes.length) return;
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
        code: 'ENOSPC',
        errno: -28,
      });
    }) as typeof real.writeFileSync,
  };
});

afterEach(() => {
  disk.room = Infinity;
});

const PIN = '7351';
const KEY_HEX = '3132333435363738393031323334353637383930';
const env = { DSC_PIN: PIN };

/** A folder with the card "work", and a place for a recording. */
async function withWork(...options: string[]) {
  const cards = withCards();
  await cards.dsc(['card', 'new', 'work', '--key', KEY_HEX, ...options]);
  const file = join(cards.home, 'it.jsonl');
  return { ...cards, file, text: () => readFileSync(file, 'utf8') };
}

/** The entries of a recording, each of which is a line. */
function entries(text: string): Record<string, unknown>[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a recording that cannot be', () => {
  test.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a device', (path: string) => symlinkSync('/dev/full', path)],
  ])('never goes over %s, and the card stays off', async (_, put) => {
    const { dsc, file } = await withWork();
    put(file);
    const args = ['respond', '000001', '--record', file];
    const run = await dsc(args, { terminals: ['stdin', 'stderr'], typed: PIN });
    expect(run).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: there is a file "[^"]+" already; choose another name, /,
      ) as string,
      asked: [],
    });
    expect((await dsc(['card', 'show', 'work'])).stdout).toContain('0 power-ons');
    if (statSync(file).isFile()) expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('is told before the card is switched on', async () => {
    const { dsc, home } = await withWork();
    const run = await dsc(['respond', '000001', '--record', join(home, 'no', 'folder')], { env });
    expect(run.stderr).toMatch(
      /^error: cannot write "[^"]+": no such file or directory; put that right, or name/,
    );
    expect(run).toMatchObject({ status: 1, stdout: '' });
    expect((await dsc(['card', 'show', 'work'])).stdout).toContain('0 power-ons');
  });

  test('for lack of room costs no response, is told, and ends with a whole line', async () => {
    for (const room of [0, 1, 900, 1200, 1500]) {
      const { dsc, file, text } = await withWork();
      disk.room = room;
      const run = await dsc(['respond', '000001', '--record', file], { env });
      expect(run.stdout).toMatch(/^\d{8}\n$/);
      expect(run.stderr).toMatch(
        /^error: cannot write all of "[^"]+": no space left on device; put that right/,
      );
      expect(run.status).toBe(1);
      expect(text().length).toBeLessThanOrEqual(room);
      if (text() !== '') entries(text());
      expect((await dsc(['card', 'show', 'work'])).stdout).toContain('1 response\n');
    }
  });

  test('is told to who reads on when the response has no reader', async () => {
    const { dsc, file } = await withWork();
    disk.room = 0;
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const run = await dsc(['respond', '000001', '--record', file], { env, outputError: gone });
    expect(run).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error: cannot write all of/) as string,
    });
  });
});

describe('a recording', () => {
  test.each(PROFILES.map(({ id }) => [id]))(
    'of a %s is for its user alone, and without PIN, key and response',
    async (profile) => {
      const { dsc, file, text } = await withWork('--profile', profile);
      const challenge = profile === 'ocra-card' ? '48291500' : '482915';
      const run = await dsc(['respond', challenge, '--record', file], { env });
      expect(run).toMatchObject({ status: 0, stderr: '' });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const response = run.stdout.trim();
      const told = entries(text());
      expect(told[0]).toMatchObject({ type: 'card', version: 1 });
      expect(text()).not.toContain(KEY_HEX);
      expect(text()).not.toContain(response);
      // Neither a page of the response.
      expect(text()).not.toContain(response.slice(0, 5));
      const keys = told.flatMap(({ type, key }) => (type === 'press' ? [String(key)] : [])).join('');
      const displays = told.flatMap(({ type, text: shown }) => (type === 'display' ? [String(shown)] : []));
      expect(keys).not.toContain(PIN);
      expect(keys).toContain('****');
      expect(displays.join(' ')).not.toContain(PIN);
      // What is no secret is told.
      expect(keys).toContain(challenge);
      expect(told.filter(({ type }) => type === 'memory').length).toBeGreaterThanOrEqual(2);
    },
  );

  test('has all of it where secrets are asked for', async () => {
    const { dsc, file, text } = await withWork();
    const run = await dsc(['respond', '482915', '--record', file, '--record-secrets'], { env });
    const told = entries(text());
    expect(told[0]).toMatchObject({ key: KEY_HEX });
    expect(told).toContainEqual(expect.objectContaining({ type: 'display', text: run.stdout.trim() }));
    const keys = told.flatMap(({ type, key }) => (type === 'press' && key !== 'press' ? [String(key)] : []));
    expect(keys.join('')).toBe(`${PIN}ok482915ok`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is made by options before the command too', async () => {
    const { dsc, file, text } = await withWork();
    await dsc(['--record', file, '--record-secrets', 'respond', '482915'], { env });
    expect(entries(text())[0]).toMatchObject({ key: KEY_HEX });
  });

  test('is kept of a card that gives no response', async () => {
    const { dsc, home } = withCards();
    const battery = { charge: 1e9, at: 0 };
    const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: DSC_PLUS.suite };
    const contents = { ...newContents(Buffer.from(KEY_HEX, 'hex')), battery };
    await storeCard(home, parseCardName('work'), { identity, contents });
    const file = join(home, 'it.jsonl');
    expect(await dsc(['respond', '482915', '--record', file], { env })).toMatchObject({
      status: 1,
      stdout: '',
    });
    expect(entries(readFileSync(file, 'utf8'))).toContainEqual(expect.objectContaining({ text: 'ERROR 3' }));
  });
});

test('a file that ended with trouble says so once, and nothing is written after', () => {
  const path = join(temporaryFolder(), 'it.jsonl');
  const recording = createRecordingFile(path, false);
  disk.room = 60;
  for (let t = 0; t < 5; t++) recording.write({ type: 'display', t, text: 'PIN>' });
  disk.room = Infinity;
  recording.write({ type: 'display', t: 9, text: 'CHALLNG>' });
  expect(() => recording.end()).toThrow(expect.objectContaining({ code: 'file-trouble' }));
  expect(readFileSync(path, 'utf8')).toBe('{"type":"display","t":0,"text":"PIN>"}\n');
});
