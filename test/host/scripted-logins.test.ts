// A script of whole logins, as somebody's test suite would run it: many people, each with a card in hand, at one host.
import { describe, expect, test } from 'vitest';
import { createCard } from '../../src/firmware/card.ts';
import { VirtualClock } from '../../src/firmware/clock.ts';
import { operate } from '../../src/firmware/operator.ts';
import { createHost, plainPasswords, type Host, type Login } from '../../src/host/index.ts';
import { outcome, seeded } from './setting.ts';

const WRONG_PIN = '0000';

interface Person {
  readonly name: string;
  readonly password: string;
  readonly cards: readonly { readonly serial: string; readonly pin: string }[];
  /** Types PIN and challenge into one of the cards and reads its display. */
  readonly operateCard: (serial: string, pin: string, challenge: string) => string;
}

/** Adds a person to the host, with cards of their own. Each card runs on its own time, as cards in fifty hands do. */
async function newPerson(host: Host, number: number, cards: number): Promise<Person> {
  const name = `user-${number}`;
  const password = `password ${number}`;
  await host.addUser({ name, password });

  const fingers = new Map<string, ReturnType<typeof operate>>();
  const held: Person['cards'][number][] = [];
  for (let card = 1; card <= cards; card++) {
    const serial = `DSC-${number}-${card}`;
    const pin = String(1000 + 10 * number + card);
    const key = new TextEncoder().encode(serial.padEnd(20, '#'));
    await host.enrol({ user: name, serial, key, pin });
    const clock = new VirtualClock();
    fingers.set(serial, operate(createCard({ key, clock }), clock));
    held.push({ serial, pin });
  }
  const operateCard: Person['operateCard'] = (serial, pin, challenge) =>
    fingers.get(serial)!.answer(pin, challenge);
  return { name, password, cards: held, operateCard };
}

/** One response typed into the login screen, and what came of it: the code of the refusal or whose session it opened. */
interface Told {
  readonly serial: string;
  readonly challenge: string;
  readonly pin: string;
  readonly response: string;
  readonly result: string | undefined;
}

/** Logs in with any one of the person's cards, one time in three with a wrong PIN at first. */
async function logIn(host: Host, person: Person, choose: (below: number) => number): Promise<Told[]> {
  const { name, password, cards, operateCard } = person;
  const { serial, pin } = cards[choose(cards.length)]!;
  const { id, challenge } = await host.begin({ name, password, card: serial });

  const pins = choose(3) === 0 ? [WRONG_PIN, pin] : [pin];
  const story: Told[] = [];
  for (const typed of pins) {
    const response = operateCard(serial, typed, challenge);
    const session = host.answer({ login: id, response });
    const code = await outcome(session);
    const result = code === 'granted' ? (await host.session((await session).token))?.user : code;
    story.push({ serial, challenge, pin: typed, response, result });
  }
  return story;
}

/** Fifty people, four rounds; in each round all log in at the same time. */
async function play(seed: number): Promise<Told[][]> {
  const random = seeded(seed);
  const clock = new VirtualClock(Date.parse('2026-01-01T00:00:00Z'));
  const host = createHost({ clock, random, hasher: plainPasswords });
  const people = await Promise.all(Array.from({ length: 50 }, (_, i) => newPerson(host, i, 1 + (i % 3))));
  const stories: Told[][] = [];
  for (let round = 0; round < 4; round++) {
    // Each person's choices are their own, so that the order in which the host gets to them does not matter.
    const logins = people.map((person, i) => logIn(host, person, seeded(seed + 1000 * round + i)));
    stories.push(...(await Promise.all(logins)));
    clock.advance(60_000);
  }
  return stories;
}

describe('fifty people, each with up to three cards', () => {
  test('log in side by side: a right PIN opens their own session, a wrong one none', async () => {
    const stories = await play(1);
    expect(stories).toHaveLength(200);
    for (const [i, story] of stories.entries()) {
      for (const { pin, response, result } of story) {
        expect(response).toMatch(/^[0-9]{8}$/);
        expect(result).toBe(pin === WRONG_PIN ? 'wrong-response' : `user-${i % 50}`);
      }
    }
    expect(stories.filter(({ length }) => length === 2).length).toBeGreaterThan(40);
  });

  test('tell the same story, challenges and all, every time the script is run', async () => {
    const story = await play(2);
    expect(await play(2)).toEqual(story);
    expect(await play(3)).not.toEqual(story);
  });
});

test('who forgets the PIN is blocked, and after a call to the administrator logs in', async () => {
  const clock = new VirtualClock();
  const host = createHost({ clock, hasher: plainPasswords });
  const ann = await newPerson(host, 1, 1);
  const { serial, pin } = ann.cards[0]!;
  const begin = (): Promise<Login> => host.begin({ name: ann.name, password: ann.password });
  const answer = async (login: Login, typed: string): Promise<string> =>
    outcome(host.answer({ login: login.id, response: ann.operateCard(serial, typed, login.challenge) }));

  const first = await begin();
  for (let i = 0; i < 3; i++) expect(await answer(first, WRONG_PIN)).toBe('wrong-response');
  expect(await answer(first, pin)).toBe('login-ended');
  const second = await begin();
  for (let i = 0; i < 2; i++) expect(await answer(second, WRONG_PIN)).toBe('wrong-response');
  expect(await answer(second, pin)).toBe('card-blocked');
  expect(await outcome(begin())).toBe('card-blocked');

  await host.unblock(serial);
  expect(await answer(await begin(), pin)).toBe('granted');
});

test('card and host may share a clock: who takes too long at the card is too late at the host', async () => {
  const clock = new VirtualClock();
  const host = createHost({ clock, hasher: plainPasswords });
  const key = new Uint8Array(20).fill(5);
  await host.addUser({ name: 'ann', password: 'open sesame' });
  await host.enrol({ user: 'ann', serial: 'DSC-1', key, pin: '1234' });
  const fingers = operate(createCard({ key, clock }), clock);

  const quick = await host.begin({ name: 'ann', password: 'open sesame' });
  const slow = await host.begin({ name: 'ann', password: 'open sesame' });
  const response = fingers.answer('1234', quick.challenge);
  expect(await outcome(host.answer({ login: quick.id, response }))).toBe('granted');
  clock.advance(110_000);
  const late = fingers.answer('1234', slow.challenge);
  expect(await outcome(host.answer({ login: slow.id, response: late }))).toBe('challenge-expired');
});
