// `dsc replay` in a real terminal.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DSC, DSC_PLUS } from '../../src/firmware/profiles.ts';
import { displays, openApp } from './terminal-app.ts';

function recording(name: string): string {
  return join(import.meta.dirname, `../fixtures/recordings/${name}.jsonl`);
}

test('a recording is shown with masks for what it hides, and ends by itself with its last frame left', async () => {
  for (const [name, { display }, response, pin] of [
    ['dsc-plus', DSC_PLUS, /^\*{8}$/, /^PIN>\*$/],
    ['dsc', DSC, /^-{5}$/, /^-$/],
  ] as const) {
    const window = openApp({ args: ['replay', recording(name), '--speed', '40'], shows: display });
    await displays(window, response);
    await displays(window, pin);
    expect(await window.ended).toEqual({ status: 0, signal: undefined });
    const [, shown, whole] = /([\d.]+) \/ ([\d.]+) s/.exec(window.text()) ?? [];
    expect(shown).toBe(whole);
    expect(window.written()).not.toContain('\u{1B}[?1049h');
    expect(window.modes().on.has(25)).toBe(true);
  }
});

test('q leaves it, in the language that was named', async () => {
  const window = openApp({ args: ['--lang', 'ru', 'replay', recording('dsc-plus'), '--speed', '0.1'] });
  await window.shows('q выход');
  window.type('q');
  expect(await window.ended).toEqual({ status: 0, signal: undefined });
});
