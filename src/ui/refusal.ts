// What OCRA and cards refuse, in the words of the interface that was used.
import { CardError } from '../firmware/card-error.ts';
import { OcraError } from '../firmware/ocra/index.ts';
import { CommandError } from './command-error.ts';

/** What an interface calls the inputs whose name is another there, by their names in OCRA. */
export type InputNames = Readonly<Record<string, string>>;

/** The message of a refusal. It begins with the name of an input, for which `names` has the one that the person used. */
export function refusalWith(names: InputNames, { message }: Error): string {
  return message.replace(/^\w+(?=:)/, (name) => names[name] ?? name);
}

/**
 * What to throw where a person gave the inputs as arguments.
 *
 * @returns A {@link CommandError} `wrong-use` for a refusal; any other error as it is.
 */
export function wrongUse(names: InputNames, error: unknown): unknown {
  if (!(error instanceof OcraError || error instanceof CardError)) return error;
  return new CommandError('wrong-use', refusalWith(names, error), { cause: error });
}
