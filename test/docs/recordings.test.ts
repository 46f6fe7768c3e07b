// docs/recordings.md and docs/faults.md show what a card really says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCard } from '../../src/firmware/card.ts';
import type { Key } from '../../src/firmware/keypad.ts';
import { PROFILES } from '../../src/firmware/profiles.ts';
import type { RecordEntry } from '../../src/firmware/recording.ts';
import { FAULTS } from '../../src/firmware/self-test.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';

const pageOf = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

/** The cells of the rows of all tables. */
const rowsOf = (page: string): string[][] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** Types a whole login into a card that records. */
function record(secrets: boolean): RecordEntry[] {
  const entries: RecordEntry[] = [];
  const clock = new VirtualClock(0, 0);
  const key = new Uint8Array(20).fill(1);
  const card = createCard({ key, clock, record: { write: (entry) => entries.push(entry), secrets } });
  const press = (button: Key, ms: number): void => {
    card.press(button);
    clock.advance(ms);
    card.release(button);
    clock.advance(100);
  };
  press('press', 2100);
  clock.advance(400);
  for (const button of ['1', '2', '3', '4', 'ok', '4', '8', '2', '9', '1', '5', 'ok'] as const)
    press(button, 60);
  press('press', 2100);
  return entries;
}

test('the example of a recording is one', () => {
  const [, example = ''] = /```jsonl\n(.*?)```/s.exec(pageOf('recordings.md')) ?? [];
  const told = example
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordEntry);
  const real = record(false)
    .slice(0, told.length)
    .map((entry) => (entry.type === 'card' ? Object.assign({}, entry, { profile: {} }) : entry));
  expect(told.length).toBeGreaterThan(5);
  expect(told).toEqual(real);
});

test('every field of an entry is described', () => {
  const described = new Set(pageOf('recordings.md').match(/(?<=`)\w+(?=`)/g));
  const fields = [...record(false), ...record(true)].flatMap((entry) => Object.keys(entry));
  for (const field of new Set(fields)) expect(described).toContain(field);
});

test('the notices of each device are theirs', () => {
  const rows = new Map(rowsOf(pageOf('faults.md')).map(([name = '', ...cells]) => [name, cells]));
  for (const [index, { notices }] of PROFILES.entries()) {
    expect(rows.get('battery low')?.[index]).toBe(`\`${notices.lowBattery}\``);
    for (const fault of [FAULTS.ocra, FAULTS.memory, FAULTS.battery]) {
      expect(rows.get(`fault ${fault}`)?.[index]).toBe(`\`${notices.fault}${fault}\``);
    }
  }
});
