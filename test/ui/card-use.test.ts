// How much a card was used: its counts, its counter, its battery.
import { describe, expect, test } from 'vitest';
import { newContents } from '../../src/firmware/memory.ts';
import { DSC_PLUS } from '../../src/firmware/profiles.ts';
import { storeCard } from '../../src/ui/cards/card-folder.ts';
import { parseCardName } from '../../src/ui/cards/card-name.ts';
import { withCards } from './run-command.ts';

const KEY_HEX = '3132333435363738393031323334353637383930';
const COUNTING = 'OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1';
const env = { DSC_PIN: '1234' };

/** A folder with the card "work", and what `dsc card show` says of it. */
async function withWork(...options: string[]) {
  const cards = withCards();
  const made = await cards.dsc(['card', 'new', 'work', '--key', KEY_HEX, ...options]);
  const shown = async () =>
    JSON.parse((await cards.dsc(['card', 'show', 'work', '--json'])).stdout) as Record<string, unknown>;
  return { ...cards, made, shown };
}

describe('a card counts', () => {
  test('how often it was switched on and responded, and nothing that was refused', async () => {
    const { dsc, shown } = await withWork();
    expect(await shown()).toMatchObject({ powerOns: 0, responses: 0 });
    for (let i = 1; i <= 3; i++) {
      await dsc(['respond', '000001'], { env });
      expect(await shown()).toMatchObject({ powerOns: i, responses: i });
    }
    await dsc(['respond', '00001'], { env });
    await dsc(['respond', '000001'], { env: { DSC_PIN: '12345' } });
    await dsc(['respond', '000001', '--record', '/nonexistent/x'], { env });
    expect(await shown()).toMatchObject({ powerOns: 3, responses: 3 });
    expect(await shown()).not.toHaveProperty('counter');
    expect((await dsc(['card', 'show', 'work'])).stdout).toMatch(/^used {4}3 power-ons, 3 responses$/m);
  });

  test('in one word less what happened once', async () => {
    const { dsc } = await withWork();
    await dsc(['respond', '000001'], { env });
    expect((await dsc(['card', 'show', 'work'])).stdout).toMatch(/^used {4}1 power-on, 1 response$/m);
  });
});

describe('a card of a suite with a counter', () => {
  test('gives another response each time, that of the counter shown before', async () => {
    const { dsc, shown } = await withWork('--suite', COUNTING);
    for (const counter of ['0', '1', '2']) {
      expect(await shown()).toMatchObject({ counter });
      const { stdout } = await dsc(['respond', '000001'], { env });
      const ocra = `ocra --suite ${COUNTING} --key ${KEY_HEX} --question 000001 --pin 1234 --counter ${counter}`;
      expect(await dsc(ocra.split(' '))).toMatchObject({ status: 0, stdout });
    }
    expect((await dsc(['card', 'show', 'work'])).stdout).toMatch(/^counter 3$/m);
  });

  test('shows counters beyond what a JSON number can hold', async () => {
    const { dsc, home } = withCards();
    const contents = { ...newContents(new Uint8Array(20)), counter: 2n ** 63n };
    const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: COUNTING };
    await storeCard(home, parseCardName('work'), { identity, contents });
    await dsc(['respond', '000001'], { env });
    const { stdout } = await dsc(['card', 'show', 'work', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ counter: '9223372036854775809' });
  });

  test('ends with the last counter there is, rather than begin anew', async () => {
    const { dsc, home } = withCards();
    const contents = { ...newContents(new Uint8Array(20)), counter: 2n ** 64n - 1n };
    const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: COUNTING };
    await storeCard(home, parseCardName('work'), { identity, contents });
    const { status, stdout, stderr } = await dsc(['respond', '000001'], { env });
    expect(stderr).toMatch(/^error: the card work shows ERROR 2: /);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

describe('a battery', () => {
  test('is shown where there is one that drains', async () => {
    const { made, shown, dsc } = await withWork('--battery');
    const { capacity } = DSC_PLUS.power;
    expect(made.stdout).toMatch(
      new RegExp(
        `^battery ${capacity} µAh \\(100 %\\): \\d+ logins one after the other, or \\d+(\\.\\d)? years at one a day$`,
        'm',
      ),
    );
    const { battery } = await shown();
    expect(battery).toEqual({
      charge: capacity,
      percent: 100,
      logins: expect.any(Number) as number,
      years: expect.any(Number) as number,
    });
    expect((await dsc(['card', 'new', 'other'])).stdout).not.toContain('battery');
  });

  test('that does not drain is not there, whatever is done', async () => {
    const { shown, dsc } = await withWork();
    await dsc(['respond', '000001'], { env });
    expect(await shown()).not.toHaveProperty('battery');
  });

  test('drains by use, and is full again when it is replaced; all else stays', async () => {
    const { dsc, home } = withCards();
    const battery = { charge: 100, at: Date.now() };
    const contents = { ...newContents(new Uint8Array(20).fill(7)), battery, counter: 5n };
    const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: COUNTING };
    await storeCard(home, parseCardName('work'), { identity, contents });
    const show = async () =>
      JSON.parse((await dsc(['card', 'show', 'work', '--show-key', '--json'])).stdout) as Record<
        string,
        unknown
      >;
    await dsc(['respond', '000001'], { env });
    const used = await show();
    expect(used['battery']).toMatchObject({ percent: expect.any(Number) as number });
    expect((used['battery'] as { charge: number }).charge).toBeLessThan(100);
    expect(await dsc(['card', 'battery', 'work', '--full'])).toMatchObject({
      status: 0,
      stdout: 'card work has a fresh battery\n',
      stderr: '',
    });
    const replaced = await show();
    expect(replaced).toEqual({ ...used, battery: replaced['battery'] });
    expect(replaced['battery']).toMatchObject({ charge: DSC_PLUS.power.capacity, percent: 100 });
  });

  test('that is empty is shown with the way out', async () => {
    const { dsc, home } = withCards();
    const battery = { charge: 0, at: Date.now() };
    const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: DSC_PLUS.suite };
    const contents = { ...newContents(new Uint8Array(20)), battery };
    await storeCard(home, parseCardName('work'), { identity, contents });
    expect((await dsc(['card', 'show', 'work'])).stdout).toMatch(
      /^battery empty: nothing lights; replace it with "dsc card battery work --full"$/m,
    );
    const { stdout } = await dsc(['card', 'show', 'work', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ battery: { charge: 0, percent: 0, logins: 0, years: 0 } });
  });

  test('can only be replaced where there is one', async () => {
    const { dsc } = await withWork();
    expect(await dsc(['card', 'battery', 'work', '--full'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr:
        'error: the battery of card work does not drain: only cards made with --battery have one to replace\n',
    });
    expect(await dsc(['card', 'battery', 'other', '--full'])).toMatchObject({ status: 1, stdout: '' });
  });
});
