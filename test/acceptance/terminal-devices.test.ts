// The other devices in a real terminal, and the developer's view of a card.
import { beforeAll, describe, expect, test } from 'vitest';
import { DSC, DSC_PLUS, OCRA_CARD, type Profile } from '../../src/firmware/profiles.ts';
import { buildFixture } from './build-fixture.ts';
import { environment, temporaryFolder } from './command-run.ts';
import { DEMO, displays, getChallenge } from './terminal-app.ts';
import { openWindow, type TerminalWindow, type WindowOptions } from './terminal-window.ts';

let fixture: string;
beforeAll(async () => {
  fixture = await buildFixture();
});

function open(profile: Profile, options: Partial<WindowOptions> = {}): TerminalWindow {
  const env = { ...environment(temporaryFolder()), LANG: 'en_US.UTF-8', NO_COLOR: '1' };
  return openWindow({ args: [fixture, '120000', profile.id], env, shows: profile.display, ...options });
}

test('the older card: two pages, which OK turns, are one Security Code', async () => {
  const window = open(DSC);
  await window.shows('Digital Security Card and its login screen');
  window.type('\t');
  const challenge = await getChallenge(window);
  window.type('\tp');
  await displays(window, /^Pn$/);
  window.type(DEMO.pin);
  await displays(window, /^----$/);
  window.type('\r');
  await displays(window, /^Ch$/);
  window.type(`${challenge}\r`);
  await window.shows('Enter all 8 digits');
  const first = await displays(window, /^\d{5}$/);
  window.type('\r');
  const second = await displays(window, /^\d{3}$/);
  window.type(`\t${first} ${second}\r`);
  await window.shows('Logged in as demo.');
});

test('the OCRA card: the challenge first, and six digits', async () => {
  const window = open(OCRA_CARD, { columns: 80 });
  await window.shows('OCRA OTP card');
  window.type(`\t${DEMO.user}\r${DEMO.password}\r`);
  const [, challenge = ''] = /\b(\d{8})\b/.exec(await window.shows(/\b\d{8}\b[^]*expires in/)) ?? [];
  window.type('\tp');
  await displays(window, /^CH$/);
  window.type(`${challenge}\r`);
  // Seven segments draw I as they draw 1.
  await displays(window, /^P1n$/);
  window.type(DEMO.pin);
  await displays(window, /^P1n----$/);
  window.type('\r');
  const response = await displays(window, /^\d{6}$/);
  window.type(`\t${response}\r`);
  await window.shows('Logged in as demo.');
});

describe('the developer’s view', () => {
  test('goes back in time, and on from there with a copy of the card', async () => {
    const window = open(DSC_PLUS);
    await window.shows('Demo data');
    window.type('d');
    await window.shows('no timer runs');
    window.type('p');
    await displays(window, /^PIN>$/);
    await window.shows('switches off in 30 s');
    await window.shows('switches off in 28 s');
    window.type('1299');
    await displays(window, /^PIN>\*{4}$/);
    await window.shows(/up \*[^]*up \*/);
    expect(window.text()).not.toMatch(/(?:down|up) \d/);
    for (const wanted of [/^PIN>\*{3}$/, /^PIN>\*\*$/]) {
      while (!wanted.test(window.display() ?? '')) {
        const [, step = '0'] = /moment (\d+) of/.exec(window.text()) ?? [];
        window.type('[');
        await window.until(
          () => !window.text().includes(`moment ${step} of`) && window.text().includes('moment '),
          'another moment',
        );
      }
    }
    expect(window.text().split('copy, in memory')).toHaveLength(3);
    window.type('g');
    await window.shows('Esc put the copy away');
    window.type('34\r');
    await displays(window, /^CHALLNG>$/);
    window.type('123456\r');
    await displays(window, /^\d{8}$/);
    await window.shows(/writes bank \d · #\d+ · \d+ bytes/);
    window.type('p');
    await displays(window, /^$/);
    await window.shows('DSC-FIXTURE');
    expect(window.text()).not.toContain('copy, in memory');
    window.type('\u{1B}');
    await window.shows('Demo data');
  });
});
