// A card in words, or as JSON.
import { afterLying, outlookOf } from '../../firmware/battery.ts';
import { parseSuite } from '../../firmware/ocra/index.ts';
import { isPlausible } from '../../firmware/self-test.ts';
import { cardPath, type CardOnFile } from './card-folder.ts';
import type { CardName } from './card-name.ts';
import { printKey } from '../key-text.ts';
import { systemClock } from '../system-clock.ts';

/** What a card file says, without the key unless that was asked for. */
export function describeCard(
  home: string,
  name: CardName,
  card: CardOnFile,
  options: { readonly json?: true; readonly showKey?: true },
): string {
  const { identity, contents } = card;
  const { serial, profile, suite } = identity;
  const { powerOns, responses, counter } = contents;
  const shown = {
    name,
    serial,
    profile: profile.id,
    suite,
    file: cardPath(home, name),
    powerOns,
    responses,
    // Beyond what a JSON number can say.
    ...(parseSuite(suite).counter && { counter: String(counter) }),
    ...batteryOf(card),
    ...(options.showKey && printKey(contents.key)),
  };
  return options.json ? `${JSON.stringify(shown, undefined, 2)}\n` : inWords(shown, card);
}

/** What is left in a battery that drains. */
interface BatteryState {
  /** In microampere-hours, and in percent of a fresh one. */
  readonly charge: number;
  readonly percent: number;
  /** Logins until it is empty, were they made now; and years, with one login a day. */
  readonly logins: number;
  readonly years: number;
}

/** The battery of a card that lies there switched off, at this moment. */
function batteryOf({ identity: { profile }, contents: { battery } }: CardOnFile): {
  battery?: BatteryState | 'defective';
} {
  if (!battery) return {};
  if (!isPlausible(battery, profile.power)) return { battery: 'defective' };
  const charge = afterLying(battery, profile.power, systemClock.timeOfDay());
  const { logins, years } = outlookOf(profile, charge);
  const percent = (100 * charge) / profile.power.capacity;
  return { battery: { charge: rounded(charge), percent: rounded(percent), logins, years: rounded(years) } };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

interface Shown {
  readonly name: CardName;
  readonly serial: string;
  readonly suite: string;
  readonly file: string;
  readonly powerOns: number;
  readonly responses: number;
  readonly counter?: string;
  readonly battery?: BatteryState | 'defective';
  readonly keyHex?: string;
  readonly keyBase32?: string;
}

function inWords(shown: Shown, { identity: { profile } }: CardOnFile): string {
  const { battery } = shown;
  const rows: [label: string, value: string | undefined][] = [
    ['name', shown.name],
    ['serial', shown.serial],
    ['device', profile.name],
    ['suite', shown.suite],
    ['file', shown.file],
    ['used', `${counted(shown.powerOns, 'power-on')}, ${counted(shown.responses, 'response')}`],
    ['counter', shown.counter],
    ['battery', battery && inOneLine(battery, shown.name)],
    ['key', shown.keyHex],
    ['base32', shown.keyBase32],
  ];
  return rows.map(([label, value]) => (value === undefined ? '' : `${label.padEnd(7)} ${value}\n`)).join('');
}

function inOneLine(battery: BatteryState | 'defective', name: CardName): string {
  const replace = `replace it with "dsc card battery ${name} --full"`;
  if (battery === 'defective') return `defective; ${replace}`;
  const { charge, percent, logins, years } = battery;
  if (charge === 0) return `empty: nothing lights; ${replace}`;
  return `${charge} µAh (${percent} %): ${counted(logins, 'login')} one after the other, or ${counted(years, 'year')} at one a day`;
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
