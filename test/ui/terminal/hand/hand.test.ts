import { describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/firmware/card.ts';
import { createCard } from '../../../../src/firmware/card.ts';
import { DSC, DSC_PLUS, type Profile } from '../../../../src/firmware/profiles.ts';
import { VirtualClock } from '../../../../src/ui/script/virtual-clock.ts';
import { createEventLog } from '../../../../src/ui/terminal/hand/event-log.ts';
import { createHand, type Hand } from '../../../../src/ui/terminal/hand/hand.ts';
import { memoryOf } from '../sitting.ts';

interface Bench {
  readonly hand: Hand;
  readonly card: Card;
  readonly memory: ReturnType<typeof memoryOf>;
  readonly clock: VirtualClock;
  /** Presses and lets go, one button after the other. */
  readonly tap: (...keys: Parameters<Hand['press']>[0][]) => void;
  readonly hold: () => void;
  readonly shown: () => string;
}

function bench({ profile = DSC_PLUS, charge }: { profile?: Profile; charge?: number } = {}): Bench {
  const clock = new VirtualClock();
  const memory = memoryOf(profile, charge);
  const log = createEventLog();
  const card = createCard({ memory, clock, record: log });
  const hand = createHand(card, clock, log);
  const tap: Bench['tap'] = (...keys) => {
    for (const key of keys) {
      hand.press(key);
      clock.advance(60);
      hand.release(key);
      clock.advance(40);
    }
  };
  const hold = (): void => {
    hand.press('press');
    clock.advance(2000);
    hand.release('press');
    clock.advance(500);
  };
  return { hand, card, memory, clock, tap, hold, shown: () => hand.face.get().line };
}

/** A card whose moments are kept, on which two digits of the PIN are typed: PIN> and then 1 and 2. */
function typing(): Bench {
  const made = bench();
  made.hand.keepMoments(true);
  made.hold();
  made.tap('1', '2');
  return made;
}

/** Steps back until the card shows this, and no button is about to change it. */
function backTo({ hand, shown }: Bench, line: string): void {
  for (let steps = 0; steps < 300; steps++) {
    hand.back();
    const { timers } = hand.inspection.get();
    if (shown() === line && !timers.some(({ runs }) => runs === 'button')) return;
  }
  throw new Error(`it never showed ${line}`);
}

describe('the moments of a card', () => {
  it('are kept only once it is asked for, so that nobody keeps a PIN unawares', () => {
    const { hand, hold, tap, shown } = bench();
    hold();
    tap('1', '2');
    hand.back();
    expect(hand.travel.get()).toEqual({ to: 'present' });
    hand.keepMoments(true);
    tap('3');
    hand.back();
    hand.back();
    hand.back();
    hand.back();
    expect(hand.travel.get()).toMatchObject({ to: 'past', step: 1 });
    expect(shown()).toBe('PIN>**');
  });

  it('are stepped through one event at a time, back and forth', () => {
    const { hand, shown } = typing();
    const seen = [shown()];
    const step = (go: () => void): void => {
      go();
      if (seen.at(-1) !== shown()) seen.push(shown());
    };
    for (let times = 0; times < 20; times++) step(() => hand.back());
    expect(seen).toEqual(['PIN>**', 'PIN>*', 'PIN>', '████████']);
    expect(hand.travel.get()).toMatchObject({ to: 'past', step: 1 });
    for (let times = 0; times < 20; times++) step(() => hand.forward());
    expect(seen.slice(4)).toEqual(['PIN>', 'PIN>*', 'PIN>**']);
    const { to, ...at } = hand.travel.get() as { to: string; step: number; of: number };
    expect([to, at.step]).toEqual(['past', at.of]);
  });

  it('stand still for as long as one looks, while the real card’s time goes on', () => {
    const made = typing();
    backTo(made, 'PIN>*');
    const { timers } = made.hand.inspection.get();
    made.clock.advance(29_000);
    expect([made.shown(), made.card.state()]).toEqual(['PIN>*', 'pin']);
    made.clock.advance(3_600_000);
    made.clock.jump(86_400_000);
    expect(made.shown()).toBe('PIN>*');
    expect(made.hand.inspection.get().timers).toEqual(timers);
    expect(made.card.state()).toBe('off');
  });

  it('are no more than 200, of which the earliest go first', () => {
    const { hand, tap, shown } = typing();
    for (let times = 0; times < 100; times++) tap('3', 'back');
    hand.back();
    expect(hand.travel.get()).toMatchObject({ step: 199, of: 200 });
    for (let times = 0; times < 300; times++) hand.back();
    expect(hand.travel.get()).toMatchObject({ step: 1, of: 200 });
    expect(shown()).toMatch(/^PIN>\*{2,3}$/);
  });

  it('are forgotten when the card goes off', () => {
    const made = typing();
    made.hold();
    expect(made.shown()).toBe('');
    made.hand.back();
    expect(made.hand.travel.get()).toEqual({ to: 'present' });
    made.hold();
    for (let times = 0; times < 20; times++) made.hand.back();
    expect(made.shown()).toBe('████████');
  });

  it('are not gone back to where there is none before', () => {
    const { hand, hold, tap, shown } = bench();
    const earlier: boolean[] = [];
    hand.hasEarlier.subscribe(() => earlier.push(hand.hasEarlier.get()));
    hold();
    hand.keepMoments(true);
    hand.back();
    expect([hand.travel.get(), shown()]).toEqual([{ to: 'present' }, 'PIN>']);
    tap('1');
    expect(earlier).toEqual([true]);
    for (let times = 0; times < 10; times++) hand.back();
    expect(hand.travel.get()).toEqual({ to: 'past', step: 1, of: 4 });
    expect(earlier).toEqual([true, false]);
    hand.forward();
    expect(earlier).toEqual([true, false, true]);
  });

  it('are no longer kept from the next power-on, once nobody asks for them', () => {
    const made = typing();
    made.hand.keepMoments(false);
    made.tap('3');
    made.hand.back();
    expect(made.hand.travel.get()).toMatchObject({ to: 'past' });
    made.hand.putCopyAway();
    made.hold();
    made.hold();
    made.tap('1');
    made.hand.back();
    expect(made.hand.travel.get()).toEqual({ to: 'present' });
  });
});

it('a card with a fault of its memory can be looked at, but not copied', () => {
  const clock = new VirtualClock();
  const memory = memoryOf();
  const unreadable = {
    identity: memory.identity,
    sequence: 0,
    load: () => {
      throw new Error('the medium is gone');
    },
    store: () => {
      throw new Error('the medium is gone');
    },
  };
  const log = createEventLog();
  const hand = createHand(createCard({ memory: unreadable, clock, record: log }), clock, log);
  hand.keepMoments(true);
  hand.press('press');
  clock.advance(2600);
  hand.release('press');
  expect(hand.inspection.get()).toMatchObject({ state: 'fault', counts: undefined });
  hand.back();
  expect(hand.travel.get()).toEqual({ to: 'present' });
  expect(hand.face.get().line).toBe('ERROR 2');
});

describe('a copy', () => {
  it('has buttons that do nothing until it goes on, and then goes on from there', () => {
    const made = typing();
    const { hand, tap, shown, clock } = made;
    backTo(made, 'PIN>*');
    tap('9', 'back', 'ok');
    expect(shown()).toBe('PIN>*');
    hand.goOn();
    expect(hand.travel.get()).toEqual({ to: 'copy' });
    tap('2', '3', '4', 'ok');
    expect(shown()).toBe('CHALLNG>');
    tap('1', '2', '3', '4', '5', '6', 'ok');
    expect(hand.face.get()).toMatchObject({ state: 'response', answered: '123456' });
    expect(shown()).toMatch(/^\d{8}$/);
    clock.advance(1000);
    expect(hand.face.get().state).toBe('response');
  });

  it('gives the response that the card would have given', () => {
    const answer = (made: Bench): string => {
      made.tap('3', '4', 'ok', '1', '2', '3', '4', '5', '6', 'ok');
      return made.shown();
    };
    const original = answer(typing());
    const made = typing();
    made.tap('9', '9');
    backTo(made, 'PIN>**');
    made.hand.goOn();
    expect(answer(made)).toBe(original);
  });

  it('writes nothing to the real card’s memory', () => {
    const made = typing();
    const { sequence } = made.memory;
    backTo(made, 'PIN>*');
    made.hand.goOn();
    made.tap('2', '3', '4', 'ok', '1', '2', '3', '4', '5', '6', 'ok');
    expect(made.hand.inspection.get().counts).toMatchObject({ powerOns: 1, responses: 1 });
    expect(made.hand.inspection.get().events.some(({ type }) => type === 'memory')).toBe(true);
    expect([made.memory.sequence, made.memory.load().responses]).toEqual([sequence, 0]);
  });

  it('has its timers from where they were', () => {
    const made = typing();
    made.clock.advance(20_000);
    made.tap('3');
    made.hand.back();
    made.hand.back();
    made.hand.back();
    expect(made.shown()).toBe('PIN>**');
    const [timer] = made.hand.inspection.get().timers;
    expect(timer).toMatchObject({ runs: 'idle' });
    const left = timer?.left ?? 0;
    made.clock.advance(5_000);
    made.hand.goOn();
    made.clock.advance(left - 1);
    expect(made.shown()).toBe('PIN>**');
    made.clock.advance(1);
    expect(made.hand.travel.get()).toEqual({ to: 'present' });
  });

  it('has nobody’s finger on it, whatever was held when it was pictured', () => {
    const made = bench();
    made.hand.keepMoments(true);
    made.hand.press('press');
    made.clock.advance(2600);
    made.hand.release('press');
    made.clock.advance(100);
    made.hand.back();
    expect(made.shown()).toBe('PIN>');
    made.hand.goOn();
    made.tap('7');
    expect(made.shown()).toBe('PIN>*');
  });

  it('goes on with the digit that was being typed, once and with no finger left on it', () => {
    const made = typing();
    while (made.hand.inspection.get().timers.every(({ runs }) => runs !== 'button')) made.hand.back();
    expect(made.shown()).toBe('PIN>*');
    const at = made.hand.inspection.get().events.at(-1)?.t ?? NaN;
    made.hand.goOn();
    expect(made.shown()).toBe('PIN>**');
    expect(made.hand.inspection.get().events.slice(-2)).toEqual([
      { type: 'display', t: at + DSC_PLUS.times.touch, text: 'PIN>**' },
      { type: 'release', t: at + DSC_PLUS.times.touch, key: '*' },
    ]);
    made.clock.advance(1000);
    expect(made.shown()).toBe('PIN>**');
    made.tap('3');
    expect(made.shown()).toBe('PIN>***');
  });

  it('is not switched off by a hold of press that it goes on from', () => {
    const made = typing();
    made.hand.press('press');
    made.clock.advance(1000);
    made.hand.release('press');
    made.hand.back();
    expect(made.hand.inspection.get().timers).toContainEqual({ runs: 'button', key: 'press', left: 2000 });
    made.hand.goOn();
    made.clock.advance(3000);
    expect([made.hand.travel.get(), made.shown()]).toEqual([{ to: 'copy' }, 'PIN>**']);
  });

  it('has moments of its own, and those before', () => {
    const made = typing();
    backTo(made, 'PIN>*');
    made.hand.goOn();
    made.tap('7', '8');
    expect(made.shown()).toBe('PIN>***');
    backTo(made, 'PIN>**');
    backTo(made, 'PIN>');
    made.hand.forward();
    expect(made.hand.travel.get()).toMatchObject({ to: 'past' });
  });

  it('that goes off gives the hand back to the real card, and is forgotten with all its moments', () => {
    for (const end of ['held', 'idle'] as const) {
      const made = typing();
      backTo(made, 'PIN>*');
      made.hand.goOn();
      made.tap('2');
      if (end === 'held') made.hold();
      else made.clock.advance(31_000);
      expect([made.hand.travel.get(), made.shown()]).toEqual([{ to: 'present' }, '']);
      made.hand.back();
      expect(made.hand.travel.get()).toEqual({ to: 'present' });
      made.hold();
      expect([made.shown(), made.card.display()]).toEqual(['PIN>', 'PIN>']);
    }
  });

  it('that is put away leaves nothing that waits for time', () => {
    const made = typing();
    backTo(made, 'PIN>*');
    made.hand.goOn();
    made.tap('2');
    expect(made.hand.putCopyAway()).toBe(true);
    expect(made.hand.putCopyAway()).toBe(false);
    made.clock.advance(3000);
    expect([made.hand.travel.get(), made.shown()]).toEqual([{ to: 'present' }, '']);
    made.hold();
    // The copy would have gone off by now, and nobody hears of it.
    made.clock.advance(29_000);
    expect(made.shown()).toBe('PIN>');
  });
});

describe('the real card behind a copy', () => {
  it('is as one left it when one only looked', () => {
    const made = typing();
    backTo(made, 'PIN>*');
    expect(made.hand.putCopyAway()).toBe(true);
    expect(made.shown()).toBe('PIN>**');
    made.tap('3');
    expect([made.shown(), made.card.display()]).toEqual(['PIN>***', 'PIN>***']);
  });

  it('is switched off as soon as a copy goes on', () => {
    const made = typing();
    backTo(made, 'PIN>*');
    made.hand.goOn();
    made.clock.advance(1999);
    expect(made.card.state()).toBe('pin');
    made.clock.advance(1);
    expect(made.card.state()).toBe('off');
    expect(made.card.snapshot().entered).toMatchObject({ pin: '', challenge: '', response: '' });
    expect(made.shown()).toBe('PIN>*');
  });

  it('is off all the same if it went off by itself meanwhile', () => {
    const made = typing();
    backTo(made, 'PIN>*');
    made.clock.advance(31_000);
    expect(made.card.state()).toBe('off');
    made.hand.goOn();
    made.clock.advance(3000);
    expect([made.card.state(), made.shown()]).toEqual(['off', 'PIN>*']);
    made.hand.putCopyAway();
    expect(made.shown()).toBe('');
  });
});

describe('the inside of the card', () => {
  it('tells the timers that run, and no digit of a PIN', () => {
    const { hand, hold, clock } = bench();
    hand.press('press');
    clock.advance(500);
    expect(hand.inspection.get().timers).toEqual([{ runs: 'button', key: 'press', left: 2000 }]);
    const stop = hand.inspection.subscribe(() => {});
    expect(hand.inspection.get().timers).toEqual([{ runs: 'button', key: 'press', left: 1500 }]);
    clock.advance(1500);
    expect(hand.inspection.get()).toMatchObject({
      state: 'selfTest',
      timers: [{ runs: 'goesOn', left: 500 }],
    });
    hand.release('press');
    clock.advance(500);
    hand.press('7');
    expect(hand.inspection.get().timers).toEqual([
      { runs: 'button', key: '*', left: 40 },
      { runs: 'idle', left: 30_000 },
    ]);
    hand.release('7');
    stop();
    hold();
    expect(hand.inspection.get().timers).toEqual([]);
    expect(JSON.stringify(hand.inspection.get())).not.toMatch(/"7"/);
  });

  it('tells the page of a response and when it turns, and hides its digits from the events', () => {
    const made = bench({ profile: DSC });
    made.hold();
    made.tap('1', '2', '3', '4', 'ok', '1', '2', '3', '4', '5', '6', 'ok');
    const inside = made.hand.inspection.get();
    expect(inside.timers.map(({ runs }) => runs)).toEqual(['page', 'idle']);
    expect(made.hand.face.get()).toMatchObject({ page: 0, response: made.card.response() });
    made.clock.advance(10_000);
    expect(made.hand.face.get()).toMatchObject({ page: 1, line: made.card.response().slice(5) });
    const told = JSON.stringify(made.hand.inspection.get().events);
    expect(told).toContain('"#####"');
    expect(told).not.toContain(made.card.response().slice(0, 5));
  });

  it('tells what a battery has left, on and off, and of one that does not drain nothing', () => {
    expect(bench().hand.inspection.get().charge).toBeUndefined();
    const { hand, hold, clock } = bench({ charge: 10_000 });
    const charge = (): number => hand.inspection.get().charge ?? NaN;
    hold();
    const atFirst = charge();
    const stop = hand.inspection.subscribe(() => {});
    clock.advance(20_000);
    // 60 µA and a few segments, for 20 s.
    expect(atFirst - charge()).toBeGreaterThan(0.33);
    expect(atFirst - charge()).toBeLessThan(0.4);
    hold();
    stop();
    expect(charge()).toBeLessThan(atFirst);
  });

  it('counts, with a counter only where the suite has one', () => {
    const made = bench();
    made.hold();
    expect(made.hand.inspection.get().counts).toEqual({ counter: undefined, powerOns: 1, responses: 0 });
    const counting = bench({ profile: { ...DSC_PLUS, suite: 'OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1' } });
    counting.hold();
    counting.tap('1', '2', '3', '4', 'ok', '1', '2', '3', '4', '5', '6', 'ok');
    expect(counting.hand.inspection.get().counts).toEqual({ counter: '1', powerOns: 1, responses: 1 });
  });

  it('says when the clock jumped, and what the memory wrote', () => {
    const { hand, hold, clock, tap } = bench();
    hold();
    clock.jump(5000);
    tap('ok');
    const { events } = hand.inspection.get();
    expect(events.filter(({ type }) => type === 'memory' || type === 'clock')).toEqual([
      { type: 'memory', t: 2000, bank: 0, sequence: 2, length: expect.any(Number) as number },
      { type: 'clock', t: 2500, by: 5000 },
    ]);
  });

  it('goes on with the time of its events in a copy', () => {
    const made = typing();
    backTo(made, 'PIN>*');
    const at = made.hand.inspection.get().events.at(-1)?.t ?? NaN;
    made.clock.advance(10_000);
    made.hand.goOn();
    made.clock.advance(1000);
    made.tap('9');
    const times = made.hand.inspection.get().events.map(({ t }) => t);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((times.at(-1) ?? NaN) - at).toBeGreaterThan(1000);
    expect((times.at(-1) ?? NaN) - at).toBeLessThan(1300);
  });

  it('is read once a second at the most, and only while somebody looks and something runs', () => {
    const { hand, hold, clock } = bench();
    let reads = 0;
    hold();
    clock.advance(5000);
    const stop = hand.inspection.subscribe(() => reads++);
    const first = reads;
    clock.advance(10_000);
    expect(reads - first).toBe(10);
    expect(hand.inspection.get().timers).toEqual([{ runs: 'idle', left: 15_000 }]);
    clock.advance(20_000);
    const off = reads;
    expect(hand.inspection.get().state).toBe('off');
    clock.advance(600_000);
    expect(reads).toBe(off);
    stop();
    hold();
    expect(reads).toBe(off);
  });
});
