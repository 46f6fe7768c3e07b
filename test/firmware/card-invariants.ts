// What holds of every card at every moment, whatever was done to it.
import assert from 'node:assert/strict';
import type { Card } from '../../src/firmware/card.ts';
import type { CardSnapshot } from '../../src/firmware/snapshot.ts';
import type { CardMemory, CardState } from '../../src/firmware/statechart.ts';

type Lines = Record<CardState, (entered: CardMemory) => string>;

const lit = (places: number) => (): string => '█'.repeat(places);

/** What each device shows, place by place. */
const LINES: Readonly<Record<string, Lines>> = {
  'dsc-plus': {
    off: () => '',
    selfTest: lit(8),
    fault: ({ fault }) => `ERROR ${fault}`,
    lowBattery: () => 'BATT',
    pin: ({ pin }) => ['PIN>', 'PIN>*', 'PIN>**', 'PIN>***', 'PIN>****'][pin.length] ?? '?',
    challenge: ({ challenge }) => challenge || 'CHALLNG>',
    response: ({ response }) => response,
  },
  dsc: {
    off: () => '',
    selfTest: lit(5),
    fault: ({ fault }) => `Err ${fault}`,
    lowBattery: () => 'bAtt',
    pin: ({ pin }) => ['Pn', '-', '--', '---', '----'][pin.length] ?? '?',
    challenge: ({ challenge }) => challenge.slice(-5) || 'Ch',
    response: ({ response, page }) => [response.slice(0, 5), response.slice(5)][page] ?? '?',
  },
  'ocra-card': {
    off: () => '',
    selfTest: lit(8),
    fault: ({ fault }) => `Error ${fault}`,
    lowBattery: () => 'bAtt',
    pin: ({ pin }) => ['PIn', 'PIn-', 'PIn--', 'PIn---', 'PIn----'][pin.length] ?? '?',
    challenge: ({ challenge }) => challenge || 'CH',
    response: ({ response }) => response,
  },
};

/** How long each device's responses are, in digits. */
const RESPONSE_DIGITS: Readonly<Record<string, number>> = { 'dsc-plus': 8, dsc: 8, 'ocra-card': 6 };

/**
 * Checks a card of one of the three devices, with challenges and responses of its own suite's lengths.
 *
 * @returns The card's snapshot, secrets and all, since it had to be taken.
 * @throws {AssertionError} saying what does not hold.
 */
export function checkCard(card: Card): CardSnapshot {
  const snapshot = card.snapshot({ includeSecrets: true });
  const { state, entered } = snapshot;
  const { pin, challenge, response, deadline, pageAt } = entered;
  const display = card.display();
  assert.equal(card.state(), state);
  assert.equal(display, LINES[card.profile.id]?.[state](entered));
  assert.equal(card.response(), response);

  if (state === 'pin') assert.doesNotMatch(display, /[0-9]/, 'no digit of a PIN shows');
  if (state === 'response') {
    assert.match(response, /^[0-9]+$/);
    assert.equal(response.length, RESPONSE_DIGITS[card.profile.id]);
    assert.equal(pin + challenge, '', 'what was typed is forgotten when the response shows');
  } else {
    assert.equal(response, '', 'a response is kept only while it shows');
    assert.equal(pageAt, null);
  }
  if (state === 'off') {
    const nothing = { pin: '', challenge: '', response: '', page: 0, fault: 0, isLow: false };
    assert.deepEqual(entered, { ...nothing, switchedAt: entered.switchedAt, deadline: null, pageAt: null });
    assert.equal(snapshot.charge, undefined);
  } else {
    assert.ok(deadline !== null && deadline > 0, 'a card that is on waits for something');
  }

  if (pin || response) assert.throws(() => card.snapshot(), { code: 'holds-secrets' });
  else checkTellsNothing(JSON.stringify(card.snapshot()), state);
  return snapshot;
}

/** A snapshot for everybody to read has no key, and no digit that may be one of a PIN. */
function checkTellsNothing(json: string, state: CardState): void {
  const { memory, entered, fingers } = JSON.parse(json) as CardSnapshot;
  assert.equal(memory, undefined);
  assert.equal(entered.pin + entered.response, '');
  if (state === 'challenge') return;
  assert.doesNotMatch(JSON.stringify([fingers.down, fingers.coming?.key ?? '']), /[0-9]/);
}
