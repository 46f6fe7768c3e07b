// The statechart in words: each transition of a profile's machine, as a reader would say it.
import { entryLengths, readCardSuite } from '../src/firmware/card-suite.ts';
import { pageCount } from '../src/firmware/line.ts';
import type { Entry, Profile } from '../src/firmware/profiles.ts';
import { createStatechart, type CardState } from '../src/firmware/statechart.ts';

/** The one state outside of what the diagrams draw as the composite state `on`. */
export const OFF: CardState = 'off';

type Time = 'selfTest' | 'lowBattery' | 'idle' | 'responseIdle';

/** What an action does, in words, and which of the profile's times it starts. */
const ACTIONS: Readonly<Record<string, { readonly does: string; readonly starts?: Time }>> = {
  wipe: { does: 'forgets all that was typed, and the response' },
  start: { does: 'tests itself and counts the start, durably', starts: 'selfTest' },
  showNotice: { does: '', starts: 'lowBattery' },
  restartIdle: { does: '', starts: 'idle' },
  restartResponseIdle: { does: '', starts: 'responseIdle' },
  append: { does: 'takes the digit', starts: 'idle' },
  erase: { does: 'erases the last digit', starts: 'idle' },
  respond: {
    does: 'computes the response, counts it, durably, and forgets PIN and challenge',
    starts: 'responseIdle',
  },
  turnPage: { does: 'turns the page' },
};

/** Guards in words; what a guard is asked about, such as an entry, is `{}`. */
const GUARDS: Readonly<Record<string, string>> = {
  pressBeganAfterSwitching: 'pressed anew',
  canStart: 'pressed anew, battery not empty',
  hasFault: 'fault found',
  batteryIsLow: 'battery low',
  isBeforeDeadline: '',
  entryHasRoom: 'fewer than {} digits',
  entryIsComplete: '{} digits',
};

/** The guard that tells the timer of a page from that of the state. */
const PAGE_IS_DUE = 'isBeforeDeadline';

interface Named {
  readonly type: string;
  readonly params?: unknown;
}

/** A transition as the machine has it. */
interface Step {
  readonly event: string;
  readonly guard: Named | undefined;
  /** Whether it is what is left where others of the same event do not apply. */
  readonly isElse: boolean;
  readonly to: string | undefined;
  readonly actions: readonly Named[];
}

interface Place {
  readonly name: CardState;
  /** The actions on entering. */
  readonly entry: readonly Named[];
  readonly steps: readonly Step[];
}

/** A transition in words. */
export interface Arrow {
  /** A state, or `on` for what every state of it has. */
  readonly from: string;
  /** Undefined where the state stays. */
  readonly to: string | undefined;
  readonly when: string;
  readonly guard: string;
  readonly does: string;
}

/** The statechart of a profile. */
export interface Chart {
  readonly profile: Profile;
  readonly states: readonly CardState[];
  readonly arrows: readonly Arrow[];
  /** Digits of what is typed, and of the response. */
  readonly lengths: Readonly<Record<Entry, number>>;
  readonly digits: number;
}

/** Reads the machine of a profile. */
export function readChart(profile: Profile): Chart {
  const suite = readCardSuite(profile, profile.suite);
  const lengths = entryLengths(profile, suite);
  const pages = pageCount(suite.digits, profile.display.width);
  const places = placesOf(profile, lengths, pages);

  const arrowOf = (place: Place, step: Step): Arrow => {
    const { guard, isElse, to } = step;
    const entry = places.find(({ name }) => name === to)?.entry ?? [];
    const does = [...step.actions, ...entry]
      .filter(({ type }) => pages > 1 || type !== 'turnPage')
      .map(({ type }) => wordsOf(ACTIONS, type).does)
      .filter((words) => words !== '');
    const length = guard?.params === 'pin' || guard?.params === 'challenge' ? lengths[guard.params] : 0;
    // The two timers of a response have words of their own.
    const isOther = isElse && !(step.event === 'timeout' && takesButtons(place));
    return {
      from: place.name,
      to,
      when: whenOf(profile, places, place, step),
      guard: guard ? wordsOf(GUARDS, guard.type).replace('{}', String(length)) : isOther ? 'else' : '',
      does: does.join(', ') || (to === undefined ? 'starts its time anew' : ''),
    };
  };

  const arrows = places.flatMap((place) =>
    place.steps
      .filter(({ guard }) => pages > 1 || guard?.type !== PAGE_IS_DUE)
      .map((step) => arrowOf(place, step)),
  );
  const states = places.map(({ name }) => name);
  return { profile, lengths, digits: suite.digits, states, arrows: gathered(arrows, states) };
}

function placesOf(profile: Profile, lengths: Chart['lengths'], pages: number): Place[] {
  const machine = createStatechart(profile, {
    lengths,
    pages,
    hasPower: () => true,
    start: () => ({ fault: 0, isLow: false }),
    respond: () => ({ response: '' }),
  });
  const order = ['off', 'selfTest', 'fault', 'lowBattery', ...profile.prompts.map(({ entry }) => entry)];
  const places = Object.values(machine.states).map((node) => ({
    name: node.key as CardState,
    entry: namesOf(node.entry),
    steps: [...node.transitions.values(), node.always ?? []].flatMap((alternatives) =>
      alternatives.map(({ eventType, guard, target, actions }, index) => ({
        event: eventType,
        guard: named(guard),
        isElse: index > 0 && guard === undefined,
        to: target?.[0]?.key,
        actions: namesOf(actions),
      })),
    ),
  }));
  // What has no place in this order, such as the response, stands at the end.
  const rank = ({ name }: Place): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return places.toSorted((a, b) => rank(a) - rank(b));
}

function whenOf(profile: Profile, places: readonly Place[], place: Place, { event, guard }: Step): string {
  switch (event) {
    case 'hold':
      return `press held ${seconds(profile.times.hold)}`;
    case 'digit':
    case 'back':
      return event;
    case 'ok':
      return 'OK';
    case 'powerCut':
      return 'power cut';
    case 'timeout': {
      if (guard?.type === PAGE_IS_DUE) return `${seconds(profile.times.page ?? 0)} on a page`;
      const time = seconds(profile.times[timeOf(places, place)]);
      return takesButtons(place) ? `${time} without a button` : `after ${time}`;
    }
    case '':
      return 'at once';
    default:
      throw new Error(`no words for the event ${event}; add them to build/statechart-in-words.ts`);
  }
}

function takesButtons({ steps }: Place): boolean {
  return steps.some(({ event }) => event === 'digit');
}

/** The one time that runs in a state: its entry starts it, or else every way that leads there. */
function timeOf(places: readonly Place[], { name, entry }: Place): Time {
  const ways = places.flatMap(({ steps }) => steps.filter(({ to }) => to === name));
  const own = started(entry);
  const times = own.length > 0 ? own : ways.map(({ actions }) => started(actions).at(-1));
  const [time, ...more] = new Set(times);
  if (time === undefined || more.length > 0) throw new Error(`${name}: no one time runs there`);
  return time;
}

/** The times that actions start. */
function started(actions: readonly Named[]): Time[] {
  return actions.flatMap(({ type }) => wordsOf(ACTIONS, type).starts ?? []);
}

/** What every state but `off` has alike is said once, of `on`. */
function gathered(arrows: readonly Arrow[], states: readonly CardState[]): Arrow[] {
  const on = states.filter((state) => state !== OFF);
  const alike = (a: Arrow, b: Arrow): boolean =>
    JSON.stringify({ ...a, from: '' }) === JSON.stringify({ ...b, from: '' });
  const isCommon = (arrow: Arrow): boolean =>
    on.every((state) => arrows.some((other) => other.from === state && alike(other, arrow)));
  const common = arrows.filter((arrow) => arrow.from === on[0] && isCommon(arrow));
  return [
    ...arrows.filter((arrow) => !common.some((each) => alike(each, arrow))),
    ...common.map((arrow) => Object.assign({}, arrow, { from: 'on' })),
  ];
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

function namesOf(actions: readonly unknown[]): Named[] {
  return actions.flatMap((action) => named(action) ?? []);
}

/** An action or a guard by its name. */
function named(value: unknown): Named | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { type: value };
  if (typeof value === 'object' && value !== null && 'type' in value) return value as Named;
  throw new Error('an action or a guard of the statechart has no name');
}

function wordsOf<Words>(words: Readonly<Record<string, Words>>, name: string): Words {
  const found = words[name];
  if (found === undefined) throw new Error(`no words for ${name}; add them to build/statechart-in-words.ts`);
  return found;
}
