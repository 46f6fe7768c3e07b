// A card for scripts: made in one line, on its own time, with hands to operate it and what a host needs to enrol it.
import { randomBytes } from 'node:crypto';
import { createCard, type Card } from '../../firmware/card.ts';
import { VirtualClock } from './virtual-clock.ts';
import { operate, type Operator } from './operator.ts';
import { DSC_PLUS, type Profile } from '../../firmware/profiles.ts';

/** What a script may choose; the rest is made up. */
export interface ScriptedCardOptions {
  /** Serial number; random unless given. */
  readonly serial?: string;
  /** OCRA key, 16 to 64 bytes; 20 random ones unless given. */
  readonly key?: Uint8Array;
  /** The device; a Digital Security Card+ unless given. */
  readonly profile?: Profile;
  /** OCRA suite; the profile's unless given. */
  readonly suite?: string;
}

/** What a host must know of a card to enrol it; the key is a secret. */
export interface EnrolmentData {
  readonly serial: string;
  readonly suite: string;
  readonly key: Uint8Array;
}

/** A card, and somebody to operate it. */
export interface ScriptedCard extends Operator {
  readonly card: Card;
  /** The card's own time: people operate their cards at the same time, so no card's keys delay another's. */
  readonly clock: VirtualClock;
  /** Goes into `host.enrol`, with the user's name and PIN. */
  readonly enrolment: EnrolmentData;
}

/**
 * Makes a card and its operator.
 *
 * @throws {OcraError} `bad-suite`; {@link CardError} `unsuitable-suite` or `unsuitable-key`.
 * @example
 * const card = createScriptedCard();
 * await host.enrol({ user: 'ann', pin: '1234', ...card.enrolment });
 * card.answer('1234', '482915'); // eight digits
 */
export function createScriptedCard({
  profile = DSC_PLUS,
  serial = `DSC-${randomBytes(6).toString('hex')}`,
  key = randomBytes(20),
  suite = profile.suite,
}: ScriptedCardOptions = {}): ScriptedCard {
  const clock = new VirtualClock();
  const card = createCard({ key, clock, profile, suite });
  return { ...operate(card, clock), card, clock, enrolment: { serial, suite, key } };
}
