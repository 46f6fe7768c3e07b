// The key of a card that comes to the host: from this machine's own card, or from standard input.
import { CommandError } from '../../command-error.ts';
import { parseCardName } from '../../cards/card-name.ts';
import { dataFolder } from '../../data-folder.ts';
import { readSecret } from '../../secret-input.ts';
import type { Surroundings } from '../../surroundings.ts';

/** How a command is told of the card. */
export interface CardOptions {
  readonly card?: string;
  readonly keyStdin?: true;
}

/** What a card and a host share. */
export interface CardToEnrol {
  /** Undefined where the key alone was given. */
  readonly serial: string | undefined;
  readonly suite: string | undefined;
  readonly key: Uint8Array;
}

/**
 * Reads the card.
 *
 * @throws {CommandError} `wrong-use` unless it is told of in one way; what reading a card is refused for.
 */
export async function cardToEnrol(
  around: Surroundings,
  { card, keyStdin }: CardOptions,
): Promise<CardToEnrol> {
  if ((card === undefined) === (keyStdin === undefined)) {
    throw new CommandError(
      'wrong-use',
      'say which card: --card with the name of one of this machine, or --key-stdin with its key on standard input',
    );
  }
  if (card !== undefined) {
    const { readCardFile } = await import('../../cards/card-folder.ts');
    const { identity, contents } = await readCardFile(await dataFolder(around.env), parseCardName(card));
    return { serial: identity.serial, suite: identity.suite, key: contents.key };
  }
  const { parseKey } = await import('../../key-text.ts');
  return { serial: undefined, suite: undefined, key: parseKey(await readSecret(around, 'Key:')) };
}

/**
 * Refuses what would read two secrets from one standard input.
 *
 * @throws {CommandError} `wrong-use`.
 */
export function checkOneInput(options: { readonly keyStdin?: true; readonly pinStdin?: true }): void {
  if (!options.keyStdin || !options.pinStdin) return;
  throw new CommandError(
    'wrong-use',
    'standard input can hold the key or the PIN, not both; leave --pin-stdin out, and set DSC_PIN or type it',
  );
}
