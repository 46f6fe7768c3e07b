// The host as a process of its own: started, asked by API, asked to end, and started where it cannot.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { dsc, environment, start, temporaryFolder, type Ending } from './command-run.ts';

const SECRETS = { password: 'correct horse battery', pin: '4821', key: 'facade00'.repeat(5) };
const ENV = { DSC_PASSWORD: SECRETS.password, DSC_PIN: SECRETS.pin };

/** Runs a command to its end, which must be a good one. */
function done(home: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = dsc(args, { home, input, env: ENV });
  expect({ args, status, stderr }).toMatchObject({ status: 0, stderr: '' });
  return stdout;
}

/** A host with the user ann, who has the card `work`. */
function withAnn(): string {
  const home = temporaryFolder();
  done(home, ['card', 'new', 'work', '--serial', 'W-1', '--key-stdin'], SECRETS.key);
  done(home, ['host', 'user', 'add', 'ann', '--administrator']);
  done(home, ['host', 'device', 'enrol', 'ann', '--card', 'work']);
  return home;
}

interface Serving {
  readonly url: string;
  readonly pid: number;
  readonly signal: (name: NodeJS.Signals) => void;
  /** What stands on standard error until now. */
  readonly log: () => string;
  /** Resolves when the log says so. */
  readonly logs: (text: string) => Promise<void>;
  readonly ended: Promise<Ending & { signal: NodeJS.Signals | null }>;
}

/** Starts to serve on a free port; resolves when it has said where. */
async function serve(home: string, args: readonly string[] = []): Promise<Serving> {
  const { child, ended } = start(['host', 'serve', '--port', '0', ...args], { env: environment(home) });
  let log = '';
  const heard = new Set<() => void>();
  child.stderr?.on('data', (text: string) => {
    log += text;
    for (const each of heard) each();
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part: string) => {
      text += part;
      if (text.endsWith('\n')) resolve(text.trim());
    });
    void ended.then(({ stderr }) => reject(new Error(`it ended: ${stderr}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    signal: (name) => void child.kill(name),
    log: () => log,
    logs: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (log.includes(text)) resolve();
        };
        heard.add(look);
        look();
      }),
    ended,
  };
}

/** Posts JSON, as `curl --json` does. */
async function post(
  url: string,
  path: string,
  body: object,
): Promise<{ status: number; body: Record<string, string> }> {
  const reply = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: reply.status, body: Object(await reply.json()) };
}

describe('dsc host serve', () => {
  test('from nothing to a login by API with a card, without a secret in logs, output or arguments', async () => {
    const home = temporaryFolder();
    const host = await serve(home, ['--log-level', 'trace']);
    await host.logs('the host serves');
    expect(host.log()).toMatch(/a new one is made[^]*\n {2}dsc host user add NAME --administrator\n/);
    // Beside the host that runs.
    done(home, ['card', 'new', 'work', '--serial', 'W-1', '--key-stdin'], SECRETS.key);
    done(home, ['host', 'user', 'add', 'ann', '--administrator']);
    done(home, ['host', 'device', 'enrol', 'ann', '--card', 'work']);

    const planted: string[] = Object.values(SECRETS);
    const wrong = await post(host.url, '/v1/logins', { name: 'ann', password: 'Wrong-Horse-7' });
    expect(wrong.status).toBe(401);
    const begun = await post(host.url, '/v1/logins', { name: 'ann', password: SECRETS.password });
    expect(begun).toMatchObject({ status: 201, body: { step: 'challenge', serial: 'W-1' } });
    const { challenge = '', id = '' } = begun.body;
    const response = done(home, ['respond', '--card', 'work', challenge]).trim();
    const opened = await post(host.url, `/v1/logins/${id}/answer`, { response });
    expect(opened.status).toBe(201);
    const { token = '' } = opened.body;
    const me = await fetch(new URL('/v1/session', host.url), {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await me.json()).toMatchObject({ user: 'ann', role: 'administrator', kind: 'full' });
    planted.push('Wrong-Horse-7', response, token);

    const argv = readFileSync(`/proc/${host.pid}/cmdline`, 'utf8');
    const trail = done(home, ['host', 'audit', '--json']);
    for (const event of [
      'user-added',
      'device-enrolled',
      'password-wrong',
      'login-begun',
      'login-finished',
    ]) {
      expect(trail).toContain(`"event":"${event}"`);
    }
    expect(done(home, ['host', 'audit', 'verify'])).toMatch(/are as they were written\n$/);
    host.signal('SIGTERM');
    const { status, stdout, stderr } = await host.ended;
    expect(status).toBe(0);
    expect(stdout).toBe(`${host.url}\n`);
    for (const secret of planted) {
      for (const text of [stdout, stderr, trail, argv]) expect(text).not.toContain(secret);
    }
    // Neither does the database hold one in clear; challenges and names it may.
    const data = join(home, 'data');
    for (const file of readdirSync(data).filter((name) => name.startsWith('host.sqlite'))) {
      const bytes = readFileSync(join(data, file)).toString('latin1');
      for (const secret of planted) {
        if (secret !== SECRETS.pin) expect(bytes).not.toContain(secret);
      }
    }
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'finishes at %s what is under way, and takes nothing new',
    async (signal) => {
      const home = withAnn();
      const host = await serve(home);
      // It has made itself ready for passwords by then.
      await post(host.url, '/v1/logins', { name: 'ann', password: 'x' });
      // An answer to a name and a password takes a second.
      const underWay = Array.from({ length: 2 }, () =>
        post(host.url, '/v1/logins', { name: 'ann', password: SECRETS.password }),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      const asked = performance.now();
      host.signal(signal);
      await host.logs('the host ends');
      await expect(post(host.url, '/v1/logins', { name: 'ann', password: 'x' })).rejects.toThrow(
        'fetch failed',
      );
      const replies = await Promise.all(underWay);
      expect(replies.map(({ status }) => status)).toEqual([201, 201]);
      expect(await host.ended).toMatchObject({ status: 0, signal: null });
      expect(performance.now() - asked).toBeLessThan(5000);
    },
  );

  test('ends at once at the second signal', async () => {
    const host = await serve(withAnn());
    const cut = post(host.url, '/v1/logins', { name: 'ann', password: SECRETS.password }).catch(
      (error: unknown) => String(error),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    host.signal('SIGTERM');
    await host.logs('the host ends');
    const asked = performance.now();
    host.signal('SIGTERM');
    expect(await host.ended).toMatchObject({ status: 143 });
    expect(performance.now() - asked).toBeLessThan(500);
    expect(await cut).toBe('TypeError: fetch failed');
  });

  test('reads the key ring again by itself, and keeps the old one when it cannot', async () => {
    const home = withAnn();
    const host = await serve(home);
    done(home, ['host', 'key', 'new']);
    await host.logs('the key ring was read again');
    expect(done(home, ['host', 'rekey'])).toMatch(/^1 secret was sealed anew/);
    const ring = join(home, 'data', 'host-keys.json');
    const whole = readFileSync(ring, 'utf8');
    writeFileSync(ring, whole.slice(0, -9));
    await host.logs('cannot be read; the old one holds');
    for (const key of Object.values<string>(JSON.parse(whole).keys)) expect(host.log()).not.toContain(key);
    const begun = await post(host.url, '/v1/logins', { name: 'ann', password: SECRETS.password });
    writeFileSync(ring, whole);
    const response = done(home, ['respond', '--card', 'work', begun.body['challenge'] ?? '']).trim();
    const opened = await post(host.url, `/v1/logins/${begun.body['id']}/answer`, { response });
    expect(opened.status).toBe(201);
  });

  test('answers nothing once its database is removed, says so, and goes on when it is back', async () => {
    const home = withAnn();
    const host = await serve(home);
    const ready = async () => (await fetch(new URL('/readyz', host.url))).status;
    expect(await ready()).toBe(200);
    const file = join(home, 'data', 'host.sqlite');
    renameSync(file, `${file}.away`);
    expect(await ready()).toBe(503);
    const refusedLogin = await post(host.url, '/v1/logins', { name: 'ann', password: SECRETS.password });
    expect(refusedLogin).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await host.logs('the database is lost');
    expect(host.log()).toContain(`${file} is no longer there`);
    renameSync(`${file}.away`, file);
    expect(await ready()).toBe(200);
    await host.logs('the database is back');
    const begun = await post(host.url, '/v1/logins', { name: 'ann', password: SECRETS.password });
    expect(begun.status).toBe(201);
  });

  test('shares its database with a second host', async () => {
    const home = withAnn();
    const [one, other] = await Promise.all([serve(home), serve(home)]);
    const begun = await post(one.url, '/v1/logins', { name: 'ann', password: SECRETS.password });
    const response = done(home, ['respond', '--card', 'work', begun.body['challenge'] ?? '']).trim();
    const answers = await Promise.all(
      [one, other, one, other].map(({ url }) =>
        post(url, `/v1/logins/${begun.body['id']}/answer`, { response }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((low, high) => low - high)).toEqual([
      201, 410, 410, 410,
    ]);
  });
});

describe('a host that cannot start says why in one line', () => {
  const refused = (home: string, args: readonly string[]): string => {
    const { status, stdout, stderr } = dsc(['host', 'serve', '--port', '0', ...args], { home });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    return stderr;
  };

  test('when its port is in use', async () => {
    const home = temporaryFolder();
    const { url } = await serve(home);
    const { port } = new URL(url);
    expect(refused(home, ['--port', port])).toContain(`port ${port}`);
  });

  test('when it would send passwords in the clear to other machines', () => {
    expect(refused(temporaryFolder(), ['--address', '0.0.0.0'])).toContain('without TLS');
  });

  test('when its database is in a folder that is not there: a name may be mistyped', () => {
    const home = temporaryFolder();
    const database = join(home, 'typo', 'h.sqlite');
    expect(refused(home, ['--database', database])).toContain(
      `there is no folder for the database ${database};`,
    );
    expect(existsSync(join(home, 'typo'))).toBe(false);
  });

  test('when a newer version has made its database', () => {
    const home = temporaryFolder();
    done(home, ['host', 'migrate', '--database', join(home, 'h.sqlite')]);
    const database = new DatabaseSync(join(home, 'h.sqlite'));
    database.exec("INSERT INTO kysely_migration VALUES ('9999-later', '2099-01-01T00:00:00.000Z')");
    database.close();
    done(home, ['host', 'key', 'new']);
    expect(refused(home, ['--database', join(home, 'h.sqlite')])).toMatch(/version 9999.*newer/);
    expect(dsc(['host', 'migrate', '--database', join(home, 'h.sqlite')], { home }).status).toBe(1);
  });

  test('when nobody answers for PostgreSQL, without the password of its URL', () => {
    const home = temporaryFolder();
    done(home, ['host', 'key', 'new']);
    const { status, stderr } = dsc(['host', 'serve', '--keys', join(home, 'data', 'host-keys.json')], {
      home,
      env: { DSC_DATABASE: 'postgres://dsc:hunter2@127.0.0.1:1/host' },
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: cannot open the database postgres:\/\/127\.0\.0\.1:1\/host: [^\n]+\n$/);
    expect(stderr).not.toContain('hunter2');
  });

  test('when its data folder cannot be made', () => {
    const { stderr, status } = dsc(['host', 'serve'], { env: { DSC_HOME: '/proc/nothing' } });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]*\/proc\/nothing[^\n]*\n$/);
  });
});

describe('dsc demo reset', () => {
  test('removes the card and the database of the demo, and nothing else', () => {
    const home = temporaryFolder();
    const data = join(home, 'data');
    done(home, ['demo', 'reset']);
    for (const name of ['demo', 'work']) done(home, ['card', 'new', name]);
    for (const end of ['', '-wal', '-shm']) writeFileSync(join(data, `demo.sqlite${end}`), 'demo');
    writeFileSync(join(data, 'host.sqlite'), 'not the demo');
    expect(done(home, ['demo', 'reset'])).toBe('the demo is as it was at first\n');
    expect(readdirSync(data).filter((name) => name.startsWith('demo'))).toEqual([]);
    expect(readdirSync(join(data, 'cards'))).toEqual(['work.card']);
    expect(existsSync(join(data, 'host.sqlite'))).toBe(true);
  });
});
