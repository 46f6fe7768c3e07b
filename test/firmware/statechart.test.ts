// Walks every path of each device's statechart, with short entries so that all of it can be visited.
import { getShortestPaths } from '@xstate/graph';
import { createActor } from 'xstate';
import { describe, expect, test } from 'vitest';
import { PROFILES, type Entry } from '../../src/firmware/profiles.ts';
import {
  createStatechart,
  type CardEvent,
  type CardFunctions,
  type CardMemory,
  type CardState,
} from '../../src/firmware/statechart.ts';

const EVENTS: readonly CardEvent[] = [
  { type: 'hold', at: 10, since: 10 },
  { type: 'hold', at: 10, since: -1 },
  { type: 'digit', at: 10, digit: '1' },
  { type: 'digit', at: 10, digit: '2' },
  { type: 'back', at: 10 },
  { type: 'ok', at: 10 },
  { type: 'timeout', at: 10 },
  { type: 'timeout', at: 100_000 },
  { type: 'powerCut', at: 10 },
];

const LENGTH = 2;

describe.each(PROFILES)('the $name', (profile) => {
  const { times } = profile;
  const entries = profile.prompts.map(({ entry }) => entry);
  const [first = 'pin', second = 'challenge'] = entries;
  const pages = times.page === undefined ? 1 : 2;
  /** What a start finds, and what becomes of a response: set by each walk. */
  const all: CardFunctions = {
    lengths: { pin: LENGTH, challenge: LENGTH },
    pages,
    hasPower: () => true,
    start: () => ({ fault: 0, isLow: false }),
    respond: (pin, challenge) => ({ response: `${pin}/${challenge}` }),
  };

  function walk(functions: Partial<CardFunctions> = {}) {
    const machine = createStatechart(profile, { ...all, ...functions });
    const reached = getShortestPaths(machine, {
      events: [...EVENTS],
      serializeState: ({ value, context }) => JSON.stringify([value, context]),
    }).map(({ state, steps }) => ({ state: state.value, memory: state.context, steps }));
    const step = (state: CardState, memory: CardMemory, event: CardEvent) => {
      const actor = createActor(machine, {
        snapshot: machine.resolveState({ value: state, context: memory }),
      }).start();
      actor.send(event);
      const { value, context } = actor.getSnapshot();
      return { state: value, memory: context };
    };
    const states = new Set(reached.map(({ state }) => state));
    const memories = (wanted: CardState) =>
      reached.filter(({ state }) => state === wanted).map(({ memory }) => memory);
    return { machine, reached, step, states, memories };
  }

  test('the walk visits every state, with every entry that can be typed', () => {
    const { states, memories } = walk();
    const typed = 1 + 2 + 4;
    const distinct = (state: Entry): number =>
      new Set(memories(state).map(({ pin, challenge }) => `${pin}/${challenge}`)).size;
    expect(distinct(first)).toBe(typed);
    expect(distinct(second)).toBe(4 * typed);
    expect(new Set(memories('response').map(({ response }) => response)).size).toBe(4 * 4);
    expect(states).toEqual(new Set(['off', 'selfTest', 'pin', 'challenge', 'response']));
  });

  test('off remembers nothing and waits for nothing', () => {
    const { memories } = walk();
    for (const { switchedAt, ...memory } of memories('off')) {
      expect(memory).toEqual({
        pin: '',
        challenge: '',
        response: '',
        page: 0,
        fault: 0,
        isLow: false,
        deadline: null,
        pageAt: null,
      });
      expect([null, 10, 100_000]).toContain(switchedAt);
    }
  });

  test('the response stands alone: what was typed is forgotten when it shows', () => {
    const { memories } = walk();
    for (const { pin, challenge, response } of memories('response')) {
      expect([pin, challenge]).toEqual(['', '']);
      expect(response).toMatch(/^[12]{2}\/[12]{2}$/);
    }
  });

  test('everywhere but off there is a deadline, of the length the profile says', () => {
    const { reached } = walk();
    const { selfTest, idle, responseIdle } = times;
    const lengths = { selfTest, pin: idle, challenge: idle, response: responseIdle };
    for (const { state, memory } of reached) {
      if (!(state in lengths)) continue;
      const length = lengths[state as keyof typeof lengths];
      expect([10 + length, 100_000 + length]).toContain(memory.deadline);
    }
  });

  test('from everywhere a fresh hold, a time-out or a power cut leads on, and an old hold does not', () => {
    const { reached, step } = walk();
    for (const { state, memory } of reached) {
      const next = (event: CardEvent): CardState => step(state, memory, event).state;
      const at = 1_000_000;
      expect(next({ type: 'hold', at, since: at })).toBe(state === 'off' ? 'selfTest' : 'off');
      if (memory.switchedAt !== null) {
        expect(next({ type: 'hold', at, since: memory.switchedAt - 1 })).toBe(state);
      }
      expect(next({ type: 'timeout', at })).toBe(state === 'selfTest' ? first : 'off');
      expect(next({ type: 'powerCut', at })).toBe('off');
    }
  });

  test('every key keeps the card awake, and does nothing else where it has nothing to do', () => {
    const { reached, step } = walk();
    const keys = EVENTS.filter(({ type }) => type === 'digit' || type === 'back' || type === 'ok');
    for (const { state, memory } of reached) {
      if (state === 'off') continue;
      for (const key of keys) {
        const next = step(state, memory, { ...key, at: 500 });
        if (state === 'selfTest') expect(next).toEqual({ state, memory });
        else {
          const patience = next.state === 'response' ? times.responseIdle : times.idle;
          expect(next.memory.deadline).toBe(500 + patience);
        }
        const isFull =
          state === 'response' ||
          ((state === 'pin' || state === 'challenge') && memory[state].length === LENGTH);
        if (isFull && key.type === 'digit') {
          expect(next).toEqual({ state, memory: { ...memory, deadline: next.memory.deadline } });
        }
      }
    }
  });

  test('OK on an incomplete entry does nothing, on a complete one it asks for the next', () => {
    const { reached, step } = walk();
    for (const { state, memory } of reached) {
      if (state !== 'pin' && state !== 'challenge') continue;
      const isComplete = memory[state].length === LENGTH;
      const following = state === first ? second : 'response';
      expect(step(state, memory, { type: 'ok', at: 20 }).state).toBe(isComplete ? following : state);
    }
  });

  test('a response longer than the display has pages, turned by OK and by time; a shorter one has none', () => {
    const { step, memories } = walk();
    for (const memory of memories('response')) {
      const ok = step('response', memory, { type: 'ok', at: 20 });
      expect(ok.memory.page).toBe((memory.page + 1) % pages);
      expect(ok.memory.pageAt).toBe(times.page === undefined ? null : 20 + times.page);
      const deadline = memory.deadline ?? 0;
      const timeout = step('response', memory, { type: 'timeout', at: deadline - 1 });
      expect(timeout.state).toBe('response');
      expect(timeout.memory.page).toBe((memory.page + 1) % pages);
      expect(timeout.memory.deadline).toBe(deadline);
      expect(step('response', memory, { type: 'timeout', at: deadline }).state).toBe('off');
    }
  });

  test('a response of one page does not turn, even on a device with pages', () => {
    const paged = createStatechart({ ...profile, times: { ...times, page: 7000 } }, { ...all, pages: 1 });
    const actor = createActor(paged).start();
    const [hold, timeout] = [EVENTS[0], EVENTS[6]];
    const digit: CardEvent = { type: 'digit', at: 10, digit: '1' };
    const ok: CardEvent = { type: 'ok', at: 10 };
    for (const event of [hold, timeout, digit, digit, ok, digit, digit, ok]) if (event) actor.send(event);
    const { value, context } = actor.getSnapshot();
    expect(value).toBe('response');
    expect(context).toMatchObject({ page: 0, pageAt: null });
  });

  test('a snapshot survives JSON in every state, timers and all', () => {
    const { machine, reached } = walk();
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

  test('a fault found at the start shows, and leads only off', () => {
    const faulty = walk({ start: () => ({ fault: 2, isLow: true }) });
    expect(faulty.states).toEqual(new Set(['off', 'selfTest', 'fault']));
    for (const memory of faulty.memories('fault')) {
      expect(memory.fault).toBe(2);
      for (const event of EVENTS) {
        const { state } = faulty.step('fault', memory, event);
        const leads = event.type === 'timeout' || event.type === 'powerCut';
        const isFreshHold = event.type === 'hold' && event.since >= (memory.switchedAt ?? 0);
        expect(state).toBe(leads || isFreshHold ? 'off' : 'fault');
      }
    }
  });

  test('a response that cannot be kept is not shown: the fault is', () => {
    const faulty = walk({ respond: () => ({ fault: 2 }) });
    expect(faulty.states).toEqual(new Set(['off', 'selfTest', 'pin', 'challenge', 'fault']));
    for (const memory of faulty.memories('fault')) {
      expect(memory).toMatchObject({ pin: '', challenge: '', response: '', fault: 2, pageAt: null });
      expect([10 + times.idle, 100_000 + times.idle]).toContain(memory.deadline);
    }
  });

  test('a low battery is told for a while, and goes on to the first prompt', () => {
    const low = walk({ start: () => ({ fault: 0, isLow: true }) });
    expect(low.states).toEqual(new Set(['off', 'selfTest', 'lowBattery', 'pin', 'challenge', 'response']));
    const [memory] = low.memories('lowBattery');
    if (!memory) throw new Error('never reached');
    expect([10 + times.lowBattery, 100_000 + times.lowBattery]).toContain(memory.deadline);
    expect(low.step('lowBattery', memory, { type: 'digit', at: 20, digit: '1' })).toEqual({
      state: 'lowBattery',
      memory,
    });
    expect(low.step('lowBattery', memory, { type: 'timeout', at: 20 })).toMatchObject({
      state: first,
      memory: { deadline: 20 + times.idle },
    });
  });

  test('with an empty battery nothing lights', () => {
    expect(walk({ hasPower: () => false }).states).toEqual(new Set(['off']));
  });
});
