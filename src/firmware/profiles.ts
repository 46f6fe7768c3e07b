// Each device as data: what it asks, in which order, for how long, what it computes, what that costs its battery.

/** The two things a person types into a card. */
export type Entry = 'pin' | 'challenge';

/** One question the card asks. */
export interface Prompt {
  readonly entry: Entry;
  /** What the display shows before the first digit. */
  readonly prompt: string;
  /** What stands on the display for each digit typed, if the digits are hidden. */
  readonly mask?: string | undefined;
}

/** What a place of the display is made of. */
export type DisplayKind = '14-segment' | '7-segment';

/** What a card is powered by, and what takes it: all a decision of this project, of the size that such cards have. */
export interface PowerProfile {
  /** Charge of a fresh battery, in microampere-hours. */
  readonly capacity: number;
  /** Below this charge the card says so when it is switched on, in microampere-hours. */
  readonly low: number;
  /** The current while off, and while on with a blank display, in microamperes. */
  readonly asleep: number;
  readonly awake: number;
  /** The current of one lit segment, in microamperes. */
  readonly segment: number;
  /** What computing a response takes, in microampere-hours. */
  readonly response: number;
  /** The share of its charge that the battery loses in a year by itself, 0 to 1. */
  readonly selfDischarge: number;
}

/** A device: everything that makes it differ from another one. */
export interface Profile {
  /** What a program calls it: 1 to 32 of `a`-`z`, `0`-`9` and `-`. */
  readonly id: string;
  /** What a person calls it. */
  readonly name: string;
  readonly display: { readonly kind: DisplayKind; /** Its places. */ readonly width: number };
  /** What it asks, in this order. */
  readonly prompts: readonly Prompt[];
  /** Digits of a PIN. */
  readonly pinLength: number;
  /** The OCRA suite of a new card; its question length is the number of challenge digits. */
  readonly suite: string;
  /** What the display says when the battery is low, and before the number of a fault. */
  readonly notices: { readonly lowBattery: string; readonly fault: string };
  /** All in milliseconds. */
  readonly times: {
    /** A shorter press of a button is a touch, and does nothing. */
    readonly touch: number;
    /** How long `press` is held to switch on or off. */
    readonly hold: number;
    /** How long all segments are lit after switching on. */
    readonly selfTest: number;
    /** How long the notice of a low battery shows. */
    readonly lowBattery: number;
    /** Switches off when no button was pressed for so long. */
    readonly idle: number;
    /** The same, while the response is shown. */
    readonly responseIdle: number;
    /**
     * How long each page of a response shows that is longer than the display. Without it the device has no pages: its
     * display must hold challenge and response.
     */
    readonly page?: number | undefined;
  };
  readonly power: PowerProfile;
}

/** A coin cell as thin as a card, and a display and a processor that take little of it. */
const CARD_POWER: PowerProfile = {
  capacity: 25_000,
  low: 2_500,
  asleep: 0.3,
  awake: 60,
  segment: 0.15,
  response: 0.02,
  selfDischarge: 0.02,
};

/**
 * The Digital Security Card+. Prompts, their order and lengths are from its help pages, the two-second hold from those
 * of the older card; the width of the display, the mask, the suite and the other times are this project's decisions,
 * since no source speaks of them.
 */
export const DSC_PLUS: Profile = {
  id: 'dsc-plus',
  name: 'Digital Security Card+',
  display: { kind: '14-segment', width: 8 },
  prompts: [
    { entry: 'pin', prompt: 'PIN>', mask: '*' },
    { entry: 'challenge', prompt: 'CHALLNG>' },
  ],
  pinLength: 4,
  suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
  notices: { lowBattery: 'BATT', fault: 'ERROR ' },
  times: { touch: 40, hold: 2000, selfTest: 500, lowBattery: 1000, idle: 30_000, responseIdle: 60_000 },
  power: CARD_POWER,
};

/**
 * The older Digital Security Card, no longer issued. Its display, prompts, the two-second hold and the pages of five
 * and three digits that alternate every ten seconds are from its help pages; the suite is that of the DSC+, and the
 * rest this project's decision.
 */
export const DSC: Profile = {
  id: 'dsc',
  name: 'Digital Security Card',
  display: { kind: '7-segment', width: 5 },
  prompts: [
    { entry: 'pin', prompt: 'Pn', mask: '-' },
    { entry: 'challenge', prompt: 'Ch' },
  ],
  pinLength: 4,
  suite: DSC_PLUS.suite,
  notices: { lowBattery: 'bAtt', fault: 'Err ' },
  times: { ...DSC_PLUS.times, touch: 20, page: 10_000 },
  power: CARD_POWER,
};

/**
 * The OCRA OTP card of the same family. Its prompt, the order, the lengths and the twenty seconds are from its help
 * pages; the prompt for the PIN, the display and the rest are this project's decision.
 */
export const OCRA_CARD: Profile = {
  id: 'ocra-card',
  name: 'OCRA OTP card',
  display: { kind: '7-segment', width: 8 },
  prompts: [
    { entry: 'challenge', prompt: 'CH' },
    { entry: 'pin', prompt: 'PIn', mask: '-' },
  ],
  pinLength: 4,
  suite: 'OCRA-1:HOTP-SHA1-6:QN08-PSHA1',
  notices: { lowBattery: 'bAtt', fault: 'Error ' },
  times: { ...DSC_PLUS.times, responseIdle: 20_000 },
  power: CARD_POWER,
};

/** The devices there are without a profile of one's own. */
export const PROFILES: readonly Profile[] = [DSC_PLUS, DSC, OCRA_CARD];
