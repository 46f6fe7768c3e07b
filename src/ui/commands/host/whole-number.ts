// Whole numbers as options give them.
import { CommandError } from '../../command-error.ts';

/**
 * Reads a whole number.
 *
 * @throws {CommandError} `wrong-use` for any other text, and for one that is out of bounds.
 */
export function wholeNumber(
  option: string,
  text: string,
  { least = 0, most = 1e12 }: { readonly least?: number; readonly most?: number } = {},
): number {
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least && number <= most) return number;
  throw new CommandError('wrong-use', `${option} must be a whole number from ${least} to ${most}`);
}
