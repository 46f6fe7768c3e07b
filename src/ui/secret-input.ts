// Secrets that come through standard input: piped in, or typed unseen.
import { CommandError } from './command-error.ts';
import type { Surroundings } from './surroundings.ts';

/** More than any key or PIN takes, in bytes. */
const LONGEST_SECRET = 4096;

/** Whether there is a person to ask: one who can type, and sees the prompt. */
export function canAsk(around: Surroundings): boolean {
  return around.isTerminal('stdin') && around.isTerminal('stderr');
}

/**
 * Reads a secret from standard input: all of it without the line end, or, at a terminal, one hidden line.
 *
 * @throws {CommandError} `wrong-use` if it is longer than any secret, or would have to be typed without a prompt.
 */
export async function readSecret(around: Surroundings, prompt: string): Promise<string> {
  if (canAsk(around)) return around.askHidden(prompt);
  // Read like a pipe, a terminal would show what is typed.
  if (around.isTerminal('stdin')) {
    throw new CommandError(
      'wrong-use',
      'standard input is a terminal, but standard error is none to ask on; pipe the secret in, or do not redirect standard error',
    );
  }
  const text = await readAll(around.input());
  return text.replace(/\r?\n$/, '');
}

async function readAll(input: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_SECRET) {
      throw new CommandError(
        'wrong-use',
        `standard input holds more than ${LONGEST_SECRET} bytes; pipe in the secret alone`,
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
