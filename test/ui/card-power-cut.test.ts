// Power cuts at every step of bringing a card up to date, and of storing one that was imported.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { newContents } from '../../src/firmware/memory.ts';
import { DSC_PLUS } from '../../src/firmware/profiles.ts';
import { parseCardName } from '../../src/ui/cards/card-name.ts';
import { UNSEALED } from '../fixtures/unsealed.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { HARMS } from './failing-disk.ts';

const disk = await vi.hoisted(async () => {
  const { FailingDisk } = await import('./failing-disk.ts');
  return new FailingDisk();
});

vi.mock('node:fs/promises', async (importOriginal) => disk.around(await importOriginal<typeof fs>()));
// The lock of a process that is gone is gone too, but here it would live on.
vi.mock('../../src/ui/cards/card-lock.ts', () => ({ lockCard: async () => () => undefined }));

const WORK = parseCardName('work');
const KEYS = [Buffer.from(UNSEALED.key), Buffer.from(UNSEALED.key).toString('hex')];

/** The functions as a process finds them that has just begun. */
async function started() {
  vi.resetModules();
  const [{ readCardFile, storeCard }, { upgradeCard }] = await Promise.all([
    import('../../src/ui/cards/card-folder.ts'),
    import('../../src/ui/cards/upgrade-card.ts'),
  ]);
  return { readCardFile, storeCard, upgradeCard };
}

/** Every cut before every operation of the process, and right after the last; `look` sees what each has left. */
async function cutEverywhere(
  begin: (path: string) => void,
  process: (home: string) => Promise<unknown>,
  look: (home: string, path: string, done: boolean) => Promise<void>,
): Promise<number> {
  let cuts = 0;
  for (const contents of HARMS) {
    for (let entriesLost = 0; entriesLost <= 2; entriesLost += 1) {
      let done = false;
      for (let before = 1; !done; before += 1) {
        const home = temporaryFolder();
        const folder = join(home, 'cards');
        mkdirSync(folder);
        writeFileSync(join(home, 'device.key'), 'd0'.repeat(32), { mode: 0o600 });
        begin(join(folder, 'work.card'));
        done = await disk.run(
          folder,
          { before, contents, entriesLost },
          async () => void (await process(home)),
        );
        for (const name of readdirSync(folder).filter((each) => each.startsWith('.'))) {
          const left = readFileSync(join(folder, name));
          for (const key of KEYS)
            expect(left.includes(typeof key === 'string' ? key : Buffer.from(key))).toBe(false);
        }
        await look(home, join(folder, 'work.card'), done);
        expect(readdirSync(folder)).toEqual(['work.card']);
        cuts += 1;
      }
    }
  }
  return cuts;
}

test(
  'a card that is brought up to date is the old one whole or the new one',
  { timeout: 60_000 },
  async () => {
    const cuts = await cutEverywhere(
      (path) => writeFileSync(path, UNSEALED.text, { mode: 0o600 }),
      async (home) => (await started()).upgradeCard(home, WORK),
      async (home, path, done) => {
        const isOld = readFileSync(path, 'utf8') === UNSEALED.text;
        expect(done && isOld).toBe(false);
        const { readCardFile, upgradeCard } = await started();
        // The next attempt has something to do only where the first did nothing, and tidies up.
        expect(await upgradeCard(home, WORK)).toBe(isOld);
        const { identity, contents } = await readCardFile(home, WORK);
        expect({ serial: identity.serial, key: contents.key }).toEqual({
          serial: UNSEALED.serial,
          key: UNSEALED.key,
        });
        // As the upgrade to a later format will, once more, which tidies up what a cut after the replacing left.
        writeFileSync(path, UNSEALED.text);
        await upgradeCard(home, WORK);
      },
    );
    // Reading twice, and what replacing a file takes, or the test cut nothing.
    expect(cuts).toBeGreaterThanOrEqual(HARMS.length * 3 * 10);
  },
);

test('a card that is imported is there whole or not at all', { timeout: 60_000 }, async () => {
  const card = {
    identity: { serial: UNSEALED.serial, profile: DSC_PLUS, suite: DSC_PLUS.suite },
    contents: { ...newContents(UNSEALED.key), responses: 7, counter: 3n },
  };
  const cuts = await cutEverywhere(
    () => undefined,
    async (home) => (await started()).storeCard(home, WORK, card),
    async (home, path, done) => {
      const isThere = existsSync(path);
      expect(!done || isThere).toBe(true);
      const { readCardFile, storeCard } = await started();
      const again = storeCard(home, WORK, card);
      if (isThere) await expect(again).rejects.toMatchObject({ code: 'card-exists' });
      else await again;
      expect(await readCardFile(home, WORK)).toEqual(card);
    },
  );
  expect(cuts).toBeGreaterThanOrEqual(HARMS.length * 3 * 9);
});
