// The question Q: how a challenge is checked and written into its 128 bytes (RFC 6287 section 5.1).
import { asciiToBytes } from './ascii.ts';
import { OcraError } from './error.ts';
import type { Suite } from './suite.ts';

/**
 * A challenge: QN takes 1 to nn decimal digits, QH 1 to nn hexadecimal digits, QA 1 to 128 printable ASCII characters.
 * A pair is a mutual challenge (RFC 6287 section 7.2): each is checked alone, then they are joined.
 */
export type Question = string | readonly [string, string];

/** Bytes that every question fills, whatever its length. */
export const QUESTION_BYTES = 128;

/** Decimal digits that a JavaScript number holds exactly; more take the slower BigInt. */
const SAFE_DIGITS = 15;

const FORMATS = {
  N: { pattern: /^[0-9]+$/, characters: 'decimal digits', write: writeDecimal },
  A: { pattern: /^[\x20-\x7e]+$/, characters: 'printable ASCII characters', write: writeAscii },
  H: { pattern: /^[0-9A-Fa-f]+$/, characters: 'hexadecimal digits', write: writeHex },
} as const;

/**
 * Makes a writer of one suite's questions into a field of {@link QUESTION_BYTES} bytes, all of them zero.
 *
 * @throws {OcraError} The writer throws `bad-question` for one that is empty, too long or of other characters.
 */
export function createQuestionWriter(suite: Suite): (question: Question, field: Uint8Array) => void {
  const { pattern, characters, write } = FORMATS[suite.question.format];
  // The published mutual challenges are two of QA08 given as one, so the length QA declares is no limit.
  const longest = suite.question.format === 'A' ? QUESTION_BYTES : suite.question.length;

  function check(text: string): string {
    if (text.length <= longest && pattern.test(text)) return text;
    throw new OcraError('bad-question', `question: must be 1 to ${longest} ${characters}`);
  }

  function join([first, second]: readonly [string, string]): string {
    const text = check(first) + check(second);
    if (text.length <= QUESTION_BYTES) return text;
    throw new OcraError(
      'bad-question',
      `question: the two joined must be at most ${QUESTION_BYTES} characters`,
    );
  }

  return (question, field) => {
    write(typeof question === 'string' ? check(question) : join(question), field);
  };
}

/**
 * Whether no other QN question of the suite's full length encodes to the same bytes.
 *
 * A QN question is written in hexadecimal from the left and filled with zeros on the right, so a value and sixteen
 * times that value look the same: 000001, 000016, 000256 and 065536 give one response. A host that issued them would
 * accept the answer to one for another.
 *
 * @param question - exactly as many decimal digits as the suite says.
 * @throws {OcraError} `bad-question` if it is not.
 */
export function hasUniqueEncoding({ question: { format, length } }: Suite, question: string): boolean {
  if (format !== 'N' || question.length !== length || !FORMATS.N.pattern.test(question)) {
    throw new OcraError('bad-question', `question: must be ${length} decimal digits of a QN suite`);
  }
  const value = BigInt(question);
  if (value === 0n) return true;
  const timesSixteenIsTooLong = value * 16n >= 10n ** BigInt(length);
  return value % 16n !== 0n && timesSixteenIsTooLong;
}

function writeDecimal(digits: string, field: Uint8Array): void {
  writeHex((digits.length <= SAFE_DIGITS ? Number(digits) : BigInt(digits)).toString(16), field);
}

function writeAscii(text: string, field: Uint8Array): void {
  field.set(asciiToBytes(text));
}

/** Writes hexadecimal digits from the left; an odd one leaves the low half of its byte 0. */
function writeHex(hex: string, field: Uint8Array): void {
  for (let i = 0; i < hex.length; i += 2) {
    field[i >> 1] =
      (nibble(hex.charCodeAt(i)) << 4) | (i + 1 < hex.length ? nibble(hex.charCodeAt(i + 1)) : 0);
  }
}

/** The value of a hexadecimal digit's character code: 0-9 are 0x30 on, letters of either case have 0x41 on in common. */
function nibble(code: number): number {
  return code < 0x41 ? code - 0x30 : (code & 0x5f) - 0x37;
}
