import { describe, expect, it } from 'vitest';
import { DSC, DSC_PLUS, OCRA_CARD, type Profile } from '../../../../src/firmware/profiles.ts';
import type { CardState } from '../../../../src/firmware/statechart.ts';
import { deviceInWords, displayInWords, displayName } from '../../../../src/ui/terminal/screen/words.ts';
import { textsIn } from '../../../../src/ui/text/texts.ts';

const text = textsIn('en');

/** What is read out, silently and aloud. */
function words(profile: Profile, state: CardState, line: string, response = '', page = 0): [string, string] {
  const shown = { profile, state, line, response, page };
  return [displayInWords(shown, text), displayInWords(shown, text, true)];
}

const both = (same: string): [string, string] => [same, same];

describe('the display in words', () => {
  it('names a prompt, and counts what is typed in secret behind it or in its place', () => {
    expect(words(DSC_PLUS, 'pin', 'PIN>')).toEqual(both('PIN>'));
    expect(words(DSC_PLUS, 'pin', 'PIN>**')).toEqual(both('PIN>, 2 digits entered'));
    expect(words(DSC, 'pin', 'Pn')).toEqual(both('Pn'));
    expect(words(DSC, 'pin', '-')).toEqual(both('Pn, 1 digit entered'));
    expect(words(DSC, 'pin', '----')).toEqual(both('Pn, 4 digits entered'));
    expect(words(OCRA_CARD, 'pin', 'PIn---')).toEqual(both('PIn, 3 digits entered'));
  });

  it('is not taken in by a mask that its prompt has too', () => {
    const prompts = [{ entry: 'pin', prompt: '-P-', mask: '-' }] as const;
    const profile: Profile = { ...DSC, prompts };
    expect(words(profile, 'pin', '-P-')).toEqual(both('-P-'));
    expect(words(profile, 'pin', '-P---')).toEqual(both('-P-, 2 digits entered'));
  });

  it('reads the digits of a challenge aloud one by one', () => {
    expect(words(DSC_PLUS, 'challenge', 'CHALLNG>')).toEqual(both('CHALLNG>'));
    expect(words(OCRA_CARD, 'challenge', 'CH')).toEqual(both('CH'));
    expect(words(DSC, 'challenge', '23456')).toEqual(['23456', '2 3 4 5 6']);
    const wide: Profile = { ...DSC_PLUS, display: { kind: '14-segment', width: 16 } };
    expect(words(wide, 'challenge', 'CHALLNG>12')).toEqual(['CHALLNG> 12', 'CHALLNG> 1 2']);
  });

  it('says which page of a response shows, and reads the whole of it aloud', () => {
    const spoken = '1 2 3 4 5 6 7 8';
    expect(words(DSC_PLUS, 'response', '12345678', '12345678')).toEqual(['12345678', spoken]);
    expect(words(DSC, 'response', '12345', '12345678')).toEqual(['12345, page 1 of 2', spoken]);
    expect(words(DSC, 'response', '678', '12345678', 1)).toEqual(['678, page 2 of 2', spoken]);
  });

  it('says what a notice means', () => {
    expect(words(DSC, 'lowBattery', 'bAtt')).toEqual(both('bAtt, the battery is low'));
    expect(words(DSC, 'fault', 'Err 2')).toEqual(both('Err 2, a fault'));
    expect(words(OCRA_CARD, 'selfTest', '████████')).toEqual(both('all segments lit'));
    expect(words(OCRA_CARD, 'off', '')).toEqual(both('off'));
  });
});

it('names the devices there are in each language, and any other as its profile does', () => {
  expect([DSC_PLUS, DSC, OCRA_CARD].map((profile) => deviceInWords(profile, text))).toEqual(
    [DSC_PLUS, DSC, OCRA_CARD].map(({ name }) => name),
  );
  expect(deviceInWords(DSC, textsIn('ru'))).toBe('Цифровая карта безопасности');
  expect(deviceInWords({ ...DSC, name: 'My card' }, textsIn('ru'))).toBe('My card');
});

it('says whose display it is when it is a copy’s', () => {
  expect(displayName({ to: 'present' }, text)).toBe('Display');
  expect(displayName({ to: 'copy' }, text)).toBe('Display (copy, in memory)');
});
