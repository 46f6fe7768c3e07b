// The battery's numbers in docs/card.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { afterLying, currentOf, outlookOf } from '../../src/firmware/battery.ts';
import { ALL_LIT } from '../../src/firmware/lcd.ts';
import { DSC_PLUS, PROFILES } from '../../src/firmware/profiles.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/card.md'), 'utf8');

const YEAR = 365.25 * 24 * 3_600_000;

test('the estimates are those of the firmware', () => {
  for (const profile of PROFILES) {
    const { power, name } = profile;
    const row = page.split('\n').find((line) => line.startsWith(`| ${name} `) && line.includes('µAh'));
    const [, , login = '', logins = '', years = '', unused = ''] = (row ?? '')
      .split('|')
      .map((cell) => cell.trim());
    const outlook = outlookOf(profile, power.capacity);
    expect(logins).toBe(outlook.logins.toLocaleString('en'));
    expect(years).toBe(outlook.years.toFixed(1));
    expect(Math.floor(power.capacity / Number.parseFloat(login))).toBeCloseTo(outlook.logins, -2);
    const lasts = (more: number): number =>
      afterLying({ charge: power.capacity, at: 0 }, power, (Number(unused) + more) * YEAR);
    expect([lasts(-0.05) > 0, lasts(0.05) > 0]).toEqual([true, false]);
  }
});

test('the numbers of a battery are those of the DSC+', () => {
  const { power, display } = DSC_PLUS;
  const allLit = currentOf(DSC_PLUS, ALL_LIT.repeat(display.width)) - power.awake;
  const told = [
    `${power.capacity.toLocaleString('en')} µAh`,
    `below ${power.low.toLocaleString('en')} µAh`,
    `${power.asleep} µA, which is ${(Math.round(power.asleep * 24 * 36.525) * 10).toLocaleString('en')} µAh a year`,
    `${100 * power.selfDischarge} % of its charge a year`,
    `${power.awake} µA `,
    `${power.segment} µA; all of a DSC+ ${allLit.toFixed(1)} µA`,
    `${power.response} µAh`,
  ];
  for (const words of told) expect(page).toContain(words);
});
