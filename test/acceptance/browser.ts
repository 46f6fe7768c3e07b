// A real browser for the tests of the pages.
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { browserFile } from './browser-file.ts';

/** Nothing on this list changes what a page can do; it keeps the browser from asking its maker's servers things. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  // Only this machine has a name.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/**
 * Starts a browser for the tests of this file, and closes it after them. Call it at the top of the file.
 * @returns What opens a page for a test, as a visitor who was never there before: own cookies, own storage. It closes
 * after the test.
 */
export function useBrowser(): (visitor?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const { path, env } = await browserFile();
    browser = await chromium.launch({
      executablePath: path,
      env: { ...process.env, ...env },
      args: QUIET,
      // Chromium's sandbox does not work for root.
      chromiumSandbox: false,
    });
  });
  afterAll(() => browser?.close());
  return async (visitor) => {
    if (browser === undefined)
      throw new Error('There is no browser before the tests of the file have begun.');
    const context = await browser.newContext(visitor);
    onTestFinished(() => context.close());
    return context.newPage();
  };
}
