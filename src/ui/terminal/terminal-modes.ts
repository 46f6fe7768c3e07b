// The terminal modes that Ink leaves to us: the mouse, bracketed paste, reports of the window's focus, and the kitty
// keyboard, whose answer Ink would wait for no longer than 200 ms. Raw mode, the alternate screen and the cursor are set
// and restored by Ink.

/** DEC private modes (xterm's "ctlseqs"): 1000 presses and releases of the mouse, 1006 in a form without a limit. */
const MOUSE = ['1000', '1006'];
/** 2004 brackets around a paste, 1004 tells of the focus: a key that is held when it goes would never be let go. */
const ALWAYS = ['2004', '1004'];
/**
 * All enhancements of a kitty keyboard: holding keys for real takes 2 and 8, telling letters on any layout 4 and 16.
 * Each screen has its own stack of them, so they are put there, and taken off, while the alternate screen is shown.
 */
const KEYBOARD_ON = '\u{1B}[>31u';
const KEYBOARD_OFF = '\u{1B}[<u';

const on = (modes: readonly string[]): string => modes.map((mode) => `\u{1B}[?${mode}h`).join('');
const off = (modes: readonly string[]): string => modes.map((mode) => `\u{1B}[?${mode}l`).join('');

/** Sets modes and remembers what is to be undone. */
export interface TerminalModes {
  /** Sets the modes; the mouse only while it is switched on. Does nothing if they are set. */
  readonly enter: () => void;
  /** Undoes what `enter` did. Does nothing if nothing is to be undone, so every way out may call it. */
  readonly leave: () => void;
  /** Switches reports of the mouse on or off; off, the terminal lets text be selected as usual. */
  readonly useMouse: (use: boolean) => void;
  /** Sets the kitty keyboard's enhancements, now and at every `enter`; for a terminal that has answered to know them. */
  readonly useKeyboard: () => void;
  /** Whether the modes are set, which is while the terminal is the app's. */
  readonly areEntered: () => boolean;
}

/** @param write - writes to the terminal; must have written when it returns, since a process may be about to end. */
export function createModes(write: (text: string) => void): TerminalModes {
  let entered = false;
  let mouse = true;
  let keyboard = false;
  return {
    enter() {
      if (entered) return;
      entered = true;
      write((keyboard ? KEYBOARD_ON : '') + on(ALWAYS) + (mouse ? on(MOUSE) : ''));
    },
    leave() {
      if (!entered) return;
      entered = false;
      write((keyboard ? KEYBOARD_OFF : '') + off([...MOUSE, ...ALWAYS]));
    },
    useMouse(use) {
      if (use === mouse) return;
      mouse = use;
      if (entered) write(mouse ? on(MOUSE) : off(MOUSE));
    },
    useKeyboard() {
      if (keyboard) return;
      keyboard = true;
      if (entered) write(KEYBOARD_ON);
    },
    areEntered: () => entered,
  };
}
