// One sitting: a card, a login screen, and a controller between them and whoever sits there.
import { createCard, type Card } from '../../firmware/card.ts';
import type { Clock } from '../../firmware/clock.ts';
import type { Memory } from '../../firmware/memory.ts';
import type { Recorder } from '../../firmware/recording.ts';
import { createFinger, type Finger } from './card/finger.ts';
import { createController, type Controller, type ControllerParts } from './controller.ts';
import { createEventLog } from './hand/event-log.ts';
import { createHand, type Hand } from './hand/hand.ts';
import { createLoginDesk, type LoginDesk } from './login/login-desk.ts';
import type { LoginHost } from './login/login-host.ts';
import { createStore, type Readable } from './store.ts';

/** What a sitting takes from outside. */
export interface SessionParts extends Omit<ControllerParts, 'hand' | 'finger' | 'desk'> {
  /** The card's memory, and so the card. */
  readonly memory: Memory;
  /** Is told what happens to the card. */
  readonly record?: Recorder | undefined;
  /** The host, as soon as it is ready. */
  readonly host: Promise<LoginHost>;
  readonly clock: Clock;
  /** The host's time of day, in milliseconds since 1970. */
  readonly timeOfDay: () => number;
  /** The address of the host's pages, once there are any. */
  readonly webPage?: Readable<string | undefined>;
}

/** The sitting. */
export interface Session {
  /** The real card; which one is in hand, the hand knows. */
  readonly card: Card;
  readonly hand: Hand;
  readonly finger: Finger;
  readonly desk: LoginDesk;
  readonly controller: Controller;
  readonly webPage: Readable<string | undefined>;
}

/**
 * Begins a sitting.
 *
 * @throws {OcraError} or {CardError} for a memory no card can be made of.
 */
export function createSession({
  memory,
  record,
  host,
  timeOfDay,
  webPage = createStore<string | undefined>(undefined),
  ...outside
}: SessionParts): Session {
  const { clock } = outside;
  const log = createEventLog();
  const card = createCard({ memory, clock, record: record ? [log, record] : log });
  const hand = createHand(card, clock, log);
  const finger = createFinger(hand, clock, card.profile.times.hold);
  const desk = createLoginDesk({ host, timeOfDay, clock, serial: card.serial });
  const controller = createController({ hand, finger, desk, ...outside });
  return { card, hand, finger, desk, controller, webPage };
}
