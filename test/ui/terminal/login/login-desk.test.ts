import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../src/ui/script/virtual-clock.ts';
import { createLoginDesk } from '../../../../src/ui/terminal/login/login-desk.ts';
import { sitDown } from '../sitting.ts';

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
