// The pages on a real port, in virtual time, for a real browser.
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { serve } from '../../src/host/http/server.ts';
import { passwordOf, PIN, site, type Site, type SiteOptions } from '../host/http/pages/site.ts';

export interface ServedSite extends Site {
  readonly url: string;
  /** Enters name and password on the first page. */
  readonly enter: (page: Page, user: string) => Promise<void>;
  /** Operates the card with the challenge that the page shows, types what it answers, and sends it. */
  readonly answer: (page: Page, serial: string, pin?: string) => Promise<void>;
  /** The whole login with one device. */
  readonly logIn: (page: Page, user: string, serial: string) => Promise<void>;
}

/** A site that is served until the test ends. */
export async function servedSite(
  cards?: Readonly<Record<string, readonly string[]>>,
  options?: SiteOptions,
): Promise<ServedSite> {
  const here = await site(cards, options);
  const listener = await serve(here.app, { port: 0 });
  onTestFinished(() => listener.stop());

  const enter = async (page: Page, user: string): Promise<void> => {
    await page.goto(listener.url);
    await page.locator('#name').fill(user);
    await page.locator('#password').fill(passwordOf(user));
    await page.locator('form[action="/login"] button').click();
  };
  const answer = async (page: Page, serial: string, pin = PIN): Promise<void> => {
    const challenge = await page.locator('.digits').innerText();
    await page.locator('#response').fill(here.card(serial).answer(pin, challenge));
    await page.locator('form[action="/challenge"] button').click();
  };
  return {
    ...here,
    url: listener.url,
    enter,
    answer,
    async logIn(page, user, serial) {
      await enter(page, user);
      await answer(page, serial);
      await page.waitForURL('**/home');
    },
  };
}
