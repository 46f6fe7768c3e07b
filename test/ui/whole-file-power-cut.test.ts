// Power cuts at every step of writing a whole file.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { HARMS } from './failing-disk.ts';

const disk = await vi.hoisted(async () => {
  const { FailingDisk } = await import('./failing-disk.ts');
  return new FailingDisk();
});

vi.mock('node:fs/promises', async (importOriginal) => disk.around(await importOriginal<typeof fs>()));

/** The functions as a process finds them that has just begun. */
async function started() {
  vi.resetModules();
  return import('../../src/ui/whole-file.ts');
}

/** Every cut before every operation of the process, and right after the last; `look` sees what each has left. */
async function cutEverywhere(
  begin: (path: string) => void,
  process: (path: string) => Promise<void>,
  look: (path: string, done: boolean) => Promise<void>,
): Promise<number> {
  let cuts = 0;
  for (const contents of HARMS) {
    for (let entriesLost = 0; entriesLost <= 4; entriesLost += 1) {
      let done = false;
      for (let before = 1; !done; before += 1) {
        const folder = temporaryFolder();
        const path = join(folder, 'it');
        begin(path);
        done = await disk.run(folder, { before, contents, entriesLost }, () => process(path));
        await look(path, done);
        cuts += 1;
      }
    }
  }
  return cuts;
}

/** The file's content, if there is one, and everything in its folder. */
function left(path: string) {
  return {
    content: existsSync(path) ? readFileSync(path, 'utf8') : undefined,
    files: readdirSync(join(path, '..')),
  };
}

test('a file that is made is there whole or not at all, and the next attempt tidies up', async () => {
  const cuts = await cutEverywhere(
    () => {},
    async (path) => (await started()).createWholeFile(path, 'the new content'),
    async (path, done) => {
      const { content } = left(path);
      expect(done ? ['the new content'] : [undefined, 'the new content']).toContain(content);
      const again = (await started()).createWholeFile(path, 'a later attempt');
      if (content === undefined) await again;
      else await expect(again).rejects.toMatchObject({ code: 'EEXIST' });
      expect(left(path)).toEqual({ content: content ?? 'a later attempt', files: ['it'] });
    },
  );
  // Opening, writing, syncing and closing the file, linking, unlinking, and the folder's turn, or the test cut nothing.
  expect(cuts).toBeGreaterThanOrEqual(HARMS.length * 5 * 9);
});

test('a file that is replaced has its old content or its new one, and the next attempt tidies up', async () => {
  const cuts = await cutEverywhere(
    (path) => writeFileSync(path, 'old'),
    async (path) => (await started()).replaceWholeFile(path, 'the new content'),
    async (path, done) => {
      expect(done ? ['the new content'] : ['old', 'the new content']).toContain(left(path).content);
      await (await started()).replaceWholeFile(path, 'a later attempt');
      expect(left(path)).toEqual({ content: 'a later attempt', files: ['it'] });
    },
  );
  expect(cuts).toBeGreaterThanOrEqual(HARMS.length * 5 * 9);
});

test.each(['createWholeFile', 'replaceWholeFile'] as const)(
  'what a cut %s leaves is gone when the file is removed',
  async (write) => {
    await cutEverywhere(
      () => {},
      async (path) => (await started())[write](path, 'a key'),
      async (path) => {
        const there = existsSync(path);
        const removed = (await started()).removeWholeFile(path);
        if (there) await removed;
        else await expect(removed).rejects.toMatchObject({ code: 'ENOENT' });
        expect(left(path).files).toEqual([]);
      },
    );
  },
);

test('a removed file does not come back', async () => {
  await cutEverywhere(
    (path) => writeFileSync(path, 'old'),
    async (path) => (await started()).removeWholeFile(path),
    async (path, done) => {
      expect(done ? [undefined] : ['old', undefined]).toContain(left(path).content);
    },
  );
});
