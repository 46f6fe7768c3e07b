import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DSC, DSC_PLUS, type Profile } from '../../../src/firmware/profiles.ts';
import type { RecordedEvent } from '../../../src/firmware/recording.ts';
import { readRecording, type Recording } from '../../../src/ui/recordings/read-recording.ts';
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';
import { play } from '../../../src/ui/terminal/playback.ts';

function recordingOf(events: readonly RecordedEvent[], profile: Profile = DSC_PLUS): Recording {
  const { suite } = profile;
  const card = {
    type: 'card',
    version: 1,
    serial: 'DSC-1',
    suite,
    profile,
    timeOfDay: 0,
    secrets: false,
  } as const;
  return { card, events };
}

const HOLD: readonly RecordedEvent[] = [
  { type: 'press', t: 10, key: 'press' },
  { type: 'display', t: 2010, text: 'PIN>' },
  { type: 'release', t: 2100, key: 'press' },
  { type: 'press', t: 3000, key: '*' },
  { type: 'display', t: 3040, text: 'PIN>*' },
];

/** Whether it is over by now. */
async function isOver(over: Promise<void>): Promise<boolean> {
  return Promise.race([over.then(() => true), new Promise<boolean>((no) => setImmediate(no, false))]);
}

describe('a recording that is played', () => {
  it('shows every display at its time, and no digit that the recording hides', async () => {
    for (const [name, hidden] of [
      ['dsc-plus', '********'],
      ['dsc', '-----'],
      ['ocra-card', '------'],
    ] as const) {
      const recording = await readRecording(
        join(import.meta.dirname, `../../fixtures/recordings/${name}.jsonl`),
      );
      const clock = new VirtualClock(5000);
      const { moment, over } = play(recording, 1, clock);
      const seen: string[] = [];
      moment.subscribe(() => seen.push(moment.get().line));
      for (const [index, { t }] of recording.events.entries()) {
        clock.advance(Math.max(0, 5000 + t - clock.now()));
        const last = recording.events.findLast(
          (event, at) => event.type === 'display' && (at <= index || event.t === t),
        );
        const text = last?.type === 'display' ? last.text : '';
        expect(moment.get()).toMatchObject({ t, line: text.replaceAll('#', hidden.charAt(0)) });
      }
      expect(seen).toContain(hidden);
      expect(seen.join()).not.toContain('#');
      expect(await isOver(over)).toBe(true);
    }
  });

  it('has the button down that is told, from its press to its release', () => {
    const clock = new VirtualClock();
    const { moment } = play(recordingOf(HOLD), 1, clock);
    const down = (): unknown => [moment.get().line, moment.get().down];
    expect(down()).toEqual(['', undefined]);
    clock.advance(10);
    expect(down()).toEqual(['', 'press']);
    clock.advance(2089);
    expect(down()).toEqual(['PIN>', 'press']);
    clock.advance(1);
    expect(down()).toEqual(['PIN>', undefined]);
    clock.advance(900);
    expect(down()).toEqual(['PIN>', undefined]);
  });

  it.each([0.1, 0.3, 3, 7, 1000])('goes %j times as fast', async (speed) => {
    const clock = new VirtualClock(1 / 3);
    const { moment, length, over } = play(recordingOf(HOLD), speed, clock);
    expect(length).toBe(3040);
    clock.advance(2009.9 / speed);
    expect(moment.get().line).toBe('');
    clock.advance(0.2 / speed);
    expect(moment.get().line).toBe('PIN>');
    clock.advance(1029 / speed);
    expect(await isOver(over)).toBe(false);
    clock.advance(1 / speed);
    expect(await isOver(over)).toBe(true);
  });

  it('waits once for each event, however long that is', async () => {
    const clock = new VirtualClock();
    let waits = 0;
    const counting = {
      now: () => clock.now(),
      timeOfDay: () => clock.timeOfDay(),
      wakeAt(time: number, wake: () => void) {
        waits++;
        return clock.wakeAt(time, wake);
      },
    };
    const month = 31 * 86_400_000;
    const { moment, over } = play(recordingOf([{ type: 'display', t: month, text: 'Ch' }], DSC), 1, counting);
    clock.advance(month - 1);
    expect(moment.get().line).toBe('');
    clock.advance(1);
    expect([moment.get().line, waits, await isOver(over)]).toEqual(['Ch', 1, true]);
  });

  it('is over at once when nothing happened, and shows nothing more once it is stopped', async () => {
    const clock = new VirtualClock();
    expect(await isOver(play(recordingOf([]), 1, clock).over)).toBe(true);
    const { moment, over, stop } = play(recordingOf(HOLD), 1, clock);
    clock.advance(100);
    stop();
    clock.advance(10_000);
    expect([moment.get().t, await isOver(over)]).toEqual([10, false]);
  });
});
