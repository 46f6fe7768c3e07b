import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { useBrowser } from './browser.ts';

const openPage = useBrowser();

/** Serves one page. @returns Its address. */
async function served(html: string): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('Set-Cookie', 'been-here=yes; HttpOnly');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(html.replace('COOKIE', request.headers.cookie ?? 'none'));
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

test('a page runs in a real browser, and each visitor is a stranger', async () => {
  const url = await served(
    `<title>安全</title><button onclick="document.title = 'Pressed'">Press</button><p>COOKIE</p>`,
  );
  const page = await openPage({ locale: 'zh-TW' });
  await page.goto(url);
  expect(await page.title()).toBe('安全');
  await page.getByRole('button', { name: 'Press' }).click();
  expect(await page.title()).toBe('Pressed');
  expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG');
  await page.reload();
  expect(await page.locator('p').textContent()).toBe('been-here=yes');

  const stranger = await openPage({ javaScriptEnabled: false });
  await stranger.goto(url);
  await stranger.getByRole('button', { name: 'Press' }).click();
  expect(await stranger.title()).toBe('安全');
  expect(await stranger.locator('p').textContent()).toBe('none');
});

test('the browser asks nothing of the world outside', async () => {
  const page = await openPage();
  await expect(page.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
});
