// What the buttons do: the specification of the card, for any profile. Fingers, time and display are the board's.
import { assign, setup } from 'xstate';
import type { Entry, Profile } from './profiles.ts';

/** What the card remembers while it is on. All of it is text or numbers, so a snapshot survives a round trip through JSON. */
export interface CardMemory {
  readonly pin: string;
  readonly challenge: string;
  readonly response: string;
  /** Which page of the response shows, from 0. */
  readonly page: number;
  /** The number of the fault that was found, 0 for none. */
  readonly fault: number;
  /** Whether the battery was low when the card was switched on. */
  readonly isLow: boolean;
  /** When the card was last switched on or off, in the clock's milliseconds; null before the first time. */
  readonly switchedAt: number | null;
  /**
   * When the next `timeout` is due: to go on or to switch off at the deadline, to turn the page before. Timers are data,
   * because a restored snapshot has lost xstate's own `after` timers.
   */
  readonly deadline: number | null;
  readonly pageAt: number | null;
}

/** What happens to the card; `at` is when, in the clock's milliseconds. */
export type CardEvent =
  | { readonly type: 'hold'; readonly at: number; /** When the finger came down. */ readonly since: number }
  | { readonly type: 'digit'; readonly at: number; readonly digit: string }
  | { readonly type: 'back'; readonly at: number }
  | { readonly type: 'ok'; readonly at: number }
  | { readonly type: 'timeout'; readonly at: number }
  /** The battery is empty, or the computer slept: the card is off at once. */
  | { readonly type: 'powerCut'; readonly at: number };

/** Where the card can be. */
export type CardState = 'off' | 'selfTest' | 'fault' | 'lowBattery' | Entry | 'response';

/** What the card finds out while it starts. */
export interface Startup {
  /** The number of a fault, 0 for none. */
  readonly fault: number;
  readonly isLow: boolean;
}

/** A response, or the number of the fault that prevents it. */
export type Answer = { readonly response: string } | { readonly fault: number };

/** What the statechart needs to know and to have done beyond the profile. */
export interface CardFunctions {
  /** Digits of a PIN and of a challenge. */
  readonly lengths: Readonly<Record<Entry, number>>;
  /** Pages of a response. */
  readonly pages: number;
  /** Whether the battery can light anything. */
  readonly hasPower: (at: number) => boolean;
  /** Starts and tests everything behind the buttons. */
  readonly start: (at: number) => Startup;
  /** Computes the response to what was typed. A wrong PIN is typed like a right one: the card cannot tell. */
  readonly respond: (pin: string, challenge: string, at: number) => Answer;
}

const NOTHING_KEPT = {
  pin: '',
  challenge: '',
  response: '',
  page: 0,
  fault: 0,
  isLow: false,
  pageAt: null,
} as const;

function beganAfterSwitching({ switchedAt }: CardMemory, event: CardEvent): boolean {
  return event.type === 'hold' && (switchedAt === null || event.since >= switchedAt);
}

/** Makes the statechart of a profile. */
export function createStatechart(profile: Profile, functions: CardFunctions) {
  const { times, prompts } = profile;
  const { lengths, pages } = functions;
  const order: readonly CardState[] = [...prompts.map(({ entry }) => entry), 'response'];
  const [first = 'response'] = order;
  const after = (entry: Entry): CardState => order[order.indexOf(entry) + 1] ?? 'response';
  const nextPageAt = (at: number): number | null =>
    pages > 1 && times.page !== undefined ? at + times.page : null;

  const leave = {
    hold: { guard: 'pressBeganAfterSwitching', target: 'off', actions: 'wipe' },
    powerCut: { target: 'off', actions: 'wipe' },
  } as const;
  const leaveInTime = { ...leave, timeout: { target: 'off', actions: 'wipe' } } as const;
  // A key that can do nothing where the card is still keeps it awake.
  const typing = (entry: Entry) =>
    ({
      ...leaveInTime,
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
      pressBeganAfterSwitching: ({ context, event }) => beganAfterSwitching(context, event),
      canStart: ({ context, event }) => beganAfterSwitching(context, event) && functions.hasPower(event.at),
      hasFault: ({ context }) => context.fault > 0,
      batteryIsLow: ({ context }) => context.isLow,
      entryHasRoom: ({ context }, entry: Entry) => context[entry].length < lengths[entry],
      entryIsComplete: ({ context }, entry: Entry) => context[entry].length === lengths[entry],
      isBeforeDeadline: ({ context, event }) => event.at < (context.deadline ?? -Infinity),
    },
    actions: {
      wipe: assign(({ event }) => ({ ...NOTHING_KEPT, switchedAt: event.at, deadline: null })),
      start: assign(({ event }) => ({
        ...functions.start(event.at),
        switchedAt: event.at,
        deadline: event.at + times.selfTest,
      })),
      showNotice: assign(({ event }) => ({ deadline: event.at + times.lowBattery })),
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
      respond: assign(({ context, event }) => {
        const answer = functions.respond(context.pin, context.challenge, event.at);
        const pageAt = 'fault' in answer ? null : nextPageAt(event.at);
        return { ...NOTHING_KEPT, ...answer, deadline: event.at + times.responseIdle, pageAt };
      }),
      turnPage: assign(({ context, event }) => ({
        page: (context.page + 1) % pages,
        pageAt: nextPageAt(event.at),
      })),
    },
  }).createMachine({
    id: 'card',
    context: { ...NOTHING_KEPT, switchedAt: null, deadline: null },
    initial: 'off',
    states: {
      off: {
        on: { hold: { guard: 'canStart', target: 'selfTest' } },
      },
      selfTest: {
        entry: 'start',
        on: {
          ...leave,
          timeout: [
            { guard: 'hasFault', target: 'fault', actions: 'restartIdle' },
            { guard: 'batteryIsLow', target: 'lowBattery', actions: 'showNotice' },
            { target: first, actions: 'restartIdle' },
          ],
        },
      },
      fault: { on: leaveInTime },
      lowBattery: { on: { ...leave, timeout: { target: first, actions: 'restartIdle' } } },
      pin: { on: typing('pin') },
      challenge: { on: typing('challenge') },
      response: {
        entry: 'respond',
        always: { guard: 'hasFault', target: 'fault', actions: 'restartIdle' },
        on: {
          ...leave,
          timeout: [{ guard: 'isBeforeDeadline', actions: 'turnPage' }, leaveInTime.timeout],
          digit: { actions: 'restartResponseIdle' },
          back: { actions: 'restartResponseIdle' },
          ok: { actions: ['turnPage', 'restartResponseIdle'] },
        },
      },
    },
  });
}
