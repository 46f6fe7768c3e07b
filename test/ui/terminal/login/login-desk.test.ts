import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../src/ui/script/virtual-clock.ts';
import { createHostClient } from '../../../../src/host/client.ts';
import { createResponder, parseSuite } from '../../../../src/firmware/ocra/index.ts';
import { DSC_PLUS } from '../../../../src/firmware/profiles.ts';
import { createLoginDesk } from '../../../../src/ui/terminal/login/login-desk.ts';
import { KEY, SERIAL, sitDown, type Sitting } from '../sitting.ts';

const OTHER_KEY = new TextEncoder().encode('abcdefghijklmnopqrst');
const respond = createResponder(parseSuite(DSC_PLUS.suite), KEY);

/** Enters the response of the card in the hand, and waits for what comes of it. */
async function answer({ desk, type, until }: Sitting, challenge: string): Promise<void> {
  type(`${respond({ question: challenge, pin: '1234' })}\r`);
  await until(() => !desk.form.get().busy);
}

/** Enters name and password, and waits for what comes of it. */
async function enter({ desk, type, until }: Sitting, name: string): Promise<void> {
  type(`\t${name}\rdemo-pass\r`);
  await until(() => !desk.form.get().busy);
}

/** Adds a user who has devices that are not in the hand. */
async function addUser({ host }: Sitting, name: string, ...serials: string[]): Promise<void> {
  await host.addUser({ name, password: 'demo-pass' });
  for (const [at, serial] of serials.entries()) {
    const key = OTHER_KEY.map((byte) => byte + at);
    await host.enrol({ user: name, serial, suite: DSC_PLUS.suite, key, pin: '1234' });
  }
}

describe('the login desk', () => {
  it('says that it is checking until the host has answered', async () => {
    const { desk, type, until } = await sitDown();
    type('\tdemo\rwrong\r');
    expect(desk.form.get()).toMatchObject({ page: 'credentials', busy: true });
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({ page: 'credentials', notice: { code: 'bad-credentials' } });
  });

  it('keeps what is typed while the host is asked, for the page its answer brings', async () => {
    const { desk, type, until } = await sitDown();
    type('\tdemo\rdemo-pass\r00000000\r');
    await until(() => desk.form.get().page === 'code' && !desk.form.get().busy);
    await until(() => desk.form.get().notice !== undefined);
    expect(desk.form.get()).toMatchObject({ page: 'code', notice: { code: 'wrong-response' } });
  });

  it('forgets what was typed for a page that did not come', async () => {
    const { desk, type, until } = await sitDown();
    type('\tdemo\rwrong\r12345678');
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({ page: 'credentials', password: { text: '' } });
    expect(JSON.stringify(desk.form.get())).not.toContain('12345678');
  });

  it('counts the seconds of a challenge down, one by one, and then starts over', async () => {
    const { desk, clock, getChallenge } = await sitDown({ policy: { challengeLifetime: 3000 } });
    const seen: unknown[] = [];
    desk.secondsLeft.subscribe(() => seen.push(desk.secondsLeft.get()));
    await getChallenge();
    clock.advance(60_000);
    expect(seen).toEqual([3, 2, 1, 0, undefined]);
    expect(desk.form.get()).toMatchObject({ page: 'credentials', notice: { about: 'expired' } });
  });

  it('asks the clock for nothing while no challenge is shown', async () => {
    const { desk, clock, getChallenge, type } = await sitDown();
    const wakeAt = clock.wakeAt.bind(clock);
    let wakes = 0;
    clock.wakeAt = (time, wake) => {
      wakes++;
      return wakeAt(time, wake);
    };
    type('\tdemo');
    clock.advance(600_000);
    expect(wakes).toBe(0);
    type('\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[3~\u{1B}[3~\u{1B}[3~\u{1B}[3~');
    await getChallenge();
    expect(wakes).toBeGreaterThan(0);
    clock.advance(600_000);
    expect(desk.form.get().page).toBe('credentials');
    const before = wakes;
    clock.advance(600_000);
    expect(wakes).toBe(before);
  });

  it('leads a blocked card to the administrator and back', async () => {
    const { desk, type, until, getChallenge } = await sitDown({
      policy: { wrongAnswersPerLogin: 1, wrongAnswersPerDevice: 1 },
    });
    await getChallenge();
    type('0000 0000\r');
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({
      page: 'credentials',
      notice: { code: 'wrong-response', attemptsLeft: 0 },
    });
    type('demo\rdemo-pass\r');
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({ page: 'stuck', notice: { code: 'device-blocked' } });
    type('\r');
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({ page: 'credentials', notice: { about: 'unblocked' } });
    expect(await getChallenge()).toMatch(/^\d{6}$/);
  });

  it('says that something went wrong when there is no host', async () => {
    const desk = createLoginDesk({
      host: Promise.reject(new Error('no host')),
      timeOfDay: () => 0,
      clock: new VirtualClock(),
      serial: 'DSC-1',
    });
    desk.key({ name: 'character', text: 'a' });
    desk.key({ name: 'enter', text: '' });
    desk.key({ name: 'character', text: 'b' });
    desk.key({ name: 'enter', text: '' });
    await new Promise(setImmediate);
    expect(desk.form.get()).toMatchObject({ page: 'credentials', busy: false, notice: { about: 'failure' } });
  });
});

describe('the card in the hand', () => {
  it('is chosen where its user has several', async () => {
    const sitting = await sitDown();
    const { desk, host, getChallenge } = sitting;
    await host.enrol({ user: 'demo', serial: 'DSC-2', suite: DSC_PLUS.suite, key: OTHER_KEY, pin: '1234' });
    const challenge = await getChallenge();
    expect(desk.form.get()).toMatchObject({ page: 'code', login: { serial: SERIAL }, notice: undefined });
    await answer(sitting, challenge);
    expect(desk.form.get()).toMatchObject({ page: 'inside', session: { user: 'demo', kind: 'full' } });
  });

  it('is said to be another one than the challenge is for, which may be operated elsewhere', async () => {
    const sitting = await sitDown();
    await addUser(sitting, 'bob', 'DSC-2');
    await enter(sitting, 'bob');
    expect(sitting.desk.form.get()).toMatchObject({
      page: 'code',
      login: { serial: 'DSC-2' },
      notice: { about: 'other-card', serial: 'DSC-2' },
    });
  });

  it('is said to be none of those of its user, and what was typed ahead is forgotten', async () => {
    const sitting = await sitDown();
    await addUser(sitting, 'bob', 'DSC-2', 'DSC-3');
    sitting.type('\tbob\rdemo-pass\r12345678');
    await sitting.until(() => !sitting.desk.form.get().busy);
    expect(sitting.desk.form.get()).toMatchObject({ page: 'credentials', notice: { about: 'none-in-hand' } });
    expect(JSON.stringify(sitting.desk.form.get())).not.toContain('12345678');
  });

  it('is activated by the first login with it', async () => {
    const sitting = await sitDown({ mailed: true });
    const { desk, host, getChallenge } = sitting;
    expect(await host.device(SERIAL)).toMatchObject({ state: 'mailed' });
    await answer(sitting, await getChallenge());
    expect(desk.form.get()).toMatchObject({ page: 'inside', session: { user: 'demo', kind: 'full' } });
    expect(await host.device(SERIAL)).toMatchObject({ state: 'active' });
    // The restricted session is not left behind.
    expect(await host.openSessions('demo')).toMatchObject([{ kind: 'full' }]);
  });

  it.each([
    ['no card', { about: 'refusal', code: 'no-device' }, []],
    ['a card to be activated that is elsewhere', { about: 'none-in-hand' }, ['DSC-2']],
  ])('is not for a user with %s, whose restricted session ends at once', async (_, notice, serials) => {
    const sitting = await sitDown();
    const { desk, host } = sitting;
    await addUser(sitting, 'bob');
    for (const serial of serials) {
      await host.enrol({
        user: 'bob',
        serial,
        suite: DSC_PLUS.suite,
        key: OTHER_KEY,
        pin: '1234',
        mailed: true,
      });
    }
    await enter(sitting, 'bob');
    expect(desk.form.get()).toMatchObject({ page: 'credentials', notice });
    expect(await host.openSessions('bob')).toEqual([]);
  });
});

describe('behind the API', () => {
  it('a login gives what keeps strangers from slowing the next one down', async () => {
    const hour = 3_600_000;
    const sitting = await sitDown({
      policy: { triesPerUser: { free: 1, pause: hour, longest: hour, window: hour } },
    });
    const { desk, host, type, until, getChallenge } = sitting;
    await answer(sitting, await getChallenge());
    type('\r');
    await until(() => desk.form.get().page === 'credentials');
    const stranger = () => host.enter({ name: 'demo', password: 'guess' });
    await expect(stranger()).rejects.toMatchObject({ code: 'bad-credentials' });
    await expect(stranger()).rejects.toMatchObject({ code: 'too-many-tries' });
    expect(await getChallenge()).toMatch(/^\d{6}$/);
  });

  it('a field that is too long is refused without the challenge being lost', async () => {
    const { desk, type, until, getChallenge } = await sitDown();
    type(`\t${'n'.repeat(65)}\rdemo-pass\r`);
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({ page: 'credentials', notice: { code: 'malformed-body' } });
    const challenge = await getChallenge();
    type(`${'1'.repeat(33)}\r`);
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({
      page: 'code',
      login: { challenge },
      notice: { code: 'malformed-body' },
    });
  });

  it('a session that ended elsewhere has ended here too', async () => {
    const sitting = await sitDown();
    const { desk, host, type, until, getChallenge } = sitting;
    await answer(sitting, await getChallenge());
    await host.logoutElsewhere('demo', '');
    type('\r');
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({ page: 'credentials', notice: { code: 'not-logged-in' } });
  });

  const problem = (status: number) =>
    Promise.resolve(
      Response.json({ code: status === 503 ? 'unavailable' : 'internal-error', detail: 'x' }, { status }),
    );
  it.each([
    ['cannot serve now', () => problem(503)],
    ['fails', () => problem(500)],
    ['does not answer', () => Promise.reject(new Error('gone'))],
    ['is none', () => Promise.resolve(new Response('<html>'))],
  ])('a host that %s leaves the screen as it was', async (_, fetch) => {
    const client = createHostClient({ baseUrl: 'http://localhost', fetch });
    const desk = createLoginDesk({
      host: Promise.resolve({ client, unblock: () => Promise.resolve() }),
      timeOfDay: () => 0,
      clock: new VirtualClock(),
      serial: SERIAL,
    });
    for (const text of ['a', '\r', 'b', '\r'])
      desk.key(text === '\r' ? { name: 'enter', text: '' } : { name: 'character', text });
    expect(desk.form.get().busy).toBe(true);
    for (let turn = 0; turn < 100 && desk.form.get().busy; turn++) await new Promise(setImmediate);
    expect(desk.form.get()).toMatchObject({
      page: 'credentials',
      name: { text: 'a' },
      password: { text: 'b' },
      busy: false,
      notice: { about: 'failure' },
    });
  });
});
