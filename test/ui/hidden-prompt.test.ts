import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { askHidden } from '../../src/ui/hidden-prompt.ts';

/** A person at a terminal who is asked for a PIN. */
function ask() {
  const input = new PassThrough();
  const output = new PassThrough();
  const answer = askHidden('PIN:', input, output);
  return { input, answer, shown: () => String(output.read() ?? '') };
}

describe('the hidden prompt', () => {
  test('shows the question and not the answer', async () => {
    const { input, answer, shown } = ask();
    input.write('12');
    input.write('34\r');
    expect(await answer).toBe('1234');
    await setImmediate();
    const screen = shown();
    expect(screen).toContain('PIN: ');
    expect(screen).not.toMatch(/[1-4]{2}/);
    expect(screen).toMatch(/\n$/);
  });

  test('lets the person correct what was typed', async () => {
    const { input, answer } = ask();
    input.write('19\u007f234\r');
    expect(await answer).toBe('1234');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-C in the middle', '12\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is cancelled by %s', async (_, keys) => {
    const { input, answer } = ask();
    input.write(keys);
    await expect(answer).rejects.toMatchObject({
      code: 'wrong-use',
      message: 'nothing was typed for "PIN:"; run it again and type it',
    });
  });

  test('does not wait for a terminal that goes away', async () => {
    const { input, answer } = ask();
    input.end();
    await expect(answer).rejects.toMatchObject({ code: 'wrong-use' });
  });
});
