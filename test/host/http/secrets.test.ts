// What is secret is in no log, no audit trail, no metric and no refusal.
import { expect, test } from 'vitest';
import { answer, begin, keyOf, passwordOf, respond, service } from './service.ts';
import { createApp } from '../../../src/host/http/app.ts';
import { createMetrics } from '../../../src/host/http/metrics.ts';
import { pino } from 'pino';
import { Writable } from 'node:stream';

test('planted secrets are found nowhere', async () => {
  const made = await service({ ann: ['DSC-A'], root: ['DSC-R'] });
  const { send } = made;
  const secrets = new Set<string>();
  const plant = <Text extends string>(text: Text): Text => {
    secrets.add(text);
    return text;
  };
  const said: string[] = [];
  const ask = async (...request: Parameters<typeof send>) => {
    const reply = await send(...request);
    if (reply.status >= 400) said.push(JSON.stringify(reply.body));
    return reply;
  };

  await ask('POST', '/v1/logins', { body: { name: 'ann', password: plant('a wrong password 1') } });
  await ask('POST', '/v1/logins', {
    body: { name: plant('password-as-name'), password: plant('ann as password') },
  });
  await ask('POST', '/v1/logins', { body: { name: 'ann', [plant('secret field')]: plant('secret value') } });
  plant(passwordOf('root'));
  const login = await begin(made, 'root');
  const right = plant(respond('DSC-R', login.challenge));
  plant(login.id);
  await ask('POST', `/v1/logins/${login.id}/answer`, { body: { response: plant('not-the-response') } });
  const { body: session } = await answer(made, login, right);
  const token = plant(String(session['token']));
  plant(String(session['knownBrowser']));
  await ask('GET', `/v1/${plant('secret-path')}?q=${plant('secret-query')}`, { token });
  await ask('GET', `/v1/admin/users/${plant('secret-name')}`, { token });
  await ask('POST', '/v1/admin/users', { token, body: { name: 'bob', password: plant('new password 2') } });
  const key = plant(Buffer.from(keyOf('DSC-B')).toString('hex'));
  const pin = plant('7391');
  await ask('POST', '/v1/admin/devices', { token, body: { user: 'bob', serial: 'DSC-B', key, pin } });
  await ask('POST', '/v1/admin/devices', {
    token,
    body: { user: 'bob', serial: 'DSC-C', key, pin: plant('73915') },
  });
  await ask('POST', '/v1/devices/DSC-R/pin-change', {
    token,
    body: { pin: plant('8642'), pinAgain: plant('8643') },
  });
  await made.app.request('/v1/session', {
    headers: { Authorization: `Bearer ${plant('a forged token')}`, Cookie: plant('a=secret cookie') },
  });

  const { body: audit } = await send('GET', '/v1/admin/audit?limit=100', { token });
  const { body: metrics } = await send('GET', '/metrics');
  const everything = {
    log: made.log.join(''),
    audit: JSON.stringify(audit),
    metrics: JSON.stringify(metrics),
    said: said.join(''),
  };
  expect(made.log.length).toBeGreaterThan(12);
  expect(said.length).toBeGreaterThan(5);
  for (const [place, text] of Object.entries(everything)) {
    // Times and clock readings have digits of all kinds; four of them in a row prove nothing there.
    const found = [...secrets].filter((secret) =>
      text.includes(secret.length === 4 ? `"${secret}"` : secret),
    );
    expect([place, found]).toEqual([place, []]);
  }
});

test('a line of the log says who asked what by its pattern, and how it ended', async () => {
  const made = await service();
  await made.send('POST', '/v1/logins/some-secret-id/answer', {
    body: { response: '1' },
    address: '2001:db8::7',
  });
  expect(JSON.parse(made.log.at(-1) ?? '')).toMatchObject({
    method: 'POST',
    route: '/v1/logins/:id/answer',
    status: 404,
    address: '2001:db8::7',
    msg: 'request',
  });
});

test('an error that nobody foresaw is 500 to the client, and a place in the log', async () => {
  const { host, clock } = await service();
  const log: string[] = [];
  const destination = new Writable({
    write(chunk, _, done) {
      log.push(String(chunk));
      done();
    },
  });
  const broken = {
    ...host,
    enter: () => Promise.reject(new Error('relation "users" lacks a planted secret')),
  };
  const app = createApp({
    host: broken,
    log: pino(destination),
    metrics: createMetrics(),
    clock,
    health: { ready: async () => {} },
  });
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"name":"a","password":"b"}',
  };
  const reply = await app.request('/v1/logins', init);
  const text = await reply.text();
  expect(reply.status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({ code: 'internal-error' });
  expect(text).not.toMatch(/planted|at .*\.ts/);
  expect(log.join('')).not.toContain('planted');
  expect(log.join('')).toMatch(/"level":50.*secrets\.test\.ts/);
});

test('a database that is not to be had is 503 to the client, and its code in the log', async () => {
  const made = await service();
  made.host.session = () =>
    Promise.reject(Object.assign(new Error('planted secret'), { code: '53300', severity: 'FATAL' }));
  const { status, body } = await made.send('GET', '/v1/session', { token: 'a'.repeat(51) });
  expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'unavailable' });
  const log = made.log.join('');
  expect(log).toContain('"code":"53300"');
  expect(log + JSON.stringify(body)).not.toContain('planted');
});

test('metrics count steps of logins, ages of challenges and requests by route', async () => {
  const made = await service();
  await made.send('POST', '/v1/logins', { body: { name: 'ann', password: 'wrong' } });
  const login = await begin(made, 'ann');
  made.clock.advance(25_000);
  await answer(made, login);
  await made.send('GET', '/nothing/secret');
  const { text } = (await made.send('GET', '/metrics')).body;
  expect(text).toContain('dsc_host_logins_total{step="password",result="bad-credentials"} 1');
  expect(text).toContain('dsc_host_logins_total{step="password",result="challenge"} 1');
  expect(text).toContain('dsc_host_logins_total{step="answer",result="full"} 1');
  expect(text).toContain('dsc_host_challenge_age_seconds_bucket{le="20"} 0');
  expect(text).toContain('dsc_host_challenge_age_seconds_bucket{le="30"} 1');
  expect(text).toContain(
    'dsc_host_request_duration_seconds_count{method="POST",route="/v1/logins/:id/answer",status="201"} 1',
  );
  expect(text).toContain('{method="GET",route="none",status="404"} 1');
});
