// A profile of the right shape that no device can be.
import { describe, expect, test } from 'vitest';
import { profileFault } from '../../src/firmware/profile-check.ts';
import { DSC, DSC_PLUS, OCRA_CARD, PROFILES, type Profile } from '../../src/firmware/profiles.ts';

const [PIN, CHALLENGE] = DSC_PLUS.prompts as [Profile['prompts'][0], Profile['prompts'][0]];

/** A DSC+ that asks so. */
const asking = (first: object = {}, second: object = {}): Profile => ({
  ...DSC_PLUS,
  prompts: [
    { ...PIN, ...first },
    { ...CHALLENGE, ...second },
  ],
});
const saying = (notices: object, profile = DSC_PLUS): Profile => ({
  ...profile,
  notices: { ...profile.notices, ...notices },
});
const lasting = (times: object, profile = DSC_PLUS): Profile => ({
  ...profile,
  times: { ...profile.times, ...times },
});

const ONCE = 'must ask for the pin once and for the challenge once';
const CHARACTER = 'has a character that a 14-segment display cannot show';
const LONG = 'is longer than the display of 8 places';
const BLANK = 'must show something';
const MASK = 'must be one character, no digit and no blank';
const SAME = 'must not be the same as prompts[0].prompt';

describe('a device can be', () => {
  test.each(PROFILES)('the $name', (profile) => {
    expect(profileFault(profile)).toBeUndefined();
  });

  test.each<[string, Profile]>([
    ['one that asks for the challenge first', { ...DSC_PLUS, prompts: [CHALLENGE, PIN] }],
    ['one whose PIN shows', asking({ mask: undefined })],
    ['one with prompts that fill its display', asking({ prompt: 'YOUR PIN' })],
    ['one with blanks in what it says', asking({ prompt: ' PIN ' }, { prompt: 'GO ON' })],
    ['one whose notices fill its display', saying({ lowBattery: 'LOW BATT', fault: 'TROUBLE' })],
    ['one that is just long enough on', lasting({ hold: 41, idle: 42, responseIdle: 42 })],
    ['one whose page just turns', lasting({ page: 59_999 }, DSC)],
    ['one that is low from the first day', { ...DSC, power: { ...DSC.power, low: 25_000 } }],
  ])('%s', (_, profile) => {
    expect(profileFault(profile)).toBeUndefined();
  });
});

describe('no device can be', () => {
  test.each<[string, string, string, Profile]>([
    ['without prompts', 'prompts', ONCE, { ...DSC_PLUS, prompts: [] }],
    ['that asks for the PIN only', 'prompts', ONCE, { ...DSC_PLUS, prompts: [PIN] }],
    ['that asks for the PIN twice', 'prompts', ONCE, asking({}, { entry: 'pin' })],
    ['that asks thrice', 'prompts', ONCE, { ...DSC_PLUS, prompts: [PIN, CHALLENGE, PIN] }],
    ['with a blank prompt', 'prompts[0].prompt', BLANK, asking({ prompt: '  ' })],
    ['with another blank prompt', 'prompts[1].prompt', BLANK, asking({}, { prompt: '' })],
    ['with small letters', 'prompts[0].prompt', CHARACTER, asking({ prompt: 'pin' })],
    ['that asks as the self-test shows', 'prompts[0].prompt', CHARACTER, asking({ prompt: 'PIN█' })],
    ['with a long prompt', 'prompts[1].prompt', LONG, asking({}, { prompt: 'CHALLENGE' })],
    ['with a mask it cannot show', 'prompts[0].mask', CHARACTER, asking({ mask: '.' })],
    ['with a mask of two', 'prompts[0].mask', MASK, asking({ mask: '**' })],
    ['with no mask, but said so', 'prompts[0].mask', MASK, asking({ mask: '' })],
    ['with a digit for a mask', 'prompts[1].mask', MASK, asking({}, { mask: '0' })],
    ['with a blank for a mask', 'prompts[0].mask', MASK, asking({ mask: ' ' })],
    ['that asks for both alike', 'prompts[1].prompt', SAME, asking({ prompt: 'GO' }, { prompt: 'GO' })],
    ['that asks for both alike but for blanks', 'prompts[1].prompt', SAME, asking({}, { prompt: ' PIN> ' })],
    ['that says nothing of its battery', 'notices.lowBattery', BLANK, saying({ lowBattery: ' ' })],
    ['that cannot say it', 'notices.lowBattery', CHARACTER, saying({ lowBattery: 'bAtt' })],
    ['that says too much of it', 'notices.lowBattery', LONG, saying({ lowBattery: 'REPLACEIT' })],
    ['that says nothing of a fault', 'notices.fault', BLANK, saying({ fault: '' })],
    ['that cannot say it', 'notices.fault', CHARACTER, saying({ fault: 'Error' })],
    ['without a place for its number', 'notices.fault', LONG, saying({ fault: 'TROUBLE ' })],
    [
      'whose hold is a touch',
      'times.hold',
      'must be longer than times.touch',
      lasting({ touch: 2000, hold: 2000 }),
    ],
    [
      'that is off before a hold is over',
      'times.idle',
      'must be longer than times.hold',
      lasting({ idle: 2000 }),
    ],
    [
      'that hides its response before a hold is over',
      'times.responseIdle',
      'must be longer than times.hold',
      lasting({ responseIdle: 2000 }),
    ],
    [
      'that is off before a page turns',
      'times.page',
      'must be shorter than times.responseIdle',
      lasting({ page: 60_000 }, DSC),
    ],
    [
      'that is low when it is full',
      'power.low',
      'must not be more than power.capacity',
      { ...OCRA_CARD, power: { ...OCRA_CARD.power, low: 25_001 } },
    ],
    [
      'that cannot type its challenge',
      'suite',
      'the Digital Security Card+ cannot operate OCRA-1:HOTP-SHA1-8:QA06-PSHA1: it can only type decimal challenges (QN)',
      { ...DSC_PLUS, suite: 'OCRA-1:HOTP-SHA1-8:QA06-PSHA1' },
    ],
  ])('one %s: %s %s', (_, field, message, profile) => {
    expect(profileFault(profile)).toEqual({ field, message });
  });

  test('one of seven segments that says what only fourteen can', () => {
    expect(profileFault(saying({ lowBattery: 'BATT' }, DSC))).toEqual({
      field: 'notices.lowBattery',
      message: 'has a character that a 7-segment display cannot show',
    });
  });

  test('one whose suite is none', () => {
    expect(profileFault({ ...DSC_PLUS, suite: 'OCRA-2' })).toMatchObject({
      field: 'suite',
      message: expect.stringContaining('OCRA') as string,
    });
  });

  test('one with a suite of the wrong shape, which only untyped code has: that error is its own', () => {
    const suite = JSON.parse('7') as string;
    expect(() => profileFault({ ...DSC_PLUS, suite })).toThrow(TypeError);
  });
});
