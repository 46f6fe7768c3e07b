import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { withCards, type Setting } from '../run-command.ts';

// Real passwords are hashed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** A folder in which a host serves, on a free port. */
function withHost() {
  const { home, dsc } = withCards();
  const serve = (args: string[] = [], setting: Setting = {}) =>
    dsc(['host', 'serve', '--port', '0', ...args], { endWhen: () => Promise.resolve(), ...setting });
  return { home, dsc, serve };
}

const logged = (stderr: string): { msg: string; level: string }[] =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

describe('dsc host serve', () => {
  test('prints its address as one line when it answers', async () => {
    const { serve } = withHost();
    const answers: number[] = [];
    const { status, stdout, stderr } = await serve([], {
      async endWhen(text) {
        for (const path of ['/healthz', '/readyz', '/metrics', '/v1/nothing']) {
          answers.push((await fetch(new URL(path, text.trim()))).status);
        }
      },
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(answers).toEqual([200, 200, 200, 404]);
    expect(logged(stderr).map(({ msg }) => msg)).toEqual([
      'the host serves',
      'request',
      'request',
      'request',
      'request',
      'the host ends; it finishes what is under way',
    ]);
    expect(new Set(logged(stderr).map(({ level }) => level))).toEqual(new Set(['info']));
  });

  test('says how to make the first user, until there is one', async () => {
    const { home, dsc, serve } = withHost();
    const first = await serve(['--log-level', 'silent', '--database', join(home, 'a b.sqlite')]);
    expect(first.stderr).toContain(`There was no database ${join(home, 'a b.sqlite')}: a new one is made.`);
    expect(first.stderr).toContain(
      `\n  dsc host user add NAME --administrator --database '${join(home, 'a b.sqlite')}'\n`,
    );
    await dsc(['host', 'user', 'add', 'ann'], { env: { DSC_PASSWORD: 'correct horse' } });
    expect((await serve(['--log-level', 'silent'])).stderr).toBe('');
  });

  test('and "user add" say that a database that was named is new, and make it in no new folder', async () => {
    const { home, dsc } = withHost();
    const add = (database: string) =>
      dsc(['host', 'user', 'add', 'ann', '--database', database], { env: { DSC_PASSWORD: 'correct horse' } });
    const none = join(home, 'typo', 'host.sqlite');
    const refused = await add(none);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`there is no folder for the database ${none};`);
    const mistyped = join(home, 'hots.sqlite');
    expect((await add(mistyped)).stderr).toBe(`there was no database ${mistyped}: a new one is made\n`);
    const again = await add(mistyped);
    expect(again.stderr).not.toContain('a new one');
    expect(again.status).toBe(1);
  });

  test('says in one line that its port is in use, and leaves nothing behind that listens', async () => {
    const { dsc } = withHost();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const { status, stdout, stderr } = await dsc(['host', 'serve', '--port', port]);
    taken.close();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error: server: cannot listen on port ${port} [^\\n]+\\n$`));
  });

  test.each(['0.0.0.0', '::', '192.0.2.1'])('refuses plain HTTP on %s', async (address) => {
    const { serve } = withHost();
    const { status, stdout, stderr } = await serve(['--address', address]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: server: without TLS it serves only this machine[^\n]+\n$/);
  });

  test.each([
    ['--port 65536', ['--port', '65536'], 2],
    ['--port http', ['--port', 'http'], 2],
    ['a certificate without key', ['--tls-cert', 'host.pem'], 2],
    ['a certificate that is not there', ['--tls-cert', '/none.pem', '--tls-key', '/none.key'], 1],
    ['a proxy that is no address', ['--behind-proxy', 'proxy.example'], 1],
    ['an unknown log level', ['--log-level', 'loud'], 2],
    ['a database of another kind', ['--database', 'mysql://db/host'], 2],
  ])('refuses %s in one line', async (_, args, status) => {
    const { serve } = withHost();
    const left = await serve(args);
    expect(left).toMatchObject({ status, stdout: '' });
    expect(left.stderr).toMatch(/^error: [^\n]+\n$/);
  });

  test('refuses a file that is no database, and one that cannot be opened', async () => {
    const { home, dsc, serve } = withHost();
    await dsc(['host', 'key', 'new']);
    const file = join(home, 'text.sqlite');
    writeFileSync(
      file,
      'this is no database; it is only a text that is longer than a head of one'.repeat(99),
    );
    for (const database of [file, home]) {
      const { status, stderr } = await serve(['--database', database]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error: cannot open the database [^\n]+\n$/);
    }
  });
});
