// What is left of a battery while a card is on, by hand computation.
import { expect, test } from 'vitest';
import { drawn, lastsFor } from '../../src/firmware/battery.ts';
import { BatteryGauge } from '../../src/firmware/battery-gauge.ts';
import { DSC_PLUS, type Profile } from '../../src/firmware/profiles.ts';

const HOUR = 3_600_000;
const START = 50;

/** 100 µA with a blank display, 108 µA with an eight on it. */
const PROFILE: Profile = {
  ...DSC_PLUS,
  power: { capacity: 10_000, low: 1000, asleep: 0, awake: 100, segment: 1, response: 5, selfDischarge: 0 },
};

function started(charge: number): BatteryGauge {
  const gauge = new BatteryGauge(PROFILE);
  gauge.start(charge, START);
  return gauge;
}

test('a gauge that does not run measures nothing, whatever the card does', () => {
  const stopped = started(500);
  stopped.stop();
  for (const gauge of [new BatteryGauge(PROFILE), stopped]) {
    gauge.show('8', 1);
    gauge.respond(2);
    expect(gauge.isRunning).toBe(false);
    expect(gauge.isLow).toBe(false);
    expect(gauge.emptyAt).toBe(Infinity);
    expect(gauge.charge(3)).toBeUndefined();
    expect(gauge.picture(4)).toBeUndefined();
    gauge.resume(gauge.picture(4), 5, '8');
    expect(gauge.isRunning).toBe(false);
  }
});

test('the charge falls with the current of what shows', () => {
  const gauge = started(1000);
  expect(gauge.isRunning).toBe(true);
  expect(gauge.emptyAt).toBe(START + 10 * HOUR);
  expect(gauge.charge(START + HOUR)).toBeCloseTo(900, 9);
  gauge.show('8', START + 2 * HOUR);
  expect(gauge.charge(START + 3 * HOUR)).toBeCloseTo(800 - 108, 9);
  expect(gauge.emptyAt).toBe(Math.ceil(START + 3 * HOUR + ((800 - 108) / 108) * HOUR));
  gauge.show('', START + 4 * HOUR);
  expect(gauge.charge(START + 5 * HOUR)).toBeCloseTo(800 - 2 * 108 - 100, 9);
  expect(gauge.charge(START + 50 * HOUR)).toBe(0);
});

test('a response takes its share at once, and never more than there is', () => {
  const gauge = started(110);
  gauge.respond(START + HOUR);
  expect(gauge.charge(START + HOUR)).toBeCloseTo(5, 9);
  gauge.respond(START + HOUR);
  gauge.respond(START + HOUR);
  expect(gauge.charge(START + HOUR)).toBe(0);
  expect(gauge.emptyAt).toBe(START + HOUR);
});

test('a battery is low below its limit', () => {
  expect(started(1000).isLow).toBe(false);
  expect(started(999).isLow).toBe(true);
});

test('each start begins with a blank display', () => {
  const gauge = started(1000);
  gauge.show('8', START);
  gauge.stop();
  gauge.start(1000, START);
  expect(gauge.emptyAt).toBe(START + 10 * HOUR);
});

test('a picture is of what was measured, in times from then on; a gauge that resumes it goes on', () => {
  const gauge = started(1000);
  gauge.show('8', START + HOUR);
  const picture = gauge.picture(START + 3 * HOUR);
  expect(picture).toEqual({ charge: 900, at: -2 * HOUR });
  const other = new BatteryGauge(PROFILE);
  other.resume(picture, 7, '8');
  expect(other.charge(7)).toBeCloseTo(900 - 2 * 108, 9);
  expect(other.charge(7)).toBe(gauge.charge(START + 3 * HOUR));
});

test('no current empties nothing; what is empty lasts for no time', () => {
  expect(lastsFor(10, 0)).toBe(Infinity);
  expect(lastsFor(0, 0)).toBe(0);
  expect(lastsFor(0, 10)).toBe(0);
  expect(lastsFor(10, 20)).toBe(HOUR / 2);
  expect(drawn(10, 20, HOUR / 4)).toBe(5);
  expect(drawn(10, 20, HOUR)).toBe(0);
});
