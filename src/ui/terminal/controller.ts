// What keys and the mouse do: each goes to the card, to the login screen, or to the app itself.
import type { Clock } from '../../firmware/clock.ts';
import type { Key } from '../../firmware/keypad.ts';
import type { Finger } from './card/finger.ts';
import { commandOf, keyOnCard, type Command } from './card/keys.ts';
import type { Hand } from './hand/hand.ts';
import type { InputEvent } from './input/input-parser.ts';
import type { KeyStroke } from './input/key-parser.ts';
import type { MouseReport } from './input/mouse-parser.ts';
import type { LoginDesk } from './login/login-desk.ts';
import type { Spot } from './login/login-form.ts';
import { createStore, type Readable } from './store.ts';
import type { Targets } from './targets.ts';

/** One of the two halves of the screen. */
export type Pane = 'card' | 'login';

/** What the app itself shows. */
export interface View {
  readonly focus: Pane;
  readonly help: boolean;
  /** Whether the developer's view is open; it is seen while the card has the focus. */
  readonly developer: boolean;
  /** Whether the mouse is the app's; if not, it selects text as usual. */
  readonly mouse: boolean;
}

/** What the controller steers. */
export interface ControllerParts {
  readonly hand: Pick<Hand, 'travel' | 'keepMoments' | 'back' | 'forward' | 'goOn' | 'putCopyAway'>;
  readonly finger: Finger;
  readonly desk: LoginDesk;
  readonly targets: Targets;
  readonly clock: Clock;
  /** Whether the terminal reports when a key is let go, so that keys are held for real. */
  readonly tellsReleases: () => boolean;
  readonly useMouse: (use: boolean) => void;
  /** Leaves the app. */
  readonly leave: () => void;
  /** Stops the app until the shell calls it back. */
  readonly suspend: () => void;
}

/** The controller. */
export interface Controller {
  readonly view: Readable<View>;
  readonly handle: (event: InputEvent) => void;
}

/**
 * A terminal that repeats a held key does so at least this often, in milliseconds. Without it, holding `p` down would
 * switch the card on, and off again two seconds later.
 */
const REPEAT = 300;

/** What a key that is held down does again and again. */
const STEPS: ReadonlySet<Command> = new Set(['back', 'forward']);

/** What is shown at first: the focus is on the card, where letters are commands. */
export const FIRST_VIEW: View = { focus: 'card', help: false, developer: false, mouse: true };

/** Makes a controller. */
export function createController(parts: ControllerParts): Controller {
  const { hand, finger, desk, targets, clock } = parts;
  const view = createStore(FIRST_VIEW);
  const change = (changes: Partial<View>): void => view.set({ ...view.get(), ...changes });
  let clicked: Key | undefined;
  let lastLatch = -Infinity;

  const commands: Readonly<Record<Command, () => void>> = {
    help: () => change({ help: true }),
    leave: parts.leave,
    develop() {
      const developer = !view.get().developer;
      // A card that stands still is no card to operate without the view that says so.
      if (!developer && standsStill()) hand.putCopyAway();
      hand.keepMoments(developer);
      change({ developer });
    },
    back: () => travel(hand.back),
    forward: () => travel(hand.forward),
    goOn: hand.goOn,
    mouse() {
      const mouse = !view.get().mouse;
      parts.useMouse(mouse);
      change({ mouse });
    },
  };

  const standsStill = (): boolean => hand.travel.get().to === 'past';

  function travel(step: () => void): void {
    finger.drop();
    step();
  }

  function focus(pane: Pane): void {
    if (view.get().focus !== pane) change({ focus: pane });
  }

  function onKey(stroke: KeyStroke): void {
    const key = standsStill() ? undefined : keyOnCard(stroke);
    if (stroke.phase === 'release') return key && finger.lift(key);
    if (stroke.ctrl) return onControl(stroke);
    if (view.get().help) return stroke.name === 'other' ? undefined : change({ help: false });
    if (stroke.name === 'tab') {
      finger.unlatch();
      return focus(view.get().focus === 'card' ? 'login' : 'card');
    }
    if (view.get().focus === 'login') return desk.key(stroke);
    if (key === 'press' && !isHeldForReal(stroke)) return latch();
    if (stroke.name !== 'other' && finger.unlatch()) return;
    const { developer } = view.get();
    if (developer && stroke.name === 'escape') return onEscape();
    const command = commandOf(stroke, developer);
    if (command && (stroke.phase === 'press' || STEPS.has(command))) return commands[command]();
    if (key) onCardKey(key, stroke);
  }

  /** One thing at a time: first the copy goes, then the view. */
  function onEscape(): void {
    if (hand.travel.get().to !== 'present') finger.drop();
    if (!hand.putCopyAway()) commands.develop();
  }

  function onControl({ text, phase }: KeyStroke): void {
    if (phase !== 'press') return;
    if (text === 'c') parts.leave();
    if (text === 'z') parts.suspend();
  }

  function isHeldForReal(stroke: KeyStroke): boolean {
    return stroke.enhanced && parts.tellsReleases();
  }

  function onCardKey(key: Key, stroke: KeyStroke): void {
    if (!isHeldForReal(stroke)) finger.tap(key);
    else if (stroke.phase === 'press') finger.hold(key);
  }

  /** A held key comes as many presses: those that follow close upon each other are one hold. */
  function latch(): void {
    const now = clock.now();
    const isRepeat = finger.touch.get()?.latched === true || now - lastLatch < REPEAT;
    lastLatch = now;
    if (!isRepeat) finger.latch();
  }

  function onPaste(text: string): void {
    if (view.get().help) return change({ help: false });
    for (const character of text) {
      const isEnter = character === '\r';
      if (!isEnter && character < ' ') continue;
      const stroke = { name: isEnter ? 'enter' : 'character', text: isEnter ? '' : character } as const;
      if (view.get().focus === 'login') {
        desk.key(stroke);
        continue;
      }
      // Letters in a paste are no commands: nobody means to leave by pasting a "q".
      const key = standsStill() ? undefined : keyOnCard(stroke);
      if (key && key !== 'press') finger.tap(key);
    }
  }

  function onMouse({ action, button, column, row }: MouseReport): void {
    if (button !== 'left') return;
    if (action === 'release') {
      if (clicked) finger.lift(clicked);
      clicked = undefined;
      return;
    }
    if (view.get().help) return change({ help: false });
    const target = targets.at(column, row);
    if (!target) return;
    const [kind, name] = split(target);
    if (kind === 'key') {
      clicked = name;
      focus('card');
      if (!standsStill()) finger.hold(name);
    } else if (kind === 'spot') {
      focus('login');
      desk.point(name);
    } else focus(name);
  }

  return {
    view,
    handle(event) {
      switch (event.kind) {
        case 'key':
          return onKey(event);
        case 'paste':
          return onPaste(event.text);
        case 'mouse':
          return onMouse(event);
        case 'focus':
          // Whatever is held when the window loses the focus is let go elsewhere, where nobody hears of it.
          return event.has ? undefined : finger.letGo();
        case 'keyboard':
          return;
      }
    },
  };
}

function split(target: string): ['key', Key] | ['spot', Spot] | ['pane', Pane] {
  return target.split(':') as ['key', Key] | ['spot', Spot] | ['pane', Pane];
}
