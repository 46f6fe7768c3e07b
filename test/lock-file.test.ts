// `npm ci` refuses a lock file that leaves out optional packages, and `npm install` drops those it cannot reach.
import { expect, test } from 'vitest';
import lock from '../package-lock.json' with { type: 'json' };

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const packages: Readonly<Record<string, Locked>> = lock.packages;

test('the lock file has every optional package, those of other systems too', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no address', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved?.includes('://'))).toEqual([]);
});
