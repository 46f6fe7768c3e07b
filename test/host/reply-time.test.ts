// The reply time, while somebody sets the time of day.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atReplyTime } from '../../src/host/reply-time.ts';

/** Does work that takes `took` milliseconds, in which the time of day is set by `jump`: how long the reply took. */
async function replyAfter(
  replyTime: number,
  took: number,
  jump: number,
): Promise<{ wait: number; off: number }> {
  let now = 1_700_000_000_000;
  let wait = -1;
  const clock = {
    now: () => now,
    async sleep(ms: number) {
      wait = ms;
      now += ms;
    },
  };
  const released = await atReplyTime(clock, replyTime, async (releasedAt) => {
    now += took + jump;
    return releasedAt();
  });
  return { wait, off: released - now };
}

test('a reply waits until a whole multiple of the reply time has passed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), fc.nat(20_000), async (replyTime, took) => {
      const { wait } = await replyAfter(replyTime, took, 0);
      expect((took + wait) % replyTime).toBe(0);
      expect(took + wait).toBeGreaterThan(0);
    }),
  );
});

test('however the time of day is set, it waits no longer than the reply time, and says when it comes', async () => {
  const century = 100 * 365 * 24 * 3_600_000;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5000 }),
      fc.nat(20_000),
      fc.integer({ min: -century, max: century }),
      async (replyTime, took, jump) => {
        const { wait, off } = await replyAfter(replyTime, took, jump);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(replyTime);
        expect(off).toBe(0);
      },
    ),
  );
});
