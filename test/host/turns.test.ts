// Work that takes turns.
import { expect, test } from 'vitest';
import { createTurns } from '../../src/host/turns.ts';

test('no more work at a time than there are places, and in the order in which they came', async () => {
  const turns = createTurns(2);
  const [begun, ends]: [number[], PromiseWithResolvers<void>[]] = [[], []];
  const works = [0, 1, 2, 3, 4].map((name) =>
    turns(() => {
      begun.push(name);
      return (ends[name] = Promise.withResolvers<void>()).promise;
    }),
  );
  expect(begun).toEqual([0, 1]);
  ends[1]!.resolve();
  await works[1];
  expect(begun).toEqual([0, 1, 2]);
  ends[0]!.resolve();
  ends[2]!.resolve();
  await Promise.all([works[0], works[2]]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  ends[3]!.resolve();
  ends[4]!.resolve();
  await Promise.all(works);
});

test('work that fails leaves its place to the next, and who comes when a place is free need not wait', async () => {
  const turns = createTurns(1);
  const failed = turns(() => Promise.reject(new Error('no')));
  const next = turns(() => Promise.resolve('done'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('done');
  let begun = false;
  await turns(async () => void (begun = true));
  expect(begun).toBe(true);
});
