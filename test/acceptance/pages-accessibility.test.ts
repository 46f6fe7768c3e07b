// Every page for everybody: checked by axe in light and dark, and on the narrowest screens in the longest and the most compact language.
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './browser.ts';
import { servedSite, type ServedSite } from './served-site.ts';

const open = useBrowser();

/** Pages that somebody with the right comes to by their address alone. */
const OWN = [
  '/home',
  '/devices/pin?serial=DSC-A',
  '/devices/lost?serial=DSC-A',
  '/devices/request',
  '/password',
  '/nothing',
];
const ADMINISTRATOR = [
  '/admin/users',
  '/admin/users?prefix=nobody',
  '/admin/users/add',
  '/admin/user?name=ann',
  '/admin/user?name=root',
  '/admin/user/edit?name=ann',
  '/admin/user/password?name=ann',
  '/admin/user/enrol?name=ann',
  '/admin/device/mail?serial=DSC-A&name=ann',
  '/admin/device/pin?serial=DSC-A&name=ann',
  '/admin/device/share?serial=DSC-A&name=ann',
  '/admin/device/move?serial=DSC-A&name=ann&move=retire',
  '/admin/trail',
];

/** What axe looks at in light, and in dark: there only colours differ. */
const LOOKS = [
  ['light', ''],
  ['dark', "{ runOnly: ['color-contrast'] }"],
] as const;

/** Goes to every page, and has it looked at. */
async function everyPage(
  { url, enter, answer, logIn, wrong, host, newCard }: ServedSite,
  page: Page,
  look: (name: string) => Promise<void>,
): Promise<number> {
  let pages = 0;
  const seen = async (name: string): Promise<void> => {
    pages++;
    await look(name);
  };
  const logOut = () => page.locator('form[action="/logout"] button').click();

  await host.enrol({ user: 'ann', pin: '1234', ...newCard('DSC-MAILED').enrolment, mailed: true });
  await host.enrol({ user: 'eve', pin: '1234', ...newCard('DSC-E').enrolment, mailed: true });
  await host.reportLost('ann', 'DSC-LOST');
  await page.goto(url);
  await seen('login');
  await page.locator('#name').fill('ann');
  await page.locator('#password').fill('wrong');
  await page.locator('form[action="/login"] button').click();
  await seen('login, refused');

  await enter(page, 'eve');
  await seen('restricted');
  await logOut();
  await seen('logged out');

  await enter(page, 'ann');
  await seen('choice');
  await page.locator('#serial').selectOption('DSC-A');
  await page.locator('form[action="/device"] button').click();
  await seen('challenge');
  const challenge = await page.locator('.digits').innerText();
  await page.locator('#response').fill(wrong('DSC-A', challenge));
  await page.locator('form[action="/challenge"] button').click();
  await seen('challenge, refused');
  await answer(page, 'DSC-A');
  for (const path of OWN) {
    await page.goto(url + path);
    await seen(path);
  }
  await page.goto(`${url}/devices/pin?serial=DSC-A`);
  await page.locator('#pin').fill('4321');
  await page.locator('#again').fill('1234');
  await page.locator('form[action="/devices/pin"] button').click();
  await seen('PIN, refused');
  await page.goto(`${url}/password`);
  await page.locator('#current').fill('wrong');
  await page.locator('#password').fill('a new password');
  await page.locator('#again').fill('a new password');
  await page.locator('form[action="/password"] button').click();
  await seen('password, refused');
  await logOut();

  await logIn(page, 'root', 'DSC-R');
  for (const path of ADMINISTRATOR) {
    await page.goto(url + path);
    await seen(path);
  }
  return pages;
}

async function visit(visitor: BrowserContextOptions) {
  const here = await servedSite(
    { ann: ['DSC-A', 'DSC-LOST', 'DSC-WITH-THE-LONGEST-SERIAL-NUM1'], eve: [], root: ['DSC-R'] },
    { demo: true, users: { root: { role: 'administrator' } } },
  );
  // Where nothing moves, nothing is looked at half-way.
  return { here, page: await open({ ...visitor, reducedMotion: 'reduce' }) };
}

const NUMBER = 9 + OWN.length + ADMINISTRATOR.length;

it('axe finds nothing on any page, light or dark', async () => {
  const { here, page } = await visit({ locale: 'en-GB' });
  const found: string[] = [];
  const pages = await everyPage(here, page, async (name) => {
    await page.evaluate(axe.source);
    for (const [colorScheme, rules] of LOOKS) {
      await page.emulateMedia({ colorScheme });
      const { passes, violations } = await page.evaluate<axe.AxeResults>(`axe.run(${rules})`);
      if (passes.length === 0) found.push(`${name}, ${colorScheme}: axe looked at nothing`);
      for (const { id, nodes } of violations) {
        found.push(`${name}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      }
    }
  });
  expect(found).toEqual([]);
  expect(pages).toBe(NUMBER);
});

describe.each(['ru-RU', 'zh-TW'])('in the language of %s', (locale) => {
  it('no page is wider than a phone, and none lacks a text', async () => {
    const { here, page } = await visit({ locale, viewport: { width: 320, height: 640 } });
    const found: string[] = [];
    const pages = await everyPage(here, page, async (name) => {
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (over > 0) found.push(`${name}: ${over} px too wide`);
      // Where there is no text, its key shows.
      const keys = /\b[a-z]+\.[a-z]+[A-Z]\w*|\{\{|undefined|NaN/.exec(await page.locator('body').innerText());
      if (keys) found.push(`${name}: ${keys[0]}`);
    });
    expect(found).toEqual([]);
    expect(pages).toBe(NUMBER);
  });
});
