import { beforeEach, expect, test } from 'vitest';
import { createCard, type Card } from '../../../src/firmware/card.ts';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';
import { operate, type Operator } from '../../../src/ui/script/operator.ts';

let clock: VirtualClock;
let card: Card;
let hand: Operator;

beforeEach(() => {
  clock = new VirtualClock();
  card = createCard({ key: new Uint8Array(20), clock });
  hand = operate(card, clock);
});

test('answers from any state, and leaves the card off', () => {
  const response = hand.answer('1234', '482915');
  hand.switchOn();
  hand.type('99');
  expect(hand.answer('1234', '482915')).toBe(response);
  expect(card.display()).toBe('');
});

test('switching on what is on, or off what is off, does nothing', () => {
  hand.switchOff();
  expect(clock.now()).toBe(0);
  hand.switchOn();
  hand.type('1');
  hand.switchOn();
  expect(card.display()).toBe('PIN>*');
});

test('what the card would wait for in vain is refused', () => {
  expect(() => hand.answer('123', '482915')).toThrow(RangeError);
  expect(() => hand.answer('1234', '48291')).toThrow(RangeError);
  expect(() => hand.answer('12a4', '482915')).toThrow(TypeError);
  expect(() => hand.type('１')).toThrow(TypeError);
});

test('a card that does not do what the buttons say gives no response, and is left off', () => {
  card.press('5');
  expect(() => hand.answer('1234', '482915')).toThrow(expect.objectContaining({ code: 'no-response' }));
  card.release('5');
  expect(() => operate(card, new VirtualClock()).answer('1234', '482915')).toThrow(
    expect.objectContaining({ code: 'no-response' }),
  );
  expect(card.state()).toBe('off');
});

test('a wrong challenge is refused before the PIN is typed', () => {
  expect(() => hand.answer('1234', '48291')).toThrow(RangeError);
  expect(card.state()).toBe('off');
});

test('an error never repeats the PIN', () => {
  expect(() => hand.answer('98765', '482915')).toThrow(/^(?!.*98765)/);
});
