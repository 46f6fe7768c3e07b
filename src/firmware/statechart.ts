// What the buttons do: the specification of the card, for any profile. Fingers, time and display are the board's.
import { assign, setup } from 'xstate';
import type { Entry, Profile } from './profiles.ts';

/** What the card remembers while it is on. All of it is text, so a snapshot survives a round trip through JSON. */
export interface CardMemory {
  readonly pin: string;
  readonly challenge: string;
  readonly response: string;
  /** When the card was last switched on or off, in the clock's milliseconds; null before the first time. */
  readonly switchedAt: number | null;
  /**
   * When the next `timeout` is due. Timers are data, because a restored snapshot has lost xstate's own `after` timers.
   */
  readonly deadline: number | null;
}

/** What happens to the card; `at` is when, in the clock's milliseconds. */
export type CardEvent =
  | { readonly type: 'hold'; readonly at: number; /** When the finger came down. */ readonly since: number }
  | { readonly type: 'digit'; readonly at: number; readonly digit: string }
  | { readonly type: 'back'; readonly at: number }
  | { readonly type: 'ok'; readonly at: number }
  | { readonly type: 'timeout'; readonly at: number };

/** Where the card can be. */
export type CardState = 'off' | 'selfTest' | Entry | 'response';

/** What the statechart needs to know beyond the profile. */
export interface CardFunctions {
  /** Digits of a challenge. */
  readonly challengeLength: number;
  /** Computes the response to what was typed. A wrong PIN is typed like a right one: the card cannot tell. */
  readonly respond: (pin: string, challenge: string) => string;
}

const NOTHING_TYPED = { pin: '', challenge: '', response: '' } as const;

/** Makes the statechart of a profile. */
export function createStatechart(profile: Profile, { challengeLength, respond }: CardFunctions) {
  const { times, prompts } = profile;
  const lengths: Record<Entry, number> = { pin: profile.pinLength, challenge: challengeLength };
  const order: readonly CardState[] = [...prompts.map(({ entry }) => entry), 'response'];
  const [first = 'response'] = order;
  const after = (entry: Entry): CardState => order[order.indexOf(entry) + 1] ?? 'response';

  const switchOff = {
    hold: { guard: 'pressBeganAfterSwitching', target: 'off', actions: 'wipe' },
    timeout: { target: 'off', actions: 'wipe' },
  } as const;
  // A key that can do nothing where the card is still keeps it awake.
  const typing = (entry: Entry) =>
    ({
      ...switchOff,
      digit: [
        { guard: { type: 'entryHasRoom', params: entry }, actions: { type: 'append', params: entry } },
        { actions: 'restartIdle' },
      ],
      back: { actions: { type: 'erase', params: entry } },
      ok: [
        { guard: { type: 'entryIsComplete', params: entry }, target: after(entry), actions: 'restartIdle' },
        { actions: 'restartIdle' },
      ],
    }) as const;

  return setup({
    types: { context: {} as CardMemory, events: {} as CardEvent },
    guards: {
      // The hold that switched the card on does not switch it off again, nor the other way round.
      pressBeganAfterSwitching: ({ context, event }) =>
        event.type === 'hold' && (context.switchedAt === null || event.since >= context.switchedAt),
      entryHasRoom: ({ context }, entry: Entry) => context[entry].length < lengths[entry],
      entryIsComplete: ({ context }, entry: Entry) => context[entry].length === lengths[entry],
    },
    actions: {
      wipe: assign(({ event }) => ({ ...NOTHING_TYPED, switchedAt: event.at, deadline: null })),
      startSelfTest: assign(({ event }) => ({ switchedAt: event.at, deadline: event.at + times.selfTest })),
      restartIdle: assign(({ event }) => ({ deadline: event.at + times.idle })),
      restartResponseIdle: assign(({ event }) => ({ deadline: event.at + times.responseIdle })),
      append: assign(({ context, event }, entry: Entry) => ({
        [entry]: event.type === 'digit' ? context[entry] + event.digit : context[entry],
        deadline: event.at + times.idle,
      })),
      erase: assign(({ context, event }, entry: Entry) => ({
        [entry]: context[entry].slice(0, -1),
        deadline: event.at + times.idle,
      })),
      // What was typed is of no more use once it is answered, so it goes before the response shows.
      respond: assign(({ context, event }) => ({
        ...NOTHING_TYPED,
        response: respond(context.pin, context.challenge),
        deadline: event.at + times.responseIdle,
      })),
    },
  }).createMachine({
    id: 'card',
    context: { ...NOTHING_TYPED, switchedAt: null, deadline: null },
    initial: 'off',
    states: {
      off: {
        on: { hold: { guard: 'pressBeganAfterSwitching', target: 'selfTest' } },
      },
      selfTest: {
        entry: 'startSelfTest',
        on: { hold: switchOff.hold, timeout: { target: first, actions: 'restartIdle' } },
      },
      pin: { on: typing('pin') },
      challenge: { on: typing('challenge') },
      response: {
        entry: 'respond',
        on: {
          ...switchOff,
          digit: { actions: 'restartResponseIdle' },
          back: { actions: 'restartResponseIdle' },
          ok: { actions: 'restartResponseIdle' },
        },
      },
    },
  });
}
