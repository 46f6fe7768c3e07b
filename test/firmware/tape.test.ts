import { expect, test } from 'vitest';
import type { RecordedCard, RecordEntry } from '../../src/firmware/recording.ts';
import { Tape } from '../../src/firmware/tape.ts';

test('a display that looks as before once its digits are hidden is told to nobody who is told none', () => {
  const hidden: RecordEntry[] = [];
  const told: RecordEntry[] = [];
  const tape = new Tape(
    [{ write: (entry) => hidden.push(entry) }, { secrets: true, write: (entry) => told.push(entry) }],
    1000,
    () => ({ type: 'card' }) as RecordedCard,
  );
  tape.display('123', 'pin', 1100);
  tape.display('234', 'pin', 1200);
  tape.display('C', 'challenge', 1300);
  expect(hidden.slice(1)).toEqual([
    { type: 'display', t: 100, text: '###' },
    { type: 'display', t: 300, text: 'C' },
  ]);
  expect(told.slice(1)).toEqual([
    { type: 'display', t: 100, text: '123' },
    { type: 'display', t: 200, text: '234' },
    { type: 'display', t: 300, text: 'C' },
  ]);
});
