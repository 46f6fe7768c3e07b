// A secret that somebody chooses: asked for twice, unseen, or given without anybody at a terminal. Never an argument.
import { CommandError } from '../command-error.ts';
import { canAsk, readSecret } from '../secret-input.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where the secret may come from. */
export interface SecretSources {
  /** What it is, in messages: "password", "PIN". */
  readonly what: string;
  /** Whether the option was given that reads it from standard input. */
  readonly fromStdin: boolean;
  /** That option. */
  readonly option: string;
  /** The variable of the environment. */
  readonly variable: string;
}

/** Throws why a secret cannot be one. */
type Check = (secret: string) => Promise<void>;

/**
 * Reads the secret.
 *
 * @param check - asked before somebody types the secret again, who would do it for nothing. What comes from elsewhere is
 *   left to who takes it.
 * @throws {CommandError} `wrong-use` if there is none, or the two entries differ.
 */
export async function newSecret(
  around: Surroundings,
  { what, fromStdin, option, variable }: SecretSources,
  check: Check = async () => {},
): Promise<string> {
  const given = around.env[variable];
  if (!fromStdin && given) return given;
  if (canAsk(around)) {
    const secret = await around.askHidden(`New ${what}:`);
    await check(secret);
    if ((await around.askHidden('Once more:')) === secret) return secret;
    throw new CommandError('wrong-use', `the two entries of the ${what} differ; run it again`);
  }
  if (fromStdin) return readSecret(around, `New ${what}:`);
  throw new CommandError(
    'wrong-use',
    `there is no ${what}, and no terminal to ask for it; set ${variable} or pipe it in with ${option}`,
  );
}
