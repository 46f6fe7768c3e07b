// The whole way from opening the app to being logged in, as a person goes it.
import { expect, test } from 'vitest';
import { temporaryFolder } from './command-run.ts';
import { DEMO, displays, getChallenge, openApp } from './terminal-app.ts';

test('by keyboard', async () => {
  const window = openApp({ columns: 100, rows: 30 });
  await window.shows('Demo data');
  window.type('\t');
  const challenge = await getChallenge(window);

  window.type('\tp');
  await window.shows('Keep holding');
  await displays(window, /^PIN>$/);
  window.type(DEMO.pin);
  await displays(window, /^PIN>\*{4}$/);
  window.type('\r');
  await displays(window, /^CHALLNG>$/);
  // As a paste without brackets, or very fast fingers, would come: one chunk.
  window.type(`${challenge}\r`);
  const response = await displays(window, /^\d{8}$/);
  window.type(`\t${response.slice(0, 4)} ${response.slice(4)}\r`);
  await window.shows('Logged in as demo.');

  window.type('\r');
  await window.shows('You have logged out.');
  window.type('\t');
  await window.shows(/Tab login/);
  window.type('q');
  expect(await window.ended).toEqual({ status: 0, signal: undefined });
});

test('by mouse, but for name and password', async () => {
  const window = openApp({ columns: 100, rows: 30 });
  await window.shows('Demo data');
  const click = async (label: string): Promise<void> => {
    // A button that is still drawn as pressed has another border.
    await window.shows(label);
    window.mouse('press', window.find(label));
    window.mouse('release', window.find(label));
  };
  await click('User name');
  window.type(DEMO.user);
  await click('Password');
  await window.shows('▸ Password');
  window.type(DEMO.password);
  await click('[ Log in ]');
  const text = await window.shows(/\b\d{6}\b[^]*expires in/);
  const [, challenge = ''] = /\b(\d{6})\b/.exec(text) ?? [];

  window.mouse('press', window.find('press  '));
  await displays(window, /^PIN>$/);
  window.mouse('release', window.find('OK'));
  let typed = '';
  for (const digit of DEMO.pin) {
    await click(`│ ${digit} │`);
    typed += '*';
    await window.until(() => window.display() === `PIN>${typed}`, `PIN>${typed}`);
  }
  await click('│ OK │');
  await displays(window, /^CHALLNG>$/);
  typed = '';
  for (const digit of challenge) {
    await click(`│ ${digit} │`);
    typed += digit;
    await window.until(() => window.display() === typed, typed);
  }
  await click('│ ◄  │');
  await window.until(() => window.display() === typed.slice(0, -1), 'one digit less');
  await click(`│ ${typed.at(-1)} │`);
  await window.until(() => window.display() === typed, typed);
  await click('│ OK │');
  const response = await displays(window, /^\d{8}$/);

  await click('Security Code');
  await window.shows('▸ Security Code');
  window.type(response);
  await click('[ Log in ]');
  await window.shows('Logged in as demo.');
  await click('[ Log out ]');
  await window.shows('You have logged out.');
});

test('with a wrong PIN the card shows eight digits all the same, and the login refuses them', async () => {
  const window = openApp();
  await window.shows('Demo data');
  window.type('\t');
  const challenge = await getChallenge(window);
  window.type('\tp');
  await displays(window, /^PIN>$/);
  window.type('4321\r');
  await displays(window, /^CHALLNG>$/);
  window.type(`${challenge}\r`);
  const response = await displays(window, /^\d{8}$/);
  window.type(`\t${response}\r`);
  await window.shows('2 attempts left');
});

test('in a window of 80 columns, where one pane is out of sight', async () => {
  const window = openApp({ columns: 80, rows: 24 });
  await window.shows('press');
  window.type('\t');
  await window.shows('Demo data');
  const challenge = await getChallenge(window);
  window.type('\t');
  await window.shows(`Challenge Code: ${challenge}`);
  window.type('p');
  await displays(window, /^PIN>$/);
  window.type(`${DEMO.pin}\r`);
  await displays(window, /^CHALLNG>$/);
  window.type(`${challenge}\r`);
  const response = await displays(window, /^\d{8}$/);
  window.type('\t');
  await window.shows(`Display: ${response}`);
  window.type(`${response}\r`);
  await window.shows('Logged in as demo.');
});

test('in one window at a time, with one card', async () => {
  const HOME = temporaryFolder();
  const first = openApp({ env: { HOME } });
  await first.shows(/DSC-\d+/);
  const second = openApp({ env: { HOME } });
  await second.shows(/^error: card demo is in use by process \d+; end that program, then try again/m);
  expect((await second.ended).status).toBe(1);
  const third = openApp({ env: { HOME } });
  await third.shows(/Digital Security Card/);
  first.type('q');
  expect((await first.ended).status).toBe(0);
  await third.shows(/DSC-\d+/);
});

test('with the name typed before the app was there', async () => {
  const window = openApp();
  window.type(`\t${DEMO.user}`);
  await window.shows(`│ ${DEMO.user} `);
});

test('beside the same host’s service, at the address on the screen, as its administrator', async () => {
  const home = temporaryFolder();
  const window = openApp({ columns: 100, rows: 30, env: { HOME: home } });
  await window.shows('administrator admin');
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(await window.shows(/http:\/\/127\.0\.0\.1:\d+/)) ?? [];
  expect((await fetch(new URL('/readyz', url))).status).toBe(200);
  const begun = await fetch(new URL('/v1/logins', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password: DEMO.password }),
  });
  const { id, challenge } = Object(await begun.json());
  window.type('p');
  await displays(window, /^PIN>$/);
  window.type(`${DEMO.pin}\r`);
  await displays(window, /^CHALLNG>$/);
  window.type(`${challenge}\r`);
  const response = await displays(window, /^\d{8}$/);
  const opened = await fetch(new URL(`/v1/logins/${id}/answer`, url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ response }),
  });
  expect(await opened.json()).toMatchObject({ user: 'admin', kind: 'full' });
  window.type('q');
  expect(await window.ended).toEqual({ status: 0, signal: undefined });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
