// docs/statechart.md, from the statechart itself: `npm run docs` writes it, and a test compares it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { lineOf, pageCount } from '../src/firmware/line.ts';
import { PROFILES, type Profile } from '../src/firmware/profiles.ts';
import type { CardMemory, CardState } from '../src/firmware/statechart.ts';
import { OFF, readChart, type Arrow, type Chart } from './statechart-in-words.ts';

/** Where it stands. */
export const STATECHART_FILE = join(import.meta.dirname, '../docs/statechart.md');

const MEANINGS: Readonly<Record<CardState, string>> = {
  off: 'off',
  selfTest: 'the card tests itself, with all segments lit, so that a broken one shows',
  fault: 'a fault was found, and n is its number',
  lowBattery: 'the battery should be replaced',
  pin: 'asks for the PIN',
  challenge: 'asks for the challenge',
  response: 'shows the response',
};

/** The text of docs/statechart.md. */
export async function statechartDocs(): Promise<string> {
  const text = [INTRODUCTION, ...PROFILES.map(section)].join('\n\n');
  return format(text, { ...(await resolveConfig(STATECHART_FILE)), parser: 'markdown' });
}

const INTRODUCTION = `# The statechart

What the buttons do, for each device. \`npm run docs\` writes this page from the statechart itself,
[\`statechart.ts\`](../src/firmware/statechart.ts), and the [profiles](profiles.md); a test fails while it is stale.

How to read the diagrams: an arrow says what happens and, in square brackets, under which condition. \`[else]\` is an
arrow for when no other one of the same button applies. An arrow that leaves the box \`on\` leaves every state in it.

| words          | meaning                                                                                             |
| -------------- | --------------------------------------------------------------------------------------------------- |
| pressed anew   | the finger came down after the card was last switched on or off: one long press does one thing      |
| power cut      | the battery is empty; or the time of day jumped by ten seconds or more, as when a computer has slept |
| without a button | each button that works starts the time anew                                                       |

A button works when it has been down alone for its time: \`times.hold\` of the profile for \`press\`, \`times.touch\` for the
others. The numbers of the faults are in [faults.md](faults.md).`;

function section(profile: Profile): string {
  const chart = readChart(profile);
  return [
    `## ${profile.name}`,
    `Profile \`${profile.id}\`, suite \`${profile.suite}\`.`,
    ['```mermaid', ...diagram(chart), '```'].join('\n'),
    table(
      ['state', 'display', 'meaning'],
      chart.states.map((state) => [`\`${state}\``, displayOf(chart, state), MEANINGS[state]]),
    ),
    table(
      ['in', 'when', 'if', 'the card', 'and is then'],
      chart.arrows.map(({ from, to, when, guard, does }) => [
        from === 'on' ? 'each state of `on`' : `\`${from}\``,
        when,
        guard,
        does,
        to === undefined ? 'where it was' : `\`${to}\``,
      ]),
    ),
  ].join('\n\n');
}

/** The lines of the diagram. */
function diagram(chart: Chart): string[] {
  const { arrows, states } = chart;
  const inside = states.filter((state) => state !== OFF);
  const outside = arrows.filter(({ from }) => from === OFF || from === 'on');
  const start = arrows.find(({ from }) => from === OFF)?.to ?? OFF;
  const title = (state: CardState): string[] => [
    `${state} : ${escaped(plain(MEANINGS[state]))}`,
    `${state} : ${escaped(glanceOf(chart, state))}`,
  ];
  return [
    'stateDiagram-v2',
    '  direction TB',
    `  [*] --> ${OFF}`,
    ...[`${OFF} : ${OFF}`, `${OFF} : blank display`].map((line) => `  ${line}`),
    '  state on {',
    '    direction TB',
    `    [*] --> ${start}`,
    ...inside.flatMap(title).map((line) => `    ${line}`),
    ...arrows
      .filter(({ from, to }) => from !== OFF && from !== 'on' && to !== undefined && to !== OFF)
      .map((arrow) => `    ${arrow.from} --> ${arrow.to} : ${label(arrow)}`),
    ...inside.flatMap((state) => {
      const stays = arrows.filter(({ from, to }) => from === state && to === undefined);
      return stays.length > 0 ? [`    ${state} --> ${state} : ${stayLabel(stays)}`] : [];
    }),
    '  }',
    // Arrows that cross the border of the box belong to no side of it.
    ...arrows
      .filter(({ from, to }) => from !== OFF && from !== 'on' && to === OFF)
      .map((arrow) => `  ${arrow.from} --> ${OFF} : ${label(arrow)}`),
    ...outside.map(
      (arrow) => `  ${arrow.from} --> ${arrow.to === start ? 'on' : arrow.to} : ${label(arrow)}`,
    ),
  ];
}

function label({ when, guard }: Arrow): string {
  return escaped(guard === '' ? when : `${when} [${guard}]`);
}

/** One arrow for all that leaves the card in its state; a button that always does is named without its conditions. */
function stayLabel(stays: readonly Arrow[]): string {
  const labels = stays.map((arrow) => {
    const isAlone = stays.filter(({ when }) => when === arrow.when).length === 1;
    return label(isAlone ? arrow : { ...arrow, guard: '' });
  });
  return [...new Set(labels)].join(', ');
}

/** The part of a meaning before its first comma. */
function plain(meaning: string): string {
  return meaning.replace(/,.*/, '');
}

/** Mermaid ends a label at a colon or semicolon, and reads angle brackets as HTML. */
function escaped(text: string): string {
  return text.replaceAll(/[#:;<>"*]/g, (character) => `#${character.codePointAt(0)};`);
}

const EMPTY: CardMemory = {
  pin: '',
  challenge: '',
  response: '',
  page: 0,
  fault: 0,
  isLow: false,
  switchedAt: null,
  deadline: null,
  pageAt: null,
};

const DIGITS = '1234567890123456';

/** What the display shows in a state, in each of its stages, as the firmware says it. */
function linesOf({ profile, lengths, digits }: Chart, state: CardState): string[] {
  const line = (memory: Partial<CardMemory>): string =>
    lineOf(profile, lengths, state, { ...EMPTY, ...memory });
  switch (state) {
    case 'pin':
    case 'challenge':
      return [0, 1, lengths[state]].map((length) => line({ [state]: DIGITS.slice(0, length) }));
    case 'response': {
      const response = DIGITS.slice(0, digits);
      const pages = pageCount(digits, profile.display.width);
      return Array.from({ length: pages }, (_, page) => line({ response, page }));
    }
    case 'fault':
      return [line({}).replace(/0$/, 'n')];
    default:
      return [line({})];
  }
}

/** The same in the diagram: how it begins. */
function glanceOf(chart: Chart, state: CardState): string {
  const lines = linesOf(chart, state);
  if (state === 'response') return `${lines.map(({ length }) => length).join(' and ')} digits`;
  return state === 'selfTest' ? 'all segments lit' : (lines[0] ?? '');
}

function displayOf(chart: Chart, state: CardState): string {
  const lines = linesOf(chart, state).filter((line) => line !== '');
  return lines.length === 0 ? 'nothing' : lines.map((line) => `\`${line}\``).join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

if (import.meta.main) writeFileSync(STATECHART_FILE, await statechartDocs());
