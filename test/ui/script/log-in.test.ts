import { beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';
import { createHost, plainPasswords, type Host } from '../../../src/host/index.ts';
import { logIn, type Person } from '../../../src/ui/script/log-in.ts';
import { createScriptedCard } from '../../../src/ui/script/scripted-card.ts';

let clock: VirtualClock;
let host: Host;

beforeEach(() => {
  clock = new VirtualClock();
  host = createHost({ clock, hasher: plainPasswords });
});

async function newPerson(name: string): Promise<Person> {
  const person = { name, password: `${name}'s password`, pin: '1234', card: createScriptedCard() };
  await host.addUser(person);
  await host.enrol({ user: name, pin: person.pin, ...person.card.enrolment });
  return person;
}

test('many people log in at the same time, and each gets a session of their own', async () => {
  const people = await Promise.all(Array.from({ length: 100 }, (_, i) => newPerson(`user-${i}`)));
  const sessions = await Promise.all(people.map((person) => logIn(host, person)));
  expect(sessions.map(({ user }) => user)).toEqual(people.map(({ name }) => name));
  expect(new Set(sessions.map(({ token }) => token)).size).toBe(people.length);
});

test('a hundred cards operated one after the other take no time of the host’s', async () => {
  const before = clock.now();
  const people = await Promise.all(Array.from({ length: 100 }, (_, i) => newPerson(`user-${i}`)));
  for (const { card, pin } of people) card.answer(pin, '482915');
  expect(clock.now()).toBe(before);
});

test('a wrong PIN, a wrong password and somebody else’s card are refused', async () => {
  const [ann, ben] = await Promise.all([newPerson('ann'), newPerson('ben')]);
  await expect(logIn(host, { ...ann, pin: '4321' })).rejects.toMatchObject({ code: 'wrong-response' });
  await expect(logIn(host, { ...ann, password: 'guess' })).rejects.toMatchObject({ code: 'bad-credentials' });
  await expect(logIn(host, { ...ann, card: ben.card })).rejects.toMatchObject({ code: 'no-device' });
  await expect(logIn(host, ann)).resolves.toMatchObject({ user: 'ann' });
});

test('scripted cards differ unless they are told not to', () => {
  const [a, b] = [createScriptedCard(), createScriptedCard()];
  expect(a.enrolment.serial).not.toBe(b.enrolment.serial);
  expect(a.answer('1234', '482915')).not.toBe(b.answer('1234', '482915'));
  const again = createScriptedCard(a.enrolment);
  expect(again.answer('1234', '482915')).toBe(a.answer('1234', '482915'));
});

test('a scripted card may have any suite its device can operate', () => {
  const key = Buffer.from('12345678901234567890123456789012');
  const card = createScriptedCard({ key, suite: 'OCRA-1:HOTP-SHA256-8:QN08-PSHA1' });
  expect(card.answer('1234', '11111111')).toBe('01501458');
});
