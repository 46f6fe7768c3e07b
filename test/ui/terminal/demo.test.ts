import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';
import { createResponder, parseSuite } from '../../../src/firmware/ocra/index.ts';
import { plainPasswords } from '../../../src/host/index.ts';
import { takeNamedCard } from '../../../src/ui/terminal/demo-card.ts';
import { demoHost } from '../../../src/ui/terminal/demo-host.ts';
import { DEMO } from '../../../src/ui/terminal/demo.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dsc-demo-'));
});
afterEach(() => rm(home, { recursive: true }));

const take = (name?: string) => takeNamedCard({ DSC_HOME: home }, name);

/** What the card is, once it was taken and put back. */
async function glance(): Promise<{ serial: string; suite: string; key: Uint8Array }> {
  const { memory, putBack } = await take();
  const { key } = memory.load();
  putBack();
  return { ...memory.identity, key };
}

describe('the demo’s card', () => {
  it('is made the first time, and is the same from then on', async () => {
    const { serial } = await glance();
    expect(await readdir(join(home, 'cards'))).toEqual(['demo.card']);
    expect((await glance()).serial).toBe(serial);
  });

  it('is the same for apps that start at the same time', async () => {
    const cards = await Promise.all(Array.from({ length: 8 }, glance));
    expect(new Set(cards.map(({ serial }) => serial)).size).toBe(1);
    expect(await readdir(join(home, 'cards'))).toEqual(['demo.card']);
  });

  it('is left alone when it is damaged', async () => {
    await glance();
    const path = join(home, 'cards', 'demo.card');
    await writeFile(path, 'no card');
    await expect(take()).rejects.toMatchObject({ code: 'damaged-card' });
    expect(await readFile(path, 'utf8')).toBe('no card');
  });

  it('cannot be made where nothing can be written', async () => {
    await writeFile(join(home, 'cards'), 'in the way');
    await expect(take()).rejects.toMatchObject({ code: 'folder-trouble' });
  });
});

describe('a named card', () => {
  it('is never made by itself', async () => {
    await expect(take('mine')).rejects.toMatchObject({ code: 'no-card' });
    await expect(take('No Name')).rejects.toMatchObject({ code: 'wrong-use' });
    expect(await readdir(home)).toEqual([]);
  });
});

describe('the demo’s host', () => {
  it('lets the demo’s user in with the card and the PIN', async () => {
    const card = await glance();
    const host = await demoHost(card, { clock: new VirtualClock(), hasher: plainPasswords });
    const login = await host.begin({ name: DEMO.user, password: DEMO.password });
    const response = createResponder(
      parseSuite(card.suite),
      card.key,
    )({
      question: login.challenge,
      pin: DEMO.pin,
    });
    await expect(host.answer({ login: login.id, response })).resolves.toMatchObject({ user: DEMO.user });
  });
});
