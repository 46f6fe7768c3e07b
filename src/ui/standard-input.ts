// Input that costs no memory of its own, however much comes.
import { read } from 'node:fs';
import { promisify } from 'node:util';
import { CommandError } from './command-error.ts';
import { hasCode, reasonOf } from './system-error.ts';

/** Bytes asked for at once. */
const PIECE = 64 * 1024;

/**
 * Reads a file descriptor to its end, into one buffer: each piece is valid until the next is asked for. Node's stream
 * allots a new buffer to each and leaves it to be collected. The stream is for the descriptor that another process has
 * made non-blocking: it can wait.
 *
 * @throws {CommandError} `stream-trouble` if it cannot be read.
 */
export async function* readPieces(
  descriptor: number,
  stream: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(PIECE);
  for (;;) {
    const length = await readPiece(descriptor, buffer);
    if (length === 'would wait') return yield* stream();
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

async function readPiece(descriptor: number, buffer: Uint8Array): Promise<number | 'would wait'> {
  try {
    const { bytesRead } = await promisify(read)(descriptor, buffer, 0, buffer.length, null);
    return bytesRead;
  } catch (cause) {
    if (hasCode(cause, 'EAGAIN')) return 'would wait';
    throw new CommandError(
      'stream-trouble',
      `cannot read standard input: ${reasonOf(cause)}; give it a file or a pipe`,
      { cause },
    );
  }
}
