// How fast a card is operated: from off, PIN, challenge, response, to off.
import { assign, createActor, setup } from 'xstate';
import { createCard } from '../src/firmware/card.ts';
import { VirtualClock } from '../src/ui/script/virtual-clock.ts';
import { operate } from '../src/ui/script/operator.ts';
import { perSecond, rates } from './rate.ts';
import { atLeast, type Row } from './row.ts';

const PIN = '1234';
const CHALLENGE = '482915';

/** Fourteen presses with release, debounce, display and OCRA, beside an actor that is told fourteen events. */
export async function ceremonyRows(): Promise<Row[]> {
  const clock = new VirtualClock();
  const card = createCard({ key: Buffer.from('12345678901234567890'), clock });
  card.subscribe(() => {});
  const hand = operate(card, clock);
  const actor = createActor(bareMachine).start();
  actor.subscribe(() => {});

  const measured = await rates({
    card: () => hand.answer(PIN, CHALLENGE),
    actor: () => {
      for (const event of FOURTEEN_EVENTS) actor.send(event);
    },
  });
  const ratio = measured.card / measured.actor;
  return [
    {
      what: 'keypad ceremonies, virtual clock',
      value: perSecond(measured.card),
      peer: 'bare xstate actor, 14 events',
      peerValue: perSecond(measured.actor),
      ratio,
      goal: atLeast(0.5, ratio),
    },
  ];
}

type Event = { type: 'hold' } | { type: 'ok' } | { type: 'digit'; digit: string };

const digits = (text: string): Event[] => text.split('').map((digit) => ({ type: 'digit', digit }));
const FOURTEEN_EVENTS: readonly Event[] = [
  { type: 'hold' },
  ...digits(PIN),
  { type: 'ok' },
  ...digits(CHALLENGE),
  { type: 'ok' },
  { type: 'hold' },
];

/** The least a statechart of this ceremony can be: no times, no back, no self-test, no OCRA. */
const bareMachine = setup({
  types: { context: {} as { pin: string; challenge: string }, events: {} as Event },
}).createMachine({
  context: { pin: '', challenge: '' },
  initial: 'off',
  states: {
    off: { on: { hold: 'pin' } },
    pin: {
      on: {
        digit: { actions: assign({ pin: ({ context, event }) => context.pin + event.digit }) },
        ok: { guard: ({ context }) => context.pin.length === PIN.length, target: 'challenge' },
      },
    },
    challenge: {
      on: {
        digit: { actions: assign({ challenge: ({ context, event }) => context.challenge + event.digit }) },
        ok: { guard: ({ context }) => context.challenge.length === CHALLENGE.length, target: 'response' },
      },
    },
    response: { on: { hold: { target: 'off', actions: assign({ pin: '', challenge: '' }) } } },
  },
});
