// Heads of the audit trail in a file, as `dsc host audit head` printed them.
import type { ChainHead } from '../../host/index.ts';
import { fileTrouble } from '../cards/given-file.ts';
import { CommandError } from '../command-error.ts';
import { quoted } from '../one-line.ts';
import { readShortFile } from '../whole-file.ts';

/** Heads of a hundred thousand chains, in bytes. */
const LONGEST_FILE = 20 * 1024 * 1024;

/**
 * Reads the file.
 *
 * @throws {CommandError} `file-trouble`; `bad-heads` for what is no list of heads.
 */
export async function readHeads(path: string): Promise<readonly ChainHead[]> {
  let text: string | undefined;
  try {
    text = await readShortFile(path, LONGEST_FILE);
  } catch (error) {
    throw fileTrouble('read', path, error);
  }
  const heads = parsed(text ?? '');
  if (heads) return heads;
  throw new CommandError(
    'bad-heads',
    `${quoted(path)} holds no heads; give a file that "dsc host audit head" has written`,
  );
}

function parsed(text: string): readonly ChainHead[] | undefined {
  try {
    const heads: unknown = JSON.parse(text);
    return Array.isArray(heads) && heads.every(isHead) ? heads : undefined;
  } catch {
    return undefined;
  }
}

function isHead(head: unknown): head is ChainHead {
  const { chain, place, code }: { chain?: unknown; place?: unknown; code?: unknown } = Object(head);
  return (
    typeof chain === 'string' &&
    typeof place === 'number' &&
    Number.isSafeInteger(place) &&
    place >= 1 &&
    typeof code === 'string'
  );
}
