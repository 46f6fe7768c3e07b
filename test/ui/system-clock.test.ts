import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock, systemHostClock } from '../../src/ui/system-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the card’s clock', () => {
  it('rings once the time has come, and not before', () => {
    const rings: number[] = [];
    const at = systemClock.now() + 250.5;
    systemClock.wakeAt(at, () => rings.push(systemClock.now()));
    vi.advanceTimersByTime(250);
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rings).toHaveLength(1);
    expect(rings[0]).toBeGreaterThanOrEqual(at);
    vi.advanceTimersByTime(1000);
    expect(rings).toHaveLength(1);
  });

  it('never rings before it has said how to cancel, not even for a time gone by', () => {
    let rang = false;
    const cancel = systemClock.wakeAt(systemClock.now() - 1000, () => (rang = true));
    expect(rang).toBe(false);
    cancel();
    vi.advanceTimersByTime(1000);
    expect(rang).toBe(false);
  });

  it('can wait longer than one of Node’s timers', () => {
    let rang = false;
    const month = 31 * 24 * 3600 * 1000;
    systemClock.wakeAt(systemClock.now() + month, () => (rang = true));
    vi.advanceTimersByTime(month - 1);
    expect(rang).toBe(false);
    vi.advanceTimersByTime(1);
    expect(rang).toBe(true);
  });

  it('does not go back when the time of day is set back', () => {
    const before = systemClock.now();
    vi.setSystemTime(0);
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });

  it('does not keep the process alive', () => {
    vi.useRealTimers();
    const unref = vi.spyOn(Object.getPrototypeOf(setTimeout(() => {}, 0)), 'unref');
    const cancel = systemClock.wakeAt(systemClock.now() + 60_000, () => {});
    expect(unref).toHaveBeenCalledOnce();
    cancel();
    unref.mockRestore();
  });
});

describe('the host’s clock', () => {
  it('tells the time of day', () => {
    vi.setSystemTime(Date.UTC(2020, 0, 1));
    expect(systemHostClock.now()).toBe(Date.UTC(2020, 0, 1));
  });

  it('sleeps for as long as it is told, however the time of day is set meanwhile', async () => {
    let awake = false;
    void systemHostClock.sleep(500).then(() => (awake = true));
    vi.setSystemTime(Date.UTC(2000, 0, 1));
    await vi.advanceTimersByTimeAsync(499);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(awake).toBe(true);
  });
});
