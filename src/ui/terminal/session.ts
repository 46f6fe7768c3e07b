// One sitting: a card, a login screen, and a controller between them and whoever sits there.
import { createCard, type Card } from '../../firmware/card.ts';
import type { Clock } from '../../firmware/clock.ts';
import type { Memory } from '../../firmware/memory.ts';
import type { Recorder } from '../../firmware/recording.ts';
import type { Host } from '../../host/index.ts';
import { createFinger, type Finger } from './card/finger.ts';
import { createController, type Controller, type ControllerParts } from './controller.ts';
import { createLoginDesk, type LoginDesk } from './login/login-desk.ts';
import { createStore, type Readable } from './store.ts';

/** What a sitting takes from outside. */
export interface SessionParts extends Omit<ControllerParts, 'finger' | 'desk'> {
  /** The card's memory. */
  readonly memory: Memory;
  /** Is told what happens to the card. */
  readonly record?: Recorder | undefined;
  /** The host, as soon as it is ready. */
  readonly host: Promise<Host>;
  readonly clock: Clock;
  /** The host's time of day, in milliseconds since 1970. */
  readonly timeOfDay: () => number;
}

/** What one sees of a card: its display, and the step it is at. */
export interface Face {
  readonly line: string;
  readonly state: ReturnType<Card['state']>;
  /** The whole response, of which the display may show a page; empty while there is none. */
  readonly response: string;
  /** The challenge that was entered, or the last digits of it that the display had room for; undefined before. */
  readonly answered: string | undefined;
}

/** The sitting. */
export interface Session {
  readonly card: Card;
  readonly serial: string;
  readonly face: Readable<Face>;
  readonly finger: Finger;
  readonly desk: LoginDesk;
  readonly controller: Controller;
}

/**
 * Begins a sitting.
 *
 * @throws {OcraError} or {CardError} for a memory no card can be made of.
 */
export function createSession({ memory, record, host, timeOfDay, ...outside }: SessionParts): Session {
  const { clock } = outside;
  const card = createCard({ memory, clock, record });
  const { serial } = card;
  // Kept, and not read off the card when it is drawn: reading lets happen what is due, which would be drawn in between.
  const face = createStore<Face>({ line: '', state: 'off', response: '', answered: undefined });
  card.subscribe((line) => {
    const state = card.state();
    const before = face.get();
    const entered = before.state === 'challenge' ? before.line : before.answered;
    const isLater = state === 'response' || state === 'pin';
    face.set({ line, state, response: card.response(), answered: isLater ? entered : undefined });
  });
  const finger = createFinger(card, clock, card.profile.times.hold);
  const desk = createLoginDesk({ host, timeOfDay, clock, serial });
  const controller = createController({ finger, desk, ...outside });
  return { card, serial, face, finger, desk, controller };
}
