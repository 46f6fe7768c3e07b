// The terminal modes that Ink does not know: the mouse, bracketed paste and reports of the window's focus. Raw mode, the
// alternate screen, the cursor and the kitty keyboard are set and restored by Ink.

/** DEC private modes (xterm's "ctlseqs"): 1000 presses and releases of the mouse, 1006 in a form without a limit. */
const MOUSE = ['1000', '1006'];
/** 2004 brackets around a paste, 1004 tells of the focus: a key that is held when it goes would never be let go. */
const ALWAYS = ['2004', '1004'];

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
}

/** @param write - writes to the terminal; must have written when it returns, since a process may be about to end. */
export function createModes(write: (text: string) => void): TerminalModes {
  let entered = false;
  let mouse = true;
  return {
    enter() {
      if (entered) return;
      entered = true;
      write(on(ALWAYS) + (mouse ? on(MOUSE) : ''));
    },
    leave() {
      if (!entered) return;
      entered = false;
      write(off([...MOUSE, ...ALWAYS]));
    },
    useMouse(use) {
      if (use === mouse) return;
      mouse = use;
      if (entered) write(mouse ? on(MOUSE) : off(MOUSE));
    },
  };
}
