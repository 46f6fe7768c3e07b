// The card in hand: the real one, or a copy of it as it was a moment ago, which lives in memory and writes no file.
import type { Card } from '../../../firmware/card.ts';
import type { Clock } from '../../../firmware/clock.ts';
import type { CardSnapshot } from '../../../firmware/snapshot.ts';
import type { Buttons } from '../card/finger.ts';
import { createStore, type Readable } from '../store.ts';
import type { EventLog } from './event-log.ts';
import { BLANK, faceOf, type Face } from './face.ts';
import { copyOf, picture, type Copy, type Held, type Moment } from './held.ts';
import { inspect, type Inspection } from './inspection.ts';

/** Which card is in hand. */
export type Travel =
  | { readonly to: 'present' }
  /** A copy whose clock stands still: moment `step` of `of`, from 1. */
  | { readonly to: 'past'; readonly step: number; readonly of: number }
  /** A copy that goes on from there. */
  | { readonly to: 'copy' };

/** The hand, and the card in it. Its buttons are that card's; those of a card that stands still do nothing. */
export interface Hand extends Buttons {
  readonly face: Readable<Face>;
  readonly travel: Readable<Travel>;
  /** Whether there is a moment before the one in hand, to go back to. */
  readonly hasEarlier: Readable<boolean>;
  /** The inside of the card. While somebody listens, it is read again for every second of a timer. */
  readonly inspection: Readable<Inspection>;
  /**
   * Whether the card's moments are kept, to go back to. They hold PIN, response and key: so nobody has them kept who
   * does not ask for it, and they are forgotten when the card goes off. Those there are already stay until then.
   */
  keepMoments(keep: boolean): void;
  /**
   * Takes a copy of the card one moment earlier, or later, into the hand; it stands still. Fingers must be off the card.
   * Does nothing where there is no such moment.
   */
  back(): void;
  forward(): void;
  /** Lets the copy that stands still go on. The real card, which nobody holds any more, is switched off. */
  goOn(): void;
  /** Takes the real card into the hand again, and forgets the copy. @returns Whether there was one. */
  putCopyAway(): boolean;
}

/** So many moments are kept: more than a ceremony with slips has. */
const MOST_MOMENTS = 200;

const SECOND = 1000;

/**
 * Takes a card into the hand.
 *
 * @param log - what the card records to.
 */
export function createHand(card: Card, clock: Clock, log: EventLog): Hand {
  const real: Held = { card, clock, log, began: Math.floor(clock.now()), face: BLANK, moments: [] };
  let copy: Copy | undefined;
  /** The moments one steps through, while the copy stands still. */
  let past: readonly Moment[] = [];
  let isAsked = false;
  let keepsMoments = false;
  let listeners = 0;
  let cancelTick: (() => void) | undefined;

  const inHand = (): Held => copy ?? real;
  const isFrozen = (): boolean => copy?.clock.isPaused === true;
  const face = createStore<Face>(BLANK);
  const travel = createStore<Travel>({ to: 'present' });
  const hasEarlier = createStore(false);
  const inspection = createStore(inspectionOf(real, picture(real)));

  card.subscribe(() => notice(real));

  /** Something has happened to a card. */
  function notice(held: Held): void {
    const snapshot = picture(held);
    held.face = faceOf(held.card, snapshot, held.face);
    remember(held, snapshot);
    if (held !== inHand()) return;
    if (held === copy && snapshot.state === 'off' && !isFrozen()) putCopyAway();
    else show(held, snapshot);
  }

  function remember(held: Held, snapshot: CardSnapshot): void {
    if (snapshot.state === 'off') {
      held.moments = [];
      if (held === real) keepsMoments = isAsked;
    } else if (snapshot.memory && (held !== real || keepsMoments)) {
      // A card whose memory cannot be read could not be copied.
      const { log: events, face: seen, clock: its, began } = held;
      const moment = { snapshot, face: seen, events: events.events(), at: Math.floor(its.now()) - began };
      held.moments = [...held.moments.slice(1 - MOST_MOMENTS), moment];
    }
  }

  function show(held: Held, snapshot = picture(held)): void {
    face.set(held.face);
    hasEarlier.set(current() > 0);
    inspection.set(inspectionOf(held, snapshot));
    awaitNextSecond();
  }

  /** Timers are told in seconds: they are read again when the first of them shows another one. */
  function awaitNextSecond(): void {
    cancelTick?.();
    cancelTick = undefined;
    const [timer] = inspection.get().timers;
    if (listeners === 0 || !timer || isFrozen()) return;
    const { clock: its } = inHand();
    cancelTick = its.wakeAt(its.now() + (timer.left % SECOND || SECOND), () => show(inHand()));
  }

  function step(moments: readonly Moment[], index: number): void {
    const moment = moments[index];
    if (!moment) return;
    copy?.letGo();
    past = moments;
    copy = copyOf(moment, moments.slice(0, index + 1), clock, notice);
    travel.set({ to: 'past', step: index + 1, of: moments.length });
    show(copy);
  }

  function putCopyAway(): boolean {
    if (!copy) return false;
    copy.letGo();
    copy = undefined;
    past = [];
    travel.set({ to: 'present' });
    show(real);
    return true;
  }

  function current(): number {
    const now = travel.get();
    return now.to === 'past' ? now.step - 1 : inHand().moments.length - 1;
  }

  return {
    face,
    travel,
    hasEarlier,
    inspection: {
      get: inspection.get,
      subscribe(listener) {
        const stop = inspection.subscribe(listener);
        listeners++;
        show(inHand());
        return () => {
          stop();
          listeners--;
          awaitNextSecond();
        };
      },
    },
    press(key) {
      if (isFrozen()) return;
      const held = inHand();
      held.card.press(key);
      notice(held);
    },
    release(key) {
      if (isFrozen()) return;
      const held = inHand();
      held.card.release(key);
      notice(held);
    },
    keepMoments(keep) {
      isAsked = keep;
      if (!keep || keepsMoments) return;
      keepsMoments = true;
      notice(real);
    },
    back() {
      step(isFrozen() ? past : inHand().moments, current() - 1);
    },
    forward() {
      if (isFrozen()) step(past, current() + 1);
    },
    goOn() {
      if (!copy?.clock.isPaused) return;
      past = [];
      liftFingers(copy);
      copy.clock.resume();
      travel.set({ to: 'copy' });
      notice(copy);
      switchOff(real);
    },
    putCopyAway,
  };
}

function inspectionOf({ card, clock, log }: Held, snapshot: CardSnapshot): Inspection {
  return inspect(card, snapshot, clock.timeOfDay(), log.events());
}

/**
 * Whoever had a finger on the card then has none on the copy now. What was being typed is typed first, as far as the
 * copy's clock must go for it; but `press`, which would switch the copy off, is not held on.
 */
function liftFingers(copy: Copy): void {
  const { down, coming } = picture(copy).fingers;
  if (coming && coming.key !== 'press') copy.clock.advance(Math.max(0, coming.at));
  for (const key of down) copy.card.release(key);
}

/** Holds the card's button until it is off. */
function switchOff({ card, clock }: Held): void {
  if (card.state() === 'off') return;
  card.press('press');
  clock.wakeAt(clock.now() + card.profile.times.hold, () => card.release('press'));
}
