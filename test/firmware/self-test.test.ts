import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCard } from '../../src/firmware/card.ts';
import { newContents, type Memory } from '../../src/firmware/memory.ts';
import * as ocra from '../../src/firmware/ocra/index.ts';
import { DSC, DSC_PLUS, OCRA_CARD, type Profile } from '../../src/firmware/profiles.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { operate } from '../../src/ui/script/operator.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { KEY } from './reference-card.ts';

// A responder that can be broken, as a bad chip would.
const chip = vi.hoisted(() => ({ isBroken: false }));
vi.mock(import('../../src/firmware/ocra/index.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    createResponder: (...args: Parameters<typeof original.createResponder>) => {
      const respond = original.createResponder(...args);
      return (inputs: Parameters<typeof respond>[0]) => (chip.isBroken ? '00000000' : respond(inputs));
    },
  };
});

afterEach(() => {
  chip.isBroken = false;
});

const NOW = 1_800_000_000_000;

function memoryOf(profile: Profile, battery?: { charge: number; at: number }): VolatileMemory {
  return new VolatileMemory({ serial: 'DSC-1', profile, suite: profile.suite }, newContents(KEY, battery));
}

function hold(memory: Memory) {
  const clock = new VirtualClock(0, NOW);
  const card = createCard({ memory, clock });
  return { card, clock, hand: operate(card, clock) };
}

describe.each([
  [DSC_PLUS, 'ERROR '],
  [DSC, 'Err '],
  [OCRA_CARD, 'Error '],
])('the $name', (profile, text) => {
  test('that computes wrongly shows fault 1, and asks for nothing', () => {
    const memory = memoryOf(profile);
    const { card, hand, clock } = hold(memory);
    chip.isBroken = true;
    expect(ocra.createResponder(ocra.parseSuite(DSC.suite), KEY)({ question: '1', pin: '1' })).toBe(
      '00000000',
    );
    card.press('press');
    clock.advance(2000);
    expect(card.display()).toMatch(/^█+$/);
    clock.advance(500);
    expect(card.display()).toBe(`${text}1`);
    card.release('press');
    hand.type('7391');
    hand.tap('ok');
    expect(card.display()).toBe(`${text}1`);
    expect(card.snapshot().entered).toMatchObject({ isLow: false });
    // A card that cannot compute does not touch its memory.
    expect(memory.sequence).toBe(1);
    clock.advance(30_000);
    expect(card.display()).toBe('');

    chip.isBroken = false;
    hand.switchOn();
    expect(card.state()).toBe(profile.prompts[0]?.entry);
  });

  test('whose memory cannot be written shows fault 2', () => {
    const memory = memoryOf(profile);
    const { card, hand } = hold({
      identity: memory.identity,
      sequence: 1,
      load: () => memory.load(),
      store: () => {
        throw new Error('no space left');
      },
    });
    hand.switchOn();
    expect(card.display()).toBe(`${text}2`);
    hand.switchOff();
    expect(card.display()).toBe('');
  });

  test('whose memory cannot be written any more shows fault 2 instead of a response', () => {
    const memory = memoryOf(profile);
    let isFull = false;
    const { card, hand } = hold({
      identity: memory.identity,
      sequence: 1,
      load: () => memory.load(),
      store: (contents) => (isFull ? expect.fail('no space left') : memory.store(contents)),
    });
    const heard: string[] = [];
    card.subscribe((display) => heard.push(display));
    const pin = '7391';
    const challenge = '48291536'.slice(0, card.challengeLength);
    hand.switchOn();
    isFull = true;
    for (const { entry } of profile.prompts) {
      hand.type(entry === 'pin' ? pin : challenge);
      hand.tap('ok');
    }
    expect(heard.at(-1)).toBe(`${text}2`);
    expect(card.response()).toBe('');
    expect(memory.load()).toMatchObject({ powerOns: 1, responses: 0 });
    isFull = false;
    expect(hand.answer(pin, challenge)).toMatch(/^[0-9]+$/);
    expect(memory.load()).toMatchObject({ powerOns: 2, responses: 1 });
  });

  test('whose memory cannot be read shows fault 2', () => {
    const memory = memoryOf(profile);
    const { card, hand } = hold({
      identity: memory.identity,
      sequence: 1,
      load: () => {
        throw new Error('an error of the disk');
      },
      store: (contents) => memory.store(contents),
    });
    hand.switchOn();
    expect(card.display()).toBe(`${text}2`);
    expect(memory.sequence).toBe(1);
    expect(card.snapshot().entered).toMatchObject({ isLow: false });
  });

  test.each([
    [-1, NOW],
    [25_000.1, NOW],
    [NaN, NOW],
    [Infinity, NOW],
    [5000, NaN],
    [5000, Infinity],
    [5000, -Infinity],
  ])('whose battery cannot be so shows fault 3: %d µAh at %d', (charge, at) => {
    const memory = memoryOf(profile, { charge, at });
    const { card, hand } = hold(memory);
    hand.switchOn();
    expect(card.display()).toBe(`${text}3`);
    expect(card.snapshot().entered).toMatchObject({ isLow: false });
    hand.switchOff();
    expect(memory.sequence).toBe(1);
  });
});

test('a suite that has counted to its end shows fault 2 instead of a response, and counts no further', () => {
  const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: 'OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1' };
  const last = 2n ** 64n - 1n;
  const memory = new VolatileMemory(identity, { ...newContents(KEY), counter: last - 1n });
  const { card, hand } = hold(memory);
  expect(hand.answer('7391', '482915')).toMatch(/^[0-9]{8}$/);
  expect(memory.load().counter).toBe(last);
  expect(() => hand.answer('7391', '482915')).toThrow('no response');
  hand.switchOn();
  hand.type('7391');
  hand.tap('ok');
  hand.type('482915');
  hand.tap('ok');
  expect(card.display()).toBe('ERROR 2');
  expect(memory.load()).toMatchObject({ counter: last, responses: 1 });
});
