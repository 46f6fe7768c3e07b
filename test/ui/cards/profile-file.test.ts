// A device from a file: what is read, and how a fault is named.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCard } from '../../../src/firmware/card.ts';
import { DSC, DSC_PLUS, OCRA_CARD, PROFILES, type Profile } from '../../../src/firmware/profiles.ts';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';
import { CommandError } from '../../../src/ui/command-error.ts';
import { readProfile } from '../../../src/ui/cards/profile-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

type Path = readonly (string | number)[];

/** Writes a file and says its path. */
function fileWith(text: string): string {
  const path = join(temporaryFolder(), 'device.json');
  writeFileSync(path, text);
  return path;
}

/** The refusal of a profile; it must be one line without a trace of the program. */
async function refusal(idOrFile: string): Promise<string> {
  const error: unknown = await readProfile(idOrFile).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandError)) throw new Error('the profile was not refused', { cause: error });
  expect(error.code).toBe('bad-profile');
  expect(error.exitStatus).toBe(1);
  // The folder's random name may say anything.
  expect(error.message.replaceAll(idOrFile, '')).not.toMatch(/\n|zod/i);
  return error.message;
}

/** The refusal of a built-in profile with its own id, changed at one place. */
function refusalOf(profile: Profile, path: Path, value: unknown): Promise<string> {
  return refusal(fileWith(JSON.stringify(changed({ ...profile, id: 'mine' }, path, value))));
}

/** A copy with another value at this place; `undefined` removes it. */
function changed(whole: unknown, path: Path, value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const copy = structuredClone(whole) as Record<string | number, unknown>;
  copy[head] = changed(copy[head], rest, value);
  return copy;
}

/** Every place of a profile. */
function placesOf(whole: unknown, above: Path = []): Path[] {
  if (typeof whole !== 'object' || whole === null) return [];
  return Object.entries(whole).flatMap(([name, value]) => {
    const path = [...above, Array.isArray(whole) ? Number(name) : name];
    const places: Path[] = [path];
    return places.concat(placesOf(value, path));
  });
}

function nameOf(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}

function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce((value, part) => (value as Record<string | number, unknown>)[part], whole);
}

const isOptional = (path: Path): boolean => path.at(-1) === 'mask' || path.at(-1) === 'page';
const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;

describe('a profile', () => {
  test.each(PROFILES)('of the id $id is the built-in one', async (profile) => {
    expect(await readProfile(profile.id)).toBe(profile);
  });

  test.each(PROFILES)('$id printed as JSON is read again as the built-in one', async (profile) => {
    expect(await readProfile(fileWith(JSON.stringify(profile)))).toBe(profile);
  });

  test.each(PROFILES)(
    '$id under a name of its own is read as it was written, and makes a card',
    async (each) => {
      const mine = { ...each, id: 'mine', name: 'My card' };
      const profile = await readProfile(fileWith(JSON.stringify(mine, undefined, 2)));
      expect(profile).toEqual(mine);
      const clock = new VirtualClock();
      const card = createCard({ profile, key: new Uint8Array(20), clock });
      card.press('press');
      clock.advance(2500);
      expect(card.display()).toBe(each.prompts[0]?.prompt);
    },
  );

  test('with any one field missing is refused with the name of that field', async () => {
    const places = PROFILES.flatMap((profile) =>
      placesOf(profile)
        .filter((path) => typeof path.at(-1) === 'string' && !isOptional(path))
        .map((path) => ({ profile, path })),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), async ({ profile, path }) => {
        expect(await refusalOf(profile, path, undefined)).toContain(` is wrong: ${nameOf(path)}: must `);
      }),
    );
  });

  test('with any one field of a wrong kind is refused with the name of that field', async () => {
    const places = PROFILES.flatMap((profile) => placesOf(profile).map((path) => ({ profile, path })));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.constantFrom<unknown>(null, true, 1, 'x', [], {}),
        async ({ profile, path }, value) => {
          fc.pre(kindOf(valueAt(profile, path)) !== kindOf(value));
          expect(await refusalOf(profile, path, value)).toContain(` is wrong: ${nameOf(path)}: must `);
        },
      ),
    );
  });

  test('with a field that there is not is refused with the name of that field', async () => {
    const objects = [[], ...placesOf(DSC)].filter((path) => kindOf(valueAt(DSC, path)) === 'object');
    expect(objects).toHaveLength(7);
    for (const path of objects) {
      const place = [...path, 'colour'];
      expect(await refusalOf(DSC, place, 'red')).toContain(`${nameOf(place)}: is no field of a profile`);
    }
    const text = JSON.stringify(DSC).replace('{', '{"__proto__": {}, ');
    expect(await refusal(fileWith(text))).toContain('__proto__: is no field of a profile');
  });

  test.each<[Profile, Path, unknown, string]>([
    [DSC_PLUS, ['id'], 'My Card', 'id: must be 1 to 32'],
    [DSC_PLUS, ['name'], '', 'name: must be text of 1 to 40 characters on one line'],
    [DSC_PLUS, ['name'], 'two\nlines', 'name: must be text'],
    [DSC_PLUS, ['name'], 'red\u001b[31m', 'name: must be text'],
    [DSC_PLUS, ['name'], ' x', 'name: must not begin or end with a blank'],
    [DSC_PLUS, ['display', 'width'], 17, 'display.width: must be a whole number from 1 to 16'],
    [DSC_PLUS, ['display', 'width'], 0, 'display.width: must be a whole number from 1 to 16'],
    [DSC_PLUS, ['display', 'width'], 7, 'prompts[1].prompt: is longer than the display of 7 places'],
    [DSC_PLUS, ['display', 'kind'], 'lcd', 'display.kind: must be "14-segment" or "7-segment"'],
    [DSC_PLUS, ['display', 'kind'], '7-segment', 'prompts[0].prompt: has a character'],
    [DSC_PLUS, ['prompts'], [DSC_PLUS.prompts[0]], 'prompts: must be a list of the two prompts'],
    [DSC_PLUS, ['prompts', 1, 'entry'], 'pin', 'prompts: must ask for the pin once'],
    [DSC_PLUS, ['prompts', 1, 'prompt'], 'PIN>', 'prompts[1].prompt: must not be the same'],
    [DSC_PLUS, ['prompts', 0, 'prompt'], '  ', 'prompts[0].prompt: must show something'],
    [DSC_PLUS, ['prompts', 0, 'prompt'], '█', 'prompts[0].prompt: has a character'],
    [DSC_PLUS, ['prompts', 0, 'mask'], '0', 'prompts[0].mask: must be one character'],
    [DSC_PLUS, ['prompts', 0, 'mask'], '**', 'prompts[0].mask: must be one character'],
    [DSC_PLUS, ['pinLength'], 17, 'pinLength: must be a whole number from 1 to 16'],
    [DSC_PLUS, ['pinLength'], 4.5, 'pinLength: must be a whole number from 1 to 16'],
    [DSC_PLUS, ['suite'], 'OCRA-2:X', 'suite: '],
    [DSC_PLUS, ['suite'], 'OCRA-1:HOTP-SHA1-8:QN06', 'suite: the Digital Security Card+ cannot operate'],
    [DSC_PLUS, ['notices', 'lowBattery'], '', 'notices.lowBattery: must show something'],
    [DSC_PLUS, ['notices', 'lowBattery'], 'REPLACE IT', 'notices.lowBattery: is longer'],
    [DSC_PLUS, ['notices', 'fault'], '', 'notices.fault: must show something'],
    [DSC_PLUS, ['notices', 'fault'], 'TROUBLE ', 'notices.fault: is longer'],
    [DSC_PLUS, ['times', 'hold'], 0, 'times.hold: must be a whole number of milliseconds from 1 to 3600000'],
    [DSC_PLUS, ['times', 'selfTest'], 3_600_001, 'times.selfTest: must be a whole number of milliseconds'],
    [DSC_PLUS, ['times', 'hold'], 40, 'times.hold: must be longer than times.touch'],
    [DSC_PLUS, ['times', 'idle'], 2000, 'times.idle: must be longer than times.hold'],
    [DSC_PLUS, ['times', 'responseIdle'], 2000, 'times.responseIdle: must be longer than times.hold'],
    [DSC, ['times', 'page'], 60_000, 'times.page: must be shorter than times.responseIdle'],
    [DSC, ['times', 'page'], undefined, 'suite: the Digital Security Card cannot operate'],
    [DSC, ['power', 'capacity'], 0, 'power.capacity: must be more than 0'],
    [DSC, ['power', 'low'], -1, 'power.low: must be a number from 0 to 1000000000'],
    [DSC, ['power', 'low'], 25_001, 'power.low: must not be more than power.capacity'],
    [DSC, ['power', 'awake'], 0, 'power.awake: must be more than 0'],
    [OCRA_CARD, ['power', 'selfDischarge'], 1, 'power.selfDischarge: must be less than 1'],
  ])('of %o with %j = %j is refused', async (profile, path, value, message) => {
    expect(await refusalOf(profile, path, value)).toContain(` is wrong: ${message}`);
  });

  test('that takes the id of a built-in one and differs is refused', async () => {
    const text = JSON.stringify({ ...DSC_PLUS, pinLength: 6 });
    expect(await refusal(fileWith(text))).toContain('id: must not be dsc-plus, which is the built-in');
  });

  test('with a number that JSON has no word for is refused', async () => {
    const text = JSON.stringify({ ...DSC_PLUS, id: 'mine' }).replace('"capacity":25000', '"capacity":1e999');
    expect(await refusal(fileWith(text))).toContain('power.capacity: must be a number');
  });
});

describe('what is no profile', () => {
  test('that is not there is refused with the names of those that are', async () => {
    expect(await refusal('dsc-minus')).toBe(
      'there is no profile "dsc-minus"; name a file that is there, or one of the built-in devices: dsc-plus, dsc, ocra-card',
    );
    expect(await refusal('')).toContain('there is no profile ""');
    expect(await refusal('a\u001b[2Jb')).not.toContain('\u001b');
  });

  test.each([
    ['empty', ''],
    ['cut', JSON.stringify(DSC).slice(0, -1)],
    ['no JSON', 'id: mine'],
  ])('that is %s is refused without a word of it', async (_, text) => {
    const path = fileWith(text);
    expect(await refusal(path)).toBe(`the profile ${path} is wrong: it is no JSON`);
  });

  test.each(['null', '[]', '"dsc"', '7'])('that is %s is refused', async (text) => {
    expect(await refusal(fileWith(text))).toContain('is wrong: must be an object with the fields id, name');
  });

  test('that is a folder, too long or a pipe nobody writes to is refused at once', async () => {
    const folder = temporaryFolder();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const long = fileWith(`${' '.repeat(64 * 1024)}{}`);
    mkdirSync(join(folder, 'folder'));
    for (const path of [join(folder, 'folder'), pipe, long]) {
      expect(await refusal(path)).toBe(`the profile ${path} is wrong: it is no file of at most 65536 bytes`);
    }
  });

  test('that the system does not give is refused with its reason', async () => {
    const path = join(fileWith('{}'), 'inside');
    expect(await refusal(path)).toBe(`cannot read the profile ${path}: not a directory`);
  });
});
