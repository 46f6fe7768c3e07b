// A new password that is too easy to guess, wherever it is given.
import { expect, test } from 'vitest';
import { MemoryStore, type GuessableCheck } from '../../src/host/index.ts';
import { outcome, passwordOf, refusal, setting } from './setting.ts';

/** Refuses one password as common, and as contextual the user's name. */
const guessable: GuessableCheck = async (password, user) => {
  if (password === 'known to all') return 'common-password';
  return password === `I am ${user}` ? 'contextual-password' : undefined;
};

test.each([
  ['common-password', () => 'known to all'],
  ['contextual-password', (user: string) => `I am ${user}`],
])('is refused as %s, and the old one stays', async (code, passwordFor) => {
  const { host, begin } = await setting({ ann: ['DSC-A'] }, { guessable });
  const [bobs, anns] = [passwordFor('bob'), passwordFor('ann')];
  const asked = [
    host.addUser({ name: 'bob', password: bobs }),
    host.updateUser('ann', { password: anns }),
    host.changePassword({ user: 'ann', password: passwordOf('ann'), newPassword: anns }),
    host.checkNewPassword(anns, 'ann'),
  ];
  for (const each of asked) {
    const error = await refusal(each);
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/known|ann|bob/);
  }
  expect(await outcome(host.user('bob'))).toBe('unknown-user');
  expect(await outcome(begin('ann'))).toBe('granted');
});

test('is asked for after its length', async () => {
  const policy = { leastPassword: 13 };
  const { host } = await setting({ ann: ['DSC-A'] }, { guessable, policy });
  expect(await outcome(host.checkNewPassword('known to all', 'ann'))).toBe('bad-password');
});

test('changes nothing where it is only asked about', async () => {
  const { host, begin } = await setting({ ann: ['DSC-A'] }, { guessable });
  expect(await outcome(host.checkNewPassword('not known to all', 'ann'))).toBe('granted');
  expect(await outcome(begin('ann'))).toBe('granted');
});

test('keeps nobody out who has it already', async () => {
  const store = new MemoryStore();
  const { host } = await setting({ ann: [] }, { store });
  await host.updateUser('ann', { password: 'known to all' });
  const strict = await setting({}, { store, guessable });
  expect(await outcome(strict.host.begin({ name: 'ann', password: 'known to all' }))).toBe('no-device');
});
