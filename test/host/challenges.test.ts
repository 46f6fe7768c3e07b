// Which challenges a card may be asked: none that another could be mistaken for, and none twice.
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parseSuite } from '../../src/firmware/ocra/index.ts';
import { drawChallenges } from '../../src/host/challenges.ts';
import { outcome, refusal, scripted, seeded, setting, SUITE } from './setting.ts';

vi.mock('node:crypto', { spy: true });

/**
 * A numeric question as RFC 6287 has it hashed: hexadecimal, filled with zeros on the right. What zeros follow is the
 * same for all, so the digits before them tell two questions apart.
 */
const encoded = (value: number): string => value.toString(16).replace(/0+$/, '');

describe('of all 1,000,000 challenges', () => {
  test('just those may be issued whose encoding no other one shares', () => {
    const encodings = Array.from({ length: 1e6 }, (_, value) => encoded(value));
    const sharing = new Map<string, number>();
    for (const encoding of encodings) sharing.set(encoding, (sharing.get(encoding) ?? 0) + 1);

    const issued = new Set<string>();
    for (let start = 0; start < 1e6; start += 1000) {
      let next = start;
      for (const challenge of drawChallenges(parseSuite(SUITE), () => next++)) issued.add(challenge);
    }

    const misjudged: string[] = [];
    for (const [value, encoding] of encodings.entries()) {
      const challenge = String(value).padStart(6, '0');
      if (issued.has(challenge) !== (sharing.get(encoding) === 1)) misjudged.push(challenge);
    }
    expect(misjudged).toEqual([]);
    expect(issued.size).toBe(878_908);
  });

  test('those that are known to share one response are passed over', async () => {
    const { begin } = await setting(undefined, { random: scripted(1, 16, 256, 65_536, 999_999) });
    expect((await begin('ann')).challenge).toBe('999999');
  });
});

test('a challenge keeps its leading zeros', async () => {
  const { begin } = await setting(undefined, { random: scripted(62_501) });
  expect((await begin('ann')).challenge).toBe('062501');
});

test.each([-1, 1_000_000, 0.5, Number.NaN, Infinity])('a random source that gives %d is broken', (value) => {
  expect(() => drawChallenges(parseSuite(SUITE), () => value).next()).toThrow(RangeError);
});

test('a challenge is never put to the same card twice, answered or not', async () => {
  const few = [100_001, 100_003, 100_005, 100_007];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('right', 'wrong', 'none'), { minLength: 4, maxLength: 4 }),
      fc.integer(),
      async (answers, seed) => {
        const random = seeded(seed);
        const { host, clock, begin, rightResponse, wrongResponse } = await setting(
          { ann: ['DSC-A', 'DSC-B'] },
          { random: () => few[random(few.length)]! },
        );
        const had: string[] = [];
        for (const answer of answers) {
          const login = await begin('ann', 'DSC-A');
          had.push(login.challenge);
          const response = answer === 'right' ? rightResponse(login) : wrongResponse(login);
          if (answer !== 'none') await outcome(host.answer({ login: login.id, response }));
        }
        expect(had.toSorted()).toEqual(few.map(String));

        clock.advance(365 * 24 * 3_600_000);
        await host.unblock('DSC-A');
        expect(await outcome(begin('ann', 'DSC-A'))).toBe('challenges-exhausted');
        expect(few.map(String)).toContain((await begin('ann', 'DSC-B')).challenge);
      },
    ),
  );
});

test('the search for a new challenge gives up after 1000 draws', async () => {
  let draws = 0;
  const { begin, clock } = await setting(undefined, {
    random: () => {
      draws++;
      return 16;
    },
  });
  expect(await refusal(begin('ann'))).toMatchObject({ code: 'challenges-exhausted' });
  expect(draws).toBe(1000);
  expect(clock.now()).toBe(1000);
});

test('challenges come from a generator that nobody can guess unless one is given', async () => {
  const draws = vi.mocked(randomInt).mock;
  const { begin } = await setting();
  for (let i = 0; i < 5; i++) {
    draws.calls.length = 0;
    const { challenge } = await begin('ann');
    expect(new Set(draws.calls.flat())).toEqual(new Set([1_000_000]));
    expect(draws.results.at(-1)?.value).toBe(Number(challenge));
  }
});
