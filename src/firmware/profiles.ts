// Each device as data: what it asks, in which order, for how long, and what it computes.

/** The two things a person types into a card. */
export type Entry = 'pin' | 'challenge';

/** One question the card asks. */
export interface Prompt {
  readonly entry: Entry;
  /** What the display shows before the first digit. */
  readonly prompt: string;
  /** Whether the digits typed are hidden. */
  readonly masked: boolean;
}

/** A device: everything that makes it differ from another one. */
export interface Profile {
  /** Its name. */
  readonly name: string;
  /** Places of the display. */
  readonly displayWidth: number;
  /** What it asks, in this order. */
  readonly prompts: readonly Prompt[];
  /** Digits of a PIN. */
  readonly pinLength: number;
  /** The OCRA suite of a new card; its question length is the number of challenge digits. */
  readonly suite: string;
  /** All in milliseconds. */
  readonly times: {
    /** A shorter press of a button is a touch, and does nothing. */
    readonly touch: number;
    /** How long `press` is held to switch on or off. */
    readonly hold: number;
    /** How long all segments are lit after switching on. */
    readonly selfTest: number;
    /** Switches off when no button was pressed for so long. */
    readonly idle: number;
    /** The same, while the response is shown. */
    readonly responseIdle: number;
  };
}

/**
 * The Digital Security Card+. Prompts, their order and lengths are from its help pages, the two-second hold from those
 * of the older card; the width of the display, the mask, the suite and the other times are this project's decisions,
 * since no source speaks of them.
 */
export const DSC_PLUS: Profile = {
  name: 'Digital Security Card+',
  displayWidth: 8,
  prompts: [
    { entry: 'pin', prompt: 'PIN>', masked: true },
    { entry: 'challenge', prompt: 'CHALLNG>', masked: false },
  ],
  pinLength: 4,
  suite: 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1',
  times: { touch: 40, hold: 2000, selfTest: 500, idle: 30_000, responseIdle: 60_000 },
};
