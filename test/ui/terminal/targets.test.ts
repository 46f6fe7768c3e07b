import { expect, it } from 'vitest';
import { createTargets, type Area } from '../../../src/ui/terminal/targets.ts';

const area = (x: number, y: number, width: number, height: number) => (): Area => ({ x, y, width, height });

it('finds the smallest target at a cell, and none beside them', () => {
  const targets = createTargets();
  targets.add('pane:card', area(0, 0, 51, 16));
  targets.add('key:1', area(14, 9, 5, 3));
  expect(targets.at(14, 9)).toBe('key:1');
  expect(targets.at(18, 11)).toBe('key:1');
  expect(targets.at(19, 11)).toBe('pane:card');
  expect(targets.at(14, 12)).toBe('pane:card');
  expect(targets.at(51, 0)).toBeUndefined();
  expect(targets.at(0, 16)).toBeUndefined();
});

it('asks where a target is at every click, and forgets one that was taken off', () => {
  const targets = createTargets();
  let x = 0;
  const remove = targets.add('key:ok', () => ({ x, y: 0, width: 2, height: 1 }));
  expect(targets.at(1, 0)).toBe('key:ok');
  x = 10;
  expect(targets.at(1, 0)).toBeUndefined();
  expect(targets.at(11, 0)).toBe('key:ok');
  remove();
  expect(targets.at(11, 0)).toBeUndefined();
});
