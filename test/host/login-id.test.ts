// Names of logins: in the order of their times, and never the same.
import { expect, test } from 'vitest';
import { isLoginId, newLoginId } from '../../src/host/login-id.ts';

const bytes = (id: string): string => Buffer.from(id, 'base64url').toString('hex');

test('a later login comes after an earlier one', () => {
  const times = [0, 1, 255, 256, 1_700_000_000_000, 1_700_000_000_001];
  const ids = times.map((at) => bytes(newLoginId(at)));
  expect(ids.toSorted()).toEqual(ids);
});

test('a clock that is set to another age gives names too', () => {
  expect([-1e12, -0.5, 2 ** 48, 1e15].map((at) => isLoginId(newLoginId(at)))).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('logins of one moment have names that say nothing about each other', () => {
  const ids = Array.from({ length: 1000 }, () => newLoginId(1_700_000_000_000));
  expect(ids.every(isLoginId)).toBe(true);
  expect(new Set(ids.map((id) => bytes(id).slice(12))).size).toBe(1000);
});
