import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  cardPath,
  createCardFile,
  listCardFiles,
  readCardFile,
  removeCardFile,
} from '../../../src/ui/cards/card-folder.ts';
import { parseCardName } from '../../../src/ui/cards/card-name.ts';
import { newCard } from '../../../src/ui/cards/new-card.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const DEMO = parseCardName('demo');

describe('a card in the folder', () => {
  test('is read as it was written', async () => {
    const home = temporaryFolder();
    const card = newCard();
    await createCardFile(home, DEMO, card);
    const { serial, profile, suite, key } = card;
    expect(await readCardFile(home, DEMO)).toEqual({
      identity: { serial, profile, suite },
      contents: { key, counter: 0n, powerOns: 0, responses: 0, battery: undefined },
    });
  });

  test('is one file that only its user may read, in folders that only its user may enter', async () => {
    const home = join(temporaryFolder(), 'deep', 'down');
    await createCardFile(home, DEMO, newCard());
    expect(readdirSync(join(home, 'cards'))).toEqual(['demo.card']);
    expect(statSync(cardPath(home, DEMO)).mode & 0o777).toBe(0o600);
    expect(readdirSync(home).toSorted()).toEqual(['cards', 'device.key']);
    for (const folder of ['.', '..', 'cards']) expect(statSync(join(home, folder)).mode & 0o777).toBe(0o700);
  });

  test('is never overwritten', async () => {
    const home = temporaryFolder();
    await createCardFile(home, DEMO, newCard());
    const before = readFileSync(cardPath(home, DEMO), 'utf8');
    await expect(createCardFile(home, DEMO, newCard())).rejects.toMatchObject({ code: 'card-exists' });
    expect(readFileSync(cardPath(home, DEMO), 'utf8')).toBe(before);
    expect(readdirSync(join(home, 'cards'))).toEqual(['demo.card']);
  });

  test('has one winner when many create it at once', async () => {
    const home = temporaryFolder();
    const cards = Array.from({ length: 30 }, () => newCard());
    const outcomes = await Promise.allSettled(cards.map((card) => createCardFile(home, DEMO, card)));
    const winners = cards.filter((_, i) => outcomes[i]?.status === 'fulfilled');
    expect(winners.map(({ serial }) => serial)).toEqual([(await readCardFile(home, DEMO)).identity.serial]);
    expect(readdirSync(join(home, 'cards'))).toEqual(['demo.card']);
  });

  test('is gone when it was removed', async () => {
    const home = temporaryFolder();
    await createCardFile(home, DEMO, newCard());
    await removeCardFile(home, DEMO);
    expect(readdirSync(join(home, 'cards'))).toEqual([]);
    await expect(readCardFile(home, DEMO)).rejects.toMatchObject({ code: 'no-card' });
    await expect(removeCardFile(home, DEMO)).rejects.toMatchObject({ code: 'no-card' });
  });

  describe('that killed writers left unfinished', () => {
    const dead = spawnSync(process.execPath, ['--version']).pid;
    const kept = [
      `.demo.card.${process.ppid}.0a.new`,
      `.demo-2.card.${dead}.0a.new`,
      '.demo.card.new',
    ].toSorted();

    /** A folder with what two writers left, one of them in a process with the number of this one, and other files. */
    function withUnfinished(): string {
      const home = temporaryFolder();
      mkdirSync(join(home, 'cards'));
      for (const file of [`.demo.card.${dead}.0a.new`, `.demo.card.${process.pid}.0b.new`, ...kept]) {
        writeFileSync(join(home, 'cards', file), 'a key');
      }
      return home;
    }

    test('is tidied up by the next, and what others may be writing stays', async () => {
      const home = withUnfinished();
      await createCardFile(home, DEMO, newCard());
      expect(readdirSync(join(home, 'cards')).toSorted()).toEqual([...kept, 'demo.card']);
    });

    test('is removed, even if it was never finished', async () => {
      const home = withUnfinished();
      await expect(removeCardFile(home, DEMO)).rejects.toMatchObject({ code: 'no-card' });
      expect(readdirSync(join(home, 'cards')).toSorted()).toEqual(kept);
    });
  });
});

describe('the list of cards', () => {
  test('is empty where there is no folder', async () => {
    expect(await listCardFiles(join(temporaryFolder(), 'nowhere'))).toEqual([]);
  });

  test('has the cards in alphabetical order, and nothing that is no card', async () => {
    const home = temporaryFolder();
    for (const name of ['work', 'demo', 'bank-2']) await createCardFile(home, parseCardName(name), newCard());
    for (const file of ['.work.card.0123.new', 'Work.card', 'notes.txt', '.card', 'a b.card', 'demo.card~']) {
      writeFileSync(join(home, 'cards', file), '');
    }
    expect(await listCardFiles(home)).toEqual(['bank-2', 'demo', 'work']);
  });
});

describe('what lies where a card should be', () => {
  test.each([
    ['an empty file', (path: string) => writeFileSync(path, '')],
    ['half a header', (path: string) => writeFileSync(path, 'DSC-CARD\x02')],
    ['bytes that are no text', (path: string) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0, 1]))],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a huge file', (path: string) => writeFileSync(path, ' '.repeat(70_000))],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ])('%s is a damaged card, named by its file', async (_, put) => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'cards'));
    put(cardPath(home, DEMO));
    await expect(readCardFile(home, DEMO)).rejects.toMatchObject({
      code: 'damaged-card',
      message: `the card file ${cardPath(home, DEMO)} is damaged; put back a copy of it, or remove it with "dsc card rm demo"`,
    });
  });

  test('a file of a later format is a newer card', async () => {
    const home = temporaryFolder();
    await createCardFile(home, DEMO, newCard());
    const bytes = readFileSync(cardPath(home, DEMO));
    writeFileSync(cardPath(home, DEMO), bytes.fill(3, 8, 9));
    await expect(readCardFile(home, DEMO)).rejects.toMatchObject({ code: 'newer-card' });
  });

  test('a link to nowhere is no card', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'cards'));
    symlinkSync('/nonexistent/card', cardPath(home, DEMO));
    await expect(readCardFile(home, DEMO)).rejects.toMatchObject({ code: 'no-card' });
  });

  test('a folder is not removed', async () => {
    const home = temporaryFolder();
    mkdirSync(cardPath(home, DEMO), { recursive: true });
    await expect(removeCardFile(home, DEMO)).rejects.toMatchObject({ code: 'folder-trouble' });
    expect(readdirSync(join(home, 'cards'))).toEqual(['demo.card']);
  });

  test('a file in the place of the folder is trouble, not a card', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'cards'), '');
    await expect(createCardFile(home, DEMO, newCard())).rejects.toMatchObject({ code: 'folder-trouble' });
    await expect(listCardFiles(home)).rejects.toMatchObject({
      code: 'folder-trouble',
      message: `cannot read ${join(home, 'cards')}: not a directory; put that right, or set DSC_HOME to another folder`,
    });
  });

  test('a card that the user made readable to others is read all the same', async () => {
    const home = temporaryFolder();
    await createCardFile(home, DEMO, newCard());
    chmodSync(cardPath(home, DEMO), 0o644);
    await expect(readCardFile(home, DEMO)).resolves.toBeDefined();
  });
});
