import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { printer } from '../../src/ui/printer.ts';
import { readPieces } from '../../src/ui/standard-input.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function open(path: string, flags: string): number {
  const descriptor = openSync(path, flags);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

const never = (): never => {
  throw new Error('the stream is not for this');
};

describe('output', () => {
  test('is all there when it was printed', async () => {
    const path = join(temporaryFolder(), 'out');
    const print = printer(open(path, 'w'), never);
    const long = 'Привет 你好 '.repeat(100_000);
    await print('first\n');
    await print(long);
    await print('');
    expect(readFileSync(path, 'utf8')).toBe(`first\n${long}`);
  });

  test.runIf(existsSync('/dev/full'))('that does not fit is one sentence', async () => {
    const print = printer(open('/dev/full', 'w'), never);
    await expect(print('text')).rejects.toMatchObject({
      code: 'stream-trouble',
      message: 'cannot write the output: no space left on device; free some space or send it elsewhere',
    });
  });
});

describe('input', () => {
  test('is read to its end, in pieces', async () => {
    const path = join(temporaryFolder(), 'in');
    const long = 'Привет 你好 '.repeat(100_000);
    await printer(open(path, 'w'), never)(long);
    let text = Buffer.alloc(0);
    for await (const piece of readPieces(open(path, 'r'), never)) text = Buffer.concat([text, piece]);
    expect(text.toString()).toBe(long);
  });

  test('that is a folder is one sentence', async () => {
    const pieces = readPieces(open(temporaryFolder(), 'r'), never);
    await expect(pieces.next()).rejects.toMatchObject({
      code: 'stream-trouble',
      message: 'cannot read standard input: illegal operation on a directory; give it a file or a pipe',
    });
  });
});
