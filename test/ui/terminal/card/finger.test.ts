import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../src/ui/script/virtual-clock.ts';
import type { Clock } from '../../../../src/firmware/clock.ts';
import type { Key } from '../../../../src/firmware/keypad.ts';
import { createFinger, GAP, TAP, type Finger } from '../../../../src/ui/terminal/card/finger.ts';

const HOLD = 2000;

/** A keypad that writes down when which button went down and up. */
function set() {
  const clock = new VirtualClock();
  const log: string[] = [];
  const down = new Set<Key>();
  const buttons = {
    press(key: Key) {
      log.push(`${clock.now()} ${key} down`);
      down.add(key);
    },
    release(key: Key) {
      log.push(`${clock.now()} ${key} up`);
      down.delete(key);
    },
  };
  return { clock, log, down, finger: createFinger(buttons, clock, HOLD) };
}

describe('the finger', () => {
  it('makes presses that come at once one after the other', () => {
    const { clock, log, finger } = set();
    for (const key of ['1', '1', 'ok'] as const) finger.tap(key);
    clock.advance(1000);
    expect(log).toEqual(['0 1 down', '60 1 up', '80 1 down', '140 1 up', '160 ok down', '220 ok up']);
  });

  it('stays as long on a button that felt it late, on a busy machine', () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const slow = {
      press(key: Key) {
        // Time passes, and nobody is woken meanwhile.
        late += 35;
        log.push(`${busy.now()} ${key} down`);
      },
      release: (key: Key) => void log.push(`${busy.now()} ${key} up`),
    };
    let late = 0;
    const busy: Clock = {
      now: () => clock.now() + late,
      timeOfDay: () => busy.now(),
      wakeAt: (time, wake) => clock.wakeAt(time - late, wake),
    };
    const slowed = createFinger(slow, busy, HOLD);
    for (const key of ['1', '2'] as const) slowed.tap(key);
    clock.advance(1000);
    expect(log).toEqual(['35 1 down', '95 1 up', '150 2 down', '210 2 up']);
  });

  it('holds a button until it is told to lift', () => {
    const { clock, log, finger } = set();
    finger.hold('press');
    clock.advance(5000);
    finger.lift('press');
    expect(log).toEqual(['0 press down', '5000 press up']);
  });

  it('drops what it holds at once, latched or not, and forgets what it was still to do', () => {
    const { clock, log, finger } = set();
    finger.latch();
    finger.tap('1');
    clock.advance(30);
    finger.drop();
    expect(finger.touch.get()).toBeUndefined();
    clock.advance(5000);
    finger.tap('2');
    finger.drop();
    finger.drop();
    clock.advance(5000);
    expect(log).toEqual(['0 press down', '30 press up', '5030 2 down', '5030 2 up']);
    finger.tap('3');
    clock.advance(1000);
    expect(log.slice(4)).toEqual(['10030 3 down', '10090 3 up']);
  });

  it('makes even the shortest hold as long as a tap', () => {
    const { clock, log, finger } = set();
    finger.hold('5');
    finger.lift('5');
    expect(finger.touch.get()?.key).toBe('5');
    clock.advance(1000);
    expect(log).toEqual(['0 5 down', `${TAP} 5 up`]);
  });

  it('lets go of a held button when it is wanted elsewhere', () => {
    const { clock, log, finger } = set();
    finger.hold('1');
    clock.advance(500);
    finger.hold('2');
    clock.advance(100);
    finger.lift('1');
    finger.lift('2');
    expect(log).toEqual(['0 1 down', '500 1 up', `${500 + GAP} 2 down`, '600 2 up']);
  });

  it('loses no key of two that overlap in fast typing', () => {
    const { clock, log, finger } = set();
    finger.hold('1');
    clock.advance(10);
    finger.hold('2');
    clock.advance(10);
    finger.lift('1');
    finger.lift('2');
    clock.advance(1000);
    expect(log).toEqual(['0 1 down', '60 1 up', '80 2 down', '140 2 up']);
  });

  it('latches "press" for a little longer than the card needs', () => {
    const { clock, log, finger } = set();
    finger.latch();
    expect(finger.touch.get()).toEqual({ key: 'press', since: 0, latched: true });
    clock.advance(HOLD);
    expect(log).toEqual(['0 press down']);
    clock.advance(HOLD);
    expect(log).toEqual(['0 press down', `${HOLD + 50} press up`]);
    expect(finger.touch.get()).toBeUndefined();
  });

  it('cuts a latched hold short, and says that there was one', () => {
    const { clock, log, finger } = set();
    expect(finger.unlatch()).toBe(false);
    finger.latch();
    clock.advance(700);
    expect(finger.unlatch()).toBe(true);
    expect(log).toEqual(['0 press down', '700 press up']);
    expect(finger.unlatch()).toBe(false);
  });

  it('lets go of what is held when nobody will tell any more, but not of what is latched', () => {
    const { clock, log, finger } = set();
    finger.hold('7');
    clock.advance(300);
    finger.letGo();
    finger.latch();
    clock.advance(300);
    finger.letGo();
    expect(log).toEqual(['0 7 down', '300 7 up', `${300 + GAP} press down`]);
  });

  it('keeps a tap that waits behind a hold which nobody ends', () => {
    const { clock, log, finger } = set();
    finger.hold('1');
    finger.tap('2');
    clock.advance(1000);
    expect(log).toEqual(['0 1 down', '60 1 up', '80 2 down', '140 2 up']);
  });

  it('does whatever it is told with one button at a time, loses none, and is free again in the end', () => {
    const keys = fc.constantFrom<Key[]>('1', '2', 'ok', 'press');
    const act = fc.oneof(
      keys.map((key) => ({ says: `tap ${key}`, presses: key, do: (finger: Finger) => finger.tap(key) })),
      keys.map((key) => ({ says: `hold ${key}`, presses: key, do: (finger: Finger) => finger.hold(key) })),
      keys.map((key) => ({ says: `lift ${key}`, presses: '', do: (finger: Finger) => finger.lift(key) })),
      fc.constant({ says: 'latch', presses: 'press', do: (finger: Finger) => finger.latch() }),
      fc.constant({ says: 'unlatch', presses: '', do: (finger: Finger) => void finger.unlatch() }),
      fc.constant({ says: 'let go', presses: '', do: (finger: Finger) => finger.letGo() }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(act, fc.nat({ max: 200 })), { maxLength: 30 }), (acts) => {
        const { clock, log, down, finger } = set();
        for (const [{ do: perform }, wait] of acts) {
          perform(finger);
          expect(down.size).toBeLessThanOrEqual(1);
          clock.advance(wait);
        }
        clock.advance(60_000);
        finger.letGo();
        clock.advance(60_000);
        expect(down.size).toBe(0);
        expect(finger.touch.get()).toBeUndefined();
        expect(log.filter((line) => line.endsWith('down')).map((line) => line.split(' ')[1])).toEqual(
          acts.map(([{ presses }]) => presses).filter((key) => key !== ''),
        );
      }),
    );
  });
});
