import { readdirSync, readFileSync, statSync } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { link, open } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createWholeFile, makeFolder, removeWholeFile } from '../../src/ui/whole-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  return { ...real, link: vi.fn<typeof fs.link>(real.link), open: vi.fn<typeof fs.open>(real.open) };
});

const refusal = (code: string) => Object.assign(new Error(code), { code });

/** Lets every file be opened as ever, but changes what can be done with it. */
async function changeFiles(change: (file: fs.FileHandle, path: string) => void) {
  const real = await vi.importActual<typeof fs>('node:fs/promises');
  vi.mocked(open).mockImplementation(async (path, ...others) => {
    const file = await real.open(path, ...others);
    change(file, String(path));
    return file;
  });
}

beforeEach(() => {
  vi.mocked(link).mockReset();
  vi.mocked(open).mockReset();
});

describe('where a file can have one name only', () => {
  beforeEach(() => {
    vi.mocked(link).mockRejectedValue(refusal('EPERM'));
  });

  test.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])(
    'which the system calls %s, it is written',
    async (code) => {
      vi.mocked(link).mockRejectedValue(refusal(code));
      const folder = temporaryFolder();
      await createWholeFile(join(folder, 'it'), 'text');
      expect(readFileSync(join(folder, 'it'), 'utf8')).toBe('text');
      expect(statSync(join(folder, 'it')).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(['it']);
    },
  );

  test('it is never overwritten', async () => {
    const folder = temporaryFolder();
    await createWholeFile(join(folder, 'it'), 'first');
    await expect(createWholeFile(join(folder, 'it'), 'second')).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(join(folder, 'it'), 'utf8')).toBe('first');
    expect(readdirSync(folder)).toEqual(['it']);
  });

  test('it is not left incomplete where it cannot be written', async () => {
    const folder = temporaryFolder();
    await changeFiles((file, path) => {
      if (path === join(folder, 'it')) file.sync = () => Promise.reject(refusal('EIO'));
    });
    await expect(createWholeFile(join(folder, 'it'), 'text')).rejects.toMatchObject({ code: 'EIO' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('any other trouble with its name is one', async () => {
  vi.mocked(link).mockRejectedValue(refusal('EIO'));
  const folder = temporaryFolder();
  await expect(createWholeFile(join(folder, 'it'), 'text')).rejects.toMatchObject({ code: 'EIO' });
  expect(readdirSync(folder)).toEqual([]);
});

test('every folder that got an entry is synced', async () => {
  const synced: string[] = [];
  await changeFiles((file, path) => {
    file.sync = async () => void synced.push(path);
  });
  const home = temporaryFolder();
  await makeFolder(join(home, 'a', 'b'));
  expect(synced.toSorted()).toEqual([home, join(home, 'a')]);
  synced.length = 0;
  await makeFolder(join(home, 'a', 'b'));
  expect(synced).toEqual([]);
});

test.each(['EINVAL', 'EIO'])(
  'a file is made and removed even if its folder cannot be synced: %s',
  async (code) => {
    const folder = temporaryFolder();
    await changeFiles((file, path) => {
      if (path === folder) file.sync = () => Promise.reject(refusal(code));
    });
    await createWholeFile(join(folder, 'it'), 'text');
    expect(readdirSync(folder)).toEqual(['it']);
    await removeWholeFile(join(folder, 'it'));
    expect(readdirSync(folder)).toEqual([]);
  },
);
