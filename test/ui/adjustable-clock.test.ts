import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCard } from '../../src/firmware/card.ts';
import { createAdjustableClock } from '../../src/ui/adjustable-clock.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { systemClock } from '../../src/ui/system-clock.ts';

const START = 1_000;
const TODAY = 1_800_000_000_000;

function make() {
  const base = new VirtualClock(START, TODAY);
  const clock = createAdjustableClock(base);
  const rung: number[] = [];
  const ringAt = (time: number): (() => void) => clock.wakeAt(time, () => rung.push(clock.now()));
  return { base, clock, rung, ringAt };
}

describe('a clock that nobody has touched', () => {
  it('shows what its base shows, and rings with it', () => {
    const { base, clock, rung, ringAt } = make();
    expect([clock.now(), clock.timeOfDay(), clock.isPaused]).toEqual([START, TODAY, false]);
    ringAt(1500);
    ringAt(1200);
    ringAt(1500)();
    base.advance(499);
    expect(rung).toEqual([1200]);
    base.advance(1);
    expect(rung).toEqual([1200, 1500]);
    base.jump(3_600_000);
    expect(clock.timeOfDay()).toBe(TODAY + 500 + 3_600_000);
  });

  it('never rings before wakeAt has returned', () => {
    const { base, rung, ringAt } = make();
    ringAt(0);
    expect(rung).toEqual([]);
    base.advance(0);
    expect(rung).toEqual([START]);
  });
});

describe('a clock that is paused', () => {
  it('stands still, rings nothing, and sleeps through whatever happens to the time of day', () => {
    const { base, clock, rung, ringAt } = make();
    ringAt(1100);
    clock.pause();
    clock.pause();
    base.advance(10_000);
    base.jump(-86_400_000);
    expect([clock.now(), clock.timeOfDay(), clock.isPaused]).toEqual([START, TODAY, true]);
    expect(rung).toEqual([]);
    clock.resume();
    clock.resume();
    expect(clock.isPaused).toBe(false);
    base.advance(99);
    expect(rung).toEqual([]);
    base.advance(1);
    expect(rung).toEqual([1100]);
    expect(clock.timeOfDay()).toBe(TODAY + 100);
  });

  it('leaves its base nothing to ring for', () => {
    const { base } = make();
    const set = new Set<number>();
    const counting = createAdjustableClock({
      now: () => base.now(),
      timeOfDay: () => base.timeOfDay(),
      wakeAt(time) {
        set.add(time);
        return () => void set.delete(time);
      },
    });
    counting.wakeAt(5000, () => {});
    expect(set).toEqual(new Set([5000]));
    counting.pause();
    counting.wakeAt(2000, () => {});
    expect(set).toEqual(new Set());
    counting.resume();
    expect(set).toEqual(new Set([2000]));
  });
});

describe('a clock that is moved on', () => {
  it.each(['paused', 'going'])(
    'rings each alarm at its own time, those that an alarm sets too: %s',
    (how) => {
      const { clock, rung, ringAt } = make();
      if (how === 'paused') clock.pause();
      const days: number[] = [];
      clock.wakeAt(1200, () => {
        days.push(clock.timeOfDay());
        ringAt(1300);
        ringAt(1150);
      });
      ringAt(1250);
      ringAt(1501);
      clock.advance(500);
      expect(rung).toEqual([1200, 1250, 1300]);
      expect(days).toEqual([TODAY + 200]);
      expect([clock.now(), clock.timeOfDay()]).toEqual([1500, TODAY + 500]);
      expect(clock.isPaused).toBe(how === 'paused');
    },
  );

  it('goes on from there with its base', () => {
    const { base, clock, rung, ringAt } = make();
    clock.advance(500);
    base.advance(100);
    expect(clock.now()).toBe(1600);
    ringAt(1650);
    base.advance(49);
    expect(rung).toEqual([]);
    base.advance(1);
    expect(rung).toEqual([1650]);
  });

  it('can be moved, stopped and set going by an alarm', () => {
    const { base, clock, rung, ringAt } = make();
    clock.wakeAt(1100, () => {
      clock.advance(1000);
      expect(clock.now()).toBe(2500);
    });
    ringAt(1200);
    ringAt(2400);
    clock.wakeAt(2450, () => clock.pause());
    clock.advance(500);
    expect(rung).toEqual([1200, 2400]);
    expect([clock.now(), clock.isPaused]).toEqual([2500, true]);
    clock.wakeAt(2600, () => clock.resume());
    clock.advance(200);
    expect([clock.now(), clock.isPaused]).toEqual([2700, false]);
    base.advance(300);
    expect(clock.now()).toBe(3000);
  });

  it('throws an alarm’s error when all have rung, and stays where it has come to', () => {
    const { clock, rung, ringAt } = make();
    clock.wakeAt(1100, () => {
      throw new Error('woken wrongly');
    });
    ringAt(1200);
    expect(() => clock.advance(500)).toThrow('woken wrongly');
    expect(rung).toEqual([1200]);
    expect(clock.now()).toBe(1500);
  });

  it('refuses what is no number of milliseconds', () => {
    for (const ms of [-1, NaN, Infinity]) expect(() => make().clock.advance(ms)).toThrow(RangeError);
  });
});

it('never goes back, whatever is done with it, and rings every alarm once, never early', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('base' as const), ms: fc.double({ min: 0, max: 500, noNaN: true }) }),
      fc.record({ do: fc.constant('advance' as const), ms: fc.double({ min: 0, max: 500, noNaN: true }) }),
      fc.record({ do: fc.constant('alarm' as const), ms: fc.double({ min: -50, max: 900, noNaN: true }) }),
      fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const) }),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const { base, clock } = make();
      let last = clock.now();
      const look = (): void => {
        expect(clock.now()).toBeGreaterThanOrEqual(last);
        last = clock.now();
      };
      const waiting = new Set<number>();
      let alarms = 0;
      for (const step of all) {
        if (step.do === 'base') base.advance(step.ms);
        else if (step.do === 'advance') clock.advance(step.ms);
        else if (step.do !== 'alarm') clock[step.do]();
        else {
          const [id, time] = [alarms++, clock.now() + step.ms];
          waiting.add(id);
          clock.wakeAt(time, () => {
            look();
            expect(clock.now()).toBeGreaterThanOrEqual(time - 1e-9);
            expect(waiting.delete(id)).toBe(true);
          });
        }
        look();
      }
      clock.resume();
      base.advance(2000);
      expect(waiting.size).toBe(0);
    }),
  );
});

it('lets a card’s time stand still: it switches off when it has been idle by this clock', () => {
  const base = new VirtualClock();
  const clock = createAdjustableClock(base);
  const card = createCard({ key: new Uint8Array(20).fill(1), clock });
  card.press('press');
  clock.advance(2000);
  card.release('press');
  clock.advance(500);
  expect(card.state()).toBe('pin');
  clock.pause();
  base.advance(3_600_000);
  base.jump(86_400_000);
  expect(card.state()).toBe('pin');
  clock.resume();
  base.advance(29_999);
  expect(card.state()).toBe('pin');
  base.advance(1);
  expect(card.state()).toBe('off');
});

it('goes with the real clock too', async () => {
  const clock = createAdjustableClock(systemClock);
  clock.advance(1_000_000);
  const due = clock.now() + 5;
  const { promise, resolve } = Promise.withResolvers<number>();
  // The system's clock does not keep the process alive for an alarm.
  const alive = setInterval(() => {}, 1000);
  clock.wakeAt(due, () => resolve(clock.now()));
  expect(await promise).toBeGreaterThanOrEqual(due);
  clearInterval(alive);
});
