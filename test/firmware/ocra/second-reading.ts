// OCRA read from RFC 6287 once more, with node:crypto alone and nothing of src: what the firmware's reading must agree with.
import { createHash, createHmac } from 'node:crypto';

/** A suite, a key and the inputs, in the words of a line of `dsc ocra --batch`. */
export interface OcraRequest {
  readonly suite: string;
  readonly keyHex: string;
  readonly question: string;
  readonly counter?: number | string | undefined;
  readonly pin?: string | undefined;
  readonly pinHashHex?: string | undefined;
  readonly sessionHex?: string | undefined;
  readonly timeSteps?: number | string | undefined;
}

/** Section 6: all of a suite in one expression; what it leaves open are the ranges. */
const SUITE = new RegExp(
  [
    '^OCRA-1:HOTP-(?<hash>SHA1|SHA256|SHA512)-(?<digits>0|4|5|6|7|8|9|10):',
    '(?<counter>C-)?',
    'Q(?<format>A|N|H)(?<characters>[0-9]{2})',
    '(?:-P(?<pinHash>SHA1|SHA256|SHA512))?',
    '(?:-S(?<session>[0-9]{3}))?',
    '(?:-T(?<steps>[1-9][0-9]?)(?<unit>S|M|H))?$',
  ].join(''),
);

/** Whether the RFC knows the suite, with its erratum 3729 on time steps and with every length written out. */
export function isSuite(text: string): boolean {
  const { characters, session = 1, steps = 1, unit } = SUITE.exec(text)?.groups ?? {};
  const longest = unit === 'H' ? 48 : 59;
  return (
    Number(characters) >= 4 && Number(characters) <= 64 && Number(session) > 0 && Number(steps) <= longest
  );
}

/**
 * The response: section 5.1's DataInput, section 5.2's CryptoFunction.
 *
 * @throws {Error} if it is no suite, or an input that the suite names is not there. What else is wrong, it does not see.
 */
export function secondReading(request: OcraRequest): string {
  const parts = SUITE.exec(request.suite)?.groups;
  if (!parts || !isSuite(request.suite)) throw new Error(`${request.suite} is no suite`);

  const hmac = createHmac(parts['hash'] ?? '', Buffer.from(request.keyHex, 'hex'));
  hmac.update(`${request.suite}\0`);
  if (parts['counter']) hmac.update(eightBytes(given(request.counter)));
  hmac.update(questionBytes(parts['format'], request.question));
  if (parts['pinHash']) hmac.update(pinHash(parts['pinHash'], request));
  if (parts['session'])
    hmac.update(fromHex(given(request.sessionHex).padStart(2 * Number(parts['session']), '0')));
  if (parts['steps']) hmac.update(eightBytes(given(request.timeSteps)));
  return truncated(hmac.digest(), Number(parts['digits']));
}

/** RFC 4226, section 5.3: 31 bits from where the last four say; the last digits of a decimal number are its remainder. */
function truncated(mac: Buffer, digits: number): string {
  if (digits === 0) return mac.toString('hex');
  const offset = mac.readUInt8(mac.length - 1) % 16;
  const number = mac.readUInt32BE(offset) % 2 ** 31;
  return String(number).padStart(10, '0').slice(-digits);
}

/** Half a byte that is left over stands in the upper half of its byte. */
function questionBytes(format: string | undefined, question: string): Buffer {
  const ascii = Buffer.from(question, 'latin1').toString('hex');
  const hex = format === 'A' ? ascii : format === 'N' ? BigInt(question).toString(16) : question;
  return fromHex(hex.padEnd(256, '0'));
}

function pinHash(hash: string, { pin, pinHashHex }: OcraRequest): Buffer {
  return pinHashHex === undefined ? createHash(hash).update(given(pin)).digest() : fromHex(pinHashHex);
}

function eightBytes(number: number | string): Buffer {
  return fromHex(BigInt(number).toString(16).padStart(16, '0'));
}

function fromHex(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

function given<T>(input: T | undefined): T {
  if (input === undefined) throw new Error('an input that the suite names is missing');
  return input;
}
