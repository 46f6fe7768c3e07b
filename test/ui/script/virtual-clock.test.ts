import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';

test('alarms ring in order of time, each at its own time, those of one time in the order they were set', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.array(fc.nat(20)), (times, steps) => {
      const clock = new VirtualClock(100);
      const rung: { time: number; index: number }[] = [];
      times.forEach((time, index) => {
        clock.wakeAt(100 + time, () => {
          rung.push({ time: clock.now() - 100, index });
        });
      });
      for (const step of steps) clock.advance(step);

      const passed = steps.reduce((sum, step) => sum + step, 0);
      const due = times
        .map((time, index) => ({ time, index }))
        .filter(({ time }) => time <= passed && steps.length > 0)
        .toSorted((a, b) => a.time - b.time || a.index - b.index);
      expect(rung).toEqual(due);
      expect(clock.now()).toBe(100 + passed);
    }),
  );
});

test('an alarm set by an alarm rings in the same advance if it is due', () => {
  const clock = new VirtualClock();
  const rung: number[] = [];
  clock.wakeAt(10, () => {
    clock.wakeAt(15, () => rung.push(clock.now()));
    clock.wakeAt(25, () => rung.push(clock.now()));
  });
  clock.advance(20);
  expect(rung).toEqual([15]);
});

test('a cancelled alarm is silent, and cancelling again does nothing', () => {
  const clock = new VirtualClock();
  let rung = 0;
  const cancel = clock.wakeAt(5, () => rung++);
  clock.wakeAt(5, () => rung++);
  cancel();
  cancel();
  clock.advance(10);
  expect(rung).toBe(1);
});

test('time already past rings at the next move, and time does not go back', () => {
  const clock = new VirtualClock(50);
  const rung: number[] = [];
  clock.wakeAt(10, () => rung.push(clock.now()));
  clock.advance(0);
  expect(rung).toEqual([50]);
});

test('sleepers wake each at their own time, whoever fell asleep first', async () => {
  const clock = new VirtualClock(1000);
  const woken: [string, number][] = [];
  const sleep = async (name: string, ...times: number[]): Promise<void> => {
    for (const ms of times) {
      await clock.sleep(ms);
      woken.push([name, clock.now() - 1000]);
    }
  };
  await Promise.all([sleep('ben', 130, 10), sleep('ann', 30, 30), sleep('cleo', 30)]);
  expect(woken).toEqual([
    ['ann', 30],
    ['cleo', 30],
    ['ann', 60],
    ['ben', 130],
    ['ben', 140],
  ]);
});

test('what an alarm does on the way to a sleeper’s time happens first', async () => {
  const clock = new VirtualClock();
  const events: string[] = [];
  clock.wakeAt(50, () => events.push('alarm'));
  await clock.sleep(100);
  events.push('awake');
  expect(events).toEqual(['alarm', 'awake']);
  expect(clock.now()).toBe(100);
});

test('time stands still when nobody sleeps', async () => {
  const clock = new VirtualClock();
  clock.wakeAt(50, () => {});
  await clock.sleep(10);
  await new Promise((resolve) => setImmediate(resolve));
  expect(clock.now()).toBe(10);
});

test('an alarm that throws does not stop time', () => {
  const clock = new VirtualClock();
  let rung = 0;
  clock.wakeAt(10, () => {
    throw new Error('a fault');
  });
  clock.wakeAt(20, () => rung++);
  expect(() => clock.advance(2000)).toThrow('a fault');
  expect([rung, clock.now()]).toEqual([1, 2000]);
});

test.each([-1, NaN, Infinity])('it does not advance by %s', (ms) => {
  expect(() => new VirtualClock().advance(ms)).toThrow(RangeError);
});

test.each([NaN, Infinity])('nobody sleeps %s', async (ms) => {
  await expect(new VirtualClock().sleep(ms)).rejects.toThrow(RangeError);
});

test('the time of day goes with it, and may be set without anything ringing', () => {
  const clock = new VirtualClock(5, 1000);
  let rung = 0;
  clock.wakeAt(50, () => rung++);
  clock.advance(10);
  expect([clock.now(), clock.timeOfDay()]).toEqual([15, 1010]);
  clock.jump(-3000);
  expect([clock.now(), clock.timeOfDay(), rung]).toEqual([15, -1990, 0]);
});
