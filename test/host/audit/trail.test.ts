// A whole busy life in the trail: everything that happened is told, in a chain that holds, and no secret with it.
import { expect, test } from 'vitest';
import { createAuditChain, createChainCheck } from '../../../src/host/audit/chain.ts';
import { hashPin, parseSuite } from '../../../src/firmware/ocra/index.ts';
import { createHost, MemoryStore, scryptHasher, type Login } from '../../../src/host/index.ts';
import { newMasterKey, parseKeyRing, printKeyRing } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';
import { keyOf, outcome, setting, SUITE } from '../setting.ts';

const PASSWORDS = ['planted password one', 'planted password two', 'planted password three'] as const;
const PINS = { old: '7391', next: '8264', reset: '5038', requested: '6172' };
const ADDRESS = '192.0.2.77';

/** Everything that a host does, once at least; what of it is secret, and what of it must be told. */
async function busyLife() {
  const master = newMasterKey('k1');
  const ring = parseKeyRing(printKeyRing('k1', [master]));
  const vault = createVault({ ring: () => ring, reload: async () => {} });
  const store = new MemoryStore(createAuditChain(vault));
  const { clock, respond } = await setting({});
  const host = createHost({ clock, store, vault, hasher: scryptHasher(1) });
  const secrets: string[] = [...PASSWORDS, Buffer.from(master.key).toString('hex')];
  const respondTo = ({ serial, challenge }: Login, pin: string): string => {
    const key = serial.startsWith('DSC-0') || /^DSC-\d{10}$/.test(serial) ? 'MAILED' : serial;
    const response = respond(key, challenge, pin);
    secrets.push(response, challenge);
    return response;
  };
  const enter = (name: string, password: string) =>
    host.enter({ name, password, from: { address: ADDRESS } });
  const logIn = async (name: string, password: string, pin: string, serial?: string): Promise<string> => {
    const login = await host.begin({ name, password, serial });
    const session = await host.answer({ login: login.id, response: respondTo(login, pin) });
    secrets.push(login.id, session.token, session.knownBrowser ?? 'none');
    return session.token;
  };
  const by = 'administrator:root';

  await host.addUser({ name: 'root', password: PASSWORDS[2], role: 'administrator' }, 'machine:operator');
  await host.addUser({ name: 'ann', password: PASSWORDS[0], balance: 1e6, person: 'p-1' }, by);
  await host.addUser({ name: 'bob', password: PASSWORDS[1], person: 'p-1' }, by);

  const first = await enter('ann', PASSWORDS[0]);
  if (first.step === 'activation') secrets.push(first.session.token);
  // A password in the field of the name, a PIN in that of the password.
  await outcome(enter(PASSWORDS[0], PINS.old));
  await outcome(enter('ann', PASSWORDS[1]));
  await host.withdraw('ann', await host.request({ user: 'ann', pin: PINS.old, again: PINS.old }));
  const serial = await host.request({ user: 'ann', pin: PINS.requested, again: PINS.requested });
  await host.mail(serial, keyOf('MAILED'), by);
  await logIn('ann', PASSWORDS[0], PINS.requested, serial);

  await host.enrol({ user: 'bob', serial: 'DSC-B', key: keyOf('DSC-B'), pin: PINS.old }, by);
  await host.share('DSC-B', 'ann', by);
  const change = await host.changePin({ user: 'ann', serial: 'DSC-B', pin: PINS.next, again: PINS.next });
  const wrong = { login: change.id, response: respondTo(change, PINS.old) };
  await outcome(host.confirm('ann', wrong));
  await host.confirm('ann', { login: change.id, response: respondTo(change, PINS.next) });
  await host.unshare('DSC-B', 'bob', by);
  await host.resetPin({ user: 'ann', serial: 'DSC-B', pin: PINS.reset }, by);
  const token = await logIn('ann', PASSWORDS[0], PINS.requested, serial);
  for (let i = 0; i < 5; i++) {
    const login = await host.begin({ name: 'ann', password: PASSWORDS[0], serial: 'DSC-B' });
    await outcome(host.answer({ login: login.id, response: '00000000' }));
  }
  await host.unblock('DSC-B', by);
  await host.reportLost('ann', 'DSC-B');
  const found = await host.reactivate('ann', 'DSC-B');
  await host.confirm('ann', { login: found.id, response: respondTo(found, PINS.reset) });
  const choice = await enter('ann', PASSWORDS[0]);
  if (choice.step === 'device') await host.choose({ login: choice.id, serial: 'DSC-B' });
  await host.moveDevice('DSC-B', 'retire', by);

  const change2 = { user: 'ann', password: PASSWORDS[0], newPassword: PASSWORDS[1], session: token };
  await outcome(host.changePassword({ ...change2, password: PASSWORDS[2] }));
  const elsewhere = await logIn('ann', PASSWORDS[0], PINS.requested, serial);
  await host.logoutElsewhere('ann', token);
  expect(await host.session(elsewhere)).toBeUndefined();
  await host.changePassword(change2);
  await host.logout(token);
  await logIn('ann', PASSWORDS[1], PINS.requested, serial);
  await host.endSessions('ann', by);
  await host.updateUser('ann', { password: PASSWORDS[2], role: 'administrator', person: null }, by);
  await host.updateUser('ann', { disabled: true }, by);
  await host.updateUser('ann', { disabled: false }, by);

  for (const name of ['root', 'ann', 'bob']) secrets.push((await store.user(name))!.password);
  for (const each of ['MAILED', 'DSC-B']) {
    const key = Buffer.from(keyOf(each));
    secrets.push(key.toString('latin1'), key.toString('hex'), key.toString('base64').slice(0, -2));
  }
  for (const pin of Object.values(PINS))
    secrets.push(Buffer.from(hashPin(parseSuite(SUITE), pin)).toString('hex'));
  return { host, store, vault, secrets, serial };
}

test('everything that happened is told', async () => {
  const { host, serial } = await busyLife();
  const trail = (await host.trail({ limit: 1000 })).toReversed();
  const told = trail.map(({ event, user, serial: of = '', actor = '', detail = '' }) =>
    [event, user, of === serial ? 'REQUESTED' : of, actor, detail].join(' ').trim().replace(/ +/g, ' '),
  );
  for (const line of [
    'user-added root machine:operator administrator',
    'user-added ann administrator:root user',
    'session-opened ann restricted',
    'password-wrong',
    'password-wrong ann',
    'device-requested ann REQUESTED user:ann',
    'device-moved ann REQUESTED administrator:root mailed',
    'login-begun ann REQUESTED',
    'login-finished ann REQUESTED',
    'device-moved ann REQUESTED active',
    'device-enrolled bob DSC-B administrator:root active',
    'device-shared ann DSC-B administrator:root',
    'reactivation-begun ann DSC-B',
    'pin-change-begun ann DSC-B',
    'answer-wrong ann DSC-B',
    'pin-changed ann DSC-B user:ann',
    'device-unshared bob DSC-B administrator:root',
    'pin-reset ann DSC-B administrator:root',
    'device-moved ann DSC-B blocked: wrong answers',
    'device-moved ann DSC-B administrator:root unblocked',
    'device-moved ann DSC-B user:ann lost',
    'device-moved ann DSC-B active',
    'device-moved ann DSC-B administrator:root retired',
    'password-wrong ann user:ann change of password',
    'password-changed ann user:ann',
    'session-ended ann user:ann elsewhere: 3',
    'session-ended ann user:ann',
    'session-ended ann administrator:root all: 1',
    'password-changed ann administrator:root',
    'user-changed ann administrator:root role: administrator, person: none',
    'user-disabled ann administrator:root',
    'user-enabled ann administrator:root',
  ]) {
    expect(told).toContain(line);
  }
  expect(trail.filter(({ address }) => address === ADDRESS).map(({ event }) => event)).toEqual([
    'session-opened',
    'password-wrong',
    'password-wrong',
  ]);
});

test('no secret is told, in no form: not what was typed, not what was drawn, not what is kept', async () => {
  const { host, secrets } = await busyLife();
  const trail = await host.trail({ limit: 1000 });
  // Codes, chains and times are digits at random; whatever else is told is looked at.
  const text = trail
    .map(({ event, user, serial, actor, address, detail, keyId }) =>
      JSON.stringify([event, user, serial, actor, address, detail, keyId]),
    )
    .join('\n');
  expect(secrets.length).toBeGreaterThan(30);
  for (const secret of secrets) expect(text).not.toContain(secret);
  for (const pin of Object.values(PINS)) {
    expect(text.replaceAll(/DSC-\d{10}/g, '')).not.toContain(pin);
  }
});

test('the chain holds from its first entry to its head', async () => {
  const { store, vault } = await busyLife();
  const [head, ...others] = await store.heads();
  expect(others).toEqual([]);
  const check = createChainCheck(vault, head!.chain);
  for (const entry of await store.chain(head!.chain, 0, 1000)) check.next(entry);
  expect(check.fault()).toBeUndefined();
  expect(check.head()).toEqual(head);
});
