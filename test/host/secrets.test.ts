// Nothing the host says in passing gives a secret away: no error, no object printed by mistake.
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createHost, HostError, MemoryStore, scryptHasher, type Host } from '../../src/host/index.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { createResponder, hashPin, parseSuite } from '../../src/firmware/ocra/index.ts';
import { SUITE } from './setting.ts';

const PASSWORD = 'correct horse battery staple';
const PIN = '7391';
const KEY = new TextEncoder().encode('planted key material');
const PIN_HASH = hashPin(parseSuite(SUITE), PIN);

/** A secret in every form it might be printed in. */
function formsOf(secret: Uint8Array): string[] {
  const bytes = Buffer.from(secret);
  return [
    bytes.toString('latin1'),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.subarray(0, 4).join(','),
    bytes.subarray(0, 4).join(', '),
    inspect(bytes).slice(8, 20),
  ];
}

function printed(thing: unknown): string {
  return [
    inspect(thing, { depth: null, showHidden: true }),
    JSON.stringify(thing),
    String(thing),
    thing instanceof Error ? `${thing.message} ${thing.stack}` : '',
  ].join('\n');
}

test('neither errors nor the host itself print a secret', async () => {
  const clock = new VirtualClock();
  const store = new MemoryStore();
  const host = createHost({
    clock,
    store,
    hasher: scryptHasher(1),
    policy: { unfinishedLogins: { max: 4, window: 1e6 } },
  });
  await host.addUser({ name: 'ann', password: PASSWORD });
  const card = { user: 'ann', serial: 'DSC-A', key: KEY, pin: PIN };
  await host.enrol(card);

  const respond = createResponder(parseSuite(SUITE), KEY);
  const login = await host.begin({ name: 'ann', password: PASSWORD });
  const response = respond({ question: login.challenge, pin: PIN });
  const session = await host.answer({ login: login.id, response });
  const open = await host.begin({ name: 'ann', password: PASSWORD });
  const expected = respond({ question: open.challenge, pin: PIN });

  const errors = await refusalsOf(host, card, open.id, login.id, response);
  expect(errors.map(({ code }) => code)).toEqual([
    'bad-credentials',
    'bad-credentials',
    'no-device',
    'unknown-login',
    'login-ended',
    'malformed-response',
    'wrong-response',
    'name-taken',
    'bad-name',
    'serial-taken',
    'key-taken',
    'bad-serial',
    'bad-key',
    'bad-pin',
    'unsuitable-suite',
    'unknown-user',
    'unknown-device',
    'too-many-logins',
    'challenge-expired',
  ]);

  const record = (await store.user('ann'))!.password;
  const secrets = [PASSWORD, PIN, response, expected, session.token, record, login.id];
  const forms = [...secrets, ...formsOf(KEY), ...formsOf(PIN_HASH)];
  for (const thing of [...errors, host, store]) {
    for (const form of forms) expect(printed(thing)).not.toContain(form);
  }

  async function refusalsOf(
    of: Host,
    known: typeof card,
    openId: string,
    endedId: string,
    right: string,
  ): Promise<HostError[]> {
    const refusals: HostError[] = [];
    const refused = async (asked: () => Promise<unknown>): Promise<void> => {
      try {
        await asked();
      } catch (error) {
        if (error instanceof HostError) refusals.push(error);
      }
    };
    const keyText = Buffer.from(KEY).toString('latin1');
    await refused(() => of.begin({ name: PASSWORD, password: PASSWORD }));
    await refused(() => of.begin({ name: 'ann', password: `${PASSWORD}!` }));
    await refused(() => of.begin({ name: 'ann', password: PASSWORD, serial: keyText }));
    await refused(() => of.answer({ login: PASSWORD, response: PIN }));
    await refused(() => of.answer({ login: endedId, response: right }));
    await refused(() => of.answer({ login: openId, response: PASSWORD }));
    await refused(() => of.answer({ login: openId, response: right }));
    await refused(() => of.addUser({ name: 'ann', password: PASSWORD }));
    await refused(() => of.addUser({ name: PASSWORD, password: PASSWORD }));
    await refused(() => of.enrol(known));
    await refused(() => of.enrol({ ...known, serial: 'B' }));
    await refused(() => of.enrol({ ...known, serial: keyText }));
    await refused(() => of.enrol({ ...known, serial: 'B', key: KEY.subarray(0, 8) }));
    await refused(() => of.enrol({ ...known, serial: 'B', pin: `${PIN}${PIN}` }));
    await refused(() => of.enrol({ ...known, serial: 'B', suite: keyText }));
    await refused(() => of.enrol({ ...known, serial: 'B', user: PASSWORD }));
    await refused(() => of.unblock(keyText));
    for (let i = 0; i < 4; i++) await refused(() => of.begin({ name: 'ann', password: PASSWORD }));
    clock.advance(120_000);
    await refused(() => of.answer({ login: openId, response: right }));
    return refusals;
  }
});
