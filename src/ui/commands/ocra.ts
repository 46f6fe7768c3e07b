// `dsc ocra`: OCRA (RFC 6287) without a card.
import { Option } from 'commander';
import {
  createResponder,
  parseSuite,
  timeStepsAt,
  type DataInputs,
  type Suite,
} from '../../firmware/ocra/index.ts';
import { CommandError } from '../command-error.ts';
import { parseHex } from '../../host/hex.ts';
import { wrongUse, type InputNames } from '../refusal.ts';
import { parseUnsigned64 } from '../unsigned64.ts';
import type { CommandDefinition } from './definition.ts';

interface Options {
  readonly suite?: string;
  readonly key?: string;
  readonly question?: string;
  readonly counter?: string;
  readonly pin?: string;
  readonly pinHash?: string;
  readonly session?: string;
  readonly timeSteps?: string;
  readonly time?: string;
  readonly batch?: true;
}

/** The options by the names of OCRA's inputs. */
const OPTIONS: InputNames = {
  suite: '--suite',
  key: '--key',
  question: '--question',
  counter: '--counter',
  pin: '--pin',
  pinHash: '--pin-hash',
  session: '--session',
  timeSteps: '--time-steps',
  time: '--time',
};

const SINGLE = ['suite', 'key', 'question', 'counter', 'pin', 'pinHash', 'session', 'timeSteps', 'time'];

export const ocra: CommandDefinition = {
  name: 'ocra',
  summary: 'compute an OCRA response (RFC 6287) without a card, for tests and servers',
  define(command, around) {
    command
      .option('--suite <suite>', 'OCRA suite, such as OCRA-1:HOTP-SHA1-8:QN06-PSHA1')
      .option('--key <hex>', 'the key in hexadecimal')
      .option('--question <challenge>', 'the challenge Q')
      .option('--counter <number>', 'the counter C, 0 to 2^64 - 1')
      .addOption(new Option('--pin <pin>', 'the PIN of P').conflicts('pinHash'))
      .option('--pin-hash <hex>', "the hash of the PIN, of the suite's P hash, instead of the PIN")
      .option('--session <hex>', 'the session information S')
      .addOption(new Option('--time-steps <number>', 'the time T in steps, 0 to 2^64 - 1').conflicts('time'))
      .option('--time <instant>', 'the time T as a date, such as 2026-01-31T12:00:00Z')
      .addOption(new Option('--batch', 'answer JSON lines from standard input instead').conflicts(SINGLE))
      .addHelpText(
        'after',
        `
Everybody on this computer can see arguments: --key, --pin, --pin-hash and --session are for published vectors and tests.

With --batch each line of standard input is an object with suite, keyHex and question, and as the suite wants them
counter, pin or pinHashHex, sessionHex and timeSteps; those two numbers as strings where they exceed 2^53. Each line
gets one line of output, in order: the response, or "error: " and the reason; then the exit status is 1.

Example:
  $ dsc ocra --suite OCRA-1:HOTP-SHA1-6:QN08 --key 3132333435363738393031323334353637383930 --question 00000000
  $ dsc ocra --batch < questions.jsonl > responses.txt`,
      )
      .action(async (options: Options) => {
        if (options.batch) {
          const { answerBatch } = await import('../batch/answer-batch.ts');
          return answerBatch(around.input(), around.print);
        }
        return around.print(`${await answer(options)}\n`);
      });
  },
};

async function answer(options: Options): Promise<string> {
  const { suite: suiteText, key, question } = options;
  if (suiteText === undefined || key === undefined || question === undefined) {
    throw new CommandError(
      'wrong-use',
      'ocra needs --suite, --key and --question, or --batch; see "dsc ocra --help"',
    );
  }
  try {
    const suite = parseSuite(suiteText);
    const inputs: DataInputs = {
      question,
      counter: wholeNumber('--counter', options.counter),
      pin: options.pin,
      pinHash: bytes('--pin-hash', options.pinHash),
      session: bytes('--session', options.session),
      timeSteps:
        options.time === undefined
          ? wholeNumber('--time-steps', options.timeSteps)
          : await timeSteps(suite, options.time),
    };
    return createResponder(suite, bytes('--key', key))(inputs);
  } catch (error) {
    throw wrongUse(options.time === undefined ? OPTIONS : { ...OPTIONS, timeSteps: '--time' }, error);
  }
}

async function timeSteps(suite: Suite, text: string): Promise<bigint> {
  const { parseInstant } = await import('../instant.ts');
  const instant = parseInstant(text);
  if (instant !== undefined) return timeStepsAt(suite, instant);
  throw new CommandError(
    'wrong-use',
    '--time must be a date with a time and a zone, such as 2026-01-31T12:00:00Z',
  );
}

function wholeNumber(option: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const value = parseUnsigned64(text);
  if (value !== undefined) return value;
  throw new CommandError(
    'wrong-use',
    `${option} must be a whole number, 0 to 2^64 - 1 (18446744073709551615)`,
  );
}

function bytes(option: string, text: string): Uint8Array;
function bytes(option: string, text: string | undefined): Uint8Array | undefined;
function bytes(option: string, text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined;
  const value = parseHex(text);
  if (value) return value;
  throw new CommandError('wrong-use', `${option} must be an even number of hexadecimal digits`);
}
