// Output that is as quick for one line as for a million, and loses none.
import { writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { CommandError } from './command-error.ts';
import { hasCode, reasonOf } from './system-error.ts';

/**
 * Makes a function that writes text to a file descriptor and resolves when all of it has left the process.
 *
 * It writes straight to the descriptor, because opening Node's stream for it takes 3 ms, a tenth of the shortest
 * command. The stream is for the descriptor that another process has made non-blocking: it can wait.
 *
 * @returns A function that rejects with the system's EPIPE when the reader has gone, and with a {@link CommandError}
 *   `stream-trouble` when nothing can be written for another reason.
 */
export function printer(descriptor: number, stream: () => Writable): (text: string) => Promise<void> {
  return async (text) => {
    let rest = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (hasCode(error, 'EAGAIN')) await writeAll(stream(), rest);
      else throw outputError(error);
    }
  };
}

function writeAll(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    // A failed write is announced twice: to its callback, then as an event that nobody else awaits.
    const fail = (error: Error) => reject(outputError(error));
    stream.once('error', fail);
    stream.write(bytes, (error) => {
      if (error) return fail(error);
      stream.removeListener('error', fail);
      resolve();
    });
  });
}

function outputError(cause: unknown): unknown {
  if (hasCode(cause, 'EPIPE')) return cause;
  return new CommandError(
    'stream-trouble',
    `cannot write the output: ${reasonOf(cause)}; free some space or send it elsewhere`,
    { cause },
  );
}
