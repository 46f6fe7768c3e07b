import { expect, it } from 'vitest';
import { createSession } from '../../../src/ui/terminal/session.ts';
import { createTargets } from '../../../src/ui/terminal/targets.ts';
import { memoryOf, sitDown } from './sitting.ts';

it('shows the card’s face as it changes', async () => {
  const { face, clock, type } = await sitDown();
  expect(face.get()).toEqual({ line: '', state: 'off', response: '', page: 0 });
  type('p');
  clock.advance(2000);
  expect(face.get()).toEqual({ line: '████████', state: 'selfTest', response: '', page: 0 });
  clock.advance(500);
  expect(face.get()).toEqual({ line: 'PIN>', state: 'pin', response: '', page: 0 });
});

it('lets nothing happen because somebody looks, however late the alarms are', () => {
  let now = 0;
  const nothing = (): void => {};
  const { hand } = createSession({
    memory: memoryOf(),
    host: new Promise(nothing),
    clock: { now: () => now, timeOfDay: () => now, wakeAt: () => nothing },
    timeOfDay: () => now,
    targets: createTargets(),
    tellsReleases: () => false,
    useMouse: nothing,
    leave: nothing,
    suspend: nothing,
  });
  const { face } = hand;
  let changes = 0;
  face.subscribe(() => changes++);
  hand.press('press');
  now = 2000;
  expect(face.get().line).toBe('');
  expect(changes).toBe(0);
  hand.release('press');
  expect(face.get().line).toBe('████████');
  expect(changes).toBe(1);
});
