import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type * as fs from 'node:fs/promises';
import { link, open } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createWholeFile,
  makeFolder,
  readShortBytes,
  readShortFile,
  removeWholeFile,
  replaceWholeFile,
} from '../../src/ui/whole-file.ts';
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

describe('bytes', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

  test('are written and read as they are', async () => {
    const path = join(temporaryFolder(), 'it');
    await createWholeFile(path, bytes);
    expect(await readShortBytes(path, bytes.length)).toEqual(bytes);
    await replaceWholeFile(path, bytes.toReversed());
    expect(await readShortBytes(path, bytes.length)).toEqual(bytes.toReversed());
  });

  test('of more than the longest file, and of what is no file, are not read', async () => {
    const folder = temporaryFolder();
    await createWholeFile(join(folder, 'it'), bytes);
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    expect(await readShortBytes(join(folder, 'it'), bytes.length - 1)).toBeUndefined();
    for (const path of [folder, join(folder, 'pipe'), '/dev/zero']) {
      expect(await readShortBytes(path, 1000)).toBeUndefined();
    }
    await expect(readShortBytes(join(folder, 'missing'), 1000)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('that are text are read as text', async () => {
    const path = join(temporaryFolder(), 'it');
    await createWholeFile(path, Buffer.from('später\n'));
    expect(await readShortFile(path, 100)).toBe('später\n');
  });
});

describe('a file that is replaced', () => {
  test("has the new content, and is its user's alone", async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'it');
    await createWholeFile(path, 'old');
    chmodSync(path, 0o644);
    await replaceWholeFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['it']);
  });

  test('is made where there is none', async () => {
    const path = join(temporaryFolder(), 'it');
    await replaceWholeFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('was a link, and what the link led to stays', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'other'), 'old');
    symlinkSync('other', join(folder, 'it'));
    await replaceWholeFile(join(folder, 'it'), 'new');
    expect(readFileSync(join(folder, 'it'), 'utf8')).toBe('new');
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('old');
  });

  test('stays as it was where the new content cannot be written', async () => {
    const folder = temporaryFolder();
    await createWholeFile(join(folder, 'it'), 'old');
    await changeFiles((file) => {
      file.sync = () => Promise.reject(refusal('EIO'));
    });
    await expect(replaceWholeFile(join(folder, 'it'), 'new')).rejects.toMatchObject({ code: 'EIO' });
    expect(readFileSync(join(folder, 'it'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['it']);
  });

  test('cannot be a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'it'));
    await expect(replaceWholeFile(join(folder, 'it'), 'new')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['it']);
  });
});
