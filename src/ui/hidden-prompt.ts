// A question on the terminal whose answer is not shown.
import type { Readable, Writable } from 'node:stream';
import { read } from 'read';
import { CommandError } from './command-error.ts';

/**
 * Asks for one line without showing it.
 *
 * @param input - a terminal.
 * @param output - where the prompt goes: a terminal too.
 * @throws {CommandError} `wrong-use` if the person cancels (Ctrl-C, Ctrl-D) or the terminal goes away.
 */
export async function askHidden(prompt: string, input: Readable, output: Writable): Promise<string> {
  // `read` never settles when its input ends. It always pauses the input when it is through, so if there is no answer
  // soon after that, there will be none.
  const ended = new Promise<never>((_, reject) => {
    input.once('pause', () => setImmediate(() => reject(new Error('the input has ended'))));
  });
  try {
    const asked = read({ prompt, silent: true, terminal: true, input, output });
    return await Promise.race([asked, ended]);
  } catch (cause) {
    throw new CommandError('wrong-use', `nothing was typed for "${prompt}"; run it again and type it`, {
      cause,
    });
  } finally {
    // The Enter that was typed is not shown either.
    output.write('\n');
  }
}
