// The battery: how much it holds, what takes it, and how long it will last.
import type { PowerProfile, Profile } from './profiles.ts';
import { litSegments } from './lcd.ts';

/** The state of a battery at one time. */
export interface Charge {
  /** In microampere-hours. */
  readonly charge: number;
  /** The time of day it is true for, in milliseconds since 1970. */
  readonly at: number;
}

const HOUR = 3_600_000;
const YEAR = 365.25 * 24 * HOUR;

/** The current a card takes while it is on and shows this, in microamperes. */
export function currentOf({ power, display }: Profile, line: string): number {
  return power.awake + power.segment * litSegments(line, display.kind);
}

/** What is left after a current was drawn for a while, in microampere-hours; never less than 0. */
export function drawn(charge: number, microamperes: number, ms: number): number {
  return Math.max(0, charge - (microamperes * ms) / HOUR);
}

/** How long a current can be drawn, in milliseconds. */
export function lastsFor(charge: number, microamperes: number): number {
  if (charge === 0) return 0;
  return microamperes === 0 ? Infinity : (charge / microamperes) * HOUR;
}

/**
 * What is left of a battery that lay in a card which was off: the card draws a little, and the battery loses a share of
 * what it holds. A clock that was set back does not charge it.
 */
export function afterLying({ charge, at }: Charge, power: PowerProfile, now: number): number {
  if (now <= at) return charge;
  const years = (now - at) / YEAR;
  const fading = lossRate(power) * years;
  // The solution of charge' = -loss * charge - yearly, and its limit where nothing fades.
  const spread = fading === 0 ? 1 : -Math.expm1(-fading) / fading;
  const left = charge * Math.exp(-fading) - yearlyDraw(power) * years * spread;
  return Math.max(0, left);
}

/** How long a battery will last. */
export interface Outlook {
  /** How many more logins it could serve if they were made now, one after the other. */
  readonly logins: number;
  /** In how many years it is empty, with one login a day. */
  readonly years: number;
}

/** A login takes a person about so long: the ceremony, and reading the response off. In milliseconds. */
const LOGIN = { ceremony: 15_000, reading: 15_000 } as const;

/** The outlook of a battery with so much charge, in microampere-hours. */
export function outlookOf(profile: Profile, charge: number): Outlook {
  const { power, prompts, display } = profile;
  const prompt = prompts.at(-1)?.prompt ?? '';
  const current = (line: string, ms: number): number => (currentOf(profile, line) * ms) / HOUR;
  const login =
    current(prompt, LOGIN.ceremony) + current('8'.repeat(display.width), LOGIN.reading) + power.response;
  const loss = lossRate(power);
  const yearly = yearlyDraw(power) + login * 365.25;
  const years = loss === 0 ? charge / yearly : Math.log1p((charge * loss) / yearly) / loss;
  return { logins: Math.floor(charge / login), years };
}

/** The share of its charge that a battery loses at any moment, a year. */
function lossRate({ selfDischarge }: PowerProfile): number {
  return -Math.log1p(-selfDischarge);
}

function yearlyDraw({ asleep }: PowerProfile): number {
  return (asleep * YEAR) / HOUR;
}
