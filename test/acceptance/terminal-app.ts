// Somebody at the app in a real terminal.
import { DSC, environment, temporaryFolder } from './command-run.ts';
import { openWindow, type TerminalWindow, type WindowOptions } from './terminal-window.ts';

/** The demo's data, as they stand on the login screen. */
export const DEMO = { user: 'demo', password: 'demo-pass', pin: '1234' };

/** Opens the built app, in English and without colours, so that the display can be read. */
export function openApp({ args = [], env = {}, ...options }: Partial<WindowOptions> = {}): TerminalWindow {
  const home = env['HOME'] ?? temporaryFolder();
  return openWindow({
    args: [DSC, ...args],
    env: { ...environment(home), LANG: 'en_US.UTF-8', NO_COLOR: '1', ...env },
    ...options,
  });
}

/** Enters name and password, and returns the challenge that is then shown. The login has the focus. */
export async function getChallenge(window: TerminalWindow): Promise<string> {
  window.type(`${DEMO.user}\r${DEMO.password}\r`);
  const text = await window.shows(/Challenge Code[^]*?\b\d{6}\b[^]*expires in/);
  const [, challenge = ''] = /\b(\d{6})\b/.exec(text) ?? [];
  return challenge;
}

/** Waits until the drawn display shows this. */
export async function displays(window: TerminalWindow, wanted: RegExp): Promise<string> {
  let shown = '';
  await window.until(() => {
    shown = window.display() ?? '';
    return wanted.test(shown);
  }, `${wanted} on the card's display`);
  return shown;
}
