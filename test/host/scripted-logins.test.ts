// A script of whole logins, as somebody's test suite would run it: many people, each with cards in hand, at one host.
import { describe, expect, test } from 'vitest';
import {
  createHost,
  createScriptedCard,
  HostError,
  logIn,
  plainPasswords,
  VirtualClock,
  type Host,
  type Person,
  type Session,
} from '../../src/index.ts';

const WRONG_PIN = '0000';

/** Adds a user and enrols cards, with the same keys in every run: the person with each of the cards. */
async function enrol(host: Host, name: string, pin = '1234', cards = 1): Promise<Person[]> {
  const password = `password of ${name}`;
  await host.addUser({ name, password });
  return Promise.all(
    Array.from({ length: cards }, async (_, i) => {
      const serial = `${name}-${i}`;
      const card = createScriptedCard({ serial, key: Buffer.from(serial.padEnd(20, '#')) });
      await host.enrol({ user: name, pin, ...card.enrolment });
      return { name, password, pin, card };
    }),
  );
}

/** Whose session it is, or the code of the refusal. */
async function outcome(host: Host, login: Promise<Session>): Promise<string | undefined> {
  try {
    return (await host.session((await login).token))?.user;
  } catch (error) {
    if (error instanceof HostError) return error.code;
    throw error;
  }
}

/** Park and Miller's generator: repeatable, not for secrets. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

/** One login: who typed what into which card, what it showed, and what came of it. */
interface Told {
  readonly time: number;
  readonly name: string;
  readonly pin: string;
  readonly typed: readonly string[];
  readonly result: string | undefined;
}

/** Fifty people, each with up to three cards; in each of four minutes all log in, one in three with a wrong PIN at first. */
async function play(seed: number): Promise<Told[]> {
  const clock = new VirtualClock(Date.parse('2026-01-01T00:00:00Z'));
  const host = createHost({ clock, random: seeded(seed), hasher: plainPasswords });
  const users = await Promise.all(
    Array.from({ length: 50 }, (_, i) => enrol(host, `user-${i}`, String(1000 + i), 1 + (i % 3))),
  );
  const story: Told[] = [];
  for (let minute = 0; minute < 4; minute++) {
    const logins = users.map(async (cards, i) => {
      const choose = seeded(1_000_000 * seed + 1000 * minute + i);
      await clock.sleep(choose(60_000));
      const person = cards[choose(cards.length)]!;
      for (const pin of choose(3) === 0 ? [WRONG_PIN, person.pin] : [person.pin]) {
        const typed: string[] = [];
        const answer: typeof person.card.answer = (...digits) => {
          const response = person.card.answer(...digits);
          typed.push(person.card.enrolment.serial, ...digits, response);
          return response;
        };
        const result = await outcome(host, logIn(host, { ...person, pin, card: { ...person.card, answer } }));
        story.push({ time: clock.now(), name: person.name, pin, typed, result });
      }
    });
    await Promise.all(logins);
  }
  return story;
}

describe('fifty people, each with up to three cards', () => {
  test('log in side by side: a right PIN opens their own session, a wrong one none', async () => {
    const story = await play(1);
    for (const { name, pin, result } of story)
      expect(result).toBe(pin === WRONG_PIN ? 'wrong-response' : name);
    expect(story.filter(({ result }) => result !== 'wrong-response')).toHaveLength(200);
    expect(story.length).toBeGreaterThan(240);
    expect(new Set(story.flatMap(({ typed }) => typed[0] ?? [])).size).toBeGreaterThan(80);
  });

  test('tell the same story, challenges and all, every time the script is run', async () => {
    const story = await play(2);
    expect(await play(2)).toEqual(story);
    expect(await play(3)).not.toEqual(story);
  });
});

test('who forgets the PIN is blocked, and after a call to the administrator logs in', async () => {
  const host = createHost({ clock: new VirtualClock(), hasher: plainPasswords });
  const [ann] = await enrol(host, 'ann');
  const logInWith = (pin: string): Promise<string | undefined> =>
    outcome(host, logIn(host, { ...ann!, pin }));
  for (let i = 0; i < 5; i++) expect(await logInWith(WRONG_PIN)).toBe('wrong-response');
  expect(await logInWith('1234')).toBe('device-blocked');
  await host.unblock(ann!.card.enrolment.serial);
  expect(await logInWith('1234')).toBe('ann');
});

test('two people on one clock: who thinks for 30 s gets in, who thinks for 130 s is too late', async () => {
  const clock = new VirtualClock();
  const host = createHost({ clock, hasher: plainPasswords });
  const [[ann], [ben]] = await Promise.all([enrol(host, 'ann'), enrol(host, 'ben')]);

  async function logInAfter(thought: number, { name, password, pin, card }: Person): Promise<Session> {
    const { id, challenge } = await host.begin({ name, password });
    await clock.sleep(thought);
    return host.answer({ login: id, response: card.answer(pin, challenge) });
  }
  const logins = [logInAfter(30_000, ann!), logInAfter(130_000, ben!)];
  const outcomes = await Promise.all(logins.map((login) => outcome(host, login)));
  expect(outcomes).toEqual(['ann', 'challenge-expired']);
  expect(clock.now()).toBe(131_000);
});
