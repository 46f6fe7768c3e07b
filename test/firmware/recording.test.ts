// What a card tells of itself while it is operated, and what it keeps to itself.
import { describe, expect, test } from 'vitest';
import { createCard, restoreCard, type Card } from '../../src/firmware/card.ts';
import { newContents, type Memory } from '../../src/firmware/memory.ts';
import { DSC_PLUS, OCRA_CARD, type Profile } from '../../src/firmware/profiles.ts';
import {
  printEntry,
  recordedCard,
  toldKey,
  toldText,
  type RecordEntry,
  type Recorder,
} from '../../src/firmware/recording.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { operate, type Operator } from '../../src/ui/script/operator.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { KEY } from './reference-card.ts';

const NOW = 1_800_000_000_000;
const BEGAN = 5000;

/** A recorder, and what it was told. */
function recorder(secrets?: boolean): Recorder & { readonly entries: RecordEntry[] } {
  const entries: RecordEntry[] = [];
  return { secrets, entries, write: (entry) => void entries.push(entry) };
}

interface Held {
  readonly clock: VirtualClock;
  readonly card: Card;
  readonly hand: Operator;
  /** What was told since it was asked last, but for the card itself. */
  readonly told: () => unknown[];
}

function hold(profile: Profile = DSC_PLUS, { secrets = false, memory = memoryOf(profile) } = {}): Held {
  const clock = new VirtualClock(BEGAN, NOW);
  const record = recorder(secrets);
  const card = createCard({ memory, clock, record });
  let from = 1;
  const told = (): unknown[] => {
    const some = record.entries.slice(from);
    from = record.entries.length;
    return some;
  };
  return { clock, card, hand: operate(card, clock), told };
}

function memoryOf(profile: Profile): Memory {
  const contents = { ...newContents(Uint8Array.from(KEY)), counter: 2n ** 63n, powerOns: 7, responses: 5 };
  return new VolatileMemory({ serial: 'DSC-1', profile, suite: profile.suite }, contents, 12);
}

/** Bytes of a write. */
const LENGTH = 130;

describe('the first entry', () => {
  const first = {
    type: 'card',
    version: 1,
    serial: 'DSC-1',
    suite: DSC_PLUS.suite,
    profile: DSC_PLUS,
    timeOfDay: NOW,
    memory: { sequence: 12, counter: '9223372036854775808', powerOns: 7, responses: 5 },
  };

  test('is the card as it lies there; with its key only if secrets are asked for', () => {
    const [open, closed] = [recorder(true), recorder()];
    const clock = new VirtualClock(BEGAN, NOW);
    createCard({ memory: memoryOf(DSC_PLUS), clock, record: [open, closed] });
    expect(closed.entries).toStrictEqual([{ ...first, secrets: false }]);
    expect(open.entries).toStrictEqual([{ ...first, secrets: true, key: KEY.toString('hex') }]);
  });

  test('has the charge of a battery that drains', () => {
    const battery = { charge: 1234.5, at: NOW - 1 };
    const { identity } = memoryOf(DSC_PLUS);
    const entry = recordedCard(identity, newContents(KEY, battery), 1, NOW, false);
    expect(entry.memory?.battery).toEqual(battery);
  });

  test('has no memory, and no key, if that cannot be read', () => {
    const entry = recordedCard(memoryOf(DSC_PLUS).identity, undefined, 0, NOW, true);
    expect(entry).not.toHaveProperty('memory');
    expect(entry).not.toHaveProperty('key');
  });
});

describe('what happens', () => {
  test('is told with the time since the recording began', () => {
    const { card, clock, told } = hold();
    clock.advance(100);
    card.press('press');
    clock.advance(2500);
    card.release('press');
    expect(told()).toEqual([
      { type: 'press', t: 100, key: 'press' },
      { type: 'memory', t: 2100, bank: 1, sequence: 13, length: LENGTH },
      { type: 'display', t: 2100, text: '████████' },
      { type: 'display', t: 2600, text: 'PIN>' },
      { type: 'release', t: 2600, key: 'press' },
    ]);
  });

  test('is told once: a button that is down already, or up, tells nothing', () => {
    const { card, told } = hold();
    card.press('ok');
    card.press('ok');
    card.release('ok');
    card.release('ok');
    expect(told()).toEqual([
      { type: 'press', t: 0, key: 'ok' },
      { type: 'release', t: 0, key: 'ok' },
    ]);
  });

  test('is told of a clock that was set, from a second on, and of what that did to the card', () => {
    const { card, clock, hand, told } = hold();
    hand.switchOn();
    told();
    const t = clock.now() - BEGAN;
    clock.jump(999);
    card.display();
    expect(told()).toEqual([]);
    clock.jump(1);
    card.display();
    expect(told()).toEqual([{ type: 'clock', t, by: 1000 }]);
    clock.jump(-20_000);
    card.display();
    expect(told()).toEqual([
      { type: 'clock', t, by: -20_000 },
      { type: 'display', t, text: '' },
    ]);
  });

  test('is told of a memory that fails, and that the fault shows', () => {
    const memory = memoryOf(DSC_PLUS);
    let fails: 'load' | 'store' = 'store';
    const bad: Memory = {
      identity: memory.identity,
      sequence: 12,
      load: () => (fails === 'load' ? expect.fail('an error of the disk') : memory.load()),
      store: () => expect.fail('no space left'),
    };
    const { card, clock, hand, told } = hold(DSC_PLUS, { memory: bad });
    for (const failed of ['store', 'load'] as const) {
      fails = failed;
      const t = clock.now() - BEGAN + 2000;
      hand.switchOn();
      expect(card.display()).toBe('ERROR 2');
      expect(told()).toContainEqual({ type: 'memory', t, failed });
      hand.switchOff();
      told();
    }
  });
});

describe('without secrets', () => {
  const CHALLENGE = '48291536';
  const keysOf = (entries: unknown[]): string =>
    (entries as RecordEntry[]).flatMap((entry) => (entry.type === 'press' ? [entry.key] : [])).join(' ');
  const linesOf = (entries: unknown[]): string[] =>
    (entries as RecordEntry[]).flatMap((entry) => (entry.type === 'display' ? [entry.text] : []));

  test('digits are told of the challenge only, and none of the response', () => {
    const { hand, told } = hold(OCRA_CARD);
    hand.switchOn();
    told();
    hand.type(CHALLENGE);
    hand.tap('ok');
    hand.type('7391');
    hand.tap('ok');
    hand.tap('5');
    const entries = told();
    expect(keysOf(entries)).toBe('4 8 2 9 1 5 3 6 ok * * * * ok *');
    expect(linesOf(entries).slice(7)).toEqual([
      CHALLENGE,
      'PIn',
      'PIn-',
      'PIn--',
      'PIn---',
      'PIn----',
      '######',
    ]);
  });

  test('a PIN that shows as it is typed is hidden', () => {
    const [pin, challenge] = DSC_PLUS.prompts;
    if (!pin || !challenge) throw new Error('no prompts');
    const { hand, told } = hold({ ...DSC_PLUS, prompts: [{ entry: 'pin', prompt: 'PIN>' }, challenge] });
    hand.switchOn();
    told();
    hand.type('7391');
    expect(linesOf(told())).toEqual(['PIN>#', 'PIN>##', 'PIN>###', 'PIN>####']);
  });

  test('with them, everything is', () => {
    const { card, hand, told } = hold(OCRA_CARD, { secrets: true });
    hand.switchOn();
    hand.type(CHALLENGE);
    hand.tap('ok');
    hand.type('7391');
    hand.tap('ok');
    const entries = told();
    expect(keysOf(entries)).toBe('press 4 8 2 9 1 5 3 6 ok 7 3 9 1 ok');
    expect(linesOf(entries).at(-1)).toBe(card.response());
    expect(card.response()).toMatch(/^[0-9]{6}$/);
  });

  test('a button comes up as it went down, wherever the card is by then', () => {
    const { card, clock, hand, told } = hold(OCRA_CARD);
    hand.switchOn();
    card.press('5');
    clock.advance(40_000);
    told();
    card.release('5');
    card.press('5');
    card.release('5');
    expect(told()).toMatchObject([
      { type: 'release', key: '5' },
      { type: 'press', key: '*' },
      { type: 'release', key: '*' },
    ]);
  });

  test('a button that was down before the recording began comes up hidden', () => {
    const clock = new VirtualClock(BEGAN, NOW);
    const card = createCard({ key: KEY, clock });
    card.press('5');
    const record = recorder();
    restoreCard(card.snapshot({ includeSecrets: true }), { clock, record }).release('5');
    expect(record.entries.slice(1)).toEqual([{ type: 'release', t: 0, key: '*' }]);
  });

  test('only a challenge shows its digits; notices do too, since they tell nothing', () => {
    expect(toldText('123', 'challenge')).toBe('123');
    expect(toldText('ERROR 2', 'fault')).toBe('ERROR 2');
    expect(toldText('CODE 10', 'lowBattery')).toBe('CODE 10');
    expect(toldText('0123456789', 'pin')).toBe('##########');
    expect(toldText('0123456789', 'response')).toBe('##########');
    for (const state of ['off', 'selfTest', 'fault', 'lowBattery', 'pin', 'response'] as const) {
      expect(toldKey('7', state)).toBe('*');
      expect(toldKey('ok', state)).toBe('ok');
    }
    expect(toldKey('7', 'challenge')).toBe('7');
  });
});

test('a line says what JSON says of the entry', () => {
  const { identity } = memoryOf(DSC_PLUS);
  const entries: RecordEntry[] = [
    recordedCard(identity, newContents(KEY), 1, NOW, true),
    { type: 'press', t: 1, key: '5' },
    { type: 'release', t: 2, key: '*' },
    { type: 'display', t: 3, text: 'a "quoted" \\ line' },
    { type: 'memory', t: 4, bank: 0, sequence: 2, length: LENGTH },
    { type: 'memory', t: 5, failed: 'load' },
    { type: 'clock', t: 6, by: -5000 },
  ];
  for (const entry of entries) expect(printEntry(entry)).toBe(JSON.stringify(entry));
});
