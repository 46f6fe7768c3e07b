import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';
import { DSC_PLUS } from '../../../src/firmware/profiles.ts';
import { createResponder, parseSuite } from '../../../src/firmware/ocra/index.ts';
import { plainPasswords } from '../../../src/host/index.ts';
import { takeNamedCard } from '../../../src/ui/terminal/demo-card.ts';
import { addAdministrator, demoHost } from '../../../src/ui/terminal/demo-host.ts';
import { openDemo } from '../../../src/ui/terminal/demo-service.ts';
import { DEMO } from '../../../src/ui/terminal/demo.ts';

// Real passwords are hashed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

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
  const outside = { clock: new VirtualClock(), hasher: plainPasswords };

  it.each([
    ['of a suite with a counter', { suite: 'OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1' }, 'unsuitable-suite'],
    ['with a longer PIN', { profile: { ...DSC_PLUS, pinLength: 6 } }, 'bad-pin'],
    ['with a shorter PIN', { profile: { ...DSC_PLUS, pinLength: 3 } }, 'bad-pin'],
  ])('refuses a card %s, rather than each of its responses', async (_, other, code) => {
    const card = { ...(await glance()), profile: DSC_PLUS, ...other };
    await expect(demoHost(card, outside)).rejects.toMatchObject({ code });
  });

  it('lets the demo’s user in with the card and the PIN', async () => {
    const { serial, suite, key } = await glance();
    const card = { serial, suite, key, profile: DSC_PLUS };
    const host = await demoHost(card, outside);
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

  it('lets the demo’s administrator in with the same card and the same PIN', async () => {
    const { serial, suite, key } = await glance();
    const card = { serial, suite, key, profile: DSC_PLUS };
    const host = await demoHost(card, outside);
    await addAdministrator(host, card);
    const login = await host.begin({ name: DEMO.administrator, password: DEMO.password });
    const respond = createResponder(parseSuite(suite), key);
    const response = respond({ question: login.challenge, pin: DEMO.pin });
    const { token } = await host.answer({ login: login.id, response });
    expect(await host.session(token)).toMatchObject({ role: 'administrator', kind: 'full', serial });
  });
});

describe('the demo as a service', () => {
  it('begins afresh at each start, whatever stood in its database', async () => {
    await writeFile(join(home, 'demo.sqlite'), 'no database');
    for (const start of [1, 2]) {
      const { host } = await openDemo(home, undefined);
      expect((await host.users({ limit: 10 })).map(({ name }) => name)).toEqual([DEMO.user]);
      await host.updateUser(DEMO.user, { disabled: true });
      expect({ start, files: await readdir(home) }).toMatchObject({
        files: expect.arrayContaining(['demo.sqlite']),
      });
    }
  });

  it('answers the login screen through its API before it listens anywhere', async () => {
    const card = { ...(await glance()), profile: DSC_PLUS };
    const { host, login } = await openDemo(home, card);
    const begun = await login.client.begin({ name: DEMO.user, password: DEMO.password });
    expect(begun).toMatchObject({ step: 'challenge', serial: card.serial });
    await host.moveDevice(card.serial, 'block');
    await login.unblock(card.serial);
    expect(await host.device(card.serial)).toMatchObject({ state: 'active' });
  });
});
