import { describe, expect, test } from 'vitest';
import { BoundedCache } from '../../../src/ui/batch/bounded-cache.ts';

describe('a bounded cache', () => {
  test('makes a value once', () => {
    const cache = new BoundedCache<object>(2);
    const first = cache.get('a', () => ({}));
    expect(cache.get('a', () => ({}))).toBe(first);
  });

  test('forgets the value made first when there is no room', () => {
    const cache = new BoundedCache<string>(2);
    const made: string[] = [];
    const get = (key: string) => cache.get(key, () => (made.push(key), key));
    for (const key of ['a', 'b', 'a', 'c', 'b', 'c', 'a']) get(key);
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });

  test('does not keep a failure', () => {
    const cache = new BoundedCache<string>(2);
    expect(() =>
      cache.get('a', () => {
        throw new Error('not yet');
      }),
    ).toThrow('not yet');
    expect(cache.get('a', () => 'now')).toBe('now');
  });
});
