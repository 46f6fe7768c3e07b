// Walks every path of the statechart, with short entries so that all of it can be visited.
import { getShortestPaths } from '@xstate/graph';
import { createActor } from 'xstate';
import { expect, test } from 'vitest';
import { DSC_PLUS, type Profile } from '../../src/firmware/profiles.ts';
import { createStatechart, type CardEvent, type CardMemory } from '../../src/firmware/statechart.ts';

const SHORT: Profile = { ...DSC_PLUS, pinLength: 2 };
const functions = { challengeLength: 2, respond: (pin: string, challenge: string) => `${pin}/${challenge}` };
const machine = createStatechart(SHORT, functions);

const EVENTS: readonly CardEvent[] = [
  { type: 'hold', at: 10, since: 10 },
  { type: 'hold', at: 10, since: -1 },
  { type: 'digit', at: 10, digit: '1' },
  { type: 'digit', at: 10, digit: '2' },
  { type: 'back', at: 10 },
  { type: 'ok', at: 10 },
  { type: 'timeout', at: 10 },
];

const paths = getShortestPaths(machine, {
  events: [...EVENTS],
  serializeState: ({ value, context }) => JSON.stringify([value, context]),
});

const reached = paths.map(({ state, steps }) => ({
  state: state.value,
  memory: state.context,
  steps,
}));

test('the walk visits every state, with every entry that can be typed', () => {
  const entries = 1 + 2 + 4;
  const count = (name: string): number => reached.filter(({ state }) => state === name).length;
  expect(count('pin')).toBe(entries);
  expect(count('challenge')).toBe(4 * entries);
  expect(count('response')).toBe(4 * 4);
  expect(new Set(reached.map(({ state }) => state))).toEqual(
    new Set(['off', 'selfTest', 'pin', 'challenge', 'response']),
  );
});

test('off remembers nothing and waits for nothing', () => {
  for (const { memory } of reached.filter(({ state }) => state === 'off')) {
    expect(memory).toMatchObject({ pin: '', challenge: '', response: '', deadline: null });
  }
});

test('the response stands alone: what was typed is forgotten when it shows', () => {
  const shown = reached.filter(({ state }) => state === 'response').map(({ memory }) => memory);
  for (const { pin, challenge, response } of shown) {
    expect([pin, challenge]).toEqual(['', '']);
    expect(response).toMatch(/^[12]{2}\/[12]{2}$/);
  }
  expect(new Set(shown.map(({ response }) => response)).size).toBe(16);
});

test('everywhere but off there is a deadline, of the length the profile says', () => {
  const { selfTest, idle, responseIdle } = SHORT.times;
  for (const { state, memory } of reached) {
    if (state === 'off') continue;
    const length = { selfTest, pin: idle, challenge: idle, response: responseIdle }[state];
    expect(memory.deadline).toBe(10 + length);
  }
});

test('from everywhere a fresh hold or a time-out leads on, and an old hold does not', () => {
  for (const { state, memory } of reached) {
    const next = (event: CardEvent): string => after(state, memory, event);
    expect(next({ type: 'hold', at: 20, since: 20 })).toBe(state === 'off' ? 'selfTest' : 'off');
    if (memory.switchedAt !== null) {
      expect(next({ type: 'hold', at: 20, since: memory.switchedAt - 1 })).toBe(state);
    }
    const timedOut = { off: 'off', selfTest: 'pin', pin: 'off', challenge: 'off', response: 'off' }[state];
    expect(next({ type: 'timeout', at: 20 })).toBe(timedOut);
  }
});

test('every key keeps the card awake, and does nothing else where it has nothing to do', () => {
  const keys = EVENTS.filter(({ type }) => type === 'digit' || type === 'back' || type === 'ok');
  for (const { state, memory } of reached) {
    if (state === 'off') continue;
    for (const key of keys) {
      const next = step(state, memory, { ...key, at: 500 });
      if (state === 'selfTest') expect(next).toEqual({ state, memory });
      else {
        const patience = next.state === 'response' ? SHORT.times.responseIdle : SHORT.times.idle;
        expect(next.memory.deadline).toBe(500 + patience);
      }
      const full = state === 'response' || (state !== 'selfTest' && memory[state].length === 2);
      if (full && key.type === 'digit') {
        expect(next).toEqual({ state, memory: { ...memory, deadline: next.memory.deadline } });
      }
    }
  }
});

test('OK on an incomplete entry does nothing', () => {
  for (const { state, memory } of reached) {
    if (state !== 'pin' && state !== 'challenge') continue;
    const complete = memory[state].length === 2;
    const following = state === 'pin' ? 'challenge' : 'response';
    expect(after(state, memory, { type: 'ok', at: 20 })).toBe(complete ? following : state);
  }
});

test('a snapshot survives JSON in every state, timers and all', () => {
  for (const { steps } of reached) {
    const actor = createActor(machine).start();
    for (const { event } of steps) if (EVENTS.includes(event)) actor.send(event);
    const restored = createActor(machine, {
      snapshot: JSON.parse(JSON.stringify(actor.getPersistedSnapshot())),
    }).start();
    expect(restored.getSnapshot().context).toEqual(actor.getSnapshot().context);
    for (const event of EVENTS) {
      actor.send(event);
      restored.send(event);
      expect(restored.getSnapshot().value).toEqual(actor.getSnapshot().value);
      expect(restored.getSnapshot().context).toEqual(actor.getSnapshot().context);
    }
  }
});

test('a device may ask for the challenge first', () => {
  const reversed = createStatechart({ ...SHORT, prompts: SHORT.prompts.toReversed() }, functions);
  const actor = createActor(reversed).start();
  const send = (type: 'ok' | 'timeout'): void => actor.send({ type, at: 0 });
  const type = (digits: string): void => {
    for (const digit of digits) actor.send({ type: 'digit', at: 0, digit });
  };
  actor.send({ type: 'hold', at: 0, since: 0 });
  send('timeout');
  expect(actor.getSnapshot().value).toBe('challenge');
  type('34');
  send('ok');
  expect(actor.getSnapshot().value).toBe('pin');
  type('12');
  send('ok');
  expect(actor.getSnapshot().context.response).toBe('12/34');
});

function after(state: string, memory: CardMemory, event: CardEvent): string {
  return step(state, memory, event).state;
}

function step(state: string, memory: CardMemory, event: CardEvent): { state: string; memory: CardMemory } {
  const actor = createActor(machine, {
    snapshot: machine.resolveState({ value: state, context: memory }),
  }).start();
  actor.send(event);
  const snapshot = actor.getSnapshot();
  return { state: snapshot.value, memory: snapshot.context };
}
