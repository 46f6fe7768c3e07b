// The tables of docs/api.md, compared with the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { STATUS_OF } from '../../src/host/http/problem.ts';
import { completePolicy } from '../../src/host/policy.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');

test('the table of refusals has every code, once, with its status', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) +\| \S/gm)].map(([, code = '', status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(rows)).toEqual(STATUS_OF);
  expect(rows).toHaveLength(Object.keys(STATUS_OF).length);
});

test('times are those of the policy', () => {
  const { challengeLifetime, wrongAnswersPerLogin, sessionIdle, sessionLifetime } = completePolicy();
  expect([challengeLifetime, wrongAnswersPerLogin]).toEqual([120_000, 3]);
  expect(page).toMatch(/`challenge-expired` .*two minutes/);
  expect(page).toMatch(/One login takes three answers/);
  expect([sessionIdle, sessionLifetime]).toEqual([1_800_000, 43_200_000]);
  expect(page).toContain('half an hour unused, twelve hours in all');
});
