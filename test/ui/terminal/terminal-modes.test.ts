import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createModes } from '../../../src/ui/terminal/terminal-modes.ts';

/** The private modes a terminal has on, from what was written to it. */
function terminal() {
  const on = new Set<string>();
  const modes = createModes((text) => {
    for (const [, mode = '', letter] of text.matchAll(/\[\?(\d+)([hl])/g)) {
      if (letter === 'h') on.add(mode);
      else on.delete(mode);
    }
  });
  return { on, modes };
}

it('reports the mouse, pastes and the focus while entered', () => {
  const { on, modes } = terminal();
  modes.enter();
  expect([...on].toSorted()).toEqual(['1000', '1004', '1006', '2004']);
  modes.useMouse(false);
  expect([...on].toSorted()).toEqual(['1004', '2004']);
});

it('leaves the terminal as it was, and remembers about the mouse', () => {
  const { on, modes } = terminal();
  modes.enter();
  modes.useMouse(false);
  modes.leave();
  expect([...on]).toEqual([]);
  modes.enter();
  expect([...on].toSorted()).toEqual(['1004', '2004']);
});

it('has nothing on outside, whatever was done', () => {
  const act = fc.constantFrom('enter', 'leave', 'on', 'off');
  fc.assert(
    fc.property(fc.array(act), (acts) => {
      const { on, modes } = terminal();
      for (const name of acts) {
        if (name === 'enter') modes.enter();
        else if (name === 'leave') modes.leave();
        else modes.useMouse(name === 'on');
      }
      modes.leave();
      expect([...on]).toEqual([]);
    }),
  );
});

it('writes nothing for a change that is none', () => {
  const written: string[] = [];
  const modes = createModes((text) => written.push(text));
  modes.leave();
  modes.useMouse(true);
  modes.useMouse(false);
  expect(written).toEqual([]);
  modes.enter();
  modes.enter();
  expect(written).toHaveLength(1);
});

it('sets the keyboard’s enhancements whenever it is entered, once it is known to have some', () => {
  const written: string[] = [];
  const modes = createModes((text) => written.push(text));
  modes.enter();
  expect(written.join('')).not.toContain('u');
  modes.useKeyboard();
  modes.useKeyboard();
  expect(
    written
      .splice(0)
      .join('')
      .match(/\[>31u/g),
  ).toHaveLength(1);
  modes.leave();
  expect(written.splice(0).join('')).toContain('[<u');
  modes.enter();
  expect(written.splice(0).join('')).toContain('[>31u');
});
