import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Keypad, type Key } from '../../src/firmware/keypad.ts';

const newKeypad = (): Keypad => new Keypad({ touch: 40, hold: 2000 });

test('a press under 40 ms is a touch and does nothing', () => {
  const keypad = newKeypad();
  keypad.press('5', 0);
  expect(keypad.take(39)).toBeUndefined();
  keypad.release('5');
  expect(keypad.take(1000)).toBeUndefined();
  expect(keypad.due).toBeUndefined();
});

test('a button works once it has been down for 40 ms, and once only', () => {
  const keypad = newKeypad();
  keypad.press('5', 100);
  expect(keypad.due).toBe(140);
  expect(keypad.take(140)).toEqual({ key: '5', since: 100, at: 140 });
  expect(keypad.take(5000)).toBeUndefined();
  keypad.release('5');
  keypad.press('5', 6000);
  expect(keypad.take(6040)).toEqual({ key: '5', since: 6000, at: 6040 });
});

test('"press" works by holding for two seconds', () => {
  const keypad = newKeypad();
  keypad.press('press', 0);
  expect(keypad.take(1999)).toBeUndefined();
  expect(keypad.take(2000)).toEqual({ key: 'press', since: 0, at: 2000 });
});

test('two buttons at once do nothing until all are up', () => {
  const keypad = newKeypad();
  keypad.press('1', 0);
  keypad.press('2', 10);
  expect(keypad.take(100)).toBeUndefined();
  keypad.release('1');
  expect(keypad.take(200)).toBeUndefined();
  keypad.press('3', 210);
  expect(keypad.take(300)).toBeUndefined();
  keypad.release('2');
  keypad.release('3');
  keypad.press('4', 400);
  expect(keypad.take(440)).toMatchObject({ key: '4' });
});

test('a second button ends a hold that was almost done', () => {
  const keypad = newKeypad();
  keypad.press('press', 0);
  keypad.press('ok', 1990);
  keypad.release('ok');
  expect(keypad.take(3000)).toBeUndefined();
});

test('a button that is not there cannot be pressed', () => {
  const name: '1' = JSON.parse('"x"');
  expect(() => newKeypad().press(name, 0)).toThrow(
    new TypeError('press: the buttons are 0-9, back, ok and press'),
  );
});

test('pressing what is down and releasing what is up change nothing', () => {
  const keypad = newKeypad();
  keypad.press('7', 0);
  keypad.press('7', 30);
  keypad.release('8');
  expect(keypad.take(40)).toEqual({ key: '7', since: 0, at: 40 });
});

test('when all fingers lift, nothing comes of them, and the next button is alone', () => {
  const keypad = newKeypad();
  keypad.press('1', 0);
  keypad.letGo();
  expect(keypad.due).toBeUndefined();
  expect(keypad.fingers.down).toEqual([]);
  keypad.press('2', 100);
  expect(keypad.take(140)).toMatchObject({ key: '2' });
});

test('fingers put on another keypad do there what they would have done', () => {
  const moves = fc.array(
    fc.record({
      key: fc.constantFrom<Key[]>('1', 'ok', 'press'),
      down: fc.boolean(),
      wait: fc.constantFrom(0, 39, 40, 2000),
    }),
    { maxLength: 12 },
  );
  /** Moves a finger, waits, and says what came of it. */
  const moved = (
    keypad: Keypad,
    now: number,
    { key, down, wait }: { key: Key; down: boolean; wait: number },
  ) => {
    if (down) keypad.press(key, now);
    else keypad.release(key);
    return [keypad.due, keypad.take(now + wait)];
  };
  fc.assert(
    fc.property(moves, moves, moves, (before, elsewhere, after) => {
      const [one, other] = [newKeypad(), newKeypad()];
      for (const move of before) moved(one, 0, move);
      for (const move of elsewhere) moved(other, 0, move);
      other.put(one.fingers);
      expect(other.fingers).toEqual(one.fingers);
      for (const move of after) expect(moved(other, 10, move)).toEqual(moved(one, 10, move));
    }),
  );
});
