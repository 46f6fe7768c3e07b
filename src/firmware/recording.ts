// What a card can tell of itself while it is operated, a line each; unless asked for, without PIN, key or response.
import { bytesToHex } from '@noble/ciphers/utils.js';
import type { Charge } from './battery.ts';
import { isDigit, type Key } from './keypad.ts';
import type { Contents, Identity, MemoryWrite } from './memory.ts';
import type { Profile } from './profiles.ts';
import type { CardState } from './statechart.ts';

/** The version of the entries. */
export const RECORDING_VERSION = 1;

/** What stands for a button that is not told, and for a digit of a display that is not. */
export const HIDDEN_KEY = '*';
export const HIDDEN_DIGIT = '#';

/** The first entry: the card as it was when the recording began. A card that was not restored is switched off then. */
export interface RecordedCard {
  readonly type: 'card';
  readonly version: typeof RECORDING_VERSION;
  readonly serial: string;
  readonly suite: string;
  readonly profile: Profile;
  /** In milliseconds since 1970. */
  readonly timeOfDay: number;
  /** Whether PIN, key and responses are told. */
  readonly secrets: boolean;
  /** What its memory held, but for the key; undefined for one that could not be read. */
  readonly memory?: {
    readonly sequence: number;
    readonly counter: string;
    readonly powerOns: number;
    readonly responses: number;
    readonly battery?: Charge | undefined;
  };
  /** In hexadecimal; only in a recording with secrets. */
  readonly key?: string;
}

/** What happened, `t` milliseconds after the recording began. */
export type RecordedEvent =
  | { readonly type: 'press' | 'release'; readonly t: number; readonly key: Key | typeof HIDDEN_KEY }
  | { readonly type: 'display'; readonly t: number; readonly text: string }
  | ({ readonly type: 'memory'; readonly t: number } & (
      | MemoryWrite
      /** The memory could not be read, or written. */
      | { readonly failed: 'load' | 'store' }
    ))
  /** The time of day moved on by so much more than the card's own time. */
  | { readonly type: 'clock'; readonly t: number; readonly by: number };

/** An entry of a recording. */
export type RecordEntry = RecordedCard | RecordedEvent;

/** Takes the entries of a recording. */
export interface Recorder {
  readonly write: (entry: RecordEntry) => void;
  /** Whether PIN digits, key and responses are told too. */
  readonly secrets?: boolean | undefined;
}

/** The first entry of a recording. */
export function recordedCard(
  { serial, suite, profile }: Identity,
  contents: Contents | undefined,
  sequence: number,
  timeOfDay: number,
  secrets: boolean,
): RecordedCard {
  return {
    type: 'card',
    version: RECORDING_VERSION,
    serial,
    suite,
    profile,
    timeOfDay,
    secrets,
    ...(contents && {
      memory: {
        sequence,
        counter: String(contents.counter),
        powerOns: contents.powerOns,
        responses: contents.responses,
        ...(contents.battery && { battery: contents.battery }),
      },
      ...(secrets && { key: bytesToHex(contents.key) }),
    }),
  };
}

/** An entry as a line of JSON, without its end. There are many a second in a long run, so each is put together by hand. */
export function printEntry(entry: RecordEntry): string {
  switch (entry.type) {
    case 'press':
    case 'release':
      return `{"type":"${entry.type}","t":${entry.t},"key":"${entry.key}"}`;
    case 'display':
      return `{"type":"display","t":${entry.t},"text":${JSON.stringify(entry.text)}}`;
    case 'card':
    case 'memory':
    case 'clock':
      return JSON.stringify(entry);
  }
}

/**
 * A button as it may be told. A digit is hidden wherever it is, or may become, one of a PIN: only while the challenge is
 * asked for it is none.
 */
export function toldKey(key: Key, state: CardState): Key | typeof HIDDEN_KEY {
  return isDigit(key) && state !== 'challenge' ? HIDDEN_KEY : key;
}

/** A display as it may be told. */
export function toldText(text: string, state: CardState): string {
  return state === 'response' || state === 'pin' ? text.replaceAll(/[0-9]/g, HIDDEN_DIGIT) : text;
}
