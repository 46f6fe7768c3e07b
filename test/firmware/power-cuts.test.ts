// The power fails at every byte of every write: afterwards the card has the state of before, or the one after.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCard } from '../../src/firmware/card.ts';
import { newContents } from '../../src/firmware/memory.ts';
import { BANK_RECORD } from '../../src/firmware/memory-format.ts';
import { DSC_PLUS, PROFILES } from '../../src/firmware/profiles.ts';
import { newMemoryImage, SealedMemory } from '../../src/firmware/sealed-memory.ts';
import { operate } from '../../src/ui/script/operator.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { nothing } from './exercise.ts';
import { FaultyMedium, type Cut } from './faulty-medium.ts';
import { live, lives } from './lives.ts';
import { MemoryModel } from './memory-model.ts';
import { secondReading } from './ocra/second-reading.ts';
import { KEY } from './reference-card.ts';
import { WatchedMemory } from './watched-memory.ts';

const DEVICE_KEY = new Uint8Array(32).fill(3);
const PIN = '7391';

const COUNTING = 'OCRA-1:HOTP-SHA1-8:C-QN06-PSHA1';
const CARDS = [
  ...PROFILES.map((profile) => ({ profile, suite: profile.suite })),
  { profile: DSC_PLUS, suite: COUNTING },
].flatMap((card) => [
  { ...card, battery: 'no battery that ends', charge: undefined },
  { ...card, battery: 'a battery', charge: 20_000 },
]);

/** Every way the power can fail in so many writes. */
function cutsOf(writes: number): Cut[] {
  const cuts: Cut[] = [];
  for (let write = 0; write < writes; write++) {
    for (const leaving of ['undone', 'half done', 'garbage'] as const) {
      cuts.push({ after: { writes: write }, leaving, seed: write });
    }
  }
  for (let bytes = 0; bytes <= writes * BANK_RECORD; bytes++) {
    cuts.push(
      { after: { bytes }, leaving: 'half done' },
      { after: { bytes }, leaving: 'garbage', seed: bytes },
    );
  }
  return cuts;
}

describe.each(CARDS)('the $profile.name with $suite and $battery', ({ profile, suite, charge }) => {
  const isCounting = suite === COUNTING;
  const challenge = profile.id === 'ocra-card' ? '48291536' : '482915';
  // Every counted power-on and response, and the charge when the card goes off.
  const writes = charge === undefined ? 2 : 3;
  const battery = charge === undefined ? undefined : { charge, at: 0 };
  const fresh = newContents(Uint8Array.from(KEY), battery);
  const identity = { serial: 'DSC-1', profile, suite };
  const header = { source: { kind: 'device' }, salt: new Uint8Array(16), identity } as const;
  const image = newMemoryImage(header, fresh, DEVICE_KEY);

  /** Another process takes up the card. */
  function open(medium: FaultyMedium, model: MemoryModel) {
    const clock = new VirtualClock();
    const memory = new WatchedMemory(new SealedMemory(medium, DEVICE_KEY), medium, model);
    const card = createCard({ memory, clock });
    return { card, memory, hand: operate(card, clock) };
  }

  /** One ceremony, from off to off; the response, if it showed. */
  function ceremony({ card, memory, hand }: ReturnType<typeof open>): string {
    let response = '';
    card.subscribe(() => (response ||= card.response()));
    try {
      hand.answer(PIN, challenge);
    } catch (error) {
      // The power failed before the response.
      expect(error).toMatchObject({ code: 'no-response' });
    }
    memory.check();
    expect(card.display()).toBe('');
    return response;
  }

  const expected = (counter: bigint): string =>
    secondReading({
      suite,
      keyHex: KEY.toString('hex'),
      question: challenge,
      pin: PIN,
      counter: isCounting ? String(counter) : undefined,
    });

  test('a ceremony writes as often as it should', () => {
    const card = open(new FaultyMedium(image), new MemoryModel(fresh, isCounting));
    const before = card.memory.sequence;
    expect(ceremony(card)).toBe(expected(0n));
    expect(card.memory.sequence).toBe(before + writes);
  });

  test('whenever the power fails, it goes on from before or after, and knows of each response that showed', () => {
    const found = { before: 0, after: 0, shown: 0 };
    for (const cut of cutsOf(writes)) {
      const medium = new FaultyMedium(image);
      const model = new MemoryModel(fresh, isCounting);
      const first = open(medium, model);
      medium.cut(cut);
      const response = ceremony(first);
      expect(medium.isCut).toBe(true);
      const before = model.kept;
      medium.restorePower();

      // The model takes nothing but the state of before or of after.
      const next = open(medium, model);
      next.memory.check();
      const afterwards = model.kept;
      found[isDeepStrictEqual(afterwards, before) ? 'before' : 'after']++;
      if (response) {
        found.shown++;
        expect(afterwards.responses).toBe(1);
        expect(afterwards.counter).toBe(isCounting ? 1n : 0n);
      }
      next.hand.switchOn();
      expect(next.card.state()).toBe(profile.prompts[0]?.entry);
      next.memory.check();
      expect(model.kept.powerOns).toBe(afterwards.powerOns + 1);
      // Ceremonies take long, and where in a write the power failed is over by now.
      if ('writes' in cut.after) expect(ceremony(next)).toBe(expected(afterwards.counter));
    }
    // A write that misses a byte is undone; only the one that misses nothing but its end is done.
    expect(found.after).toBe(writes * 2);
    expect(found.before).toBe(cutsOf(writes).length - found.after);
    // Once it shows, the battery alone is written.
    expect(found.shown).toBe(charge === undefined ? 0 : 3 + BANK_RECORD * 2);
  }, 60_000);
});

test('a card without power shows its fault, never a response', () => {
  const identity = { serial: 'DSC-1', profile: DSC_PLUS, suite: COUNTING };
  const header = { source: { kind: 'device' }, salt: new Uint8Array(16), identity } as const;
  const medium = new FaultyMedium(newMemoryImage(header, newContents(KEY), DEVICE_KEY));
  const clock = new VirtualClock();
  const card = createCard({ memory: new SealedMemory(medium, DEVICE_KEY), clock });
  const hand = operate(card, clock);
  const heard: string[] = [];
  hand.switchOn();
  hand.type(PIN);
  hand.tap('ok');
  hand.type('482915');
  card.subscribe((display) => heard.push(display));
  medium.cut({ after: { bytes: 70 }, leaving: 'garbage' });
  hand.tap('ok');
  expect([card.state(), card.response()]).toEqual(['fault', '']);
  clock.advance(60_000);
  hand.switchOn();
  expect(heard).toEqual(['ERROR 2', '', '████████', 'ERROR 2']);
});

test('cards whose power fails in the middle of anything do what the model says', () => {
  const tally = nothing();
  fc.assert(
    fc.property(lives(60), (life) => live(life, tally)),
    { numRuns: 200 },
  );
  console.log(`random lives: ${JSON.stringify(tally)}`);
  expect(tally.cuts).toBeGreaterThan(50);
  expect(tally.responses).toBeGreaterThan(150);
  expect(tally.restored).toBeGreaterThan(50);
}, 60_000);
