import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/firmware/clock.ts';

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

test('sleepers that began together wake together', async () => {
  const clock = new VirtualClock(1000);
  await Promise.all(Array.from({ length: 5 }, () => clock.sleepUntil(clock.now() + 300)));
  expect(clock.now()).toBe(1300);
  await clock.sleepUntil(200);
  expect(clock.now()).toBe(1300);
});

test.each([-1, NaN, Infinity])('it does not advance by %s', (ms) => {
  expect(() => new VirtualClock().advance(ms)).toThrow(RangeError);
});
