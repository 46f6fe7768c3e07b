// docs/profiles.md says what the profiles are, and its example is one.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCard } from '../../src/firmware/card.ts';
import { canShow } from '../../src/firmware/lcd.ts';
import { PROFILES, type DisplayKind } from '../../src/firmware/profiles.ts';
import { readProfile } from '../../src/ui/cards/profile-file.ts';
import { operate } from '../../src/ui/script/operator.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/profiles.md'), 'utf8');
const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? [];

/** The leaves of a profile by their names, as in `prompts[0].mask`. */
function leaves(value: unknown, name = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = Array.isArray(value) ? `[${key}]` : name === '' ? key : `.${key}`;
    return leaves(inner, name + step);
  });
}

/** The cells of a table's rows, by the first. */
function rowsUnder(heading: string): Map<string, string[]> {
  const [, text = ''] = page.split(`## ${heading}\n`);
  const [section = ''] = text.split('\n## ');
  return new Map(
    section.split('\n').flatMap((line) => {
      const [, name = '', ...cells] = line.split('|').map((cell) => cell.trim());
      return /^`.*`$/.test(name) ? [[name.slice(1, -1), cells] as const] : [];
    }),
  );
}

test('the example is read, and the card it makes gives a response', async () => {
  const file = join(temporaryFolder(), 'pocket-card.json');
  writeFileSync(file, example);
  const profile = await readProfile(file);
  expect(profile).toEqual(JSON.parse(example));
  const clock = new VirtualClock();
  const card = createCard({ profile, key: new Uint8Array(20).fill(5), clock });
  expect(operate(card, clock).answer('123456', '482915')).toMatch(/^\d{8}$/);
});

test('every field is described, and no other', () => {
  const described = [...rowsUnder('Fields').keys()].filter((name) => name !== 'prompts');
  const fields = [...PROFILES, JSON.parse(example) as unknown].flatMap((profile) =>
    leaves(profile).map(([name]) => name.replace(/\[\d\]/, '[]')),
  );
  expect(new Set(described)).toEqual(new Set(fields));
});

test('the values of the built-in devices are theirs', () => {
  const rows = rowsUnder('The built-in devices');
  const [, columns = ''] = /^\| field +(\| `dsc.*)\| source/m.exec(page) ?? [];
  expect(columns.match(/[a-z-]+/g)).toEqual(PROFILES.map(({ id }) => id));
  for (const [index, profile] of PROFILES.entries()) {
    const values = new Map(leaves(profile));
    const told = [...rows].flatMap(([name, cells]) =>
      cells[index] === 'none' ? [] : [[name, cells[index]] as const],
    );
    values.delete('id');
    expect(new Map(told)).toEqual(new Map([...values].map(([k, v]) => [k, `\`${JSON.stringify(v)}\``])));
  }
});

test('the characters of each display are those it can show', () => {
  const ascii = Array.from({ length: 0x5f }, (_, index) => String.fromCodePoint(0x20 + index));
  const shown = (kind: DisplayKind): string => ascii.filter((each) => canShow(each, kind)).join('');
  expect(shown('14-segment')).toBe(' *+-0123456789<>ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const [, letters = ''] = /seven segments the digits, `([^`]*)`/.exec(page) ?? [];
  const seven = Array.from(`0123456789-_= ${letters.replaceAll(' ', '')}`)
    .toSorted()
    .join('');
  expect(Array.from(shown('7-segment')).toSorted().join('')).toBe(seven);
});
