// The trail says where each step of a login, a PIN change or a reactivation came from.
import { expect, test } from 'vitest';
import { site } from './pages/site.ts';
import { visitor } from './pages/visitor.ts';
import { from, keyOf, passwordOf, PIN, respond, service, wrong, type Begun } from './service.ts';

test('each step is told with the address it came from', async () => {
  const { send, host } = await service({ ann: ['DSC-A', 'DSC-B'], bob: [] });
  await host.enrol({ user: 'bob', serial: 'DSC-C', key: keyOf('DSC-C'), pin: PIN, mailed: true });
  let step = 0;
  let token: string | undefined;
  /** Every step comes from an address of its own. */
  const post = async (path: string, body: unknown = {}): Promise<Record<string, unknown>> => {
    const address = `192.0.2.${++step}`;
    const hasBody = JSON.stringify(body) !== '{}';
    return (await send('POST', path, { token, address, ...(hasBody && { body }) })).body;
  };
  const answered = (login: Begun, pin = PIN) => ({ response: respond(login.serial, login.challenge, pin) });

  const { id } = await post('/v1/logins', { name: 'ann', password: passwordOf('ann') });
  const login = (await post(`/v1/logins/${String(id)}/device`, { serial: 'DSC-A' })) as unknown as Begun;
  await post(`/v1/logins/${login.id}/answer`, { response: wrong(login) });
  token = String((await post(`/v1/logins/${login.id}/answer`, answered(login)))['token']);
  const change = { pin: '8642', pinAgain: '8642' };
  const pin = (await post('/v1/devices/DSC-B/pin-change', change)) as unknown as Begun;
  await post(`/v1/confirmations/${pin.id}`, answered(pin, '8642'));
  await post('/v1/devices/DSC-B/loss');
  const found = (await post('/v1/devices/DSC-B/reactivation')) as unknown as Begun;
  await post(`/v1/confirmations/${found.id}`, answered(found, '8642'));
  const password = { password: 'a guess', newPassword: 'a new password' };
  for (const old of [password.password, passwordOf('ann')]) {
    const address = `192.0.2.${++step}`;
    await send('PUT', '/v1/password', { token, address, body: { ...password, password: old } });
  }
  const { session } = await post('/v1/logins', { name: 'bob', password: passwordOf('bob') });
  token = String((session as Record<string, unknown>)['token']);
  const first = (await post('/v1/devices/DSC-C/activation')) as unknown as Begun;
  await post(`/v1/logins/${first.id}/answer`, answered(first));

  const trail = (await host.trail({ limit: 100 })).toReversed();
  const told = trail
    .filter(({ address }) => address !== undefined)
    .map(({ event, address, detail = '' }) => `${address} ${event} ${detail}`.trim());
  expect(told).toEqual([
    '192.0.2.2 login-begun',
    '192.0.2.3 answer-wrong',
    '192.0.2.4 login-finished',
    '192.0.2.5 pin-change-begun',
    '192.0.2.6 pin-changed',
    '192.0.2.8 reactivation-begun',
    '192.0.2.9 device-moved active',
    '192.0.2.10 password-wrong change of password',
    '192.0.2.11 password-changed',
    '192.0.2.12 session-opened restricted',
    '192.0.2.13 login-begun',
    '192.0.2.14 login-finished',
    '192.0.2.14 device-moved active',
  ]);
});

test('so it is where the steps are made on pages', async () => {
  const here = await site({ ann: ['DSC-A', 'DSC-B'] });
  const request: typeof here.app.request = (path, init) => here.app.request(path, init, from('192.0.2.9'));
  const ann = visitor({ ...here, app: { request } as typeof here.app });
  await ann.enter('ann');
  const page = await ann.go('/device', { serial: 'DSC-A' });
  await ann.answer(page, 'DSC-B');
  await ann.answer(await ann.go('/challenge'), 'DSC-A');
  const change = await ann.go('/devices/pin', { serial: 'DSC-B', pin: '8642', again: '8642' });
  await ann.answer(change, 'DSC-B', '8642');
  await ann.go('/devices/lost', { serial: 'DSC-B' });
  await ann.answer(await ann.go('/devices/found', { serial: 'DSC-B' }), 'DSC-B', '8642');
  const [current, password] = [passwordOf('ann'), 'a new password'];
  for (const old of ['a guess', current]) {
    await ann.go('/password', { current: old, password, again: password });
  }
  const told = (await here.host.trail({ limit: 100 })).filter(({ address }) => address === '192.0.2.9');
  expect(told.toReversed().map(({ event }) => event)).toEqual([
    'login-begun',
    'answer-wrong',
    'login-finished',
    'pin-change-begun',
    'pin-changed',
    'reactivation-begun',
    'device-moved',
    'password-wrong',
    'password-changed',
  ]);
});
