// New passwords by the API, where an administrator gives them.
import { expect, test } from 'vitest';
import type { Guessable } from '../../../src/host/index.ts';
import { logIn, passwordOf, service } from './service.ts';

test.each<Guessable>(['common-password', 'contextual-password'])(
  '%s is a 422 with that code',
  async (code) => {
    const made = await service(undefined, {
      guessable: async (password, user) => (password === `too easy for ${user}` ? code : undefined),
    });
    const token = await logIn(made, 'root');
    const added = { name: 'bob', password: 'too easy for bob' };
    const sent = [
      await made.send('POST', '/v1/admin/users', { token, body: added }),
      await made.send('PATCH', '/v1/admin/users/ann', { token, body: { password: 'too easy for ann' } }),
    ];
    for (const { status, body } of sent) {
      expect([status, body['code'], body['type']]).toEqual([422, code, `/v1/docs#${code}`]);
      expect(JSON.stringify(body)).not.toContain('too easy');
    }
    expect((await made.send('GET', '/v1/admin/users/bob', { token })).status).toBe(404);
    const entered = await made.send('POST', '/v1/logins', {
      body: { name: 'ann', password: passwordOf('ann') },
    });
    expect(entered.status).toBe(201);
  },
);
