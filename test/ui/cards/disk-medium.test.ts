import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDiskMedium } from '../../../src/ui/cards/disk-medium.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

vi.mock('node:fs', { spy: true });

afterEach(() => {
  vi.resetAllMocks();
});

/** A medium on a file of these bytes. */
function mediumOf(content: Uint8Array, options?: { readOnly: boolean }) {
  const path = join(temporaryFolder(), 'it.card');
  writeFileSync(path, content, { mode: 0o600 });
  const medium = openDiskMedium(path, options);
  onTestFinished(() => medium.close());
  return { path, medium };
}

const bytes = (length: number, first = 0) => Uint8Array.from({ length }, (_, i) => first + i);

describe('what is no file', () => {
  test.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe', (path: string) => spawnSync('mkfifo', [path])],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ])('is refused: %s', (_, put) => {
    const path = join(temporaryFolder(), 'it.card');
    put(path);
    for (const readOnly of [false, true]) {
      expect(() => openDiskMedium(path, { readOnly })).toThrow(
        expect.objectContaining({
          code: 'damaged-card',
          message: `the card file ${path} is no file; put back a copy of it`,
        }),
      );
    }
  });

  test('is not made: a missing file is the trouble that the system says', () => {
    const path = join(temporaryFolder(), 'it.card');
    expect(() => openDiskMedium(path)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(existsSync(path)).toBe(false);
  });

  test.runIf(process.platform === 'linux')('leaves no file open', () => {
    const folder = temporaryFolder();
    const before = readdirSync('/proc/self/fd').length;
    for (let i = 0; i < 10; i += 1) expect(() => openDiskMedium(folder, { readOnly: true })).toThrow();
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
  });
});

describe('a medium on a disk', () => {
  test('reads what is there, and fewer bytes at the end of the file alone', () => {
    const { medium } = mediumOf(bytes(10));
    expect(medium.read(0, 10)).toEqual(bytes(10));
    expect(medium.read(3, 4)).toEqual(bytes(4, 3));
    expect(medium.read(8, 10)).toEqual(bytes(2, 8));
    expect(medium.read(10, 1)).toEqual(bytes(0));
    expect(medium.read(1000, 5)).toEqual(bytes(0));
    expect(medium.read(0, 0)).toEqual(bytes(0));
  });

  test('writes in place: nothing before or after changes', () => {
    const { path, medium } = mediumOf(new Uint8Array(10));
    medium.write(3, bytes(4, 1));
    expect([...readFileSync(path)]).toEqual([0, 0, 0, 1, 2, 3, 4, 0, 0, 0]);
    expect(medium.read(2, 4)).toEqual(Uint8Array.of(0, 1, 2, 3));
  });

  test('is the same as an array that keeps its length', () => {
    const write = fc.record({ offset: fc.nat(100), written: fc.uint8Array({ maxLength: 100 }) });
    const start = fc.uint8Array({ minLength: 200, maxLength: 300 });
    fc.assert(
      fc.property(start, fc.array(write, { maxLength: 8 }), (first, writes) => {
        const { path, medium } = mediumOf(first);
        const model = [...first];
        for (const { offset, written } of writes) {
          medium.write(offset, written);
          model.splice(offset, written.length, ...written);
          expect([...medium.read(0, 1000)]).toEqual(model);
        }
        expect([...readFileSync(path)]).toEqual(model);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['removed', (path: string) => rmSync(path)],
    [
      'replaced by another',
      (path: string) => {
        writeFileSync(`${path}.new`, new Uint8Array(10));
        renameSync(`${path}.new`, path);
      },
    ],
    ['cut short', (path: string) => truncateSync(path, 5)],
  ])('is not written once its file was %s: nobody would find it again', (_, change) => {
    const { path, medium } = mediumOf(new Uint8Array(10));
    medium.write(2, Uint8Array.of(1, 2, 3, 4));
    change(path);
    expect(() => medium.write(2, Uint8Array.of(5, 6, 7, 8))).toThrow('is another one now');
  });

  test('is synced after all is written and before the write returns, however little the system takes at once', async () => {
    const { path, medium } = mediumOf(new Uint8Array(10));
    const real = await vi.importActual<typeof fs>('node:fs');
    const log: string[] = [];
    vi.mocked(writeSync).mockImplementation(((
      file: number,
      data: Uint8Array,
      from: number,
      length: number,
      at: number,
    ) => {
      log.push('write');
      return real.writeSync(file, data, from, Math.min(length, 2), at);
    }) as typeof fs.writeSync);
    vi.mocked(fsyncSync).mockImplementation(() => void log.push('sync'));
    medium.write(1, bytes(5, 1));
    expect(log).toEqual(['write', 'write', 'write', 'sync']);
    expect([...readFileSync(path)]).toEqual([0, 1, 2, 3, 4, 5, 0, 0, 0, 0]);
  });

  test('is read to the end of what was asked, however little the system gives at once', async () => {
    const { medium } = mediumOf(bytes(10));
    const real = await vi.importActual<typeof fs>('node:fs');
    vi.mocked(readSync).mockImplementation(((
      file: number,
      data: Uint8Array,
      from: number,
      length: number,
      at: number,
    ) => real.readSync(file, data, from, Math.min(length, 3), at)) as typeof fs.readSync);
    expect(medium.read(1, 8)).toEqual(bytes(8, 1));
    expect(medium.read(5, 8)).toEqual(bytes(5, 5));
  });

  test.each(['EIO', 'ENOSPC'])('does not call a write done that the system could not sync: %s', (code) => {
    const { medium } = mediumOf(new Uint8Array(10));
    vi.mocked(fsyncSync).mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
    expect(() => medium.write(0, bytes(1))).toThrow(expect.objectContaining({ code }));
  });

  test('does not write for ever where the system takes nothing', () => {
    const { medium } = mediumOf(new Uint8Array(10));
    vi.mocked(writeSync).mockReturnValue(0);
    expect(() => medium.write(0, bytes(1))).toThrow('took none of the bytes');
  });

  test.each([-1, 0.5, NaN, Infinity, 2 ** 60])('has no offset %d', (offset) => {
    const { path, medium } = mediumOf(bytes(10));
    expect(() => medium.read(offset, 1)).toThrow(RangeError);
    expect(() => medium.write(offset, bytes(1))).toThrow(RangeError);
    expect([...readFileSync(path)]).toEqual([...bytes(10)]);
  });

  test('that is closed twice is closed, and neither reads nor writes', () => {
    const { medium } = mediumOf(bytes(10));
    medium.close();
    medium.close();
    expect(() => medium.read(0, 1)).toThrow('is closed');
    expect(() => medium.write(0, bytes(1))).toThrow('is closed');
  });
});

describe('a medium to read only', () => {
  test('is read, and never written', () => {
    const { path, medium } = mediumOf(bytes(10), { readOnly: true });
    expect(medium.read(0, 10)).toEqual(bytes(10));
    expect(() => medium.write(0, bytes(1, 9))).toThrow('was opened to read only');
    expect([...readFileSync(path)]).toEqual([...bytes(10)]);
  });

  test('needs no permission to write', () => {
    const path = join(temporaryFolder(), 'it.card');
    writeFileSync(path, bytes(3));
    chmodSync(path, 0o400);
    const medium = openDiskMedium(path, { readOnly: true });
    expect(medium.read(0, 3)).toEqual(bytes(3));
    medium.close();
  });
});
