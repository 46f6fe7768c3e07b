import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InputEvent } from '../../../../src/ui/terminal/input/input-parser.ts';
import { openInput, type TtySource } from '../../../../src/ui/terminal/input/tty-input.ts';

/** A terminal's input that remembers what it was told. */
class FakeTty extends EventEmitter implements TtySource {
  readonly told: string[] = [];
  setRawMode(raw: boolean): void {
    this.told.push(raw ? 'raw' : 'cooked');
  }
  ref(): void {
    this.told.push('ref');
  }
  unref(): void {
    this.told.push('unref');
  }
  resume(): void {
    this.told.push('resume');
  }
  pause(): void {
    this.told.push('pause');
  }
}

function open() {
  const tty = new FakeTty();
  const events: InputEvent[] = [];
  const ask = vi.fn<() => void>();
  const input = openInput(tty, (event) => events.push(event), ask);
  const texts = (): string[] =>
    events.map((event) => (event.kind === 'key' ? event.text || event.name : event.kind));
  return { tty, input, events, ask, texts };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the terminal’s input', () => {
  it('tells every key, and keeps a character together whose bytes come apart', () => {
    const { tty, texts } = open();
    const bytes = Buffer.from('1é密\r');
    for (const byte of bytes) tty.emit('data', Buffer.of(byte));
    expect(texts()).toEqual(['1', 'é', '密', 'enter']);
  });

  it('takes Escape for the key after a moment of silence', () => {
    const { tty, texts } = open();
    tty.emit('data', Buffer.from('\u{1B}'));
    expect(texts()).toEqual([]);
    vi.advanceTimersByTime(60);
    expect(texts()).toEqual(['escape']);
  });

  it('does not type the rest of a sequence that never ends', () => {
    const { tty, texts } = open();
    tty.emit('data', Buffer.from('\u{1B}[<0;12'));
    vi.advanceTimersByTime(2000);
    tty.emit('data', Buffer.from('5'));
    expect(texts()).toEqual(['5']);
  });

  it('gives Ink nothing, and tells once that the keyboard has enhancements, however late', () => {
    const { tty, input, ask, events } = open();
    const forInk: string[] = [];
    input.stream.setEncoding('utf8').on('data', (text) => forInk.push(String(text)));
    tty.emit('data', Buffer.from('12\u{1B}[<0;1;1M3'));
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
    tty.emit('data', Buffer.from('\u{1B}[?0u'));
    tty.emit('data', Buffer.from('\u{1B}[?31u'));
    expect(ask).toHaveBeenCalledOnce();
    expect(forInk).toEqual([]);
    expect(events).toHaveLength(4);
  });

  it.each([
    [31, true],
    [10, true],
    [1, false],
    [0, false],
  ])('knows from the second answer, %i, whether keys are reported when let go: %s', (flags, tells) => {
    const { tty, input } = open();
    expect(input.tellsReleases()).toBe(false);
    tty.emit('data', Buffer.from('\u{1B}[?31u'));
    expect(input.tellsReleases()).toBe(false);
    tty.emit('data', Buffer.from(`\u{1B}[?${flags}u`));
    expect(input.tellsReleases()).toBe(tells);
  });

  it('stops reading while Ink has given the terminal away', () => {
    const { tty, input } = open();
    const stream = input.stream as typeof input.stream & { setRawMode(raw: boolean): void };
    stream.setRawMode(true);
    stream.setRawMode(false);
    expect(tty.told).toEqual(['raw', 'raw', 'resume', 'cooked', 'pause']);
  });

  it('lets go of the terminal when closed', () => {
    const { tty, input, events } = open();
    input.close();
    tty.emit('data', Buffer.from('1'));
    expect(events).toEqual([]);
    expect(tty.told).toEqual(['raw', 'cooked', 'pause', 'unref']);
  });
});
