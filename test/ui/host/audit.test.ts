import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { withCards } from '../run-command.ts';

// Real passwords are hashed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const ENV = { DSC_PASSWORD: 'correct horse' };

async function withTrail() {
  const { home, dsc } = withCards();
  await dsc(['host', 'user', 'add', 'ann'], { env: ENV });
  for (const balance of ['1', '2', '3']) await dsc(['host', 'user', 'set', 'ann', '--balance', balance]);
  const keep = (heads: unknown): string => {
    const file = join(home, 'heads.json');
    writeFileSync(file, typeof heads === 'string' ? heads : JSON.stringify(heads));
    return file;
  };
  return { home, dsc, keep };
}

describe('dsc host audit', () => {
  test('shows the newest entries first, and no more than asked for', async () => {
    const { dsc } = await withTrail();
    const lines = (await dsc(['host', 'audit', '--limit', '2'])).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z  user-changed  ann  balance: [23], by machine:\S+$/);
    }
  });

  test.each([
    [['--user', 'bob'], 'no entries of user "bob"\n'],
    [['--serial', 'DSC\n1'], String.raw`no entries of device "DSC\u{a}1"` + '\n'],
    [['--user', 'ann', '--serial', 'DSC-1'], 'no entries of user "ann" and of device "DSC-1"\n'],
    [['--user', 'bob', '--json'], ''],
  ])('says that there are none: %j', async (args, stderr) => {
    const { dsc } = await withTrail();
    expect(await dsc(['host', 'audit', ...args])).toMatchObject({ status: 0, stdout: '', stderr });
  });

  test('shows as many as there may be, and at least one', async () => {
    const { dsc } = await withTrail();
    expect(await dsc(['host', 'audit', '--limit', '1'])).toMatchObject({ status: 0, stderr: '' });
    expect((await dsc(['host', 'audit', '--limit', '0'])).status).toBe(2);
  });
});

describe('dsc host audit verify', () => {
  test('finds a trail as it was written, also against its own heads', async () => {
    const { dsc, keep } = await withTrail();
    const heads = (await dsc(['host', 'audit', 'head'])).stdout;
    const kept = keep(heads);
    await dsc(['host', 'user', 'disable', 'ann']);
    const verified = await dsc(['host', 'audit', 'verify', '--head', kept]);
    expect(verified).toMatchObject({ status: 0, stderr: '' });
    expect(verified.stdout).toMatch(/^\d+ entries in \d chains are as they were written\n$/);
  });

  test('finds what a head kept elsewhere says is missing', async () => {
    const { dsc, keep } = await withTrail();
    const heads = JSON.parse((await dsc(['host', 'audit', 'head'])).stdout);
    const cut = { ...heads[0], place: heads[0].place + 7 };
    const gone = { chain: '0123456789abcdef', place: 3, code: 'a'.repeat(64) };
    const other = { ...heads[0], code: 'a'.repeat(64) };
    for (const [head, told] of [
      [cut, `chain ${cut.chain}: entry ${heads[0].place + 1} and all after it were cut off\n`],
      [gone, 'chain 0123456789abcdef: entry 1 and all after it were cut off\n'],
      [other, `chain ${other.chain}: entry ${other.place} was changed, or stands where another was\n`],
    ]) {
      const verified = await dsc(['host', 'audit', 'verify', '--head', keep([head])]);
      expect(verified).toMatchObject({ status: 1, stdout: told });
      expect(verified.stderr).toMatch(/^error: the audit trail is not as it was written/);
    }
  });

  test.each(['', 'null', '[{}]', '[{"chain":"a","place":1.5,"code":"b"}]', '{"chain":"a"}'])(
    'refuses a file of heads that says %j',
    async (text) => {
      const { dsc, keep } = await withTrail();
      const verified = await dsc(['host', 'audit', 'verify', '--head', keep(text)]);
      expect(verified).toMatchObject({ status: 1, stdout: '' });
      expect(verified.stderr).toMatch(/^error: .* holds no heads; .*dsc host audit head/);
    },
  );

  test('takes the database named before it or after it', async () => {
    const { home, dsc } = await withTrail();
    const database = ['--database', join(home, 'none.sqlite')];
    for (const args of [
      ['audit', ...database, 'verify'],
      ['audit', 'verify', ...database],
      ['audit', ...database, 'head'],
    ]) {
      expect((await dsc(['host', ...args])).stderr).toContain('none.sqlite');
    }
  });
});
