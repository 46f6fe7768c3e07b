// One sitting: a card, a login screen, and a controller between them and whoever sits there.
import { createCard, type Card } from '../../firmware/card.ts';
import type { Clock } from '../../firmware/clock.ts';
import type { Host } from '../../host/index.ts';
import type { CardRecord } from '../card-record.ts';
import { createFinger, type Finger } from './card/finger.ts';
import { createController, type Controller, type ControllerParts } from './controller.ts';
import { createLoginDesk, type LoginDesk } from './login/login-desk.ts';
import type { Readable } from './store.ts';

/** What a sitting takes from outside. */
export interface SessionParts extends Omit<ControllerParts, 'finger' | 'desk'> {
  readonly record: CardRecord;
  /** The host, as soon as it is ready. */
  readonly host: Promise<Host>;
  readonly clock: Clock;
  /** The host's time of day, in milliseconds since 1970. */
  readonly timeOfDay: () => number;
}

/** The sitting. */
export interface Session {
  readonly card: Card;
  readonly serial: string;
  readonly display: Readable<string>;
  readonly finger: Finger;
  readonly desk: LoginDesk;
  readonly controller: Controller;
}

/**
 * Begins a sitting.
 *
 * @throws {OcraError} or {CardError} for a record no card can be made of.
 */
export function createSession({ record, host, timeOfDay, ...outside }: SessionParts): Session {
  const { serial, key, suite } = record;
  const { clock } = outside;
  const card = createCard({ key, suite, clock });
  const display = {
    get: () => card.display(),
    subscribe: (listener: () => void) => card.subscribe(listener),
  };
  const finger = createFinger(card, clock, card.profile.times.hold);
  const desk = createLoginDesk({ host, timeOfDay, clock, serial });
  const controller = createController({ finger, desk, ...outside });
  return { card, serial, display, finger, desk, controller };
}
