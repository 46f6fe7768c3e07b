import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createResponder,
  hashPin,
  hasUniqueEncoding,
  OcraError,
  parseSuite,
  timeStepsAt,
  type DataInputs,
  type Suite,
} from '../../../src/firmware/ocra/index.ts';
import { createMessageWriter } from '../../../src/firmware/ocra/message.ts';
import { inputsOf, suites, suitesWithInputs } from './arbitraries.ts';

function message(suite: Suite, inputs: DataInputs, write = createMessageWriter(suite)): string {
  let hex = '';
  write(inputs, (bytes) => {
    hex = Buffer.from(bytes).toString('hex');
  });
  return hex;
}

const refusal = (suiteText: string, inputs: DataInputs): unknown => {
  const suite = parseSuite(suiteText);
  try {
    return message(suite, inputs);
  } catch (error) {
    return error;
  }
};

test('the message is suite, zero byte, C, Q, P, S and T, each of its length', () => {
  const suite = parseSuite('OCRA-1:HOTP-SHA512-8:C-QN08-PSHA1-S003-T1M');
  const bytes = message(suite, {
    question: '12345678',
    counter: 0x0102030405060708n,
    pin: '1234',
    session: Uint8Array.of(0xaa, 0xbb),
    timeSteps: 0x132d0b6n,
  });
  expect(bytes).toBe(
    [
      Buffer.from(suite.text).toString('hex'),
      '00',
      '0102030405060708',
      'bc614e'.padEnd(256, '0'),
      '7110eda4d09e062aa5e4a390b0a572ac0d2c0220',
      '00aabb',
      '000000000132d0b6',
    ].join(''),
  );
});

test('any change of an input that the suite reads changes the message', () => {
  const twoInputs = suites.chain((suite) =>
    fc.record({ suite: fc.constant(suite), a: inputsOf(suite), b: inputsOf(suite) }),
  );
  fc.assert(
    fc.property(twoInputs, ({ suite, a, b }) => {
      for (const part of ['counter', 'pinHash', 'session', 'timeSteps'] as const) {
        const changed = { ...a, [part]: b[part] };
        expect(message(suite, a) === message(suite, changed)).toBe(same(a[part], b[part]));
      }
    }),
  );
});

test('any change of the suite changes the message', () => {
  fc.assert(
    fc.property(suitesWithInputs, suites, ({ suite, inputs }, other) => {
      fc.pre(suite.text !== other.text);
      // The suite and the zero byte stand first, so no message of one suite is a message of another.
      const start = (text: string): string => Buffer.from(`${text}\0`).toString('hex');
      expect(message(suite, inputs).startsWith(start(suite.text))).toBe(true);
      expect(message(suite, inputs).startsWith(start(other.text))).toBe(false);
    }),
  );
});

test('a message does not depend on the messages written before it', () => {
  const many = suites.chain((suite) =>
    fc.record({ suite: fc.constant(suite), all: fc.array(inputsOf(suite), { minLength: 1, maxLength: 5 }) }),
  );
  fc.assert(
    fc.property(many, ({ suite, all }) => {
      const write = createMessageWriter(suite);
      for (const inputs of all) expect(message(suite, inputs, write)).toBe(message(suite, inputs));
    }),
  );
});

test('what was put into a message is wiped when it was used, or refused', () => {
  const suite = parseSuite('OCRA-1:HOTP-SHA1-6:C-QN08-PSHA1-S004-T1M');
  const write = createMessageWriter(suite);
  const session = Uint8Array.of(1, 2, 3, 4);
  const inputs = { question: '12345678', counter: 7n, pin: '1234', session, timeSteps: 9n };
  let bytes = new Uint8Array();
  write(inputs, (lent) => {
    bytes = lent as typeof bytes;
  });
  const wiped = Buffer.concat([Buffer.from(`${suite.text}\0`), Buffer.alloc(8 + 128 + 20 + 4 + 8)]);
  expect(Buffer.from(bytes)).toEqual(wiped);
  expect(() => write({ ...inputs, timeSteps: -1n }, () => {})).toThrow();
  expect(Buffer.from(bytes)).toEqual(wiped);
  expect(() =>
    write(inputs, () => {
      throw new Error('no use for it');
    }),
  ).toThrow('no use for it');
  expect(Buffer.from(bytes)).toEqual(wiped);
});

describe('session', () => {
  const suite = parseSuite('OCRA-1:HOTP-SHA1-6:QN08-S064');

  test('a shorter one is padded with zeros on the left', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (session) => {
        const padded = new Uint8Array(64);
        padded.set(session, 64 - session.length);
        expect(message(suite, { question: '1', session })).toBe(
          message(suite, { question: '1', session: padded }),
        );
      }),
    );
  });

  test('a longer one is refused', () => {
    expect(refusal(suite.text, { question: '1', session: new Uint8Array(65) })).toMatchObject({
      code: 'bad-session',
    });
  });
});

describe('question', () => {
  test('QN is hexadecimal from the left; an odd digit is followed by a zero', () => {
    const field = (question: string): string =>
      message(parseSuite('OCRA-1:HOTP-SHA1-6:QN64'), { question }).slice(
        2 * 'OCRA-1:HOTP-SHA1-6:QN64'.length + 2,
      );
    expect(field('0')).toBe(''.padEnd(256, '0'));
    expect(field('10')).toBe('a0'.padEnd(256, '0'));
    expect(field('256')).toBe('10'.padEnd(256, '0'));
    expect(field('9'.repeat(15))).toBe('38d7ea4c67fff'.padEnd(256, '0'));
    expect(field('9'.repeat(16))).toBe('2386f26fc0ffff'.padEnd(256, '0'));
    expect(field('9'.repeat(64))).toBe((10n ** 64n - 1n).toString(16).padEnd(256, '0'));
  });

  test('QH keeps leading zeros and takes either case', () => {
    const suite = parseSuite('OCRA-1:HOTP-SHA1-6:QH08');
    expect(message(suite, { question: '00aBc' })).toContain('0000abc00'.slice(2));
    expect(message(suite, { question: 'ABCDEF' })).toBe(message(suite, { question: 'abcdef' }));
    expect(message(suite, { question: '00ff' })).not.toBe(message(suite, { question: 'ff' }));
  });

  test('QA keeps case and may be as long as the field', () => {
    const suite = parseSuite('OCRA-1:HOTP-SHA1-6:QA08');
    expect(message(suite, { question: 'a' })).not.toBe(message(suite, { question: 'A' }));
    expect(message(suite, { question: 'x'.repeat(128) })).toContain('78'.repeat(128));
    expect(refusal(suite.text, { question: 'x'.repeat(129) })).toMatchObject({ code: 'bad-question' });
  });

  test('a mutual pair may be as long as two questions, each no longer than one', () => {
    const suite = parseSuite('OCRA-1:HOTP-SHA1-6:QN08');
    expect(message(suite, { question: ['12345678', '87654321'] })).toContain(1234567887654321n.toString(16));
    expect(refusal(suite.text, { question: ['123456789', '1'] })).toMatchObject({ code: 'bad-question' });
    expect(refusal(suite.text, { question: ['1', ''] })).toMatchObject({ code: 'bad-question' });
    const long = parseSuite('OCRA-1:HOTP-SHA1-6:QA64');
    expect(message(long, { question: ['x'.repeat(64), 'y'.repeat(64)] })).toContain(
      '78'.repeat(64) + '79'.repeat(64),
    );
    expect(refusal(long.text, { question: ['x'.repeat(64), 'x'.repeat(65)] })).toMatchObject({
      code: 'bad-question',
    });
  });

  test.each([
    ['QN08', ''],
    ['QN08', '123456789'],
    ['QN08', '1234567a'],
    ['QN08', '-1'],
    ['QN08', '1 2'],
    ['QN08', '1\n'],
    ['QN08', '１２３４'],
    ['QN08', '١٢٣٤'],
    ['QH08', '123456789'],
    ['QH08', 'xyz'],
    ['QH08', '0x12'],
    ['QA08', ''],
    ['QA08', 'é'],
    ['QA08', 'a\tb'],
    ['QA08', '🙂'],
  ])('%s refuses %j', (format, question) => {
    expect(refusal(`OCRA-1:HOTP-SHA1-6:${format}`, { question })).toMatchObject({ code: 'bad-question' });
  });
});

describe('what is missing, too much or malformed is refused', () => {
  const all = 'OCRA-1:HOTP-SHA1-6:C-QN08-PSHA1-S064-T1M';
  const none = 'OCRA-1:HOTP-SHA1-6:QN08';
  const full = { question: '1', counter: 0n, pin: '1234', session: new Uint8Array(1), timeSteps: 0n };
  const tooMuch = 2n ** 64n;

  test('the complete inputs are accepted', () => {
    expect(refusal(all, full)).toBeTypeOf('string');
  });

  test.each(['counter', 'pin', 'session', 'timeSteps'] as const)('%s', (part) => {
    expect(refusal(all, { ...full, [part]: undefined })).toMatchObject({ code: 'missing-input' });
    expect(refusal(none, { question: '1', [part]: full[part] })).toMatchObject({ code: 'unexpected-input' });
  });

  test.each([
    [{ pinHash: new Uint8Array(20) }, 'unexpected-input'],
    [{ pin: undefined, pinHash: new Uint8Array(19) }, 'bad-pin'],
    [{ pin: '' }, 'bad-pin'],
    [{ pin: '１２３４' }, 'bad-pin'],
    [{ pin: 'x'.repeat(129) }, 'bad-pin'],
    [{ counter: -1n }, 'bad-counter'],
    [{ counter: tooMuch }, 'bad-counter'],
    [{ timeSteps: -1n }, 'bad-time-steps'],
    [{ timeSteps: tooMuch }, 'bad-time-steps'],
  ])('%o gives %s', (change, code) => {
    expect(refusal(all, { ...full, ...change })).toMatchObject({ code });
  });

  test('a question from untyped code that is not there', () => {
    const inputs: DataInputs = JSON.parse('{}');
    expect(refusal(none, inputs)).toMatchObject({ code: 'missing-input' });
  });

  test('a PIN hash for a suite without PIN', () => {
    expect(refusal(none, { question: '1', pinHash: new Uint8Array(20) })).toMatchObject({
      code: 'unexpected-input',
    });
    expect(() => hashPin(parseSuite(none), '1234')).toThrow(
      expect.objectContaining({ code: 'unexpected-input' }),
    );
  });

  test('no message repeats a PIN, a PIN hash or a session', () => {
    const secret = 'geheim';
    const bytes = Buffer.from(secret.repeat(20));
    for (const change of [{ pin: `${secret}\0` }, { pin: undefined, pinHash: bytes }, { session: bytes }]) {
      const error = refusal(all, { ...full, ...change });
      expect(error).toBeInstanceOf(OcraError);
      expect(String(error)).not.toMatch(/geheim|67656865|103,101/);
    }
  });
});

test('counter and time step reach the largest value of eight bytes', () => {
  const most = 2n ** 64n - 1n;
  const suite = parseSuite('OCRA-1:HOTP-SHA1-6:C-QN08-T1S');
  expect(message(suite, { question: '1', counter: most, timeSteps: most })).toMatch(/f{16}10*f{16}$/);
});

test('time steps count whole steps since 1970', () => {
  const at = (step: string, iso: string): bigint =>
    timeStepsAt(parseSuite(`OCRA-1:HOTP-SHA1-6:QN08-${step}`), Date.parse(iso));
  // The instant of RFC 6287's vectors: 20107446 is 132d0b6 in their message.
  expect(at('T1M', '2008-03-25T12:06:30Z')).toBe(20107446n);
  expect(at('T30S', '1970-01-01T00:00:29.999Z')).toBe(0n);
  expect(at('T30S', '1970-01-01T00:00:30Z')).toBe(1n);
  expect(at('T48H', '1970-01-05T00:00:00Z')).toBe(2n);
  expect(at('T1S', '1970-01-01T00:00:00Z')).toBe(0n);
  // The last instant of a Date, and one millisecond more.
  expect(at('T1S', '+275760-09-13T00:00:00Z')).toBe(8_640_000_000_000n);
  expect(() => timeStepsAt(parseSuite('OCRA-1:HOTP-SHA1-6:QN08-T1S'), 8.64e15 + 1)).toThrow(
    expect.objectContaining({ code: 'bad-time-steps' }),
  );
  expect(() => at('T1M', '1969-12-31T23:59:59Z')).toThrow(
    expect.objectContaining({ code: 'bad-time-steps' }),
  );
  expect(() => timeStepsAt(parseSuite('OCRA-1:HOTP-SHA1-6:QN08-T1S'), Infinity)).toThrow(
    expect.objectContaining({ code: 'bad-time-steps' }),
  );
  expect(() => at('T1M', 'never')).toThrow(expect.objectContaining({ code: 'bad-time-steps' }));
  expect(() => timeStepsAt(parseSuite('OCRA-1:HOTP-SHA1-6:QN08'), 0)).toThrow(
    expect.objectContaining({ code: 'unexpected-input' }),
  );
});

test('numeric challenges collide just where the encoding says so', () => {
  const suite = parseSuite('OCRA-1:HOTP-SHA1-8:QN06-PSHA1');
  const respond = createResponder(suite, hexToBytes('3132333435363738393031323334353637383930'));
  for (const question of ['000001', '000016', '000256', '065536']) {
    expect(respond({ question, pin: '1234' })).toBe('82666722');
    expect(hasUniqueEncoding(suite, question)).toBe(false);
  }
});

test.each([
  ['OCRA-1:HOTP-SHA1-8:QN06', '12345'],
  ['OCRA-1:HOTP-SHA1-8:QN06', 'abcdef'],
  ['OCRA-1:HOTP-SHA1-8:QA06', '123456'],
])('whether it is unique is asked only of whole challenges: %s %s', (suite, question) => {
  expect(() => hasUniqueEncoding(parseSuite(suite), question)).toThrow(
    expect.objectContaining({ code: 'bad-question' }),
  );
});

test('a challenge is unique just if no other of its length encodes alike', () => {
  const suite = parseSuite('OCRA-1:HOTP-SHA1-8:QN04');
  const texts = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));
  const byMessage = Map.groupBy(texts, (question) => message(suite, { question }));
  for (const alike of byMessage.values()) {
    for (const question of alike) expect(hasUniqueEncoding(suite, question)).toBe(alike.length === 1);
  }
});

function same(a: bigint | Uint8Array | undefined, b: bigint | Uint8Array | undefined): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}
