// What passes from one thread to another and back.
import fc from 'fast-check';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { HostError } from '../../../src/host/index.ts';
import { LostFileError } from '../../../src/host/store/database-file.ts';
import { isUnavailable, StoreClosedError } from '../../../src/host/store/unavailable.ts';
import { CommandError } from '../../../src/ui/command-error.ts';
import { answerCalls, createCaller, type Callable } from '../../../src/ui/host/thread-calls.ts';

function between(target: Callable) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  let messages = 0;
  port2.on('message', () => (messages += 1));
  answerCalls(port2, target);
  return { ...createCaller(port1), messages: () => messages };
}

const thrown = async (error: unknown): Promise<unknown> => {
  const { call } = between({
    fails() {
      throw error;
    },
  });
  return call('fails').catch((received: unknown) => received);
};

test('whatever can be copied comes there and back', async () => {
  const { call } = between({ same: (...args: unknown[]) => args });
  const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true });
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 3 }), async (args) => {
      expect(await call('same', ...args)).toEqual(structuredClone(args));
    }),
  );
});

test('all calls of one turn are one message, and each gets its own reply, in whatever order they end', async () => {
  const waits = new Map<number, () => void>();
  const { call, messages } = between({
    async double(n: number) {
      await new Promise<void>((resolve) => waits.set(n, resolve));
      return 2 * n;
    },
    go: (n: number) => waits.get(n)?.(),
  });
  const doubles = Array.from({ length: 100 }, (_, n) => call('double', n));
  await call('go', 99);
  expect(messages()).toBe(1);
  for (let n = 98; n >= 0; n--) await call('go', n);
  expect(await Promise.all(doubles)).toEqual(doubles.map((_, n) => 2 * n));
});

test('a refusal arrives as it was made', async () => {
  const refusal = await thrown(new HostError('wrong-response', { attemptsLeft: 2 }));
  expect(refusal).toBeInstanceOf(HostError);
  expect(refusal).toMatchObject({ code: 'wrong-response', attemptsLeft: 2 });
  expect(refusal).toMatchObject({ message: expect.stringContaining('attempts left: 2') });
  const moved = new HostError('illegal-move', { state: 'lost', move: 'block', moves: ['find'] });
  expect(await thrown(moved)).toMatchObject({ message: moved.message });
  const command = await thrown(new CommandError('no-database', 'there is none'));
  expect(command).toBeInstanceOf(CommandError);
  expect(command).toMatchObject({ code: 'no-database', message: 'there is none' });
});

test('of another error arrives what the log tells, and whether it is worth while to come again', async () => {
  const fault = new RangeError('out of bounds');
  expect(await thrown(fault)).toMatchObject({
    name: 'RangeError',
    message: 'out of bounds',
    stack: fault.stack,
  });
  expect(isUnavailable(await thrown(fault))).toBe(false);
  for (const error of [
    new StoreClosedError(),
    new LostFileError('host.db', 'gone'),
    Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 778 }),
    Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 }),
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('deadlock'), { code: '40P01' }),
  ]) {
    expect([error.message, isUnavailable(error), isUnavailable(await thrown(error))]).toEqual([
      error.message,
      true,
      true,
    ]);
  }
  expect(await thrown('just words')).toMatchObject({ name: 'Error', message: 'just words' });
});

test('only what is there to be called is called', async () => {
  const { call } = between({ there: () => true });
  for (const method of ['', 'here', 'constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    await expect(call(method)).rejects.toThrow(`there is no ${method} to call`);
  }
});

test('when the other end is gone, nobody waits for it', async () => {
  const { call, fail } = between({ never: () => new Promise(() => {}) });
  const waits = call('never');
  fail(new Error('gone'));
  await expect(waits).rejects.toThrow('gone');
  await expect(call('never')).rejects.toThrow('gone');
});

test('what cannot be copied is refused by itself, to its caller alone', async () => {
  const { call } = between({ same: (value: unknown) => value, function: () => () => {} });
  const calls = [call('same', 1), call('same', () => {}), call('function'), call('same', 2)];
  expect(await Promise.allSettled(calls)).toMatchObject([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: { name: 'DataCloneError' } },
    { status: 'rejected', reason: { name: 'DataCloneError' } },
    { status: 'fulfilled', value: 2 },
  ]);
});
