// People at a real browser, with a card in the other hand.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './browser.ts';
import { servedSite } from './served-site.ts';

const open = useBrowser();

const english = { locale: 'en-GB' };

const pathOf = (page: Page): string => new URL(page.url()).pathname;

describe.each([
  ['with scripts', english],
  ['without scripts', { ...english, javaScriptEnabled: false }],
])('a browser %s', (_, visitor) => {
  it('logs in with the card, chooses among devices, and logs out', async () => {
    const here = await servedSite({ ann: ['DSC-A', 'DSC-B'] });
    const page = await open(visitor);
    await here.enter(page, 'ann');
    await page.getByLabel('Device').selectOption('DSC-B');
    await page.getByRole('button', { name: 'Continue' }).click();
    await here.answer(page, 'DSC-B');
    expect(await page.locator('h1').innerText()).toBe('Your devices');
    expect(await page.locator('.device').allInnerTexts()).toEqual([
      expect.stringContaining('DSC-A'),
      expect.stringContaining('DSC-B'),
    ]);
    await page.getByRole('button', { name: 'Log out' }).click();
    expect(await page.getByRole('status').innerText()).toBe('You have logged out.');
    await page.goto(`${here.url}/home`);
    expect(pathOf(page)).toBe('/');
  });

  it('says what is wrong with a code, and takes the right one after it', async () => {
    const here = await servedSite();
    const page = await open(visitor);
    await here.enter(page, 'ann');
    const challenge = await page.locator('.digits').innerText();
    await page.getByRole('textbox', { name: 'Security Code' }).fill(here.wrong('DSC-A', challenge));
    await page.getByRole('button', { name: 'Login' }).click();
    const summary = page.getByRole('alert');
    expect(await summary.innerText()).toContain('2 attempts left');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator(':focus').getAttribute('role')).toBe('alert');
    await summary.getByRole('link').click();
    expect(await page.locator(':focus').getAttribute('id')).toBe('response');
    await here.answer(page, 'DSC-A');
    expect(pathOf(page)).toBe('/home');
  });

  it('starts over after two minutes', async () => {
    const here = await servedSite();
    const page = await open(visitor);
    await here.enter(page, 'ann');
    here.clock.advance(120_000);
    await here.answer(page, 'DSC-A');
    expect(pathOf(page)).toBe('/');
    expect(await page.getByRole('alert').innerText()).toContain('has expired');
    await here.logIn(page, 'ann', 'DSC-A');
  });

  it('changes the PIN with the card, and reports it lost', async () => {
    const here = await servedSite({ ann: ['DSC-A', 'DSC-B'] });
    await here.host.reportLost('ann', 'DSC-B');
    const page = await open(visitor);
    await here.logIn(page, 'ann', 'DSC-A');
    await page.getByRole('link', { name: 'Change PIN: DSC-A' }).click();
    await page.getByLabel('New PIN', { exact: true }).fill('4321');
    await page.getByLabel('New PIN again').fill('4321');
    await page.getByRole('button', { name: 'Continue' }).click();
    await here.answer(page, 'DSC-A', '4321');
    expect(await page.getByRole('status').innerText()).toContain('The new PIN holds now');

    await page.getByRole('button', { name: 'Reactivate: DSC-B' }).click();
    await here.answer(page, 'DSC-B');
    expect(await page.getByRole('status').innerText()).toContain('in use again');

    await page.getByRole('link', { name: 'Report lost: DSC-A' }).click();
    await page.getByRole('link', { name: 'Cancel' }).click();
    expect((await here.host.device('DSC-A')).state).toBe('active');
    await page.getByRole('link', { name: 'Report lost: DSC-A' }).click();
    await page.getByRole('button', { name: 'Yes, report it lost' }).click();
    expect((await here.host.device('DSC-A')).state).toBe('lost');
  });

  it('lets an administrator add a user and enrol the card that the user then logs in with', async () => {
    const here = await servedSite({ root: ['DSC-R'] }, { users: { root: { role: 'administrator' } } });
    const page = await open(visitor);
    await here.logIn(page, 'root', 'DSC-R');
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('link', { name: 'Add a user' }).click();
    await page.getByLabel('User name').fill('bob');
    await page.getByLabel('New password').fill('the password of bob');
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('link', { name: 'Enrol a card' }).click();
    const card = here.newCard('DSC-B');
    await page.getByLabel('Serial number').fill('DSC-B');
    await page.getByLabel('Key of the card').fill(Buffer.from(card.enrolment.key).toString('hex'));
    await page.getByLabel('PIN').fill('1234');
    await page.getByRole('button', { name: 'Enrol' }).click();
    expect(await page.getByRole('status').innerText()).toBe('The card is enrolled.');

    const bob = await open(visitor);
    await here.logIn(bob, 'bob', 'DSC-B');
    await page.getByRole('button', { name: 'Disable: bob' }).click();
    await bob.reload();
    expect(pathOf(bob)).toBe('/');
    await page.getByRole('link', { name: 'Audit trail of this user' }).click();
    expect(await page.getByRole('row').nth(1).innerText()).toMatch(/User disabled[^]*administrator:root/);
  });
});

describe('the script', () => {
  it('counts down, says aloud when time runs short, and starts over at the end', async () => {
    const here = await servedSite();
    const page = await open(english);
    await page.clock.install();
    await here.enter(page, 'ann');
    const timer = page.getByRole('timer');
    const voice = page.locator('#voice');
    await page.clock.runFor(30_000);
    expect(await timer.innerText()).toMatch(/^Time left: 1:(29|30)$/);
    expect(await voice.textContent()).toBe('');
    await page.clock.runFor(31_000);
    expect(await voice.textContent()).toBe('One minute left.');
    await page.clock.runFor(50_000);
    expect(await voice.textContent()).toBe('10 seconds left.');
    here.clock.advance(120_000);
    await page.clock.runFor(15_000);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('has expired');
  });

  it('takes pasted digits in groups, without the spaces between them', async () => {
    const here = await servedSite();
    const page = await open(english);
    await here.enter(page, 'ann');
    await page.evaluate(`{
      const data = new DataTransfer();
      data.setData('text', ' 1234 5678 ');
      const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.getElementById('response').dispatchEvent(paste);
    }`);
    expect(await page.getByRole('textbox', { name: 'Security Code' }).inputValue()).toBe('12345678');
  });

  it('sends a form once, however often the button is pressed', async () => {
    const here = await servedSite();
    const page = await open(english);
    await here.enter(page, 'ann');
    const challenge = await page.locator('.digits').innerText();
    await page.locator('#response').fill(here.wrong('DSC-A', challenge));
    await page.evaluate(`{
      const button = document.querySelector('form[action="/challenge"] button');
      button.click();
      button.click();
      button.click();
    }`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('2 attempts left');
  });
});

it('somebody at the keyboard comes past the navigation, to the content', async () => {
  const here = await servedSite();
  const page = await open(english);
  await here.logIn(page, 'ann', 'DSC-A');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Change PIN: DSC-A');
});

it('another language is a click away, and stays', async () => {
  const here = await servedSite();
  const page = await open({ locale: 'zh-TW' });
  await page.goto(here.url);
  expect(await page.locator('h1').innerText()).toBe('安全登錄系統');
  await page.getByRole('link', { name: 'Русский' }).click();
  await here.enter(page, 'ann');
  expect(await page.locator('h1').innerText()).toBe('Введите код безопасности');
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');
});

it('a page of another site can send no form in somebody’s name', async () => {
  const here = await servedSite({ ann: ['DSC-A', 'DSC-B'] });
  const page = await open(english);
  await here.enter(page, 'ann');
  await page.getByRole('button', { name: 'Continue' }).click();
  await here.answer(page, 'DSC-A');
  // The same machine under another name is another site.
  const evil = here.url.replace('127.0.0.1', 'localhost');
  await page.route(`${evil}/evil`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${here.url}/devices/lost"><input name="serial" value="DSC-A"><button>Win</button></form>`,
    }),
  );
  await page.goto(`${evil}/evil`);
  await page.getByRole('button', { name: 'Win' }).click();
  expect(await page.locator('h1').innerText()).toBe('This was refused');
  expect((await here.host.device('DSC-A')).state).toBe('active');
});
