// The numbers of docs/host-security.md, compared with the host's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commonPasswords } from '../../src/host/common-passwords.ts';
import { CONTEXT_WORDS } from '../../src/host/context-words.ts';
import { LEAST_PASSWORD } from '../../src/host/guessable.ts';
import { scryptHasher } from '../../src/host/passwords.ts';
import { completePolicy } from '../../src/host/policy.ts';
import { KEY_BYTES } from '../../src/firmware/ocra/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/host-security.md'), 'utf8').replace(
  /\s+/g,
  ' ',
);
const policy = completePolicy();
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What a row of a table says. */
const row = (name: string): string =>
  page.split('| ').find((_, index, cells) => cells[index - 1]?.trim() === name) ?? '';

test('tries are slowed down as the page says', () => {
  const { triesPerUser, triesPerAddress } = policy;
  const common = { pause: SECOND, longest: 15 * MINUTE, window: HOUR };
  expect(triesPerUser).toEqual({ free: 10, ...common });
  expect(triesPerAddress).toEqual({ free: 50, ...common });
  expect(row('wrong names and passwords, by user name')).toMatch(
    /^10 free, then a pause of 1, 2, 4 … seconds up to 15 minutes; forgotten after an hour/,
  );
  expect(row('the same, by address (IPv6: by /64)')).toMatch(/^50 free/);
  expect(row('the same, by known browser')).toMatch(/^10 free/);
  expect(row('wrong current passwords, by user name')).toMatch(/: 10 free, then/);
  expect(page).toContain('try names and passwords, ten at once');
});

test('logins and answers are limited as the page says', () => {
  expect(policy.unfinishedLogins).toEqual({ max: 10, window: 24 * HOUR });
  expect(row('logins begun and not finished, by user')).toMatch(/^10 in 24 hours/);
  expect([policy.wrongAnswersPerLogin, policy.wrongAnswersPerDevice]).toEqual([3, 5]);
  expect(row('wrong answers, by login')).toMatch(/^3 end it/);
  expect(row('wrong answers, by device')).toMatch(/^5 in a row block it/);
  expect(page).toContain('begin ten logins a day; guess five responses, then the card is blocked');
  expect(policy.challengeLifetime).toBe(120 * SECOND);
  expect(page).toContain('a challenge lives 120 seconds');
});

test('sessions and known browsers last as long as the page says', () => {
  expect([policy.sessionIdle, policy.sessionLifetime]).toEqual([30 * MINUTE, 12 * HOUR]);
  expect(page).toContain('half an hour unused, twelve hours at the most');
  expect(policy.knownBrowser).toBe(180 * 24 * HOUR);
  expect(page).toContain('for 180 days');
});

test('passwords are kept, and replies held back, as the page says', () => {
  const { decoy } = scryptHasher();
  const [, , parameters = '', salt = ''] = decoy.split('$');
  expect(parameters).toBe('ln=17,r=8,p=1');
  expect(Buffer.from(salt, 'base64')).toHaveLength(16);
  expect(page).toContain('scrypt with N = 2^17, r = 8, p = 1 and a salt of 16 bytes');
  expect(policy.replyTime).toBe(SECOND);
  expect(page).toContain('one reply time: a second, or one and a half times');
  expect(KEY_BYTES.least * 8).toBe(128);
  expect(page).toContain('A key has 128 bits or more');
});

test('new passwords are refused as the page says', () => {
  expect(page).toContain(`it must have ${LEAST_PASSWORD} characters or more`);
  const listed = commonPasswords.split('\n').filter(Boolean).length.toLocaleString('en');
  expect(page).toContain(`the ${listed} of ${LEAST_PASSWORD} characters or more among`);
  expect(row('6.2.4')).toBe('yes ');
  expect(page).toContain(`| ${listed} of the length`);
  expect(page).toContain(`${CONTEXT_WORDS.map((word) => `\`${word}\``).join(', ')}, the user name`);
});
