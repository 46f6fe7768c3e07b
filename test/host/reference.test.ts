// The host and its reference model, driven side by side by scripts that nobody would think of.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Login } from '../../src/host/index.ts';
import { REFERENCE_POLICY, ReferenceHost } from './reference.ts';
import { outcome, passwordOf, setting } from './setting.ts';

const USERS = { ann: ['DSC-A', 'DSC-B'], bob: ['DSC-C'], carl: [] };

const user = fc.constantFrom('ann', 'bob', 'bob', 'carl');
const script = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('begin'), user, right: fc.constantFrom(true, true, false) }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('answer'),
        // The challenge that is answered: mostly the login's own, so that right answers come up.
        login: fc.nat(5),
        challengeOf: fc.option(fc.nat(5), { freq: 2 }),
        pin: fc.constantFrom('1234', '1234', '9999'),
        form: fc.constantFrom('plain', 'plain', 'plain', 'spaced'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('wait'),
        ms: fc.constantFrom(1, 999, 29_000, 58_999, 60_000, 239_000, 300_000),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('unblock'), card: fc.nat(2) }) },
  ),
  { maxLength: 80, size: 'max' },
);

test('the host says what its reference model says, whatever is asked of it', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(script, async (steps) => {
      const { host, clock, respond, rightResponse } = await setting(USERS, {
        policy: REFERENCE_POLICY,
      });
      const model = new ReferenceHost();
      for (const [name, serials] of Object.entries(USERS)) {
        for (const serial of serials) model.addCard(name, serial);
      }
      const logins: Login[] = [];
      /** One of the latest logins, counted back from the last. */
      const latest = <T>(list: readonly T[], back: number): T | undefined =>
        list.at(-1 - (back % (list.length || 1)));

      for (const step of steps) {
        const now = clock.now();
        if ('ms' in step) {
          clock.advance(step.ms);
        } else if ('user' in step) {
          const expected = model.begin(step.user, step.right, now);
          const password = step.right ? passwordOf(step.user) : 'wrong';
          const begun = host.begin({ name: step.user, password }).then((login) => logins.push(login));
          const code = await outcome(begun);
          expect(code === 'granted' ? logins.at(-1)?.serial : code).toBe(expected);
          expect(clock.now()).toBe(now + REFERENCE_POLICY.replyTime);
          seen.add(code);
        } else if ('card' in step) {
          const card = model.cards[step.card]!;
          model.unblock(card);
          await host.unblock(card.serial);
        } else {
          const login = latest(logins, step.login);
          const modelled = latest(model.logins, step.login);
          if (!login || !modelled) continue;
          const { challenge } = latest(logins, step.challengeOf ?? step.login) ?? login;
          const digits = respond(login.serial, challenge, step.pin);
          const kind = digits === rightResponse(login) ? 'right' : 'wrong';
          const expected = model.answer(modelled, step.form === 'plain' ? kind : 'malformed', now);
          const response = step.form === 'plain' ? digits : ` ${digits}`;
          const code = await outcome(host.answer({ login: login.id, response }));
          expect(code).toBe(expected);
          seen.add(code);
        }
        for (const { serial, wrong } of model.cards) {
          expect((await host.device(serial)).wrongInARow).toBe(wrong);
        }
      }
    }),
    { numRuns: 300 },
  );
  // A comparison that never got anywhere would prove nothing.
  expect([...seen].toSorted()).toEqual([
    'bad-credentials',
    'challenge-expired',
    'device-blocked',
    'granted',
    'login-ended',
    'malformed-response',
    'no-device',
    'too-many-logins',
    'wrong-response',
  ]);
});
